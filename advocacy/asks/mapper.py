"""Asks and answers as an import brings them in: many rows at once, and never as done."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.asks.rules import Kind
from advocacy.asks.schema import Ask, AskAct, Axis
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.institutions.rows import InstitutionRow
from advocacy.institutions.rules import is_duty_bearer

_asks: Any = Ask.__table__
_acts: Any = AskAct.__table__
# The file says what was answered, not when.
_UNDATED = {"undated": True}


def ask_row(
    recommendation_id: UUID,
    workspace_id: UUID,
    to: InstitutionRow,
    owned: Mapping[str, UUID],
    *,
    response: str,
    today: date,
) -> dict[str, Any]:
    """The lead ask of an imported recommendation. owned: organisation and audiences of the row."""
    return {
        "id": new_id(),
        "workspace_id": workspace_id,
        "recommendation_id": recommendation_id,
        "institution_id": to.id,
        "addressee": to.name,
        "is_duty_bearer": is_duty_bearer(to.kind),
        "is_sensitive": to.is_sensitive,
        "addressed_id": to.member_id,
        "role": "lead",
        "response": response,
        "asked_on": today,
        "touched_on": today,
        **owned,
    }


def answer_row(
    ask: Mapping[str, Any], owned: Mapping[str, UUID], actor: Actor, run_id: UUID
) -> dict[str, Any]:
    """The act behind the response of an imported ask."""
    return {
        "id": new_id(),
        "ask_id": ask["id"],
        "axis": Axis.RESPONSE.value,
        "kind": Kind.RESPONSE.value,
        "value": ask["response"],
        "facts": _UNDATED,
        "on_behalf_of": ask["institution_id"],
        "recorded_at": actor.now,
        "import_id": run_id,
        **owned,
    }


def put(
    session: Session, asks: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]]
) -> None:
    """Write asks and answers in a few statements. Inside `guard.system`, audiences given."""
    if asks:
        session.execute(insert(_asks), asks)
    if answers:
        session.execute(insert(_acts), answers)


def change_answer(
    session: Session,
    actor: Actor,
    *,
    recommendation_id: UUID,
    response: str,
    run_id: UUID,
    today: date,
) -> str:
    """Let a later file's answer follow the one that stands; returns the one before."""
    ask = session.scalars(
        select(Ask).where(Ask.recommendation_id == recommendation_id, Ask.role == "lead")
    ).one()
    before = ask.response
    if before == response:
        return before
    chain = session.scalars(
        select(AskAct).where(AskAct.ask_id == ask.id, AskAct.axis == Axis.RESPONSE.value)
    )
    last = acts.current(chain)
    made = AskAct(
        id=new_id(),
        **{**acts.stamp(actor), "person_id": None, "seat_id": None},
        on_behalf_of=ask.institution_id,
        import_id=run_id,
        audience_id=ask.audience_id,
        own_audience_id=ask.audience_id,
        ask_id=ask.id,
        axis=Axis.RESPONSE.value,
        kind=Kind.RESPONSE.value,
        value=response,
        facts=dict(_UNDATED),
    )
    acts.append(session, made, after=last.id if last else None)
    ask.response, ask.response_on, ask.touched_on = response, None, max(ask.touched_on, today)
    session.flush()
    return before
