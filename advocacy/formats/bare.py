"""The same file without what it says of its writers: its properties, and names beside comments.

Office files are packed anew. In a PDF the words are blanked where they stand, so that nothing else
moves; what lies in a packed part of it stays, and is told (see `attachment`). Done in a process of
its own (see `sandbox`).
"""

import base64
import io
import re
import zipfile
from typing import Any

from lxml import etree

from advocacy.formats import attachment, sandbox
from advocacy.formats.attachment import Attachment
from advocacy.formats.docx_zip import Box, open_box
from advocacy.formats.sandbox import Refused

_EMPTY = {
    "docprops/core.xml": b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/'
    b'2006/metadata/core-properties"/>',
    "docprops/app.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/extended-properties"/>',
    "docprops/custom.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/custom-properties"/>',
}
_NAMED = re.compile(
    r"^(?:word|xl)/(?:.*/)?(?:document|comments|people|persons?|footnotes|endnotes|header|footer)"
    r"[^/]*\.xml$"
)
_NAMES = frozenset({"author", "initials", "displayName", "userId"})
_THUMBNAIL = re.compile(r"^docprops/thumbnail\.", re.IGNORECASE)
# Smallest picture there is, in the place of one of the first page.
_NO_PICTURE = base64.b64decode("R0lGODlhAQABAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")

_IN_PDF = (
    re.compile(rb"(/(?:Author|Company|Manager)\s*\()((?:[^()\\]|\\.)*)(\))", re.DOTALL),
    re.compile(rb"(<dc:creator>)(.*?)(</dc:creator>)", re.DOTALL),
)
_HEX_IN_PDF = re.compile(rb"(/(?:Author|Company|Manager)\s*<)([0-9A-Fa-f\s]*)(>)")


def bare(file: Attachment) -> Attachment:
    """The file without its properties; what it still tells stays in `tells`.

    A picture was made anew already. Raises Invalid, TooLarge: as `attachment.attachment`.
    """
    if file.media.startswith("image/"):
        return file
    found = sandbox.read(__name__, file.data, too_much="annexes.bomb")
    return Attachment(file.media, base64.b64decode(found["data"]), tuple(found["tells"]))


def main() -> None:
    """What the sandbox starts."""
    sandbox.serve(_answer)


def _answer(data: bytes) -> dict[str, Any]:
    made = strip(data)
    _media, tells = attachment.look(made)
    return {"data": base64.b64encode(made).decode("ascii"), "tells": tells}


def strip(data: bytes) -> bytes:
    """In the child: the bytes without their writers. Raises Refused."""
    return _pdf(data) if data.startswith(b"%PDF-") else _office(data)


def _pdf(data: bytes) -> bytes:
    for named in _IN_PDF:
        data = named.sub(lambda m: m[1] + b" " * len(m[2]) + m[3], data)
    return _HEX_IN_PDF.sub(lambda m: m[1] + b" " * len(m[2]) + m[3], data)


def _office(data: bytes) -> bytes:
    try:
        box = open_box(data)
    except Refused as error:
        if error.code != "word.not-word":
            raise
        box = open_box(data, kind="spreadsheetml")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept:
        for low, name in box.names.items():
            # A fresh entry: the old one says when, and on which kind of machine, it was packed.
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, _part(box, low, name))
    return made.getvalue()


def _part(box: Box, low: str, name: str) -> bytes:
    if low in _EMPTY:
        return _EMPTY[low]
    if _THUMBNAIL.match(low):
        return _NO_PICTURE
    if not _NAMED.match(low):
        return box.archive.read(name)
    root = box.xml(name)
    for node in root.iter():
        for key in [k for k in node.attrib if k.rpartition("}")[2] in _NAMES]:
            node.set(key, "")
        if str(node.tag).rpartition("}")[2] == "author" and not len(node):
            node.text = ""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
