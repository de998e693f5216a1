"""The directory of a Word file, looked at before anything in it is opened."""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from advocacy.formats.sandbox import Refused

MOST_ENTRIES = 2_000
MOST_BYTES = 100_000_000
MOST_RATIO = 100
MOST_PART_BYTES = 40_000_000
MOST_STREAMED_BYTES = 90_000_000
_SMALL_BYTES = 65_536  # below this, a high ratio is a short file of blanks, and harmless

_ZIP, _EMPTY_ZIP, _OLD = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"
_END, _END_BYTES = b"PK\x05\x06", 22
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_STRANGE = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(?:^|/)\.\.?(?:/|$)|[\x00-\x1f]")
_MACRO = re.compile(r"vbaProject|vbaData|activeX|oleObject|/embeddings/|attachedToolbars", re.I)


@dataclass
class Box:
    """An opened file whose directory has passed."""

    archive: zipfile.ZipFile
    names: dict[str, str]  # small letters -> as written

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self.names

    def xml(self, name: str) -> Any:
        """The root element of a part; None where there is no such part.

        No document type, so no entities; nothing is fetched from anywhere.
        """
        if not self.has(name):
            return None
        info = self.archive.getinfo(self.names[name.lower()])
        if info.file_size > MOST_PART_BYTES:
            raise Refused("word.bomb")
        try:
            tree = etree.parse(io.BytesIO(self.archive.read(info)), _parser())
        except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, ValueError):
            raise Refused("word.damaged") from None
        if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
            raise Refused("word.entities")
        return tree.getroot()

    def each(self, name: str, *tags: str) -> Iterator[Any]:
        """The elements of a part with these tags, one at a time; each is forgotten after its turn.

        For parts as long as a sheet: as safe as `xml`, in the memory of one element.
        """
        if not self.has(name):
            return
        info = self.archive.getinfo(self.names[name.lower()])
        if info.file_size > MOST_STREAMED_BYTES:
            raise Refused("word.bomb")
        safe: dict[str, Any] = {"resolve_entities": False, "load_dtd": False, "no_network": True}
        with self.archive.open(info) as part:
            if b"<!DOCTYPE" in part.read(_SMALL_BYTES):
                raise Refused("word.entities")
        with self.archive.open(info) as part:
            try:
                for _event, node in etree.iterparse(part, tag=tags, huge_tree=False, **safe):
                    yield node
                    node.clear()
                    while node.getprevious() is not None:
                        del node.getparent()[0]
            except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, ValueError):
                raise Refused("word.damaged") from None


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def open_box(data: bytes, *, kind: str = "wordprocessingml") -> Box:
    """The file, once its directory is known to be harmless. Raises Refused.

    kind: a word that its parts must say they are of.
    """
    if not data:
        raise Refused("word.empty-file")
    if data.startswith(_OLD):
        raise Refused("word.locked" if _LOCKED in data else "word.old-doc")
    if not data.startswith((_ZIP, _EMPTY_ZIP)):
        raise Refused("word.not-word")
    _count_entries(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        raise Refused("word.damaged") from None
    infos = archive.infolist()
    _check_sizes(infos, len(data))
    names: dict[str, str] = {}
    for info in infos:
        _check_entry(info)
        if info.filename.lower() in names:
            raise Refused("word.strange-names")
        names[info.filename.lower()] = info.filename
    box = Box(archive, names)
    _check_kind(box, kind)
    return box


def _count_entries(data: bytes) -> None:
    """From the end record, before the directory itself is read: it may be all there is."""
    at = data.rfind(_END, max(0, len(data) - 65_535 - _END_BYTES))
    if at < 0 or at + _END_BYTES > len(data):
        raise Refused("word.damaged")
    entries, size = struct.unpack("<HI", data[at + 10 : at + 16])
    if entries > MOST_ENTRIES or size > MOST_ENTRIES * 1_024:
        raise Refused("word.bomb")


def _check_sizes(infos: list[zipfile.ZipInfo], packed: int) -> None:
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_ENTRIES or total > MOST_BYTES or total > MOST_RATIO * packed:
        raise Refused("word.bomb")
    for info in infos:
        swollen = info.file_size > MOST_RATIO * max(1, info.compress_size)
        if swollen and info.file_size > _SMALL_BYTES:
            raise Refused("word.bomb")


def _check_entry(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise Refused("word.locked")
    if stat.S_ISLNK(info.external_attr >> 16) or _STRANGE.search(info.orig_filename):
        raise Refused("word.strange-names")
    if _MACRO.search(info.filename):
        raise Refused("word.macros")


def _check_kind(box: Box, kind: str) -> None:
    types = box.xml("[Content_Types].xml")
    if types is None:
        raise Refused("word.not-word")
    said = " ".join(node.get("ContentType") or "" for node in types)
    if "macroEnabled" in said:
        raise Refused("word.macros")
    if kind not in said:
        raise Refused("word.not-word")
