"""The two axes of an ask: which step leads where, who may take it, what it must carry."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from advocacy.asks.rows import State as State  # what the folds are kept in
from advocacy.asks.schema import Ask as Ask
from advocacy.asks.schema import AskAct
from advocacy.asks.schema import Axis as Axis  # closed words of this room, which doors may use
from advocacy.asks.schema import Progress as Progress
from advocacy.asks.schema import Response as Response
from advocacy.audit.rules import Event
from advocacy.closings import rules as closings
from advocacy.deadlines import rules as deadlines
from advocacy.deadlines.rules import ONGOING
from advocacy.deadlines.rules import Precision as Precision
from advocacy.deadlines.rules import last_day as last_day
from advocacy.evidence import rules as evidence
from advocacy.ground.reasons import Reason

MOST_TITLE, MOST_TEXT, MOST_NOTE = 300, 20_000, 4_000
STALE_DAYS = 90
SOON_DAYS = 14
HOW = ("fund", "diplomacy", "convene")
PRECISIONS = {*Precision, *ONGOING}


class Kind(StrEnum):
    """What an act is."""

    RESPONSE = "response"
    UPDATE = "update"
    NO_CHANGE = "no_change"
    CLAIM = "claim"
    VERIFY = "verify"
    REFUSE_VERIFY = "refuse_verify"
    REVERSE = "reverse"
    CONFIRM_REVERSE = "confirm_reverse"
    PROPOSE_CLOSE = "propose_close"
    KEEP_OPEN = "keep_open"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW_EVIDENCE = "withdraw_evidence"
    DATE_CHANGE = "date_change"
    RAISED = "raised"
    CANNOT_ASSESS = "cannot_assess"
    DISPUTE = "dispute"
    ANSWER_DISPUTE = "answer_dispute"
    SETTLE = "settle"


class Role(StrEnum):
    """How an organisation stands to an ask. Words on screen: practice D36."""

    ADDRESSEE = "addressee"
    MINDER = "minder"
    LEAD = "lead"
    MEMBER = "member"
    COORDINATOR = "coordinator"
    SECOND = "second"
    OTHER = "other"


DISPUTES = (Kind.DISPUTE, Kind.ANSWER_DISPUTE, Kind.SETTLE)
AXIS_OF = {
    Kind.RESPONSE: Axis.RESPONSE,
    Kind.DATE_CHANGE: Axis.DUE,
    Kind.RAISED: Axis.TALK,
    Kind.NO_CHANGE: Axis.TALK,
    Kind.CANNOT_ASSESS: Axis.TALK,
    **dict.fromkeys(DISPUTES, Axis.DISPUTE),
    Kind.PROPOSE_CLOSE: Axis.CLOSING,
    Kind.KEEP_OPEN: Axis.CLOSING,
}

_P = Progress
_DOERS = frozenset({Role.ADDRESSEE, Role.MINDER})
_WORKERS = _DOERS | {Role.LEAD}
_CONFIRMERS = frozenset({Role.OTHER})
_MEMBERS = frozenset({Role.MEMBER})
_OPEN = frozenset({_P.NOT_STARTED, _P.IN_PROGRESS, _P.PARTIAL, _P.REGRESSED})
DONE = frozenset({_P.CLAIMED, _P.IMPLEMENTED})
CLOSED = frozenset({_P.CLOSED_UNMET, _P.SUPERSEDED, _P.OVERTAKEN})
CLOSINGS = frozenset({Kind.PROPOSE_CLOSE, Kind.KEEP_OPEN, Kind.CLOSE, Kind.REOPEN})


class Step(NamedTuple):
    """Steps of one kind: from which states, to which, by whom, with what."""

    come_from: Collection[Progress]
    to: Collection[Progress]
    who: frozenset[Role]
    must: tuple[str, ...]


# recommendations.md, section 2. OTHER = an organisation that neither did it nor follows it up.
STEPS: dict[Kind, tuple[Step, ...]] = {
    Kind.UPDATE: (
        Step({_P.NOT_STARTED, _P.IN_PROGRESS, _P.PARTIAL}, {_P.NOT_STARTED}, _WORKERS, ("text",)),
        Step(_OPEN, {_P.IN_PROGRESS}, _WORKERS, ("text",)),
        Step({_P.NOT_STARTED, _P.IN_PROGRESS, _P.PARTIAL}, {_P.PARTIAL}, _WORKERS, ("text",)),
    ),
    Kind.CLAIM: (Step(_OPEN, {_P.CLAIMED}, _DOERS, ("evidence", "effective_on")),),
    Kind.VERIFY: (
        Step({_P.CLAIMED}, {_P.IMPLEMENTED}, _CONFIRMERS, ("text", "confidence", "opened")),
    ),
    Kind.REFUSE_VERIFY: (Step({_P.CLAIMED}, {_P.PARTIAL, _P.IN_PROGRESS}, _CONFIRMERS, ("text",)),),
    Kind.REVERSE: (
        Step(
            {_P.IMPLEMENTED}, {_P.REGRESSED}, _MEMBERS, ("evidence", "contradicts", "effective_on")
        ),
    ),
    Kind.CONFIRM_REVERSE: (
        Step({_P.REGRESSED}, {_P.REGRESSED}, frozenset({Role.SECOND}), ("text", "opened")),
    ),
}

NEEDS_NO_SOURCE = frozenset({Response.NONE, Response.NO_REPLY_EXPECTED})
_NEEDS_WORDS = {Response.IN_PART, Response.NOTED, Response.REJECTED}


# Steps that are no progress: who may take them, and what they must carry.
_SAID = {
    Kind.RESPONSE: (frozenset({Role.ADDRESSEE, Role.MEMBER}), frozenset({"effective_on"})),
    Kind.DATE_CHANGE: (_WORKERS, frozenset({"due_on"})),
    Kind.RAISED: (_MEMBERS, frozenset({"effective_on"})),
    **dict.fromkeys(
        (Kind.NO_CHANGE, Kind.CANNOT_ASSESS, Kind.WITHDRAW_EVIDENCE, *DISPUTES),
        (_MEMBERS, frozenset({"text"})),
    ),
}


def targets(kind: Kind, progress: str, roles: frozenset[Role]) -> frozenset[str]:
    """Where an act of this kind may lead, for someone with these roles; empty = nowhere."""
    if kind in _SAID:
        allowed = frozenset(Response) if kind is Kind.RESPONSE else frozenset({kind.value})
        return allowed if roles & _SAID[kind][0] else frozenset()
    return frozenset(
        target.value
        for step in STEPS.get(kind, ())
        if progress in step.come_from and roles & step.who
        for target in step.to
    )


def leads_to(kind: Kind, of: Ask, stands: frozenset[Role], *, on: date) -> frozenset[str]:
    """Where a step on an ask may lead on a day; the ends of an ask are told by their own rules."""
    if kind not in CLOSINGS:
        return targets(kind, of.progress, stands)
    case = closings.Case(
        progress=of.progress,
        coordinates=Role.COORDINATOR in stands,
        leads=Role.LEAD in stands,
        is_member=Role.MEMBER in stands,
        proposed=of.closing_to,
        was_leads=of.closing_by == of.organisation_id,
        proposed_on=of.closing_on,
    )
    may_object, may_reopen = closings.may_object(case), closings.may_reopen(case)
    found = {
        Kind.PROPOSE_CLOSE: closings.proposals(case),
        Kind.KEEP_OPEN: frozenset({kind.value} if may_object else ()),
        Kind.CLOSE: closings.ends(case, on=on),
        Kind.REOPEN: frozenset({_P.IN_PROGRESS.value} if may_reopen else ()),
    }
    return found[kind]


def needs(kind: Kind) -> frozenset[str]:
    """What an act of this kind must carry."""
    if kind in CLOSINGS:
        return frozenset({"why"})
    if kind in _SAID:
        return _SAID[kind][1]
    return frozenset(need for step in STEPS.get(kind, ()) for need in step.must)


def doers(of: Ask) -> frozenset[UUID]:
    """Those whose own work a confirmation would judge: they may not give it."""
    return frozenset(i for i in (of.addressed_id, of.minder_id, of.claimed_by) if i)


def roles(
    of: Ask, organisation_id: UUID | None, *, is_member: bool, coordinates: bool = False
) -> frozenset[Role]:
    """How an organisation stands to an ask."""
    if organisation_id is None:
        return frozenset()
    at_work = {
        Role.MEMBER: True,
        Role.MINDER: organisation_id == of.minder_id,
        Role.LEAD: organisation_id == of.organisation_id,
        Role.COORDINATOR: coordinates,
        Role.SECOND: of.alleged_by not in {None, organisation_id},
        Role.OTHER: organisation_id not in doers(of),
    }
    found = {role for role, holds in at_work.items() if holds and is_member}
    return frozenset(found | ({Role.ADDRESSEE} if organisation_id == of.addressed_id else set()))


CONFIDENCE = ("low", "medium", "high")


@dataclass(frozen=True)
class Given:
    """What an act carries, as it was sent. forum, level, next_on: of an ask that was raised."""

    text: str = ""
    effective_on: date | None = None
    confidence: str = ""
    opened: bool = False
    url: str = ""
    evidence_text: str = ""
    evidence_on: date | None = None
    direction: str = "supports"
    due_on: date | None = None
    due_precision: str = "day"
    forum: str = ""
    level: str = ""
    next_on: date | None = None
    evidence_id: UUID | None = None
    newer_id: UUID | None = None

    @property
    def piece(self) -> evidence.Piece:
        """The evidence in it, if there is any."""
        return evidence.Piece(self.url, self.evidence_text, self.evidence_on, self.direction)


def faults(
    kind: Kind, to: str, given: Given, *, today: date, issued_on: date | None, must: frozenset[str]
) -> list[Reason]:
    """What an act should carry and does not. must: `needs` of its kind, and more where asked."""
    empty = {
        "text": (not given.text.strip(), "form.required"),
        "confidence": (given.confidence not in CONFIDENCE, "form.choice"),
        "opened": (not given.opened, "asks.open-evidence"),
        "effective_on": (given.effective_on is None, "asks.say-when"),
        "due_on": (given.due_on is None, "asks.say-when"),
        "why": (not given.text.strip(), "asks.say-why"),
        "newer": (given.newer_id is None, "asks.say-newer"),
    }
    found = [
        Reason(empty[n][1], _FIELD.get(n, n)) for n in sorted(must & set(empty)) if empty[n][0]
    ]
    if kind is Kind.RESPONSE and to in _NEEDS_WORDS and not given.text.strip():
        found.append(Reason("asks.say-why", "text"))
    if given.effective_on is not None and given.effective_on > today:
        found.append(Reason("asks.in-future", "effective_on"))
    if given.due_precision not in PRECISIONS:
        found.append(Reason("form.choice", "due_precision"))
    found += too_long(text=given.text, forum=given.forum, level=given.level)
    return found + evidence.faults(
        given.piece,
        needed=next((one for one in ("source", "evidence") if one in must), ""),
        since=issued_on if "evidence" in must else None,
        today=today,
        against="contradicts" in must,
    )


_FIELD = {"why": "text"}


def value_of(kind: Kind, to: str, given: Given) -> str:
    """What the axis says after the act."""
    return given.due_on.isoformat() if kind is Kind.DATE_CHANGE and given.due_on else to


def facts_of(kind: Kind, given: Given, *, before: date | None) -> dict[str, Any]:
    """Closed words and dates that an act of this kind keeps."""
    if kind is Kind.DATE_CHANGE:
        return {"precision": given.due_precision, "before": before.isoformat() if before else ""}
    if kind is Kind.RAISED:
        next_on = given.next_on.isoformat() if given.next_on else ""
        return {"forum": given.forum, "level": given.level, "next_on": next_on}
    kept = {Kind.WITHDRAW_EVIDENCE: {"evidence": str(given.evidence_id)}}
    if kind is Kind.CLOSE and given.newer_id is not None:
        return {"newer": str(given.newer_id)}
    return kept.get(kind) or ({"confidence": given.confidence} if kind is Kind.VERIFY else {})


def too_long(**texts: str) -> list[Reason]:
    """Fields that are longer than they may be."""
    most = {"title": MOST_TITLE, "words": MOST_TEXT}
    return [
        Reason("form.too-long", name, {"most": most.get(name, MOST_NOTE)})
        for name, value in texts.items()
        if len(value) > most.get(name, MOST_NOTE)
    ]


# --- dates -----------------------------------------------------------------------------------


def is_late(after: date | None, progress: str, *, on: date) -> bool:
    """Late: the period is over and nobody has reported it done."""
    return after is not None and after < on and progress not in DONE | CLOSED


def is_stale(touched_on: date, progress: str, *, on: date) -> bool:
    """Nobody has looked at it for a season."""
    is_over = progress in CLOSED | {Progress.IMPLEMENTED}
    return not is_over and touched_on + timedelta(days=STALE_DAYS) < on


# --- folds -----------------------------------------------------------------------------------


_NOT_CLOSING: dict[str, Any] = {"closing_to": None, "closing_by": None, "closing_on": None}


def state(start: State, acts: Iterable[tuple[AskAct, date]], *, on: date | None = None) -> State:
    """What an ask said on a day (None = now), from its acts, each with the day it was recorded."""
    found = start
    for act, recorded_on in acts:
        if on is None or (act.effective_on or recorded_on) <= on:
            found = after(found, act, recorded_on)
    return found


def after(before: State, act: AskAct, recorded_on: date) -> State:
    """The state after one more act."""
    on = act.effective_on or recorded_on
    changes: dict[str, Any] = {"touched_on": max(before.touched_on, recorded_on)}
    if act.axis == Axis.RESPONSE:
        dated = None if act.facts.get("undated") else on
        changes |= {"response": act.value, "response_on": dated}
    elif act.axis == Axis.DUE:
        due, precision = date.fromisoformat(act.value), str(act.facts["precision"])
        changes |= deadlines.moved(before, due, precision, today=recorded_on)
    elif act.kind == Kind.PROPOSE_CLOSE:
        changes |= {"closing_to": act.value, "closing_by": act.organisation_id}
        changes |= {"closing_on": recorded_on}
    elif act.kind == Kind.KEEP_OPEN:
        changes |= _NOT_CLOSING
    elif act.axis == Axis.PROGRESS:
        changes |= _after_progress(before, act, on, recorded_on)
    if act.kind in {Kind.UPDATE, Kind.NO_CHANGE}:
        changes |= deadlines.reviewed(before, recorded_on)
    return replace(before, **changes)


def _after_progress(before: State, act: AskAct, on: date, recorded_on: date) -> dict[str, Any]:
    if act.kind == Kind.WITHDRAW_EVIDENCE and act.value == before.progress:
        return {}
    if act.kind == Kind.CONFIRM_REVERSE:
        return {"alleged_by": None}
    ended = act.value in CLOSED | DONE
    changes = {"progress": act.value, "progress_on": on, "alleged_by": None}
    changes |= _NOT_CLOSING if ended else {}
    return changes | _of_kind(before, act, on, recorded_on)


def _of_kind(before: State, act: AskAct, on: date, recorded_on: date) -> dict[str, Any]:
    """What a step on progress changes beside progress itself."""
    by = act.organisation_id
    held = before.held_from if before.held_to else None
    changes: dict[str, dict[str, Any]] = {
        Kind.CLAIM: {"claimed_by": by, "verified_by": None, "held_from": on, "held_to": None},
        Kind.VERIFY: {"verified_by": by, "progress_on": recorded_on},
        Kind.REVERSE: {"held_to": on, "alleged_by": by},
        # Without what it rested on, a confirmation falls, and so does the word of a reversal.
        Kind.WITHDRAW_EVIDENCE: {"verified_by": None, "held_to": None},
        Kind.REFUSE_VERIFY: {"claimed_by": None, "held_from": None},
        Kind.REOPEN: {"claimed_by": None, "verified_by": None, "held_from": held},
    }
    return changes.get(act.kind, {})


# --- events ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Acted(Event):
    NAME = "asks.acted"
    ask: str
    kind: str
    value: str
