"""Read one's own ladder and steps; and, for a lead, the days it was told."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.clearances.rows import LadderRow, Standing, StepRow
from advocacy.clearances.schema import Ladder, Line, Step
from advocacy.ground import acts


def ladder(session: Session, actor: Actor) -> LadderRow:
    """The steps of the actor's own organisation; none until it says which."""
    mine = Ladder.organisation_id == actor.organisation_id
    row = acts.current(session.scalars(select(Ladder).where(mine)))
    return LadderRow(row.id, tuple(row.steps)) if row else LadderRow(None, ())


def standing(session: Session, actor: Actor, round_id: UUID) -> Standing:
    """Where the text of a round stands inside the actor's own organisation.

    A step that was said something at stays in the list when the ladder has lost it since.
    """
    said = {}
    rows = _own(session, actor, Step, round_id)
    for row in _in_order(rows):
        said[row.step] = row
    names = list(ladder(session, actor).steps)
    names += [name for name in said if name not in names]
    last, line = acts.current(rows), acts.current(_own(session, actor, Line, round_id))
    return Standing(
        steps=tuple(_step(name, said.get(name)) for name in names),
        last_id=last.id if last else None,
        line_id=line.id if line else None,
        expected_on=line.expected_on if line else None,
    )


def _own(session: Session, actor: Actor, table: Any, round_id: UUID) -> list[Any]:
    mine = table.organisation_id == actor.organisation_id
    return list(session.scalars(select(table).where(table.round_id == round_id, mine)))


def _in_order(rows: list[Any]) -> list[Any]:
    """The acts of one chain, first to last."""
    after = {row.previous_id: row for row in rows}
    found, row = [], after.get(None)
    while row is not None:
        found.append(row)
        row = after.get(row.id)
    return found


def _step(name: str, row: Any) -> StepRow:
    if row is None:
        return StepRow(name)
    return StepRow(
        name=name,
        said=row.said,
        by_name=row.by_name,
        note=row.note,
        said_on=row.effective_on,
        recorded_at=row.recorded_at,
        person_id=row.person_id,
    )


def expected(session: Session, actor: Actor, round_id: UUID) -> dict[UUID, date]:
    """The day each organisation told that its answer is expected; those that told one."""
    rows = session.execute(
        select(Line.id, Line.previous_id, Line.organisation_id, Line.expected_on).where(
            Line.round_id == round_id
        )
    ).all()
    followed = {row.previous_id for row in rows}
    heads = [row for row in rows if row.id not in followed]
    return {row.organisation_id: row.expected_on for row in heads if row.expected_on}
