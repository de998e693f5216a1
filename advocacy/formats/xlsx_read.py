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

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 50_000, 200, 600_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_Rows = dict[int, dict[int, str]]
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


def as_csv(data: bytes, *, with_lines: bool = False) -> bytes:
    """The first table that is shown; a row of the file is a line. Blank rows stay blank lines.

    with_lines: keep the lines of a cell; the numbers of the file's rows are then not kept.

    Raises: Invalid for a file that cannot be read; TooLarge for one that cannot be borne.
    """
    rows = sandbox.read(__name__, data, too_much="sheet.too-heavy")
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    told = str.strip if with_lines else _on_one_line
    writer.writerows([told(str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode()


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def table(data: bytes) -> list[list[str]]:
    """In the child: the rows, all of one length. Raises Refused."""
    try:
        box = open_box(data, kind="spreadsheetml")
        cells, merged = _cells(box, _first(box), _words(box))
    except Refused as error:
        of_sheets = error.code.startswith("sheet.")
        code = error.code if of_sheets else _CODES.get(error.code, "sheet.damaged")
        raise Refused(code, **error.facts) from None
    if not cells:
        raise Refused("csv.empty")
    _unmerge(merged, cells)
    columns = {column for row in cells.values() for column in row}
    first, last = min(columns), max(columns)  # a table may begin further to the right
    found: list[list[str]] = []
    for row in range(1, max(cells) + 1):
        line = cells.pop(row, None)
        found.append([line.get(at, "") for at in range(first, last + 1)] if line else [])
    return found


def _cells(box: Box, part: str, words: list[str]) -> tuple[_Rows, list[str]]:
    """What cells say, by row and column, and the places of those that are merged.

    The sheet is read element by element: however long, only its words are held.
    """
    if not box.has(part):
        raise Refused("sheet.damaged")
    cells: _Rows = {}
    merged: list[str] = []
    count = 0
    for node in box.each(part, f"{_MAIN}row", f"{_MAIN}mergeCell"):
        if node.tag == f"{_MAIN}mergeCell":
            merged.append(node.get("ref") or "")
            continue
        for cell in node.iterfind(f"{_MAIN}c"):
            if said := _said(cell, words).strip():
                row, column = _place(cell)
                cells.setdefault(row, {})[column] = said
                count += 1
        if count > MOST_CELLS:
            raise Refused("sheet.too-long", most=MOST_ROWS)
    return cells, merged


def _unmerge(merged: list[str], cells: _Rows) -> None:
    """What a merged cell says, it says in each of its places, down to the last row of words."""
    height, filled = max(cells), 0
    for ref in merged:
        first, _colon, last = ref.partition(":")
        top, bottom = _at(first), _at(last or first)
        said = cells.get(top[0], {}).get(top[1], "")
        if not said:
            continue
        rows = range(top[0], min(bottom[0], height) + 1)
        filled += len(rows) * (bottom[1] - top[1] + 1)
        if filled > MOST_CELLS:
            raise Refused("sheet.too-long", most=MOST_ROWS)
        for row in rows:
            for column in range(top[1], bottom[1] + 1):
                cells.setdefault(row, {})[column] = said


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
    if len(node) == 1 and node[0].tag == f"{_MAIN}t":
        return node[0].text or ""
    runs = [*node.findall(f"{_MAIN}t"), *node.findall(f"{_MAIN}r/{_MAIN}t")]
    return "".join(run.text or "" for run in runs)


def _words(box: Box) -> list[str]:
    return [_text(item) for item in box.each("xl/sharedStrings.xml", f"{_MAIN}si")]


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
