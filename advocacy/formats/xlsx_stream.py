"""A long table as an .xlsx file, written as it is read: many rows in little memory.

As `xlsx`, every text is a text cell, marked so that it stays one when somebody edits it: nothing
in it runs, whatever it begins with, and "018" keeps its zero. Nothing is written to disk.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from advocacy.formats.xlsx import MOST_IN_NAME, NOT_IN_NAME, Column, fitting

MOST_ROWS = 1_000_000
"""Rows below the heading; the format ends at 1,048,576 in all."""

_EPOCH = date(1899, 12, 30)
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Looks of cells, by their place in the styles: words, dates, headings, and plain numbers.
_TEXT, _DATE, _HEAD, _NUMBER = 1, 2, 3, 0
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/>'
    '<xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/>'
    '<xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" applyFont="1" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_PARTS = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": _STYLES,
}


class _Pipe:
    """What the zip writes, until somebody takes it away."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> bytes:
        found, self._parts = b"".join(self._parts), []
        return found


def stream(
    name: str,
    columns: Sequence[Column],
    pages: Iterable[Iterable[Sequence[object]]],
    *,
    note: str = "",
    right_to_left: bool = False,
) -> Iterator[bytes]:
    """The file, part by part. note: above the headings. pages: rows, some hundreds at a time.

    Cells: text, int, date, or None for an empty one. Raises: TypeError for anything else.
    """
    pipe = _Pipe()
    out: Any = pipe  # the zip asks for a file, and needs no more of it than this
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel:
        for path, words in {**_PARTS, "xl/workbook.xml": _workbook(name)}.items():
            parcel.writestr(_entry(path), words)
        with parcel.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write(_above(columns, note, right_to_left=right_to_left).encode())
            number = 2
            for page in pages:
                lines = [_line(row, at) for at, row in enumerate(page, number + 1)]
                number += len(lines)
                sheet.write("".join(lines).encode())
                yield pipe.taken()
            last = f"{_letters(len(columns) - 1)}{max(number, 3)}"
            sheet.write(f'</sheetData><autoFilter ref="A2:{last}"/></worksheet>'.encode())
    yield pipe.taken()


def _entry(path: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(path, date_time=_ZIP_DAY)
    found.compress_type = zipfile.ZIP_DEFLATED
    return found


def _workbook(name: str) -> str:
    shown = _clean(NOT_IN_NAME.sub(" ", name)[:MOST_IN_NAME]).strip() or "-"
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        f'<sheet name={quoteattr(shown)} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _above(columns: Sequence[Column], note: str, *, right_to_left: bool) -> str:
    turned = ' rightToLeft="1"' if right_to_left else ""
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{column.width}" customWidth="1"/>'
        for at, column in enumerate(columns, 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{turned}>'
        '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
        f'<row r="1">{_words(note, "A1", _TEXT)}</row>'
        + _row((_words(one.title, f"{_letters(at)}2", _HEAD) for at, one in enumerate(columns)), 2)
    )


def _line(row: Sequence[object], number: int) -> str:
    return _row((_cell(one, f"{_letters(at)}{number}") for at, one in enumerate(row)), number)


def _row(cells: Iterable[str], number: int) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(value: object, place: str) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return _words(value, place, _TEXT)
    if isinstance(value, date) and not isinstance(value, datetime):
        return f'<c r="{place}" s="{_DATE}"><v>{(value - _EPOCH).days}</v></c>'
    if isinstance(value, int) and not isinstance(value, bool):
        return f'<c r="{place}" s="{_NUMBER}"><v>{value}</v></c>'
    raise TypeError(f"{type(value).__name__} is no cell of ours")


def _words(words: str, place: str, look: int) -> str:
    said = escape(_clean(fitting(words)))
    return (
        f'<c r="{place}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
    )


def _clean(words: str) -> str:
    return _NOT_XML.sub("", words)


def _letters(at: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    found = ""
    at += 1
    while at:
        at, left = divmod(at - 1, 26)
        found = chr(65 + left) + found
    return found
