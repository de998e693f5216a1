"""The columns of a file; a paper as blocks; the room's event."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from advocacy.asks.rules import is_late
from advocacy.audit.rules import Event
from advocacy.deadlines.rules import first_precision, in_words
from advocacy.formats.docx import Block, Role, Run
from advocacy.formats.docx_write import Piece, Sheet
from advocacy.formats.pdf import Line as Drawn
from advocacy.formats.pdf import Paper
from advocacy.reports.rows import Account, Item, Line, Part
from advocacy.taxonomies.rules import Axis, labels

MOST_TOLD = 300
"""Asks in a paper: more than that nobody reads. A table has no such limit."""


class Kind(StrEnum):
    """How a file is written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    DOCX = "docx"
    PDF = "pdf"


PAPERS = frozenset({Kind.DOCX, Kind.PDF})
ENDS = {
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.JSON: "application/json",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.PDF: "application/pdf",
}


def _late_days(row: Line, on: date) -> int | None:
    late = row.progress and is_late(row.late_after, row.progress, on=on)
    return (on - row.late_after).days if late and row.late_after else None


_YES = {None: "", True: "yes", False: "no"}


def about(row: Line, axis: Axis) -> list[str]:
    """What a line is about: names in English, as all closed words here; of goals the numbers."""
    items = (row.subjects or {}).get(axis, [])
    return items if axis is Axis.SDG else labels(axis, items, "en")


def first_of(row: Line) -> str | None:
    """How exactly the first date of a line was meant; None without one."""
    return first_precision(row) if row.original_due_on else None


Cell = Callable[[Line, date], Any]
# Names and closed words stay the same in every language: a file is read by other systems too.
COLUMNS: dict[str, Cell] = {
    "reference": lambda row, _on: row.ref,
    "title": lambda row, _on: row.title,
    "text": lambda row, _on: row.text,
    "language": lambda row, _on: row.language,
    "issuers": lambda row, _on: "; ".join(row.issuers),
    "issued_on": lambda row, _on: row.issued_on,
    "source": lambda row, _on: row.source,
    "session": lambda row, _on: row.session,
    "specificity": lambda row, _on: row.specificity,
    "themes": lambda row, _on: "; ".join(row.tags),
    "affected_groups": lambda row, _on: "; ".join(about(row, Axis.GROUP)),
    "development_goals": lambda row, _on: "; ".join(about(row, Axis.SDG)),
    "clusters": lambda row, _on: "; ".join(about(row, Axis.CLUSTER)),
    "review": lambda row, _on: "; ".join(about(row, Axis.REVIEW)),
    "smart": lambda row, _on: "".join((row.judged or {}).get(Axis.SMART, ())),
    "priority": lambda row, _on: "yes" if (row.judged or {}).get(Axis.PRIORITY) else "",
    "addressed_to": lambda row, _on: row.addressee,
    "role": lambda row, _on: row.role,
    "duty_bearer": lambda row, _on: _YES[row.is_duty_bearer],
    "response": lambda row, _on: row.response,
    "response_on": lambda row, _on: row.response_on,
    "progress": lambda row, _on: row.progress,
    "progress_on": lambda row, _on: row.progress_on,
    "first_date": lambda row, _on: row.original_due_on,
    "first_precision": lambda row, _on: in_words(first_of(row)) or None,
    "due_on": lambda row, _on: row.due_on,
    "due_precision": lambda row, _on: in_words(row.due_precision) if row.due_on else None,
    "moved": lambda row, _on: row.moves,
    "late_days": _late_days,
    "held_from": lambda row, _on: row.held_from,
    "held_to": lambda row, _on: row.held_to,
    "reversal_confirmed": lambda row, _on: _YES[
        row.alleged_by is None if row.progress == "regressed" else None
    ],
    "members": lambda row, _on: row.tally.members if row.tally else None,
    "members_committed": lambda row, _on: row.tally.committed if row.tally else None,
    "members_done": lambda row, _on: row.tally.done if row.tally else None,
    "recommendation_id": lambda row, _on: str(row.recommendation_id),
    "ask_id": lambda row, _on: str(row.ask_id) if row.ask_id else "",
}
WIDE = frozenset({"title", "text", "addressed_to", "source"})


def cells(row: Line, on: date) -> list[Any]:
    """One line of a table, on a day."""
    return [get(row, on) for get in COLUMNS.values()]


def plain(value: Any) -> Any:
    """A cell as CSV and JSON hold it."""
    return value.isoformat() if isinstance(value, date) else value


# --- papers --------------------------------------------------------------------------------------


def paper(of: Account) -> Paper:
    """What a PDF is drawn from."""
    lines = [Drawn(_block(Role.NOTE, said)) for said in of.about]
    for part in of.parts:
        lines += [Drawn(block, language) for block, language in _blocks(part)]
    return Paper(title=of.title, language=of.language, lines=tuple(lines), foot=of.foot)


def sheet(of: Account) -> Sheet:
    """What a Word file is written from."""
    pieces = [Piece("", "", tuple(block for block, _said in _blocks(part))) for part in of.parts]
    return Sheet(
        title=of.title,
        language=of.language,
        bookmark="",
        lines=of.about,
        clauses=tuple(pieces),
        marks=(),
        comments=(),
        about={},
        rows=(),
    )


def _blocks(part: Part) -> Iterator[tuple[Block, str]]:
    yield _block(Role.HEADING, part.title, level=2), ""
    for line in part.lines:
        yield _block(Role.TEXT, line), ""
    for title, items in part.groups:
        if title:
            yield _block(Role.HEADING, title, level=3), ""
        for item in items:
            yield from _item(item)


def _item(item: Item) -> Iterator[tuple[Block, str]]:
    yield Block(Role.BULLET, 0, (Run(item.title, bold=True),)), item.language
    for said in item.said:
        yield _block(Role.BULLET, said, level=1), ""


def _block(role: Role, words: str, *, level: int = 0) -> Block:
    return Block(role, level, (Run(words),))


@dataclass(frozen=True)
class Taken(Event):
    """Somebody took the list out."""

    NAME = "reports.taken"
    kind: str
