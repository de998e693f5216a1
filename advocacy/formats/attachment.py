"""A file that goes with a text: PDF, Word, Excel, PNG or JPEG, known by what it holds.

Pictures are made anew (see `pictures`). Office files and PDFs stay as they are; one that is locked,
broken, or could act by itself is refused, and what it says of its writers is told. It is looked
into in a process of its own (see `sandbox`).
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from advocacy.formats import pictures, sandbox
from advocacy.formats.docx_zip import Box, open_box
from advocacy.formats.sandbox import Refused
from advocacy.ground.errors import Invalid, TooLarge
from advocacy.ground.reasons import Reason

MOST_BYTES = 10_000_000
MOST_DOTS = 10_000
_OFFICE = "application/vnd.openxmlformats-officedocument"
ENDINGS = {
    "application/pdf": "pdf",
    f"{_OFFICE}.wordprocessingml.document": "docx",
    f"{_OFFICE}.spreadsheetml.sheet": "xlsx",
    "image/png": "png",
    "image/jpeg": "jpg",
}
_PDF, _PNG, _JPEG = b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_SAME = {
    "word.locked": "annexes.locked",
    "word.old-doc": "annexes.old",
    "word.not-word": "annexes.unknown",
    "word.macros": "annexes.active",
    "word.bomb": "annexes.bomb",
    "logos.measure": "annexes.measure",
}


@dataclass(frozen=True)
class Attachment:
    """A file that can be sent on. media: its type. tells: what it says of who wrote it.

    Of that: author, company, comments, changes (tracked ones), hidden (sheets).
    """

    media: str
    data: bytes
    tells: tuple[str, ...] = ()


def attachment(data: bytes) -> Attachment:
    """The file in these bytes. Raises, about `file`: Invalid; TooLarge for more than is taken."""
    if not data:
        raise Invalid(Reason("annexes.empty", "file"))
    if len(data) > MOST_BYTES:
        raise TooLarge(Reason("annexes.too-heavy", "file", {"most": MOST_BYTES // 1_000_000}))
    if data.startswith((_PNG, _JPEG)):
        return _picture(data)
    if not data.startswith((_PDF, *_PACKED)):
        raise Invalid(Reason("annexes.unknown", "file"))
    media, tells = sandbox.read(__name__, data, too_much="annexes.bomb")
    return Attachment(media, data, tuple(tells))


def _picture(data: bytes) -> Attachment:
    try:
        made = pictures.picture(data, most_bytes=MOST_BYTES, most=MOST_DOTS)
    except Invalid as error:
        code = _SAME.get(error.reasons[0].code, "annexes.damaged")
        raise Invalid(Reason(code, "file")) from None
    return Attachment(made.media, made.data)


def main() -> None:
    """What the sandbox starts."""
    sandbox.serve(look)


def look(data: bytes) -> tuple[str, list[str]]:
    """In the child: type of a PDF or an office file, and what it tells. Raises Refused."""
    if data.startswith(_PDF):
        return "application/pdf", _look_at_pdf(data)
    try:
        box, media = _opened(data)
        if box.archive.testzip() is not None:
            raise Refused("annexes.damaged")
        _stay_inside(box)
        return media, sorted(_told(box))
    except Refused as error:
        same = error.code if error.code.startswith("annexes.") else "annexes.damaged"
        raise Refused(_SAME.get(error.code, same)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError):
        raise Refused("annexes.damaged") from None


def _opened(data: bytes) -> tuple[Box, str]:
    try:
        box, kind, part = open_box(data), "wordprocessingml.document", "word/document.xml"
    except Refused as error:
        if error.code != "word.not-word":
            raise
        box = open_box(data, kind="spreadsheetml")
        kind, part = "spreadsheetml.sheet", "xl/workbook.xml"
    if box.xml(part) is None:
        raise Refused("annexes.damaged")
    return box, f"{_OFFICE}.{kind}"


def _stay_inside(box: Box) -> None:
    """An address to click on is fine; what a program would fetch by itself is not."""
    for name in box.names:
        if not name.endswith(".rels"):
            continue
        for link in box.xml(name):
            kind = posixpath.basename(link.get("Type") or "")
            if link.get("TargetMode") == "External" and kind != "hyperlink":
                raise Refused("annexes.active")


def _told(box: Box) -> Iterator[str]:
    about = {"author": ("core", ("creator", "lastModifiedBy")),
             "company": ("app", ("Company", "Manager"))}  # fmt: skip
    for word, (part, names) in about.items():
        nodes = _nodes(box.xml(f"docProps/{part}.xml"))
        if any(_local(node) in names and (node.text or "").strip() for node in nodes):
            yield word
    if any("comments" in name and not name.endswith(".rels") for name in box.names):
        yield "comments"
    if any(
        _local(node) in {"ins", "del", "moveTo"} for node in _nodes(box.xml("word/document.xml"))
    ):
        yield "changes"
    sheets = _nodes(box.xml("xl/workbook.xml"))
    if any(_local(n) == "sheet" and n.get("state", "visible") != "visible" for n in sheets):
        yield "hidden"


def _nodes(root: Any) -> Iterator[Any]:
    return iter(()) if root is None else root.iter()


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


# --- PDF -----------------------------------------------------------------------------------------

_ACTS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
_WRITTEN_BY = re.compile(rb"/Author\s*(?:\(\s*[^\s)]|<\s*[0-9A-Fa-f])|<dc:creator>")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_INNER = re.compile(rb"/ObjStm\b.{0,400}?\bstream\r?\n", re.DOTALL)
_MOST_INNER_BYTES = 60_000_000


def _look_at_pdf(data: bytes) -> list[str]:
    tail = data[-2_048:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise Refused("annexes.damaged")
    said = _plain_names(data)
    if re.search(rb"/Encrypt\b", said):
        raise Refused("annexes.locked")
    inner = _plain_names(_inner(data))
    if _ACTS.search(said) or _ACTS.search(inner):
        raise Refused("annexes.active")
    return ["author"] if _WRITTEN_BY.search(said) or _WRITTEN_BY.search(inner) else []


def _plain_names(data: bytes) -> bytes:
    """A name may be written in numbers, so that who only looks for its letters misses it."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _inner(data: bytes) -> bytes:
    """What is packed in streams of objects, one after the other."""
    found = bytearray()
    for start in _INNER.finditer(data):
        try:
            room = _MOST_INNER_BYTES - len(found)
            found += zlib.decompressobj().decompress(data[start.end() :], room + 1) + b"\n"
        except zlib.error:
            raise Refused("annexes.damaged") from None
        if len(found) > _MOST_INNER_BYTES:
            raise Refused("annexes.bomb")
    return bytes(found)
