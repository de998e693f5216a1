"""Read one's own ladder and steps; and, for a lead, the days it was told."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.clearances.rows import LadderRow, Standing, StepRow
from advocacy.clearances.schema import Ladder, Line, Step
from advocacy.ground import acts

_l, _s, _e = Ladder.__table__.c, Step.__table__.c, Line.__table__.c
_SAID = (_s.step, _s.said, _s.by_name, _s.note, _s.effective_on, _s.recorded_at, _s.person_id)


def _own(table: Any, *columns: Any) -> Select[Any]:
    """Rows of the reader's own organisation: made once, as every look at a round asks them."""
    us = bindparam(guard.READER, type_=table.organisation_id.type)
    rows = select(table.id, table.previous_id, *columns)
    return rows.where(table.organisation_id == us, guard.readers(table.audience_id))


_LADDER = _own(_l, _l.steps)
_STEPS = _own(_s, *_SAID).where(_s.round_id == bindparam("round"))
_LINE = _own(_e, _e.expected_on).where(_e.round_id == bindparam("round"))


def ladder(session: Session, actor: Actor) -> LadderRow:
    """The steps of the actor's own organisation; none until it says which."""
    row: Any = acts.current(_rows(session, actor, _LADDER))
    return LadderRow(row.id, tuple(row.steps)) if row else LadderRow(None, ())


def standing(session: Session, actor: Actor, round_id: UUID) -> Standing:
    """Where the text of a round stands inside the actor's own organisation.

    A step that was said something at stays in the list when the ladder has lost it since.
    """
    said = {}
    rows = _rows(session, actor, _STEPS, round=round_id)
    for row in _in_order(rows):
        said[row.step] = row
    names = list(ladder(session, actor).steps)
    names += [name for name in said if name not in names]
    last = acts.current(rows)
    line = acts.current(_rows(session, actor, _LINE, round=round_id))
    return Standing(
        steps=tuple(_step(name, said.get(name)) for name in names),
        last_id=last.id if last else None,
        line_id=line.id if line else None,
        expected_on=line.expected_on if line else None,
    )


def _rows(session: Session, actor: Actor, statement: Select[Any], **values: Any) -> list[Any]:
    return guard.ask(session, actor, statement, **values).all()


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
