"""Who follows what up, and what was handed over."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor, Seat, Standing
from advocacy.access.schema import EVERYONE, GroupKind
from advocacy.asks.rules import CLOSED
from advocacy.asks.schema import Ask
from advocacy.assignments.rows import Held, Step
from advocacy.assignments.rules import MOST
from advocacy.assignments.schema import Focal, Minding
from advocacy.ground import acts
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import OrganisationRow
from advocacy.recommendations.schema import Recommendation

_MEMBERS = (Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER)
SEATS = (Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.COORDINATOR, Seat.DRAFTER)
_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c
_m: Any = Minding.__table__.c
_A = TypeVar("_A", Minding, Focal)
_CLOSED = sorted(p.value for p in CLOSED)
_MOST_TOLD = 100


class Whose(StrEnum):
    """Which asks a page of them shows."""

    OURS = "ours"
    MINE = "mine"
    LED = "led"
    ALL = "all"


def held(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    whose: str = Whose.OURS,
    institution_id: UUID | None = None,
) -> list[Held]:
    """Asks that are open, those due first, `MOST` at most. whose: who follows them up.

    Raises: Denied where all are asked for by who does not coordinate.
    """
    us = actor.organisation_id
    if whose == Whose.ALL:
        policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))
    which = {
        Whose.LED: _a.organisation_id == us,
        Whose.ALL: _a.workspace_id == workspace_id,
    }.get(Whose(whose), _a.minder_id == us)
    query = (
        select(*_COLUMNS)
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.workspace_id == workspace_id, _a.progress.not_in(_CLOSED), which)
        .where(guard.sentence(_a.audience_id, actor), guard.sentence(_r.audience_id, actor))
    )
    if institution_id is not None:
        query = query.where(_a.institution_id == institution_id)
    in_order = query.order_by(_a.late_after.is_(None), _a.late_after, _a.id).limit(MOST)
    rows: list[Any] = list(session.execute(in_order))
    return _with_people(session, actor, rows, whose)


_COLUMNS = (
    *(
        _a.id.label("ask_id"),
        _a.recommendation_id,
        _r.title,
        _r.language,
        _a.addressee,
        _a.due_on,
        _a.due_precision,
    ),
    *(_a.progress, _a.organisation_id, _a.minder_id),
)


def _with_people(session: Session, actor: Actor, rows: list[Any], whose: str) -> list[Held]:
    ids = [row[0] for row in rows]
    last = {ask_id: row.id for ask_id, row in last_of(session, ids).items()}
    given = focals(session, actor, ids)
    found = []
    for row in rows:
        one = given.get(row[0])
        focal = one.focal_id if one else None
        if whose == Whose.MINE and focal not in {None, actor.person_id}:
            continue
        more: dict[str, Any] = {
            "focal_id": focal,
            "last_id": last.get(row[0]),
            "given_id": one.id if one else None,
        }
        found.append(Held(**row._mapping, **more))
    return found


def last_of(session: Session, ask_ids: Collection[UUID]) -> dict[UUID, Minding]:
    """The last hand-over of each of these asks, as far as the reader may know."""
    query = select(Minding).where(Minding.ask_id.in_(list(ask_ids)))
    return _heads(session.scalars(query))


def focals(session: Session, actor: Actor, ask_ids: Collection[UUID]) -> dict[UUID, Focal]:
    """Who of the actor's organisation has each of these asks in hand, where that was said."""
    query = select(Focal).where(
        Focal.ask_id.in_(list(ask_ids)), Focal.organisation_id == actor.organisation_id
    )
    return _heads(session.scalars(query))


def _heads(rows: Iterable[_A]) -> dict[UUID, _A]:
    """The last of each ask's chain."""
    return {row.ask_id: row for row in acts.heads(rows)}


def takers(session: Session, actor: Actor, workspace_id: UUID) -> list[OrganisationRow]:
    """Organisations that can follow up: members of the workspace, by name."""
    rows = organisations.organisations(session, actor, workspace_id=workspace_id)
    return [row for row in rows if row.standing in _MEMBERS]


def people(session: Session, actor: Actor) -> dict[UUID, str]:
    """Who of one's own organisation can have an ask in hand: their names by id, in order."""
    held_now = (one for one in organisations.seat_holders(session, actor) if one.seat in SEATS)
    found = {one.person_id: one.person_name for one in held_now if one.from_at <= actor.now}
    return dict(sorted(found.items(), key=lambda one: one[1]))


_READ = select(_a.id).where(
    _a.id.in_(bindparam("asks", expanding=True)), guard.readers(_a.audience_id)
)


def read_by(
    session: Session, actor: Actor, organisation_id: UUID, ask_ids: Collection[UUID]
) -> set[UUID]:
    """Those of these asks, all read by the actor, that an organisation reads too."""
    theirs = Actor(now=actor.now, organisation_id=organisation_id)
    with guard.system(session, guard.System.CARRY):
        rows = guard.ask(session, theirs, _READ, asks=list(ask_ids))
    return {row[0] for row in rows}


def may_choose(session: Session, actor: Actor, of: Ask, to_id: UUID) -> bool:
    """Whether the actor may know that an organisation reads an ask.

    Who leads it chose its readers. Others know what its page says: where all members read it, any
    of them; else the organisation that leads it alone.
    """
    return (
        actor.organisation_id == of.organisation_id
        or to_id == of.organisation_id
        or is_for_members(session, actor, of.workspace_id, of.audience_id)
    )


def is_for_members(session: Session, actor: Actor, workspace_id: UUID, audience_id: UUID) -> bool:
    """Whether an audience has all members of a workspace in it now, as such or with everybody."""
    parts = audience.parts_of(session, audience_id)
    opened = {one for one, opens in parts if opens <= actor.now}
    return bool(opened & {EVERYONE, organisations.group(session, workspace_id, GroupKind.MEMBERS)})


def told(session: Session, actor: Actor, *, workspace_id: UUID) -> list[Step]:
    """Hand-overs that the actor's organisation gave, got or made, the newest first."""
    us = actor.organisation_id
    query = _steps(actor).where(_a.workspace_id == workspace_id)
    query = query.where(or_(_m.from_id == us, _m.to_id == us, _m.organisation_id == us))
    return _told(session, session.execute(query.limit(_MOST_TOLD)).all())


def of_record(session: Session, actor: Actor, recommendation_id: UUID) -> list[Step]:
    """Hand-overs of the asks of one recommendation, the newest first."""
    query = _steps(actor).where(_a.recommendation_id == recommendation_id).limit(_MOST_TOLD)
    return _told(session, session.execute(query).all())


def _steps(actor: Actor) -> Any:
    rows = Minding.__table__.join(Ask.__table__, _a.id == _m.ask_id)
    rows = rows.join(Recommendation.__table__, _r.id == _a.recommendation_id)
    return (
        select(
            *(
                _a.id.label("ask_id"),
                _a.recommendation_id,
                _r.title,
                _r.language,
                _m.from_id,
                _m.to_id,
            ),
            *(_m.organisation_id, _m.note, _m.recorded_at),
        )
        .select_from(rows)
        .where(*(guard.sentence(of.audience_id, actor) for of in (_m, _a, _r)))
        .order_by(_m.recorded_at.desc(), _m.id)
    )


def _told(session: Session, rows: Iterable[Any]) -> list[Step]:
    listed: list[Any] = list(rows)
    names = organisations.names(
        session, (i for row in listed for i in (row.from_id, row.to_id, row.organisation_id))
    )
    return [
        Step(
            ask_id=row.ask_id,
            recommendation_id=row.recommendation_id,
            title=row.title,
            language=row.language,
            before=names.get(row.from_id, ""),
            after=names.get(row.to_id, ""),
            by=names.get(row.organisation_id, ""),
            note=row.note,
            at=row.recorded_at,
        )
        for row in listed
    ]


def may_give(actor: Actor, of: Ask | Held, workspace_id: UUID) -> bool:
    """Whether the actor may hand over the follow-up of an ask."""
    parties = frozenset({of.minder_id} if of.minder_id else ())
    about = policy.About(of.organisation_id, workspace_id, party_ids=parties)
    return policy.allows(actor, "ask:hand-over", about)
