"""Small files of each kind, and of the kinds that are refused."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document

CONTENT = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
KIND = (
    '<Override PartName="/{}" ContentType="application/vnd.openxmlformats-officedocument.{}+xml"/>'
)
SHEETS = '<workbook><sheets><sheet name="a"{}/></sheets></workbook>'


def pdf(*, inside: bytes = b"", trailer: bytes = b"", packed: bytes = b"") -> bytes:
    """A PDF as far as its frame goes. packed: put in a stream of objects."""
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + inside
    if packed:
        stream = zlib.compress(packed)
        body += b"2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n"
        body += stream + b"\nendstream\nendobj\n"
    return body + b"trailer\n<< /Root 1 0 R " + trailer + b">>\nstartxref\n9\n%%EOF\n"


def box(parts: dict[str, str | bytes], kind: str, main: str) -> bytes:
    """An office file of these parts."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", CONTENT.format(KIND.format(main, kind)))
        for name, data in parts.items():
            made.writestr(name, data)
    return kept.getvalue()


def docx(words: str = "One", **more: str | bytes) -> bytes:
    """A Word file that says nothing of its writer. more: parts; `__` stands for a slash."""
    kind = "wordprocessingml.document.main"
    body = f"<document><body><p>{words}</p></body></document>"
    parts = {name.replace("__", "/").replace("_DOT_", "."): part for name, part in more.items()}
    return box({"word/document.xml": body, **parts}, kind, "word/document.xml")


def word_as_people_save_it() -> bytes:
    """One with an author in it."""
    kept, made = BytesIO(), Document()
    made.add_paragraph("Words")
    made.core_properties.author = "Dana"
    made.save(kept)
    return kept.getvalue()


def xlsx(state: str = "") -> bytes:
    """An Excel file. state: of its sheet."""
    book = SHEETS.format(f' state="{state}"' if state else "")
    return box({"xl/workbook.xml": book}, "spreadsheetml.sheet.main", "xl/workbook.xml")
