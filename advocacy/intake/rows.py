"""What goes through the room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advocacy.analysis.rows import Known
from advocacy.formats.csv import RefusedRow
from advocacy.reference.rules import Gazetteer
from advocacy.threats.rows import Entry


@dataclass(frozen=True)
class Table:
    """A sheet as it was read. lines: (line in the file, cells)."""

    name: str
    digest: str
    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    refused: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True)
class Lists:
    """What words of a sheet stand for. codes: field -> folded word -> code."""

    places: Gazetteer
    codes: Mapping[str, Mapping[str, str]]
    today: date


@dataclass(frozen=True)
class Record:
    """One row as a record. key: what makes it this one; ended_on: None while it goes on.

    known: what it says beyond the short record; cells: the same, of the columns that there are.
    """

    key: str
    entry: Entry
    ended_on: date | None = None
    status: str = "active"
    facts: Mapping[str, Any] = field(default_factory=dict)
    known: Known | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
