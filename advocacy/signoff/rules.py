"""Answers and dials, the state of a round, what is wrong with an answer, and safe totals."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.text.canon import normalise

LONGEST_NOTE = 4_000
LONGEST_NAME = 200


class Kind(StrEnum):
    """What an organisation can say."""

    ENDORSE = "endorse"
    RESERVATION = "reservation"
    NO_OBJECTION = "no-objection"
    CHANGE = "change"
    ABSTAIN = "abstain"
    DECLINE = "decline"
    RECUSE = "recuse"
    NOT_ASSOCIATED = "not-associated"


VOID = "void"
"""An answer that was taken out: recalled, or given without a mandate. Nobody can choose it."""
ENDORSING = frozenset({Kind.ENDORSE, Kind.RESERVATION})
# Said of a text as it is; silence that meets one of them is broken (I8).
HOLDING = frozenset({Kind.CHANGE, Kind.NOT_ASSOCIATED})
# Only where a text goes out in the name of a body (practice B14).
OF_A_BODY = frozenset({Kind.NOT_ASSOCIATED})
USUAL = tuple(kind for kind in Kind if kind not in OF_A_BODY)


class Mode(StrEnum):
    """What silence means in a round. It never yields a name, a logo or a count (I6)."""

    EXPLICIT = "explicit"
    SILENCE = "silence"
    MIXED = "mixed"


class Outside(StrEnum):
    """How readers, donors and the press see it; narrowest first."""

    PRIVATE = "private"
    COUNTED = "counted"
    CATEGORY = "category"
    NAMED = "named"


class Inside(StrEnum):
    """How the organisations invited to the text see it; narrowest first."""

    NOBODY = "nobody"
    LEAD = "lead"
    ALL = "all"


class Blocks(StrEnum):
    """What asking for a change holds back (practice B15)."""

    OWN_NAME = "own-name"
    WHOLE_TEXT = "whole-text"


class State(StrEnum):
    """Where a round stands. Closing happens by time, whether or not anything ran (I20)."""

    OPEN = "open"
    CLOSED = "closed"
    BROKEN = "broken"
    ABANDONED = "abandoned"


_OUT, _IN = list(Outside), list(Inside)
_WIDEST = (Outside.NAMED.value, Inside.ALL.value)


@dataclass(frozen=True)
class Said:
    """An answer as a person puts it, before it is recorded. clauses: ids it is about."""

    kind: str
    outside: str = Outside.PRIVATE
    inside: str = Inside.LEAD  # where practice A1 starts it
    shown_name: str = ""
    logo: bool = False
    note: str = ""
    printed: bool = False
    clauses: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Answered(Event):
    NAME = "signoff.answered"
    round: str
    content_hash: str
    kind: str
    outside: str
    inside: str


@dataclass(frozen=True)
class Lowered(Event):
    NAME = "signoff.lowered"
    round: str
    outside: str
    inside: str


def state(
    closes_at: datetime, ended: str | None, *, now: datetime, is_broken: bool = False
) -> State:
    """The state of a round. ended: kind of its end, if it ended before its time.

    is_broken: somebody held the text back while silence was to let it pass.
    """
    if ended == State.ABANDONED:
        return State.ABANDONED
    if is_broken:
        return State.BROKEN
    return State.CLOSED if ended or now >= closes_at else State.OPEN


def tidy(said: Said) -> Said:
    """What does not belong to an answer falls away: only who endorses is shown outside."""
    if said.kind not in ENDORSING:
        said = replace(said, outside=Outside.PRIVATE, printed=False)
    if said.outside != Outside.NAMED:  # a printed note would say whose it is
        said = replace(said, logo=False, printed=False)
    if said.kind not in {Kind.RESERVATION, Kind.CHANGE}:
        said = replace(said, note="", printed=False, clauses=())
    # A name stands in lists and files of others: a mark that turns words around, or a second line,
    # must not reach beyond it.
    return replace(said, note=normalise(said.note).strip(), shown_name=_line(said.shown_name))


def _line(name: str) -> str:
    return " ".join(normalise(name).split())


def answer_faults(said: Said, *, allowed: Iterable[str], clauses: Set[UUID]) -> list[Reason]:
    """What is wrong with an answer, field by field. clauses: ids of the version's clauses."""
    faults = []
    if said.kind not in set(allowed):
        faults.append(Reason("form.choice", "kind"))
    faults += dial_faults(said.outside, said.inside, before=_WIDEST)
    if not set(said.clauses) <= clauses:
        faults.append(Reason("form.choice", "clauses"))
    return faults + _faults_of_words(said)


def _faults_of_words(said: Said) -> list[Reason]:
    faults = []
    if said.kind == Kind.RESERVATION and not said.clauses:
        faults.append(Reason("signoff.note-needs-clause", "clauses"))
    if said.kind == Kind.RESERVATION and not said.note:
        faults.append(Reason("signoff.note-needs-words", "note"))
    if said.kind == Kind.CHANGE and not said.note:
        faults.append(Reason("signoff.change-needs-words", "note"))
    if said.outside == Outside.NAMED and not said.shown_name:
        faults.append(Reason("signoff.name-needed", "shown_name"))
    for field, longest in (("note", LONGEST_NOTE), ("shown_name", LONGEST_NAME)):
        if len(getattr(said, field)) > longest:
            faults.append(Reason("form.too-long", field, {"most": longest}))
    return faults


def is_late(state: str, late_until: datetime | None, *, now: datetime) -> bool:
    """True while a round has closed and names may still be put under the same version (B20)."""
    return state == State.CLOSED and late_until is not None and now < late_until


def takes(state: str, before: str | None, *, is_late: bool) -> bool:
    """Whether an organisation may answer now. before: the kind of its current answer.

    Late, only who does not endorse yet may: who does can show itself less, as after any close.
    """
    return state == State.OPEN or (is_late and before not in ENDORSING)


def stale(state: str, *, is_text_same: bool, is_answer_same: bool) -> Reason | None:
    """Why an answer based on an older page is not recorded; None when it is not older."""
    if state != State.OPEN:
        return Reason(f"signoff.round-{state}")
    if not is_text_same:
        return Reason("signoff.text-changed")
    return None if is_answer_same else Reason("signoff.answered-meanwhile")


def at_most(outside: str, inside: str) -> tuple[list[str], list[str]]:
    """The places of the two dials that are no higher than these."""
    return (
        [place.value for place in _OUT[: _OUT.index(Outside(outside)) + 1]],
        [place.value for place in _IN[: _IN.index(Inside(inside)) + 1]],
    )


def is_raised(before: tuple[str, str], after: tuple[str, str]) -> bool:
    """True when a dial of (outside, inside) goes up."""
    return _OUT.index(Outside(after[0])) > _OUT.index(Outside(before[0])) or _IN.index(
        Inside(after[1])
    ) > _IN.index(Inside(before[1]))


def is_narrower_inside(a: str, b: str) -> bool:
    """True when the inside dial `a` shows an answer to fewer than `b`."""
    return _IN.index(Inside(a)) < _IN.index(Inside(b))


def readers(
    inside: str,
    *,
    own: UUID,
    lead: UUID,
    participants: UUID,
    closes_at: datetime,
    answered: UUID | None = None,
) -> list[UUID | tuple[UUID, datetime]]:
    """Who reads an answer at this inside dial; a pair reads from its instant on.

    answered: the group of those who answered, where the others wait for that or for the close.
    """
    if inside == Inside.ALL and answered is not None:
        return [own, lead, answered, (participants, closes_at)]
    if inside == Inside.ALL:
        return [own, lead, participants]
    if inside == Inside.LEAD or own == lead:
        return [own, lead]
    return [own, (lead, closes_at)]


def dial_faults(outside: str, inside: str, *, before: tuple[str, str]) -> list[Reason]:
    """Why the dials cannot be put to these places when they may only go down."""
    faults = [] if outside in _OUT else [Reason("form.choice", "outside")]
    faults += [] if inside in _IN else [Reason("form.choice", "inside")]
    if not faults and is_raised(before, (outside, inside)):
        faults = [Reason("signoff.only-lower")]
    return faults
