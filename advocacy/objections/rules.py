"""The state of a request for change, and what is wrong with how it would be settled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.signoff.rules import HOLDING, LONGEST_NOTE, Blocks, Kind
from advocacy.text.canon import normalise
from advocacy.text.hashes import Clause, clause_hash


class State(StrEnum):
    """Where a request for change stands. open: its owner spoke last; answered: the lead did."""

    OPEN = "open"
    ANSWERED = "answered"
    CLEARED = "cleared"


class Deed(StrEnum):
    """What is done about a request."""

    SAID = "said"
    CLEARED = "cleared"


@dataclass(frozen=True)
class Said(Event):
    NAME = "objections.said"
    answer: str


@dataclass(frozen=True)
class Cleared(Event):
    NAME = "objections.cleared"
    answer: str


@dataclass(frozen=True)
class Wanted:
    """What would settle a request, as a person puts it.

    fix: in words. clause_id, wording: "we endorse if this clause reads so"; both or none.
    """

    fix: str = ""
    clause_id: UUID | None = None
    wording: str = ""

    @property
    def is_conditional(self) -> bool:
        """True when the exact wording of a clause is given."""
        return self.clause_id is not None and bool(self.wording)


def tidy(wanted: Wanted) -> Wanted:
    """Without blanks around the words; a clause without wording is no condition."""
    wording = normalise(wanted.wording).strip()
    return replace(
        wanted,
        fix=wanted.fix.strip(),
        wording=wording,
        clause_id=wanted.clause_id if wording else None,
    )


def wanted_faults(kind: str, wanted: Wanted, clauses: Sequence[Clause], given: str) -> list[Reason]:
    """What is wrong with how a request would be settled, field by field.

    wanted: tidied. given: the wording as typed, to tell a wording without its clause.
    """
    if kind != Kind.CHANGE:
        return []
    faults = []
    if not wanted.fix and not wanted.is_conditional:
        faults.append(Reason("objections.fix-needed", "fix"))
    if given.strip() and wanted.clause_id is None:
        faults.append(Reason("objections.clause-needed", "condition"))
    faults += _faults_of_condition(wanted, clauses)
    faults += [
        Reason("form.too-long", field, {"most": LONGEST_NOTE})
        for field in ("fix", "wording")
        if len(getattr(wanted, field)) > LONGEST_NOTE
    ]
    return faults


def _faults_of_condition(wanted: Wanted, clauses: Sequence[Clause]) -> list[Reason]:
    if wanted.clause_id is None:
        return []
    clause = next((c for c in clauses if c.cid == wanted.clause_id), None)
    if clause is None:
        return [Reason("form.choice", "condition")]
    if hash_with(clause, wanted.wording) == clause.hash:
        return [Reason("objections.reads-so", "wording")]
    return []


def hash_with(clause: Clause, wording: str) -> str:
    """The hash that a clause has when it reads exactly so."""
    return clause_hash(replace(clause, text=wording))


def is_met(clause_id: UUID | None, wanted_hash: str, clauses: Iterable[Clause]) -> bool:
    """True when the clause now reads exactly as it was asked to."""
    return bool(wanted_hash) and any(
        clause.cid == clause_id and clause.hash == wanted_hash for clause in clauses
    )


def state(kind_now: str, deeds: Sequence[tuple[str, bool]]) -> State:
    """Where a request stands. kind_now: its organisation's answer now. deeds: (kind, by its owner)
    in their order, of that answer.
    """
    if kind_now not in HOLDING or any(kind == Deed.CLEARED for kind, _ours in deeds):
        return State.CLEARED
    if deeds and not deeds[-1][1]:
        return State.ANSWERED
    return State.OPEN


def text_faults(text: str) -> list[Reason]:
    """What is wrong with something that is said."""
    if not text:
        return [Reason("objections.say-something", "text")]
    if len(text) > LONGEST_NOTE:
        return [Reason("form.too-long", "text", {"most": LONGEST_NOTE})]
    return []


def holds_all(kind: str, blocks: str) -> bool:
    """Whether an answer holds back the whole text. blocks: what a change does in its round."""
    if kind == Kind.CHANGE:
        return blocks == Blocks.WHOLE_TEXT
    return kind == Kind.NOT_ASSOCIATED


def still_reads_so(
    named: Mapping[UUID, str], before: str, now: str, read: Iterable[Clause]
) -> bool:
    """Whether the wording that an objection named is still in a text.

    named: clause id -> hash then; empty = the whole text. before, now: its content hashes. read:
    its clauses now.
    """
    if not named:
        return before == now
    return any(named.get(clause.cid) == clause.hash for clause in read)
