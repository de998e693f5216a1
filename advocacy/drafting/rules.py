"""Edits and what may be wrong with them; the room's events."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.drafting.schema import ClauseKind
from advocacy.ground.reasons import Reason
from advocacy.text.canon import normalise
from advocacy.text.hashes import Clause

MOST_CHARACTERS = 20_000
MOST_IN_HEADING = 300
MOST_CLAUSES = 1_000
GOES_ON = timedelta(minutes=10)
"""An organisation that types in a clause again after this long is told of again."""
DERIVED_EVERY = 5.0
"""Seconds: no longer than this do rows wait for their words, and a text of many steps for its
snapshot, while somebody types on. Where many type, each time costs as much as fifty steps."""
GROWTH = 64
"""No byte of a step makes a clause's Markdown longer by more."""


@dataclass(frozen=True)
class NewClause:
    """A clause that has no identity yet."""

    kind: str
    heading: str
    text: str


@dataclass(frozen=True)
class Replace:
    """Other words for a clause. Basis: the clause's hash."""

    cid: UUID
    heading: str
    text: str


@dataclass(frozen=True)
class Insert:
    """A new clause after another (None = first). Basis: the order."""

    after: UUID | None
    kind: str
    heading: str
    text: str


@dataclass(frozen=True)
class Move:
    """A clause to the place after another (None = first). Basis: the order."""

    cid: UUID
    after: UUID | None


@dataclass(frozen=True)
class Remove:
    """A clause out of the text. Basis: the clause's hash."""

    cid: UUID


Edit = Replace | Insert | Move | Remove


@dataclass(frozen=True)
class Opened(Event):
    NAME = "drafting.opened"
    clauses: int


@dataclass(frozen=True)
class Changed(Event):
    NAME = "drafting.changed"
    clause: str
    what: str
    number: int


@dataclass(frozen=True)
class Closed(Event):
    NAME = "drafting.closed"


@dataclass(frozen=True)
class Reopened(Event):
    NAME = "drafting.reopened"


def order_hash(clauses: Iterable[Clause]) -> str:
    """What an edit of the whole is based on: `<order>.<words>`, two digests.

    Adding and moving compare the order only, so that two people may work in two clauses;
    freezing compares both, so that nobody freezes words they have not seen.
    """
    listed = list(clauses)
    order = sha256("\n".join(str(clause.cid) for clause in listed).encode()).hexdigest()
    words = sha256("\n".join(clause.hash for clause in listed).encode()).hexdigest()
    return f"{order}.{words}"


def is_same_order(based_on: str, clauses: Iterable[Clause]) -> bool:
    """Whether the clauses still stand in the order an edit was based on."""
    return based_on.partition(".")[0] == order_hash(clauses).partition(".")[0]


def is_on_basis(edit: Edit, based_on: str, clauses: Sequence[Clause]) -> bool:
    """Whether an edit was made on what the text is now."""
    if isinstance(edit, Insert | Move):
        return is_same_order(based_on, clauses)
    return any(clause.cid == edit.cid and clause.hash == based_on for clause in clauses)


def without_places(edits: Iterable[Edit], clauses: Iterable[Clause]) -> set[UUID]:
    """Clauses that edits name and the text does not have (any more)."""
    there: set[UUID | None] = {clause.cid for clause in clauses} | {None}
    named: set[UUID | None] = set()
    for edit in edits:
        if not isinstance(edit, Insert):
            named.add(edit.cid)
        if isinstance(edit, Insert | Move):
            named.add(edit.after)
    return {cid for cid in named - there if cid is not None}


def edit_faults(edits: Iterable[Edit], *, count: int) -> list[Reason]:
    """What is wrong with edits, whatever the text says. count: clauses there are now."""
    listed = list(edits)
    faults = [] if listed else [Reason("drafting.no-edit")]
    for edit in listed:
        if isinstance(edit, Insert | Replace):
            faults += words_faults(edit.heading, edit.text)
        if isinstance(edit, Insert) and edit.kind not in set(ClauseKind):
            faults.append(Reason("form.choice", "kind"))
        if isinstance(edit, Move) and edit.after == edit.cid:
            faults.append(Reason("drafting.after-itself", "after"))
    if count + sum(isinstance(edit, Insert) for edit in listed) > MOST_CLAUSES:
        faults.append(Reason("drafting.too-many", facts={"most": MOST_CLAUSES}))
    return faults


def words_faults(heading: str, text: str) -> list[Reason]:
    """What is wrong with the words of a clause."""
    faults = []
    if len(normalise(heading)) > MOST_IN_HEADING:
        faults.append(Reason("form.too-long", "heading", {"most": MOST_IN_HEADING}))
    if len(normalise(text)) > MOST_CHARACTERS:
        faults.append(Reason("form.too-long", "text", {"most": MOST_CHARACTERS}))
    return faults


def one_line(heading: str) -> str:
    """A heading in the form it is kept in: one line."""
    return " ".join(normalise(heading).split())


def placed(order: Sequence[str], cid: UUID, after: UUID | None) -> list[str]:
    """The order with a clause (moved or new) right after another; None = first."""
    rest = [entry for entry in order if entry != str(cid)]
    at = 0 if after is None else rest.index(str(after)) + 1
    return [*rest[:at], str(cid), *rest[at:]]


def moved(before: Sequence[UUID], now: Sequence[UUID]) -> list[UUID]:
    """Clauses that changed places among those that stayed: as few as explain the order now."""
    was = {cid: at for at, cid in enumerate(before)}
    ends: list[int] = []
    lengths: list[int] = []
    for cid in now:
        length = bisect_left(ends, was[cid])
        ends[length : length + 1] = [was[cid]]
        lengths.append(length)
    kept, wanted = set(), len(ends) - 1
    for cid, length in zip(reversed(now), reversed(lengths), strict=True):
        if length == wanted:
            kept.add(cid)
            wanted -= 1
    return [cid for cid in now if cid not in kept]
