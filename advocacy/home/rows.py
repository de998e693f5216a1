"""What home shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class TaskRow:
    """One task, prepared for the page."""

    kind: str
    when: str
    when_note: str
    when_kind: str
    when_icon: str
    title: str
    note: str
    organisation: str
    href: str
    label: str


@dataclass(frozen=True)
class Tally:
    """A count, and the address of exactly the items it counts."""

    label: str
    count: int
    href: str


@dataclass(frozen=True)
class MovedRow:
    """Something that others moved. kind: threat, position or recommendation, whose id it is.

    what: what was done to a threat, the stage of a text, how far a recommendation came.
    changes: of a threat, field -> [before, after], in the class that all its readers know.
    """

    kind: str
    id: UUID
    title: str
    what: str
    changes: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class Moved:
    """The same, prepared for the page. kind and icon: how its first word looks."""

    kind: str
    icon: str
    word: str
    title: str
    note: str
    href: str
