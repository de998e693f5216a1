"""The fold of an amendment, what today's text makes of it, what may be done; the events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from advocacy.amendments.rows import Currency, Outcome, State
from advocacy.amendments.schema import Deed, Kind
from advocacy.audit.rules import Event
from advocacy.drafting.rules import (
    Edit,
    Insert,
    Move,
    Remove,
    Replace,
    one_line,
    order_hash,
    words_faults,
)
from advocacy.drafting.schema import ClauseKind
from advocacy.ground.reasons import Reason
from advocacy.text.anchor import Anchor, Placement, place
from advocacy.text.bounded import Budget, joined
from advocacy.text.canon import normalise
from advocacy.text.hashes import Clause
from advocacy.text.rebase import Rebased

MOST_IN_REASON = 2_000
MOST_OPEN = 400
"""Open proposals of one organisation for one text: a whole text changed in Word, and again."""

STATE_AFTER: dict[Deed, State] = {
    Deed.PROPOSED: State.OPEN,
    Deed.REFUSED: State.OPEN,
    Deed.OFFERED: State.OFFERED,
    Deed.ACCEPTED: State.ACCEPTED,
    Deed.AGREED: State.AGREED,
    Deed.APPLIED: State.CHANGED,
    Deed.REJECTED: State.REJECTED,
    Deed.WITHDRAWN: State.WITHDRAWN,
}
UNDECIDED = frozenset({State.OPEN, State.OFFERED, State.AGREED})
TAKEN = frozenset({State.ACCEPTED, State.CHANGED})
PLACED = frozenset({Currency.APPLIES, Currency.REBASED})

# What may be done in which state, by the lead and by the proposer. An organisation that leads
# and proposes is both.
BY_LEAD: dict[State, frozenset[Deed]] = {
    State.OPEN: frozenset({Deed.ACCEPTED, Deed.OFFERED, Deed.REJECTED}),
    State.OFFERED: frozenset({Deed.ACCEPTED, Deed.REJECTED}),
    State.AGREED: frozenset({Deed.APPLIED, Deed.OFFERED, Deed.REJECTED}),
}
OF_LEAD = frozenset({Deed.ACCEPTED, Deed.OFFERED, Deed.REJECTED, Deed.APPLIED})
BY_PROPOSER: dict[State, frozenset[Deed]] = {
    State.OPEN: frozenset({Deed.WITHDRAWN}),
    State.OFFERED: frozenset({Deed.AGREED, Deed.REFUSED, Deed.WITHDRAWN}),
    State.AGREED: frozenset({Deed.WITHDRAWN}),
}


@dataclass(frozen=True)
class Acted(Event):
    """Something was done with an amendment. what: a deed, or (un)supported.

    proposer: the organisation whose wording it is; clause: what it is about, or was put in as.
    """

    NAME = "amendments.acted"
    amendment: str
    what: str
    kind: str
    clause: str
    proposer: str


class Wanted(Protocol):
    """What is needed to place an amendment: its row, or the row with an offer's words."""

    @property
    def kind(self) -> str: ...
    @property
    def cid(self) -> UUID | None: ...
    @property
    def after(self) -> UUID | None: ...
    @property
    def clause_kind(self) -> str: ...
    @property
    def base_hash(self) -> str: ...
    @property
    def base_heading(self) -> str: ...
    @property
    def base_text(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def wording(self) -> str: ...


@dataclass(frozen=True)
class Plan:
    """An amendment, or an offer made for one, as it is to be placed."""

    kind: str
    cid: UUID | None
    after: UUID | None
    clause_kind: str
    base_hash: str
    base_heading: str
    base_text: str
    heading: str
    wording: str


def outcome(of: Wanted, clauses: Sequence[Clause], left: Budget | None = None) -> Outcome:
    """What an amendment makes of the text as it reads now.

    left: how much may still be compared for one answer; where it is not enough, a person joins.
    """
    there = {clause.cid: clause for clause in clauses}
    if of.after is not None and of.after not in there:
        return Outcome(Currency.ORPHANED, of.heading, of.wording)
    if of.kind == Kind.INSERTION:
        return Outcome(Currency.APPLIES, of.heading, of.wording)
    clause = there.get(of.cid) if of.cid else None
    if clause is None:
        return Outcome(Currency.ORPHANED, of.heading, of.wording)
    if of.kind == Kind.MOVE:
        return Outcome(Currency.APPLIES, clause.heading, clause.text)
    is_same = place(Anchor(clause.cid, of.base_hash), [clause]) is Placement.SAME
    if is_same or of.kind == Kind.DELETION:
        now = Currency.APPLIES if is_same else Currency.CONFLICT
        return Outcome(now, of.heading, of.wording)
    return _rebased(of, clause, left or Budget())


def _rebased(of: Wanted, now: Clause, left: Budget) -> Outcome:
    """The proposed words on those of today, where both sides' changes can be joined."""
    heading = joined(of.base_heading, of.heading, normalise(now.heading), left)
    text = joined(of.base_text, of.wording, normalise(now.text), left)
    if isinstance(heading, Rebased) and isinstance(text, Rebased):
        made = Outcome(Currency.REBASED, heading.text, text.text)
        if not words_faults(made.heading, made.wording):
            return made
    return Outcome(Currency.CONFLICT, of.heading, of.wording)


def edit_of(of: Wanted, made: Outcome) -> Edit:
    """The edit of the text that takes an amendment up."""
    if of.kind == Kind.INSERTION or of.cid is None:
        return Insert(of.after, of.clause_kind, made.heading, made.wording)
    if of.kind == Kind.MOVE:
        return Move(of.cid, of.after)
    if of.kind == Kind.DELETION:
        return Remove(of.cid)
    return Replace(of.cid, made.heading, made.wording)


def basis(of: Wanted, clauses: Sequence[Clause]) -> str:
    """What a decision is based on: the clause, or for a place in the text the order of all."""
    if of.kind in (Kind.REPLACEMENT, Kind.DELETION):
        return next((clause.hash for clause in clauses if clause.cid == of.cid), "")
    return order_hash(clauses)


def tidied(kind: Kind, heading: str, wording: str) -> tuple[str, str]:
    """The words in the form they are kept in; a deletion and a move have none."""
    if kind in (Kind.DELETION, Kind.MOVE):
        return "", ""
    return one_line(heading), normalise(wording)


def proposal_faults(
    of: Wanted, *, reason: str, base: Clause | None, open_count: int = 0
) -> list[Reason]:
    """What is wrong with a proposal, whatever the text says. base: the clause as it read."""
    faults = [*words_faults(of.heading, of.wording), *reason_faults(reason, must=False)]
    if of.kind == Kind.INSERTION:
        if not (of.heading or of.wording):
            faults.append(Reason("amendments.no-words", "wording"))
        if of.clause_kind not in set(ClauseKind):
            faults.append(Reason("form.choice", "clause_kind"))
    if of.kind == Kind.REPLACEMENT and base is not None:
        faults += _replacement_faults(of, base)
    if of.kind == Kind.MOVE and of.after == of.cid:
        faults.append(Reason("drafting.after-itself", "after"))
    if open_count >= MOST_OPEN:
        faults.append(Reason("amendments.too-many", facts={"most": MOST_OPEN}))
    return faults


def _replacement_faults(of: Wanted, base: Clause) -> list[Reason]:
    if (of.heading, of.wording) == (one_line(base.heading), normalise(base.text)):
        return [Reason("amendments.same-words", "wording")]
    if not (of.heading or of.wording):
        return [Reason("amendments.no-words", "wording")]
    return []


def reason_faults(reason: str, *, must: bool) -> list[Reason]:
    """What is wrong with a reason; a rejection must have one."""
    if must and not normalise(reason):
        return [Reason("amendments.no-reason", "reason")]
    if len(normalise(reason)) > MOST_IN_REASON:
        return [Reason("form.too-long", "reason", {"most": MOST_IN_REASON})]
    return []


def deeds(
    state: State, *, is_lead: bool, is_proposer: bool, kind: str = Kind.REPLACEMENT
) -> frozenset[Deed]:
    """What may be done with an amendment now.

    A move or a removal has no other wording to offer, and nobody offers it to themselves.
    """
    mine = BY_LEAD.get(state, frozenset()) if is_lead else frozenset()
    mine |= BY_PROPOSER.get(state, frozenset()) if is_proposer else frozenset()
    if (is_lead and is_proposer) or kind not in (Kind.REPLACEMENT, Kind.INSERTION):
        mine -= {Deed.OFFERED}
    return mine


def collisions(rows: Iterable[Wanted]) -> set[UUID]:
    """Clauses for which more than one organisation's wording is open."""
    seen: set[UUID] = set()
    twice: set[UUID] = set()
    for row in rows:
        if row.cid is not None:
            (twice if row.cid in seen else seen).add(row.cid)
    return twice
