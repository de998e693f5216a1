"""Which asks want attention of an organisation, and what it put off."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, Seat, Standing
from advocacy.accounts import queries as accounts
from advocacy.asks.rules import DONE, SOON_DAYS, STALE_DAYS, Response
from advocacy.asks.schema import Ask
from advocacy.assignments import queries as assignments
from advocacy.calendars import queries as calendars
from advocacy.calendars.rules import Calendar
from advocacy.deadlines.rules import ONGOING
from advocacy.dues.rows import Digest, Due, Off
from advocacy.dues.rules import COORDINATOR_DAYS, OVER, REPLY_DAYS, Level, Why, due, level
from advocacy.dues.schema import DueMail, Snooze
from advocacy.ground import acts
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
from advocacy.organisations.schema import Membership
from advocacy.recommendations.schema import Recommendation
from advocacy.reminders import queries as reminders
from advocacy.reminders.rules import Choice, How, digest

MOST = 200
SEATS = (Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.COORDINATOR)
_MOST_TASKS = 5
_COORDINATORS = (Standing.COORDINATOR, Standing.CO_COORDINATOR)
_WORKING = (*_COORDINATORS, Standing.MEMBER)
_COUNTED = {Why.UNANSWERED: "dues.task-unanswered", Why.STALE: "dues.task-stale"}
_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c
_put_on = func.coalesce(_a.delivered_on, _a.asked_on)
_DONE = sorted(p.value for p in DONE)


def dues(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    on: date,
    most: int = MOST,
    why: Why | None = None,
) -> list[Due]:
    """What wants the attention of the actor's organisation on a day, the longest due first.

    What it put off is left out. A coordinator also gets what others have left late for long.
    why: one list alone, of what the organisation itself follows up, as it is counted.
    """
    us = actor.organisation_id
    if us is None:
        return []
    ours = or_(_a.minder_id == us, and_(_a.minder_id.is_(None), _a.organisation_id == us))
    which = [ours, _wants(on)] if why is None else [_a.minder_id == us, _is(why, on)]
    found = _rows(session, actor, workspace_id, which, most)
    if why is None and actor.stands_as(workspace_id, *_COORDINATORS):
        found += _rows(session, actor, workspace_id, [*_passed_on(us, on)], most)
    once = {row.id: row for row in found}
    off = {one.ask_id for one in put_off(session, actor, on=on) if one.organisation_id == us}
    given = assignments.focals(session, actor, [*once])
    listed = [
        _due(row, us, given[row.id].focal_id if row.id in given else None, on)
        for row in once.values()
        if row.id not in off
    ]
    return sorted((one for one in listed if one), key=lambda one: (one.since, one.ask_id))[:most]


def _wants(on: date) -> Any:
    """SQL: something is due of an ask; which it is, the rules say."""
    return or_(*_reasons(on).values())


def _reasons(on: date) -> dict[Why, Any]:
    """SQL: each thing that can be due, in the order in which the first that holds is told."""
    soon, is_open = on + timedelta(days=SOON_DAYS), _a.progress.not_in(_DONE)
    goes_on = _a.due_precision.in_(sorted(ONGOING))
    return {
        Why.SOON: and_(is_open, func.coalesce(_a.late_after, date.max) <= soon),
        Why.REVIEW: and_(goes_on, func.coalesce(_a.due_on, date.max) <= soon),
        Why.UNANSWERED: and_(
            is_open,
            _a.response == Response.NONE.value,
            _put_on < on - timedelta(days=REPLY_DAYS),
        ),
        Why.STALE: and_(~goes_on, _a.touched_on < on - timedelta(days=STALE_DAYS)),
    }


def _is(why: Why, on: date) -> Any:
    """SQL: this is due of an ask, and nothing that is told before it."""
    found = _reasons(on)
    before = list(found)[: list(found).index(why)]
    return and_(found[why], *(~found[one] for one in before))


def _passed_on(us: UUID, on: date) -> tuple[Any, ...]:
    """SQL: what others have left late for so long that it comes to the coordinator."""
    others = or_(_a.minder_id.is_(None), _a.minder_id != us)
    long_ago = on - timedelta(days=COORDINATOR_DAYS)
    return _a.late_after <= long_ago, _a.progress.not_in(_DONE), others


_COLUMNS = (
    *(_a.id, _a.recommendation_id, _r.title, _r.language, _a.addressee, _a.late_after),
    *(_a.progress, _a.response, _put_on.label("put_on"), _a.touched_on, _a.minder_id),
    *(_a.organisation_id, _a.due_on, _a.due_precision),
)


def _rows(
    session: Session, actor: Actor, workspace_id: UUID, which: list[Any], most: int
) -> list[Any]:
    query = (
        select(*_COLUMNS)
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.workspace_id == workspace_id, _a.progress.not_in(OVER), *which)
        .where(guard.sentence(_a.audience_id, actor), guard.sentence(_r.audience_id, actor))
        .order_by(_a.late_after.is_(None), _a.late_after, _a.touched_on, _a.id)
        .limit(most)
    )
    return list(session.execute(query))


def _due(row: Any, us: UUID, focal_id: UUID | None, on: date) -> Due | None:
    dates = {"late_after": row.late_after, "put_on": row.put_on, "touched_on": row.touched_on}
    dates["review_on"] = row.due_on if row.due_precision in ONGOING else None
    found = due(progress=row.progress, response=row.response, on=on, **dates)
    if found is None:
        return None
    why, since = found
    days = (on - since).days
    return Due(
        ask_id=row.id,
        recommendation_id=row.recommendation_id,
        title=row.title,
        language=row.language,
        addressee=row.addressee,
        why=why,
        since=since,
        days=days,
        level=level(days),
        is_ours=us in {row.minder_id, None if row.minder_id else row.organisation_id},
        focal_id=focal_id,
    )


def for_person(listed: Iterable[Due], person_id: UUID | None) -> list[Due]:
    """Those that a person is told of: in their hands, in nobody's, or due for so long that all of
    the organisation are told."""
    return [
        one
        for one in listed
        if one.focal_id in {None, person_id} or one.level != Level.PERSON or one.why == Why.STALE
    ]


# --- put off -------------------------------------------------------------------------------------


def put_off(session: Session, actor: Actor, *, on: date) -> list[Off]:
    """What the actor's organisation put off, or others did of what it leads; soonest back first."""
    query = (
        select(Snooze, _r.id, _r.title, _r.language)
        .join(Ask.__table__, _a.id == Snooze.ask_id)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(or_(Snooze.organisation_id == actor.organisation_id, _leads(actor)))
        .where(*(guard.sentence(of.audience_id, actor) for of in (Snooze, _a, _r)))
    )
    rows = list(session.execute(query))
    followed = {row[0].previous_id for row in rows}
    names = organisations.names(session, (row[0].organisation_id for row in rows))
    found = [
        Off(one.id, one.ask_id, of, title, language, one.organisation_id,
            names.get(one.organisation_id, ""), one.until_on, one.reason)
        for one, of, title, language in rows
        if one.id not in followed and one.until_on and one.until_on > on
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.until_on, one.id))


def _leads(actor: Actor) -> Any:
    return _a.organisation_id == actor.organisation_id


def last(session: Session, actor: Actor, ask_id: UUID) -> Snooze | None:
    """The last time the actor's organisation put an ask off, or took that back."""
    query = select(Snooze).where(
        Snooze.ask_id == ask_id, Snooze.organisation_id == actor.organisation_id
    )
    return acts.current(session.scalars(query))


# --- today's work --------------------------------------------------------------------------------


def without_put_off(session: Session, actor: Actor, tasks: Collection[Task]) -> list[Task]:
    """These tasks, but those of late asks that the actor's organisation put off.

    A recommendation stays while another ask of it is late.
    """
    day = actor.now.date()
    mine = [
        o for o in put_off(session, actor, on=day) if o.organisation_id == actor.organisation_id
    ]
    if not mine:
        return list(tasks)
    soon, us = day + timedelta(days=SOON_DAYS), actor.organisation_id
    asked = select(_a.recommendation_id).where(
        _a.recommendation_id.in_([one.recommendation_id for one in mine]),
        _a.id.not_in([one.ask_id for one in mine]),
        or_(_a.minder_id == us, _a.addressed_id == us),
        *(_a.late_after <= soon, _a.progress.not_in([*OVER, *_DONE])),
        guard.sentence(_a.audience_id, actor),
    )
    hushed = {one.recommendation_id for one in mine} - set(session.scalars(asked))
    return [
        task
        for task in tasks
        if task.kind != "late" or task.arguments.get("recommendation_id") not in hushed
    ]


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Reviews that are due, and how many got no reply or were not looked at; for those who
    coordinate also what others have left late for long."""
    us, found = actor.organisation_id, []
    spaces = [i for i, standing in actor.memberships if standing in _WORKING]
    if us is None or not spaces:
        return []
    off = {one.ask_id for one in put_off(session, actor, on=actor.now.date())}
    for space, on in sorted(_days(session, actor, spaces).items()):
        if actor.stands_as(space, *_COORDINATORS):
            rows = _rows(session, actor, space, [*_passed_on(us, on)], _MOST_TASKS)
            found += [_task(us, row, "passed-on") for row in rows if row.id not in off]
        review = [_a.minder_id == us, _is(Why.REVIEW, on)]
        rows = _rows(session, actor, space, review, _MOST_TASKS)
        found += [_task(us, row, "review") for row in rows if row.id not in off]
        found += _lists(session, actor, space, on, off)
    return found


def _days(session: Session, actor: Actor, spaces: list[UUID]) -> dict[UUID, date]:
    known = calendars.several(session, actor, sorted(spaces))
    return {i: one.day_of(actor.now) for i, one in known.items()}


def _lists(
    session: Session, actor: Actor, space: UUID, on: date, off: Collection[UUID]
) -> list[Task]:
    """How many that the organisation follows up got no reply, or were not looked at for long."""
    numbers = []
    for why in _COUNTED:
        some = select(_a.id).join(Recommendation.__table__, _r.id == _a.recommendation_id)
        some = some.where(_a.workspace_id == space, _a.progress.not_in(OVER))
        some = some.where(_a.minder_id == actor.organisation_id, _is(why, on), _a.id.not_in(off))
        some = some.where(*(guard.sentence(of.audience_id, actor) for of in (_a, _r)))
        few = some.limit(MOST + 1).subquery()
        numbers.append(select(func.count()).select_from(few).scalar_subquery())
    counts = session.execute(select(*numbers)).one()
    if not any(counts):
        return []
    slug = organisations.workspace_by_id(session, actor, space).slug
    return [
        Task(
            kind="list",
            reason=Reason(code, facts={"count": f"{MOST}+" if count > MOST else count}),
            title="",
            endpoint="dues.dues",
            arguments={"workspace_slug": slug, "why": why.value},
            organisation_id=actor.must_organisation(),
        )
        for (why, code), count in zip(_COUNTED.items(), counts, strict=True)
        if count
    ]


def _task(us: UUID, row: Any, code: str) -> Task:
    return Task(
        kind="late",
        reason=Reason(f"dues.task-{code}"),
        title=row.title,
        endpoint="recommendations.detail",
        arguments={"recommendation_id": row.recommendation_id},
        organisation_id=us,
        due_on=row.due_on if code == "review" else row.late_after,
    )


# --- digests, for the worker ---------------------------------------------------------------------

_m: Any = Membership.__table__.c


def due_digests(session: Session) -> list[Digest]:
    """Whose digest of this week has not been worked out. Everybody gets one look a week, on the
    first working day and outside their quiet hours; who wants no reminders gets none."""
    now = guard.actor_of(session).now
    with guard.system(session, guard.System.WORKER):
        spaces: dict[UUID, list[Any]] = {}
        for row in session.execute(_members(now)):
            spaces.setdefault(row.workspace_id, []).append(row)
        worker = guard.actor_of(session)
        known = calendars.several(session, worker, sorted(spaces))
        return [
            one
            for space, rows in sorted(spaces.items())
            for one in _of_space(session, known[space], space, rows)
        ]


def _members(now: datetime) -> Any:
    working = [str(one) for one in _WORKING]
    ended = and_(_m.until_at.is_not(None), _m.until_at <= now)
    return select(_m.workspace_id, _m.member_id, _m.standing).where(
        _m.standing.in_(working), _m.from_at <= now, ~ended
    )


def _of_space(
    session: Session, calendar: Calendar, space: UUID, rows: list[Any]
) -> Iterator[Digest]:
    now = guard.actor_of(session).now
    standing = {row.member_id: row.standing for row in rows}
    held = organisations.holders(session, standing, seats=SEATS, now=now)
    people = {p.id: p for p in accounts.people(session, {i for ids in held.values() for i in ids})}
    before = f"{space}:"
    asked = select(DueMail.to_id, DueMail.step).where(DueMail.step.startswith(before))
    sent = {(to_id, step) for to_id, step in session.execute(asked)}
    for organisation_id, ids in sorted(held.items()):
        for person in (people[i] for i in sorted(ids) if i in people):
            of = f"{before}{organisation_id}:"
            had = frozenset(s.removeprefix(of) for i, s in sent if i == person.id)
            name = _week(reminders.wished(session, person), calendar, now, had)
            if name:
                member = frozenset({(space, Standing(standing[organisation_id]))})
                reader = Actor(
                    now=now,
                    person_id=person.id,
                    organisation_id=organisation_id,
                    memberships=member,
                )
                yield Digest(person.id, organisation_id, space, f"{of}{name}", reader)


def _week(wish: Choice, calendar: Calendar, now: datetime, had: frozenset[str]) -> str | None:
    if wish.how == How.NEVER:
        return None
    zone = calendar.zone if wish.zone == "UTC" else wish.zone
    return digest(replace(wish, how=How.WEEKLY, zone=zone), calendar, now, sent=had)


def told_to(session: Session, reader: Actor, workspace_id: UUID) -> list[Due]:
    """What one person is told of. For the worker."""
    with guard.system(session, guard.System.WORKER):
        space = calendars.several(session, reader, [workspace_id])
        on = space[workspace_id].day_of(reader.now)
        listed = dues(session, reader, workspace_id=workspace_id, on=on)
        return for_person(listed, reader.person_id)


def reader_of(
    session: Session, person_id: UUID, organisation_id: UUID, workspace_id: UUID
) -> Actor | None:
    """As whom a person reads in a workspace now; None who works there no more. For the worker."""
    now = guard.actor_of(session).now
    with guard.system(session, guard.System.WORKER):
        rows = session.execute(_members(now)).all()
        theirs = {r.standing for r in rows if (r[0], r[1]) == (workspace_id, organisation_id)}
        held = organisations.holders(session, [organisation_id], seats=SEATS, now=now)
    if not theirs or person_id not in held.get(organisation_id, set()):
        return None
    member = frozenset((workspace_id, Standing(one)) for one in theirs)
    return Actor(now=now, person_id=person_id, organisation_id=organisation_id, memberships=member)
