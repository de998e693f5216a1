"""What members of bodies said about asks, as far as the reader may know."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.asks.rules import CLOSED, Progress
from advocacy.asks.schema import Ask
from advocacy.bodies import queries as bodies
from advocacy.bodies.rows import PartRow
from advocacy.commitments import rules
from advocacy.commitments.rows import Asked, Line, Tally
from advocacy.commitments.schema import Commitment
from advocacy.ground import acts
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
from advocacy.recommendations.schema import Recommendation

_MOST_TASKS = 20
_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c
_OVER = sorted({p.value for p in CLOSED} | {Progress.IMPLEMENTED.value})


def lines(
    session: Session, actor: Actor, ask_ids: Iterable[UUID], *, on: date
) -> dict[UUID, list[Line]]:
    """The members of the body that each of these asks was put to, with what they said.

    An ask to what is no body is left out. Who left stands there only with what it said.
    """
    query = select(_a.id, _a.institution_id).where(_a.id.in_(list(ask_ids)))
    seen = session.execute(query.where(guard.sentence(_a.audience_id, actor)))
    return _lines(session, actor, {row.id: row.institution_id for row in seen}, on=on)


def _lines(
    session: Session, actor: Actor, put: Mapping[UUID, UUID], *, on: date
) -> dict[UUID, list[Line]]:
    parts = bodies.parts(session, actor, set(put.values())) if put else {}
    asked = {ask_id: of for ask_id, of in put.items() if of in parts}
    said = _said(session, asked) if asked else {}
    names = organisations.names(session, (one.organisation_id for one in said.values()))
    found: dict[UUID, list[Line]] = {}
    for ask_id, of in asked.items():
        for part in parts[of]:
            one = said.get((ask_id, part.part_id))
            if one is not None or part.belongs(on):
                found.setdefault(ask_id, []).append(_line(part, one, names, on))
    return found


def _said(session: Session, ask_ids: Iterable[UUID]) -> dict[tuple[UUID, UUID], Commitment]:
    wanted = list(ask_ids)
    query = select(Commitment).where(Commitment.ask_id.in_(wanted))
    rows = acts.heads(session.scalars(query)) if wanted else []
    return {(one.ask_id, one.part_id): one for one in rows}


def _line(part: PartRow, one: Commitment | None, names: dict[UUID, str], on: date) -> Line:
    if one is None:
        return Line(part.part_id, part.name, part.member_id, part.belongs(on))
    return Line(
        part_id=part.part_id,
        name=one.name,
        member_id=part.member_id,
        is_member=part.belongs(on),
        act_id=one.id,
        reply=one.reply,
        text=one.text,
        due_on=one.due_on,
        due_precision=one.due_precision,
        done=one.done,
        source_url=one.source_url,
        source_text=one.source_text,
        by=names.get(one.organisation_id, ""),
        on_behalf=one.on_behalf_of is not None,
        at=one.recorded_at,
    )


def tallies(
    session: Session, actor: Actor, ask_ids: Iterable[UUID], *, on: date
) -> dict[UUID, Tally]:
    """How many members of the body that each of these asks was put to committed themselves."""
    found = lines(session, actor, ask_ids, on=on)
    return {ask_id: rules.tally(of) for ask_id, of in found.items()}


def tallies_of(
    session: Session, actor: Actor, put: Mapping[UUID, UUID], *, on: date
) -> dict[UUID, Tally]:
    """The same of asks that the reader was shown already. put: ask -> to what it was put."""
    found = _lines(session, actor, put, on=on)
    return {ask_id: rules.tally(of) for ask_id, of in found.items()}


def part(session: Session, actor: Actor, of: Ask, part_id: UUID, *, on: date) -> PartRow | None:
    """A member of the body that an ask was put to, on a day; None for what is none."""
    found = bodies.parts(session, actor, [of.institution_id]).get(of.institution_id, [])
    return next((one for one in found if one.part_id == part_id and one.belongs(on)), None)


# --- asked of us ---------------------------------------------------------------------------------


def asked_of_us(session: Session, actor: Actor, *, on: date) -> list[Asked]:
    """Open asks, readable to the actor, that were put to bodies its organisation belongs to."""
    mine = {one.body_id: one.part_id for one in bodies.ours(session, actor, on=on)}
    if not mine:
        return []
    query = (
        select(_a.id, _a.institution_id, _a.recommendation_id, _a.addressee, _r.title, _r.language)
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.institution_id.in_(mine), _a.progress.not_in(_OVER))
        .where(guard.sentence(_a.audience_id, actor), guard.sentence(_r.audience_id, actor))
        .order_by(_a.asked_on.desc(), _a.id)
        .limit(_MOST_TASKS)
    )
    rows = list(session.execute(query))
    said = _said(session, [row.id for row in rows])
    found = []
    for row in rows:
        one = said.get((row.id, mine[row.institution_id]))
        found.append(
            Asked(
                ask_id=row.id,
                part_id=mine[row.institution_id],
                recommendation_id=row.recommendation_id,
                title=row.title,
                language=row.language,
                addressee=row.addressee,
                reply=one.reply if one else "",
            )
        )
    return found


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Asks to our bodies on which our own organisation has said nothing yet."""
    if actor.organisation_id is None:
        return []
    why = Reason("commitments.task-reply")
    return [
        Task("reply", why, one.title, "commitments.commitment",
             {"ask_id": one.ask_id, "institution_id": one.part_id}, actor.organisation_id)
        for one in asked_of_us(session, actor, on=actor.now.date()) if not one.reply
    ]  # fmt: skip
