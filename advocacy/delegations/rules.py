"""What a delegation needs, when it stands, what it lets its delegate do; the room's events."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from advocacy.access.actor import MANDATED, Actor, Delegated
from advocacy.audit.rules import Event
from advocacy.delegations.rows import DelegationRow, State
from advocacy.ground.reasons import Reason

LONGEST = timedelta(days=366)
SIGNING = (Delegated.PRIVATE, Delegated.PUBLIC)
NOT_SHOWN = "private"
"""The place of the outside dial at which an answer is in no list and no number."""


@dataclass(frozen=True)
class Given(Event):
    NAME = "delegations.given"
    scope: str
    delegate: str
    until: str


@dataclass(frozen=True)
class Ended(Event):
    NAME = "delegations.ended"
    delegate: str


@dataclass(frozen=True)
class Terms:
    """What is lent. from_at (included) until until_at (not included)."""

    delegate_id: UUID
    scope: str
    from_at: datetime
    until_at: datetime


def faults(
    terms: Terms,
    *,
    principal_id: UUID | None,
    people: Set[UUID],
    mandated: Set[UUID],
    standing: Iterable[DelegationRow],
    now: datetime,
) -> list[Reason]:
    """Why this cannot be lent.

    people: who holds any seat of the organisation. mandated: who may sign by their own seat.
    """
    found = [] if terms.scope in set(Delegated) else [Reason("form.choice", "scope")]
    if terms.delegate_id not in people:
        found.append(Reason("delegations.not-a-colleague", "delegate"))
    if terms.delegate_id == principal_id or terms.delegate_id in mandated:
        found.append(Reason("delegations.signs-already", "delegate"))
    if terms.until_at <= max(now, terms.from_at):
        found.append(Reason("delegations.ends-too-early", "until_on"))
    elif terms.until_at - terms.from_at > LONGEST:
        found.append(Reason("delegations.too-long", "until_on"))
    if any(
        row.delegate_id == terms.delegate_id
        and row.state in {State.COMING, State.STANDING}
        and row.from_at < terms.until_at
        and terms.from_at < row.until_at
        for row in standing
    ):
        found.append(Reason("delegations.twice", "delegate"))
    return found


def state(*, from_at: datetime, until_at: datetime, is_based: bool, now: datetime) -> State:
    """Where a delegation stands now. is_based: its principal may sign by their own seat, now."""
    if now >= until_at:
        return State.OVER
    if now < from_at:
        return State.COMING
    return State.STANDING if is_based else State.BASELESS


def refusal(rows: Iterable[DelegationRow]) -> Reason | None:
    """Why a delegate cannot sign today, in words; None when one of theirs lets them, or none is.

    rows: what was lent to this person, in any state.
    """
    listed = sorted(rows, key=lambda row: row.until_at, reverse=True)
    if not listed or any(row.state is State.STANDING and row.scope in SIGNING for row in listed):
        return None
    for found, code in ((State.STANDING, "comment-only"), (State.BASELESS, "principal-left")):
        if any(row.state is found for row in listed):
            return Reason(f"delegations.{code}")
    coming = [row for row in listed if row.state is State.COMING]
    if coming:
        return Reason("delegations.not-yet", facts={"at": _said(coming[-1].from_at)})
    return Reason("delegations.over", facts={"at": _said(listed[0].until_at)})


def _said(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def answer_faults(actor: Actor, *, outside: str, is_by_principal: bool) -> list[Reason]:
    """What a delegate may not say. is_by_principal: who signs by a seat has answered already.

    outside: how the answer would be shown. Who signs by their own seat is free.
    """
    if actor.holds(*MANDATED):
        return []
    if is_by_principal:
        return [Reason("delegations.principal-answered")]
    if not actor.holds(Delegated.PUBLIC) and outside != NOT_SHOWN:
        return [Reason("delegations.private-only", "outside")]
    return []
