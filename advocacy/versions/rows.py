"""What may leave the room."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from advocacy.annexes.rows import AnnexChange
from advocacy.positions.rows import VersionRow
from advocacy.text.diff import Change, ClauseChange


@dataclass(frozen=True)
class Comparison:
    """Two sides, clause by clause. counts: how many clauses of each kind of change.

    annexes: those that differ.
    """

    before: VersionRow
    after: VersionRow
    changes: list[ClauseChange]
    counts: dict[Change, int]
    annexes: Sequence[AnnexChange]

    @property
    def annex_counts(self) -> Counter[str]:
        """How many annexes of each kind of change."""
        return Counter(change.kind for change in self.annexes)


@dataclass(frozen=True)
class LastRead:
    """When a person last said that they have read a text, and how it read then."""

    at: datetime
    text: VersionRow


@dataclass(frozen=True)
class Heard:
    """What became of an organisation's comments on a text, in numbers."""

    total: int
    taken: int
    noted: int
    refused: int
    waiting: int


@dataclass(frozen=True)
class Line:
    """A clause of a version as a page folds it open, with its change since an earlier one.

    change: "" where it stands as it stood. number_before: 0 for one that was not there.
    opening: its first words, to be known by while it is folded.
    """

    number: int
    heading: str
    html: Markup
    language: str
    change: str = ""
    number_before: int = 0
    words: Sequence[tuple[str, str]] = ()
    heading_words: Sequence[tuple[str, str]] = ()
    opening: str = ""
    is_ask: bool = False
