"""A table as an .xlsx file in which nothing runs.

Every text is written as a text cell, marked so that it stays one when somebody edits it: no
formula, no link, whatever it begins with. Words are not altered, only cut at the format's limit.
Nothing is written to disk on the way: what is in the table may be secret.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook

MOST_IN_CELL = 32_767
"""Characters a cell holds (the format's limit, in UTF-16 units)."""
MOST_IN_NAME = 31
MOST_IN_CHOICES = 255
MOST_OFFERED = 1_000
"""The last row whose cells offer a choice."""

NOT_IN_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and what may be chosen in its cells."""

    title: str
    width: int = 16
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A table. note: a line above it, such as who may read it."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    note: str = ""
    right_to_left: bool = False


def write(sheet: Sheet, *, at: datetime) -> bytes:
    """The file. at: the instant it says it was made; equal tables at one instant give equal bytes.

    Cells: text, int, date, or None for an empty one. Raises: TypeError for anything else.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(out, options) as book:
        book.set_properties({"created": at.replace(tzinfo=None)})
        page = book.add_worksheet(NOT_IN_NAME.sub(" ", sheet.name)[:MOST_IN_NAME])
        _lay_out(book, page, sheet)
    return out.getvalue()


def _lay_out(book: Any, page: Any, sheet: Sheet) -> None:
    if sheet.right_to_left:
        page.right_to_left()
    shared = {"text_wrap": True, "valign": "top"}
    looks = {
        str: book.add_format({**shared, "quote_prefix": True, "num_format": "@"}),
        int: book.add_format(shared),
        date: book.add_format({**shared, "num_format": "yyyy-mm-dd"}),
    }
    head = book.add_format({**shared, "bold": True, "quote_prefix": True, "bottom": 1})
    note = book.add_format({"italic": True, "quote_prefix": True})
    page.write_string(0, 0, fitting(sheet.note), note)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(1, at, fitting(column.title), head)
        _offer(page, at, column.choices)
    number = 1
    for number, row in enumerate(sheet.rows, 2):
        for at, value in enumerate(row):
            _write(page, number, at, value, looks)
    page.freeze_panes(2, 0)
    page.autofilter(1, 0, max(number, 2), len(sheet.columns) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)


def _offer(page: Any, at: int, choices: tuple[str, ...]) -> None:
    """A list to choose from, where the format can hold it; any other word may be typed still."""
    if choices and len(",".join(choices)) <= MOST_IN_CHOICES and "," not in "".join(choices):
        given = {"validate": "list", "source": list(choices), "error_type": "information"}
        page.data_validation(2, at, MOST_OFFERED, at, given)


def _write(page: Any, row: int, at: int, value: object, looks: dict[type, Any]) -> None:
    if value is None or value == "":
        page.write_blank(row, at, None, looks[str])
    elif isinstance(value, str):
        page.write_string(row, at, fitting(value), looks[str])
    elif isinstance(value, date) and not isinstance(value, datetime):
        page.write_datetime(row, at, value, looks[date])
    elif isinstance(value, int) and not isinstance(value, bool):
        page.write_number(row, at, value, looks[int])
    else:
        raise TypeError(f"{type(value).__name__} is no cell of ours")


def fitting(text: str) -> str:
    """The text as far as a cell holds it; what is cut ends with three dots."""
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * MOST_IN_CELL:
        return text
    return units[: 2 * (MOST_IN_CELL - 1)].decode("utf-16-le", "ignore") + "…"
