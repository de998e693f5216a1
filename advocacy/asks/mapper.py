"""Asks and answers as an import brings them in: many rows at once, and never as done."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.asks.rules import Kind
from advocacy.asks.schema import Ask, AskAct, Axis
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.institutions.rows import InstitutionRow
from advocacy.institutions.rules import is_duty_bearer

Rows = Sequence[dict[str, Any]]
_asks: Any = Ask.__table__
_acts: Any = AskAct.__table__
# The file says what was answered, not when.
_ANSWER: dict[str, Any] = {
    "axis": Axis.RESPONSE.value,
    "kind": Kind.RESPONSE.value,
    "facts": {"undated": True},
}
_FOLDS = ("id", "response", "response_on", "touched_on")


def ask_row(
    recommendation_id: UUID,
    workspace_id: UUID,
    to: InstitutionRow,
    owned: Mapping[str, UUID],
    *,
    role: str,
    response: str,
    today: date,
) -> dict[str, Any]:
    """An ask of an imported recommendation. owned: organisation and audiences of the row."""
    return {
        "id": new_id(),
        "workspace_id": workspace_id,
        "recommendation_id": recommendation_id,
        "institution_id": to.id,
        "addressee": to.name,
        "is_duty_bearer": is_duty_bearer(to.kind),
        "is_sensitive": to.is_sensitive,
        "addressed_id": to.member_id,
        "role": role,
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
        "value": ask["response"],
        **_ANSWER,
        "on_behalf_of": ask["institution_id"],
        "recorded_at": actor.now,
        "import_id": run_id,
        **owned,
    }


def put(session: Session, actor: Actor, asks: Rows, answers: Rows) -> None:
    """Write asks and answers of one's own organisation in a few statements, audiences given."""
    for table, rows in ((_asks, asks), (_acts, answers)):
        if rows:
            guard.store(session, actor, insert(table), rows)


def change_answer(
    session: Session, actor: Actor, *, ask_id: UUID, response: str, run_id: UUID, today: date
) -> dict[str, str] | None:
    """Let a later file's answer follow the one that stands; returns what was, for `put_back`."""
    ask = session.get_one(Ask, ask_id)
    before = {name: str(value) for name in _FOLDS if (value := getattr(ask, name))}
    if ask.response == response:
        return None
    mine = AskAct.ask_id == ask.id, AskAct.axis == Axis.RESPONSE.value
    last = acts.current(session.scalars(select(AskAct).where(*mine)))
    made = AskAct(
        id=new_id(),
        **{**acts.stamp(actor), "person_id": None, "seat_id": None},
        on_behalf_of=ask.institution_id,
        import_id=run_id,
        audience_id=ask.audience_id,
        own_audience_id=ask.audience_id,
        ask_id=ask.id,
        value=response,
        **_ANSWER,
    )
    acts.append(session, made, after=last.id if last else None)
    ask.response, ask.response_on, ask.touched_on = response, None, max(ask.touched_on, today)
    session.flush()
    return before


def take_back(session: Session, of: Sequence[UUID], run_id: UUID) -> None:
    """Remove the answers of a run that is being undone, and the asks of what it brought."""
    gone = delete(AskAct).where(AskAct.import_id == run_id)
    for one in (gone, delete(Ask).where(Ask.recommendation_id.in_(of))):
        session.execute(one, execution_options={"synchronize_session": False})


def remove(session: Session, ids: Sequence[UUID]) -> None:
    """Remove asks that a run added to what was here."""
    gone = delete(Ask).where(Ask.id.in_(ids))
    session.execute(gone, execution_options={"synchronize_session": False})


def put_back(session: Session, before: Mapping[str, str]) -> None:
    """Let an answer be what it was. before: as `change_answer` gave it, or nothing."""
    if before:
        ask = session.get_one(Ask, UUID(before["id"]))
        on = before.get("response_on")
        ask.response, ask.response_on = before["response"], date.fromisoformat(on) if on else None
        ask.touched_on = date.fromisoformat(before["touched_on"])
        session.flush()
