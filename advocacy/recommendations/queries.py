"""Read recommendations: lists as Core statements that carry the reader's sentence."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, kept, policy
from advocacy.access.actor import Actor, Standing
from advocacy.access.schema import AudiencePart
from advocacy.asks.rules import CLOSED, DONE, SOON_DAYS
from advocacy.asks.schema import Ask, AskAct, Progress, Response
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.ground.search import fold
from advocacy.institutions.queries import ids_like
from advocacy.organisations.rows import Task
from advocacy.recommendations.rows import Cursor, Filters, Found, ListAsk, ListRow
from advocacy.recommendations.rules import COUNTED_TO, SUBJECTS
from advocacy.recommendations.schema import WORDS, Recommendation, RecommendationTag
from advocacy.taxonomies.queries import about

_MOST_TASKS = 20
_r: Any = Recommendation.__table__.c
_a: Any = Ask.__table__.c
_part: Any = AudiencePart.__table__.c
_OVER = [p.value for p in DONE | CLOSED]


def recommendation(session: Session, actor: Actor, recommendation_id: UUID) -> Recommendation:
    """One recommendation. Raises NotFound."""
    found = session.get(Recommendation, recommendation_id)
    if found is None:
        raise NotFound
    return found


def named(session: Session, actor: Actor, *, workspace_id: UUID, words: str) -> UUID | None:
    """The one recommendation with this reference, or at this address; None without exactly one."""
    last = words.strip().rstrip("/").rsplit("/", 1)[-1].partition("#")[0]
    query = select(_r.id).where(_r.workspace_id == workspace_id)
    try:
        query = query.where(_r.id == UUID(last))
    except ValueError:
        query = query.where(_r.ref == words.strip())
    found = session.scalars(query.where(guard.sentence(_r.audience_id, actor)).limit(2)).all()
    return found[0] if len(found) == 1 else None


def titles(session: Session, actor: Actor, ids: Iterable[str]) -> dict[str, str]:
    """Titles of those of these recommendations that this reader may see, by their ids as text."""
    wanted = [UUID(one) for one in ids if one]
    if not wanted:
        return {}
    query = select(_r.id, _r.title).where(_r.id.in_(wanted), guard.sentence(_r.audience_id, actor))
    return {str(row.id): row.title for row in session.execute(query)}


def followed(session: Session, actor: Actor, version_id: UUID) -> dict[UUID, list[UUID]]:
    """Recommendations made of the clauses of a version: clause -> their ids."""
    query = select(_r.clause_id, _r.id).where(
        _r.version_id == version_id, guard.sentence(_r.audience_id, actor)
    )
    found: dict[UUID, list[UUID]] = {}
    for clause_id, row_id in session.execute(query):
        found.setdefault(clause_id, []).append(row_id)
    return found


def _readable(columns: tuple[Any, ...], conditions: list[Any]) -> Select[Any]:
    return select(*columns).where(
        _r.workspace_id == bindparam("space"), guard.readers(_r.audience_id), *conditions
    )


_GIVEN: Any = {"issuers": cast(_r.issuers, String).label("issuers")}
_COLUMNS = tuple(_GIVEN.get(name, _r[name]) for name in ListRow._fields if name != "asks")


def _page_of(conditions: list[Any]) -> Select[Any]:
    """One page of recommendations with their asks: asked with `space` and `most`."""
    newest = _readable(_COLUMNS, conditions).order_by(_r.created_at.desc(), _r.id.desc())
    return _drawn(newest.limit(bindparam("most")))


def _drawn(of: Select[Any]) -> Select[Any]:
    """These recommendations, the newest first, with the asks that the reader sees."""
    page = of.subquery("page")
    its = and_(_a.recommendation_id == page.c.id, guard.readers(_a.audience_id))
    return (
        select(page, *(_a[name] for name in ListAsk._fields))
        .select_from(page.outerjoin(Ask.__table__, its))
        .order_by(page.c.created_at.desc(), page.c.id.desc())
        .order_by(_a.role.desc(), _a.addressee, _a.id)
    )


_WIDTH = len(ListRow._fields) - 1
_PLACE = (_r.created_at, _r.id)
# Most readers narrow nothing down: these two are made once.
_PAGE, _SOME = _page_of([]), _readable(_PLACE, [])
_FULL = COUNTED_TO + 1


def found(
    session: Session, actor: Actor, *, workspace_id: UUID, filters: Filters, on: date
) -> Found:
    """Where the recommendations are that this reader sees, as far as they are counted.

    They are looked for where the fewest are, in no order: so of many this soon has enough.
    """
    if filters == Filters():
        rows = _some(session, actor, _SOME, workspace_id, _FULL)
        return Found.of(rows, COUNTED_TO)
    of_ask = ask_conditions(session, actor, workspace_id, filters, on)
    if not of_ask:
        return Found.of(_texts(session, actor, workspace_id, filters), COUNTED_TO)
    of_text = text_conditions(session, filters)
    query = _by_asks([*of_ask, *kept.named(session, actor, _a.audience_id)], of_text)
    # Several asks of one may be like this: mostly twice as many rows are enough to tell.
    rows = _some(session, actor, query, workspace_id, 2 * _FULL)
    if len(rows) == 2 * _FULL and len(set(rows)) < _FULL:
        rows = _some(session, actor, query.distinct(), workspace_id, _FULL)
    return Found.of(rows, COUNTED_TO)


def _texts(session: Session, actor: Actor, space: UUID, filters: Filters) -> list[Cursor]:
    rows: list[Cursor] = []
    is_many = filters.words and WORDS.stops_early(session)
    for most in (_FULL + _FULL // 4, None) if is_many else (None,):
        query = _readable(_PLACE, text_conditions(session, filters, most=most))
        rows = _some(session, actor, query, space, _FULL)
        if len(rows) == _FULL:
            break
    return rows


def _by_asks(of_ask: list[Any], of_text: list[Any]) -> Select[Any]:
    return (
        select(*_PLACE)
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.workspace_id == bindparam("space"), guard.readers(_a.audience_id), *of_ask)
        .where(guard.readers(_r.audience_id), *of_text)
    )


def _some(
    session: Session, actor: Actor, query: Select[Any], space: UUID, most: int
) -> list[Cursor]:
    return [tuple(row) for row in guard.ask(session, actor, query.limit(most), space=space)]


def listed(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    filters: Filters,
    on: date,
    of: Found,
    after: Cursor | None = None,
    most: int = 50,
) -> list[ListRow]:
    """Recommendations this reader may see, newest first. after: last (created_at, id) before.

    of: what `found` gave. Of a few the page is taken; of many it is met soon, newest first.
    """
    if of.is_all:
        later = (place for place in of.places if after is None or place < after)
        ids = [place[1] for place in islice(later, most)]
        some = select(*_COLUMNS).where(_r.id.in_(ids), guard.readers(_r.audience_id))
        query = _drawn(some) if ids else None
    else:
        conditions = _walked(session, actor, workspace_id, filters, on)
        if after is not None:
            at, last = after
            earlier = and_(_r.created_at == at, _r.id < last)
            conditions += [_r.created_at <= at, or_(_r.created_at < at, earlier)]
        query = _page_of(conditions) if conditions else _PAGE
    drawn: dict[UUID, tuple[Any, list[ListAsk]]] = {}
    rows = () if query is None else guard.ask(session, actor, query, space=workspace_id, most=most)
    for row in rows:
        _of, asks = drawn.setdefault(row[0], (row[:_WIDTH], []))
        if row[_WIDTH] is not None:
            asks.append(ListAsk._make(row[_WIDTH:]))
    return [ListRow._make((*of, tuple(asks))) for of, asks in drawn.values()]


def _walked(
    session: Session, actor: Actor, workspace_id: UUID, filters: Filters, on: date
) -> list[Any]:
    """What a reader narrowed the list to, asked of each row on the way from the newest."""
    conditions = text_conditions(session, filters, is_walked=True)
    of_ask = ask_conditions(session, actor, workspace_id, filters, on)
    if of_ask:
        of = (_a.recommendation_id == _r.id, guard.readers(_a.audience_id), *of_ask)
        one = select(_a.id).where(*of).correlate(Recommendation.__table__).limit(1)
        # Not EXISTS: PostgreSQL would make a list of all such asks beforehand.
        conditions.append(one.scalar_subquery().is_not(None))
    return conditions


def ask_conditions(
    session: Session, actor: Actor, workspace_id: UUID, filters: Filters, on: date
) -> list[Any]:
    """What filters say of an ask; `readers` of it stands beside them."""
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


def text_conditions(
    session: Session, filters: Filters, *, is_walked: bool = False, most: int | None = None
) -> list[Any]:
    """What filters say of a recommendation; `readers` of it stands beside them.

    is_walked: each row is asked, on the way through many that are mostly like this. most: of more
    that hold the words so many are enough.
    """
    found: list[Any] = []
    if filters.session.isdigit():
        found.append(_r.session == int(filters.session[:4]))
    if filters.specificity.isdigit():
        found.append(_r.specificity == int(filters.specificity[:1]))
    if filters.source:
        from_position, from_import = _r.position_id.is_not(None), _r.import_id.is_not(None)
        sources = {"position": from_position, "import": from_import}
        found.append(sources.get(filters.source, and_(~from_position, ~from_import)))
    if filters.tag:
        theme = " ".join(fold(filters.tag))
        tagged = select(RecommendationTag.recommendation_id).where(
            RecommendationTag.folded.startswith(theme, autoescape=True)
        )
        found.append(_r.id.in_(tagged))
    chosen = {name: getattr(filters, name) for name in SUBJECTS}
    found += about(_r, guard.actor_of(session), chosen)
    if is_walked:
        held = WORDS.held(session, filters.words, _r.id)
        return found if held is None else [*found, held]
    groups = partial(audience.groups_of, session, guard.actor_of(session))
    matching = WORDS.matching(session, filters.words, groups, most)
    return found if matching is None else [*found, _r.id.in_(matching)]


def seals(session: Session, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The fingerprint of what an import would set, of those of these that the reader sees."""
    query = select(_r.id, _r.fingerprint).where(
        _r.id.in_(ids), guard.sentence(_r.audience_id, actor)
    )
    return {row.id: row.fingerprint for row in session.execute(query)}


def has_moved(session: Session, ids: Sequence[UUID], run_id: UUID, *, since: datetime) -> bool:
    """Whether anybody acted on asks of these after an instant, but this import."""
    theirs = or_(AskAct.import_id.is_(None), AskAct.import_id != run_id)
    query = (
        select(Recommendation.id)
        .join(Ask, Ask.recommendation_id == Recommendation.id)
        .join(AskAct, AskAct.ask_id == Ask.id)
        .where(Recommendation.id.in_(ids), AskAct.recorded_at > since, theirs)
    )
    return session.scalars(query.limit(1)).first() is not None


def imported(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    sessions: Iterable[int] = (),
    keys: Sequence[str] = (),
    refs: Sequence[str] = (),
) -> list[Any]:
    """(import_key, ref, id, fingerprint, text) of what one's own organisation has.

    Of these sessions, as imported; or with one of these keys or references.
    """
    query = select(_r.import_key, _r.ref, _r.id, _r.fingerprint, _r.text).where(
        _r.workspace_id == workspace_id,
        _r.organisation_id == actor.organisation_id,
        guard.sentence(_r.audience_id, actor),
    )
    asked = [and_(_r.import_key.is_not(None), _r.session.in_(of))] if (of := list(sessions)) else []
    for column, values in ((_r.import_key, keys), (_r.ref, refs)):
        lots = (values[start : start + 500] for start in range(0, len(values), 500))
        asked += [column.in_(lot) for lot in lots]
    return [row for one in asked for row in session.execute(query.where(one))]


# --- today's work -------------------------------------------------------------------------------


def _to_do() -> Any:
    """Late and soon late asks, replies, reports to confirm: one question for the three lists."""
    us = bindparam(guard.READER, type_=_a.minder_id.type)
    soon = bindparam("soon", type_=_a.late_after.type)
    others = [
        or_(one.is_(None), one != us) for one in (_a.claimed_by, _a.addressed_id, _a.minder_id)
    ]
    of_us = or_(_a.minder_id == us, _a.addressed_id == us)
    lists = (
        ("late", of_us, _a.late_after <= soon, _a.progress.not_in(_OVER)),
        ("reply", _a.addressed_id == us, _a.response == Response.NONE.value),
        ("confirm", _a.progress == Progress.CLAIMED.value, *others),
    )
    parts = [_one_list(n, kind, which) for n, (kind, *which) in enumerate(lists)]
    every = union_all(*(select(part) for part in parts)).subquery()
    return select(every).order_by(every.c.list, every.c.late_after, every.c.id)


def _one_list(number: int, kind: str, which: list[Any]) -> Any:
    columns = (_a.id, _a.workspace_id, _a.recommendation_id, _a.late_after, _r.title)
    return (
        select(*columns, literal(kind).label("kind"), literal(number).label("list"))
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.workspace_id.in_(bindparam("spaces", expanding=True)), *which)
        .where(guard.readers(_a.audience_id), guard.readers(_r.audience_id))
        # Not by the bare column: its index has every ask of the workspace in it.
        .order_by(func.coalesce(_a.late_after, date.max), _a.id)
        .limit(_MOST_TASKS)
        .subquery()
    )


_TO_DO = _to_do()


def tasks(session: Session, actor: Actor) -> list[Task]:
    """What needs this organisation: late and soon late asks, replies, reports to confirm."""
    if actor.organisation_id is None:
        return []
    spaces = sorted(workspace_id for workspace_id, _ in actor.memberships)
    soon = actor.now.date() + timedelta(days=SOON_DAYS)
    rows = guard.ask(session, actor, _TO_DO, spaces=spaces, soon=soon)
    return [_task(actor, row, row.kind) for row in rows if _may_do(actor, row)]


def _may_do(actor: Actor, row: Any) -> bool:
    about = policy.About(workspace_id=row.workspace_id)
    return row.kind != "confirm" or policy.allows(actor, "ask:confirm", about)


def _task(actor: Actor, row: Any, kind: str) -> Task:
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
