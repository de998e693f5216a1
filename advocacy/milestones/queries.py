"""Milestones of asks, as far as the reader may see."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.milestones.rows import MilestoneRow
from advocacy.milestones.schema import Milestone, State


def _rows(found: Iterable[Milestone]) -> list[MilestoneRow]:
    last = acts.heads(found)
    last.sort(key=lambda one: (one.due_on, one.text, str(one.milestone_id)))
    return [
        MilestoneRow(
            id=one.milestone_id,
            act_id=one.id,
            ask_id=one.ask_id,
            text=one.text,
            due_on=one.due_on,
            due_precision=one.due_precision,
            state=one.state,
            reached_on=one.effective_on if one.state == State.REACHED else None,
        )
        for one in last
    ]


def of_asks(
    session: Session, actor: Actor, ask_ids: Iterable[UUID]
) -> dict[UUID, list[MilestoneRow]]:
    """The milestones of these asks by date; dropped ones are left out."""
    wanted = list(ask_ids)
    query = select(Milestone).where(Milestone.ask_id.in_(wanted))
    found: dict[UUID, list[MilestoneRow]] = {}
    for row in _rows(session.scalars(query)) if wanted else ():
        if row.state != State.DROPPED:
            found.setdefault(row.ask_id, []).append(row)
    return found


def milestone(session: Session, actor: Actor, milestone_id: UUID) -> MilestoneRow:
    """One milestone. Raises NotFound."""
    query = select(Milestone).where(Milestone.milestone_id == milestone_id)
    found = _rows(session.scalars(query))
    if not found:
        raise NotFound
    return found[0]
