"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime

from advocacy.positions.rows import VersionRow
from advocacy.text.diff import Change, ClauseChange


@dataclass(frozen=True)
class Comparison:
    """Two sides, clause by clause. counts: how many clauses of each kind of change."""

    before: VersionRow
    after: VersionRow
    changes: list[ClauseChange]
    counts: dict[Change, int]


@dataclass(frozen=True)
class LastRead:
    """When a person last said that they have read a text, and how it read then."""

    at: datetime
    text: VersionRow
