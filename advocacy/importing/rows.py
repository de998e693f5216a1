"""What an import is made of. Frozen: a plan that was looked at is the plan that is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from advocacy.formats.csv import RefusedRow

R = TypeVar("R")
Given = TypeVar("Given", contravariant=True)


@dataclass(frozen=True)
class Existing:
    """A record that is here already. fingerprint: of what an import would set, as it is now."""

    target_id: UUID
    fingerprint: str


@dataclass(frozen=True)
class Written:
    """What a mapper wrote. before: what it replaced, enough to put it back; None when new.

    parts: how many records stand beneath a new one, where the undo must know if more came since.
    """

    target_id: UUID
    before: dict[str, Any] | None = None
    parts: int | None = None


@dataclass(frozen=True)
class Item(Generic[R]):
    """One record of the file beside what is here (None: nothing)."""

    key: str
    fingerprint: str
    record: R
    existing: Existing | None = None


class Matcher(Protocol[Given]):
    """The part of a mapper that compares. `kind` names it in the run's row."""

    @property
    def kind(self) -> str:
        """For example recommendations.upr."""
        ...

    def key(self, record: Given) -> str:
        """What makes it this record and no other: the same in every file and every run."""
        ...

    def fingerprint(self, record: Given) -> str:
        """A hash of everything that `write` would set: equal means nothing to do."""
        ...

    def existing(self) -> Mapping[str, Existing]:
        """All imported records of this place by key, in a bounded number of queries."""
        ...


@dataclass(frozen=True)
class Clash:
    """Lines of the file that are one record, but say different things in one field.

    values: (value, lines that say it); taken: the value used, the most cautious one.
    """

    key: str
    field: str
    values: tuple[tuple[str, tuple[int, ...]], ...]
    taken: str


@dataclass(frozen=True)
class Source:
    """The file a plan was made from. sha256: of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Plan(Generic[R]):
    """What an import would do. missing: keys that are here and not in the file; they stay.

    basis: a hash of what was here when the plan was made.
    """

    kind: str
    new: tuple[Item[R], ...]
    changed: tuple[Item[R], ...]
    same: tuple[Item[R], ...]
    missing: tuple[str, ...]
    refused: tuple[RefusedRow, ...]
    conflicts: tuple[Clash, ...]
    basis: str = field(default="", repr=False)

    def counts(self) -> dict[str, int]:
        """How many of each, for a report or the run's row."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "same": len(self.same),
            "missing": len(self.missing),
            "refused": len(self.refused),
            "conflicts": len(self.conflicts),
        }


@dataclass(frozen=True)
class RunRow:
    """A run as its own organisation may see it."""

    id: UUID
    kind: str
    workspace_id: UUID | None
    person_id: UUID
    at: datetime
    file_name: str
    state: str
    counts: dict[str, Any]
