"""Read recommendations: lists as Core statements that carry the reader's sentence."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor, Standing
from advocacy.access.audience import group_for
from advocacy.access.schema import EVERYONE, AudiencePart, GroupKind
from advocacy.asks.queries import asks_of
from advocacy.asks.rules import CLOSED, DONE, SOON_DAYS
from advocacy.asks.schema import Ask, Progress, Response
from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.ground.search import fold
from advocacy.institutions.queries import ids_like
from advocacy.organisations.rows import Task
from advocacy.recommendations.rows import Filters, ListRow, PublicAsk, PublicFigures
from advocacy.recommendations.rules import COUNTED_TO
from advocacy.recommendations.schema import WORDS, Recommendation, RecommendationTag

_MOST_TASKS = 20
_r: Any = Recommendation.__table__.c
_a: Any = Ask.__table__.c
_part: Any = AudiencePart.__table__.c
_OVER = [p.value for p in DONE | CLOSED]
Cursor = tuple[datetime, UUID]

_LISTED = (_r.id, _r.ref, _r.title, _r.language, _r.issuers, _r.session, _r.created_at)


def recommendation(session: Session, actor: Actor, recommendation_id: UUID) -> Recommendation:
    """One recommendation. Raises NotFound."""
    found = session.get(Recommendation, recommendation_id)
    if found is None:
        raise NotFound
    return found


def cursor(values: tuple[str, ...] | None) -> Cursor | None:
    """Where a page begins, out of an address. Raises Invalid for a broken one."""
    try:
        return (datetime.fromisoformat(values[0]), UUID(values[1])) if values else None
    except ValueError:
        raise Invalid(Reason("form.cursor")) from None


def followed(session: Session, actor: Actor, version_id: UUID) -> dict[UUID, list[UUID]]:
    """Recommendations made of the clauses of a version: clause -> their ids."""
    query = select(_r.clause_id, _r.id).where(
        _r.version_id == version_id, guard.sentence(_r.audience_id, actor)
    )
    found: dict[UUID, list[UUID]] = {}
    for clause_id, row_id in session.execute(query):
        found.setdefault(clause_id, []).append(row_id)
    return found


def listed(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    filters: Filters,
    on: date,
    after: Cursor | None = None,
    most: int = 50,
) -> list[ListRow]:
    """Recommendations this reader may see, newest first. after: last (created_at, id) before."""
    query = _wanted(session, actor, select(*_LISTED), workspace_id, filters, on)
    if after is not None:
        at, last = after
        earlier = and_(_r.created_at == at, _r.id < last)
        query = query.where(_r.created_at <= at, or_(_r.created_at < at, earlier))
    query = query.order_by(_r.created_at.desc(), _r.id.desc()).limit(most)
    rows = session.execute(query).all()
    asks = asks_of(session, actor, [row[0] for row in rows])
    return [
        ListRow(row[0], row[1], row[2], row[3], tuple(row[4]), row[5], row[6], asks.get(row[0], ()))
        for row in rows
    ]


def count(session: Session, actor: Actor, *, workspace_id: UUID, filters: Filters, on: date) -> int:
    """How many there are for this reader; COUNTED_TO + 1 means more than that."""
    one = _wanted(session, actor, select(literal(1)), workspace_id, filters, on)
    inner = one.limit(COUNTED_TO + 1).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0


def _wanted(
    session: Session,
    actor: Actor,
    query: Select[Any],
    workspace_id: UUID,
    filters: Filters,
    on: date,
) -> Select[Any]:
    query = query.select_from(Recommendation.__table__).where(
        _r.workspace_id == workspace_id, guard.sentence(_r.audience_id, actor)
    )
    of_ask = _ask_conditions(session, actor, workspace_id, filters, on)
    if of_ask:
        mine = select(_a.id).where(
            _a.recommendation_id == _r.id, guard.sentence(_a.audience_id, actor), *of_ask
        )
        query = query.where(mine.exists())
    return query.where(*_text_conditions(session, filters))


def _ask_conditions(
    session: Session, actor: Actor, workspace_id: UUID, filters: Filters, on: date
) -> list[Any]:
    found: list[Any] = []
    if filters.owner:
        known = ids_like(session, actor, workspace_id=workspace_id, words=filters.owner)
        by_name = _a.addressee.icontains(filters.owner, autoescape=True)
        found.append(or_(_a.institution_id.in_(known), by_name))
    if filters.response:
        found.append(_a.response == filters.response)
    if filters.progress:
        found.append(_a.progress == filters.progress)
    if filters.late:
        found += [_a.late_after < on, _a.progress.not_in(_OVER)]
    return found


def _text_conditions(session: Session, filters: Filters) -> list[Any]:
    found: list[Any] = []
    if filters.session.isdigit():
        found.append(_r.session == int(filters.session[:4]))
    if filters.specificity.isdigit():
        found.append(_r.specificity == int(filters.specificity[:1]))
    if filters.source:
        from_position, from_import = _r.position_id.is_not(None), _r.import_id.is_not(None)
        neither = and_(~from_position, ~from_import)
        found.append(
            {"position": from_position, "import": from_import}.get(filters.source, neither)
        )
    if filters.tag:
        theme = " ".join(fold(filters.tag))
        tagged = select(RecommendationTag.recommendation_id).where(
            RecommendationTag.folded.startswith(theme, autoescape=True)
        )
        found.append(_r.id.in_(tagged))
    matching = WORDS.matching(session, filters.words)
    if matching is not None:
        found.append(_r.id.in_(matching))
    return found


def imported(
    session: Session, actor: Actor, *, workspace_id: UUID, sessions: Iterable[int]
) -> list[tuple[str, UUID, str]]:
    """(key, id, fingerprint) of what the actor's organisation imported of these sessions."""
    query = select(_r.import_key, _r.id, _r.fingerprint).where(
        _r.workspace_id == workspace_id,
        _r.organisation_id == actor.organisation_id,
        _r.import_key.is_not(None),
        _r.session.in_(list(sessions)),
        guard.sentence(_r.audience_id, actor),
    )
    return [(key, row_id, seal) for key, row_id, seal in session.execute(query)]


# --- donors -------------------------------------------------------------------------------------


def _published(session: Session, actor: Actor, workspace_id: UUID, columns: Select[Any]) -> Any:
    """Asks that the donors' group, or everybody, may read: no reader's own group counts here.

    The reader's own sentence is in it too, so that this never shows more than they may see. (The
    guard's sentence cannot stand for two readers in one statement: its parameters have names.)
    """
    groups = [EVERYONE, group_for(session, GroupKind.DONORS, workspace_id) or EVERYONE]
    donors = select(_part.audience_id).where(
        _part.group_id.in_(groups), _part.opens_at <= actor.now
    )
    return (
        columns.select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.workspace_id == workspace_id)
        .where(_a.audience_id.in_(donors), guard.sentence(_a.audience_id, actor))
        .where(_r.audience_id.in_(donors), guard.sentence(_r.audience_id, actor))
    )


def _public_columns() -> list[Any]:
    named = {"title": _r.title, "language": _r.language, "published_on": _r.issued_on}
    return [named.get(one.name, getattr(_a, one.name, None)) for one in fields(PublicAsk)]


def published(
    session: Session, actor: Actor, *, workspace_id: UUID, most: int = 100
) -> list[PublicAsk]:
    """The newest asks that every donor of the workspace may read."""
    query = _published(session, actor, workspace_id, select(*_public_columns()))
    rows = session.execute(query.order_by(_r.created_at.desc(), _a.id).limit(most))
    return [PublicAsk(*row) for row in rows]


def published_figures(
    session: Session, actor: Actor, *, workspace_id: UUID, on: date
) -> PublicFigures:
    """Counts of the same asks, closed and overtaken ones among them."""
    late = and_(_a.original_end_on < on, _a.progress.not_in(_OVER))
    columns = select(_a.progress, func.count(), func.sum(case((late, 1), else_=0)))
    rows = session.execute(
        _published(session, actor, workspace_id, columns).group_by(_a.progress)
    ).all()
    return PublicFigures({row[0]: row[1] for row in rows}, sum(int(row[2] or 0) for row in rows))


def asked_of(session: Session, actor: Actor, *, workspace_id: UUID) -> list[PublicAsk]:
    """Asks put to the reader's own organisation that were published or delivered to it."""
    query = (
        select(*_public_columns())
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.workspace_id == workspace_id, _a.addressed_id == actor.organisation_id)
        .where(guard.sentence(_a.audience_id, actor), guard.sentence(_r.audience_id, actor))
        .order_by(_r.created_at.desc(), _a.id)
    )
    return [PublicAsk(*row) for row in session.execute(query)]


# --- today's work -------------------------------------------------------------------------------


def tasks(session: Session, actor: Actor) -> list[Task]:
    """What needs this organisation: late and soon late asks, replies, reports to confirm."""
    if actor.organisation_id is None:
        return []
    of_us = or_(_a.minder_id == actor.organisation_id, _a.addressed_id == actor.organisation_id)
    soon = actor.now.date() + timedelta(days=SOON_DAYS)
    found = [
        _task(actor, row)
        for row in _tasks(session, actor, of_us, _a.late_after <= soon, _a.progress.not_in(_OVER))
    ]
    unanswered = (_a.addressed_id == actor.organisation_id, _a.response == Response.NONE.value)
    found += [_task(actor, row, "reply") for row in _tasks(session, actor, *unanswered)]
    others = [
        or_(one.is_(None), one != actor.organisation_id)
        for one in (_a.claimed_by, _a.addressed_id, _a.minder_id)
    ]
    for row in _tasks(session, actor, _a.progress == Progress.CLAIMED.value, *others):
        about = policy.About(workspace_id=row.workspace_id)
        if policy.allows(actor, "ask:confirm", about):
            found.append(_task(actor, row, "confirm"))
    return found


def _tasks(session: Session, actor: Actor, *which: Any) -> list[Any]:
    spaces = [workspace_id for workspace_id, _ in actor.memberships]
    query = (
        select(_a.id, _a.workspace_id, _a.recommendation_id, _a.late_after, _r.title)
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.workspace_id.in_(spaces), *which)
        .where(guard.sentence(_a.audience_id, actor), guard.sentence(_r.audience_id, actor))
        .order_by(_a.late_after, _a.id)
        .limit(_MOST_TASKS)
    )
    return list(session.execute(query))


def _task(actor: Actor, row: Any, kind: str = "late") -> Task:
    is_donor = actor.stands_as(row.workspace_id, Standing.DONOR)
    code = kind
    if kind == "late" and row.late_after >= actor.now.date():
        code = "soon"
    at = {"ask_id": row.id} if is_donor else {"recommendation_id": row.recommendation_id}
    return Task(
        kind=kind,
        reason=Reason(f"recommendations.task-{code}"),
        title=row.title,
        endpoint="donors.reply" if is_donor else "recommendations.detail",
        arguments=at,
        organisation_id=actor.must_organisation(),
        due_on=row.late_after,
    )
