"""The tables of a Word file as rows of cells. Runs in the sandbox.

What a merged cell says, it says in each of its places; a row that one cell fills stands alone, as
a heading of those below it. Deleted words of tracked changes are not there, inserted ones are.
"""

from typing import Any

from advocacy.formats import sandbox
from advocacy.formats.docx_zip import open_box
from advocacy.formats.sandbox import Refused

MOST_ROWS, MOST_COLUMNS = 5_000, 60
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"}
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "\u2011"}


def rows(data: bytes) -> list[list[str]]:
    """The rows of all tables, one below the other; a heading is a row of one cell.

    Raises: Invalid for what is no Word file or has no table; TooLarge.
    """
    found: list[list[str]] = sandbox.read(__name__, data, too_much="word.too-heavy")
    return found


def tables(data: bytes) -> list[list[str]]:
    """In the child. Raises Refused."""
    root = open_box(data).xml("word/document.xml")
    if root is None:
        raise Refused("word.not-word")
    found: list[list[str]] = []
    for table in root.iter(f"{_W}tbl"):
        if next(table.iterancestors(f"{_W}tbl"), None) is None:  # one in a cell is its words
            found += _table(table)
    if not found:
        raise Refused("batches.no-table")
    if len(found) > MOST_ROWS:
        raise Refused("csv.too-many-rows", limit_rows=MOST_ROWS)
    return found


def _table(table: Any) -> list[list[str]]:
    above: dict[int, str] = {}
    found = []
    for row in table.iterfind(f"{_W}tr"):
        cells, alone = _cells(row, above)
        if any(cells):
            found.append([alone] if alone else cells)
    return found


def _cells(row: Any, above: dict[int, str]) -> tuple[list[str], str]:
    """The cells of a row, and its words if one cell is all of it. above: by column, kept on."""
    said: list[str] = []
    count = 0
    for cell in row.iterfind(f".//{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is not row:
            continue
        look = cell.find(f"{_W}tcPr")
        span = _span(look)
        merged = look.find(f"{_W}vMerge") if look is not None else None
        goes_on = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
        words = above.get(len(said), "") if goes_on else _words(cell)
        for _place in range(min(span, MOST_COLUMNS - len(said))):
            above[len(said)] = words
            said.append(words)
        count += 1
    return said, said[0] if count == 1 and said else ""


def _span(look: Any) -> int:
    span = look.find(f"{_W}gridSpan") if look is not None else None
    value = span.get(f"{_W}val", "1") if span is not None else "1"
    return int(value) if value.isascii() and value.isdigit() and 0 < int(value) < 100 else 1


def _words(cell: Any) -> str:
    lines = []
    for paragraph in cell.iter(f"{_W}p"):
        parts = [
            node.text or "" if node.tag == f"{_W}t" else _BREAKS.get(node.tag, "")
            for node in paragraph.iter()
            if not any(one.tag in _GONE for one in node.iterancestors())
        ]
        lines.append(" ".join("".join(parts).split(" ")).strip())
    return "\n".join(line for line in lines if line)


def main() -> None:
    """In the child."""
    sandbox.serve(tables)
