"""The first table of an .xlsx file as comma-separated text, so that one reader reads them all.

Values only: what a formula last showed is its value, and nothing is worked out. The file is taken
apart in a process of its own (see `sandbox`), with the same look at its directory as a Word file.
"""

import csv
import io
import re
from typing import Any

from advocacy.formats import sandbox
from advocacy.formats.docx_zip import Box, open_box
from advocacy.formats.sandbox import Refused

MOST_ROWS, MOST_COLUMNS = 6_000, 200
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_CODES = {
    "word.empty-file": "csv.empty",
    "word.locked": "sheet.locked",
    "word.old-doc": "sheet.old",
    "word.not-word": "sheet.not-sheet",
    "word.macros": "sheet.macros",
    "word.bomb": "sheet.too-heavy",
}


def is_xlsx(data: bytes) -> bool:
    """True for what can be no text: a packed file, or an older one of an office program."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"))


def as_csv(data: bytes) -> bytes:
    """The first table that is shown; a row of the file is a line. Blank rows stay blank lines.

    Raises: Invalid for a file that cannot be read; TooLarge for one that cannot be borne.
    """
    rows = sandbox.read(__name__, data, too_much="sheet.too-heavy")
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([" ".join(str(cell).split()) for cell in row] for row in rows)
    return out.getvalue().encode()


def table(data: bytes) -> list[list[str]]:
    """In the child: the rows, all of one length. Raises Refused."""
    try:
        box = open_box(data, kind="spreadsheetml")
        words, page = _words(box), box.xml(_first(box))
    except Refused as error:
        raise Refused(_CODES.get(error.code, "sheet.damaged")) from None
    if page is None:
        raise Refused("sheet.damaged")
    cells: dict[tuple[int, int], str] = {}
    for cell in page.iter(f"{_MAIN}c"):
        said = _said(cell, words).strip()
        if said:
            cells[_place(cell)] = said
    if not cells:
        raise Refused("csv.empty")
    _unmerge(page, cells)
    columns = [column for _, column in cells]  # a table may begin further to the right
    height, first, last = max(row for row, _ in cells), min(columns), max(columns)
    found = []
    for row in range(1, height + 1):
        line = [cells.get((row, column), "") for column in range(first, last + 1)]
        found.append(line if any(line) else [])
    return found


def _unmerge(page: Any, cells: dict[tuple[int, int], str]) -> None:
    """What a merged cell says, it says in each of its places, down to the last row of words."""
    height = max(row for row, _ in cells)
    for merged in page.iter(f"{_MAIN}mergeCell"):
        first, _colon, last = (merged.get("ref") or "").partition(":")
        top, bottom = _at(first), _at(last or first)
        said = cells.get(top, "")
        if not said:
            continue
        for row in range(top[0], min(bottom[0], height) + 1):
            for column in range(top[1], bottom[1] + 1):
                cells[row, column] = said


def _place(cell: Any) -> tuple[int, int]:
    """(row, column), from 1."""
    return _at(cell.get("r") or "")


def _at(place: str) -> tuple[int, int]:
    found = _CELL.fullmatch(place)
    if found is None:
        raise Refused("sheet.damaged")
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found.group(2))
    if row > MOST_ROWS or column > MOST_COLUMNS:
        raise Refused("sheet.too-long", most=MOST_ROWS)
    return row, column


def _said(cell: Any, words: list[str]) -> str:
    kind, value = cell.get("t"), cell.findtext(f"{_MAIN}v") or ""
    if kind == "inlineStr":
        return _text(cell.find(f"{_MAIN}is"))
    if kind == "s":
        at = int(value) if value.isascii() and value.isdigit() else len(words)
        return words[at] if at < len(words) else ""
    return "" if kind == "e" else value


def _text(node: Any) -> str:
    """The words of a cell: one run or several; how they are spoken is left out."""
    if node is None:
        return ""
    runs = [*node.findall(f"{_MAIN}t"), *node.findall(f"{_MAIN}r/{_MAIN}t")]
    return "".join(run.text or "" for run in runs)


def _words(box: Box) -> list[str]:
    shared = box.xml("xl/sharedStrings.xml")
    return [] if shared is None else [_text(item) for item in shared.findall(f"{_MAIN}si")]


def _first(box: Box) -> str:
    """The part of the first sheet that is not hidden."""
    book, links = box.xml("xl/workbook.xml"), box.xml("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        raise Refused("word.damaged")
    parts = {link.get("Id"): link.get("Target") or "" for link in links}
    for sheet in book.iter(f"{_MAIN}sheet"):
        if sheet.get("state", "visible") == "visible":
            part = parts.get(sheet.get(_ID), "")
            return part.lstrip("/") if part.startswith("/") else f"xl/{part}"
    raise Refused("word.damaged")


def main() -> None:
    """In the child."""
    sandbox.serve(table)
