"""Read threads."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from markupsafe import Markup
from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.access.actor import Actor
from advocacy.discussion import rules
from advocacy.discussion.rows import (
    CommentRow,
    DispositionRow,
    Mentionable,
    Remark,
    Talk,
    ThreadRow,
)
from advocacy.discussion.schema import (
    Addressed,
    Comment,
    Disposition,
    Mention,
    Point,
    Reach,
    Thread,
    ThreadState,
)
from advocacy.ground.acts import current
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.text.anchor import Anchor, Placement, place
from advocacy.text.hashes import Clause
from advocacy.text.markdown import CLEANER_VERSION, render

_thread = Thread.__table__
_comment = Comment.__table__
_point = Point.__table__
_mention = Mention.__table__
_to = Addressed.__table__

# What waits is looked up for one organisation's list of the day; nobody works off more.
MOST_WAITING = 200


def threads(session: Session, actor: Actor, about_id: UUID) -> list[ThreadRow]:
    """All threads about a record that this reader may see, oldest first."""
    return _rows(session, actor, _thread.c.about_id == about_id)


def thread(session: Session, actor: Actor, thread_id: UUID) -> ThreadRow:
    """One thread. Raises NotFound."""
    found = _rows(session, actor, _thread.c.id == thread_id)
    if not found:
        raise NotFound
    return found[0]


def waiting(session: Session, actor: Actor) -> list[ThreadRow]:
    """Open threads where the next word is ours, oldest first, without their comments.

    That is: others spoke last, and we lead the record, began the thread or are the one that the
    lead began it with; or we, or this person, were mentioned and have not spoken since.
    """
    if actor.organisation_id is None:
        return []
    found = {
        row.id: _thread_row(row, (), why=_why(row, actor))
        for row in guard.ask(session, actor, _WAITING)
    }
    for row in guard.ask(session, actor, _MENTIONED, person=actor.person_id):
        found.setdefault(row.id, _thread_row(row, (), why=rules.MENTIONED))
    return list(found.values())


def _why(row: Any, actor: Actor) -> str:
    return rules.ASKED if row.lead_id == actor.organisation_id else rules.ANSWERED


def _waiting() -> Select[Any]:
    mine = bindparam(guard.READER, type_=_thread.c.lead_id.type)
    to_us = select(_to.c.thread_id).where(_to.c.to_id == mine, guard.readers(_to.c.audience_id))
    return (
        select(_thread)
        .where(
            _thread.c.state == ThreadState.OPEN.value,
            _thread.c.last_by != mine,
            or_(
                _thread.c.lead_id == mine,
                _thread.c.organisation_id == mine,
                _thread.c.id.in_(to_us),
            ),
            guard.readers(_thread.c.audience_id),
        )
        .order_by(_thread.c.last_at, _thread.c.id)
        .limit(MOST_WAITING)
    )


def _mentioned() -> Select[Any]:
    mine = bindparam(guard.READER, type_=_mention.c.to_id.type)
    person = bindparam("person", type_=_mention.c.to_person_id.type)
    said_since = (
        select(_comment.c.id)
        .where(
            _comment.c.thread_id == _mention.c.thread_id,
            _comment.c.number > _mention.c.number,
            _comment.c.organisation_id == mine,
            or_(_mention.c.to_person_id.is_(None), _comment.c.person_id == person),
            guard.readers(_comment.c.audience_id),
        )
        .exists()
    )
    return (
        select(_thread)
        .select_from(_mention.join(_thread, _thread.c.id == _mention.c.thread_id))
        .where(
            _mention.c.to_id == mine,
            or_(_mention.c.to_person_id.is_(None), _mention.c.to_person_id == person),
            _thread.c.state == ThreadState.OPEN.value,
            ~said_since,
            guard.readers(_mention.c.audience_id),
            guard.readers(_thread.c.audience_id),
        )
        .order_by(_thread.c.last_at, _thread.c.id)
        .limit(MOST_WAITING)
    )


_WAITING, _MENTIONED = _waiting(), _mentioned()


def reach(session: Session, thread_id: UUID) -> Reach:
    """Who a thread is for."""
    found = session.scalar(select(Point.reach).where(Point.thread_id == thread_id))
    return Reach(found) if found else Reach.CIRCLE


def disposition(session: Session, thread_id: UUID) -> DispositionRow | None:
    """What the lead did with a thread last."""
    return _dispositions(session, [thread_id]).get(thread_id)


def _dispositions(session: Session, ids: list[UUID]) -> dict[UUID, DispositionRow]:
    acts: dict[UUID, list[Disposition]] = {}
    for act in session.scalars(select(Disposition).where(Disposition.thread_id.in_(ids))):
        acts.setdefault(act.thread_id, []).append(act)
    last = {thread: current(chain) for thread, chain in acts.items()}
    return {
        thread: DispositionRow(act.id, act.outcome, act.reason, act.recorded_at)
        for thread, act in last.items()
        if act is not None
    }


def _rows(session: Session, actor: Actor, which: Any) -> list[ThreadRow]:
    points = guard.sentence(_point.c.audience_id, actor)
    to = guard.sentence(_to.c.audience_id, actor)
    found = session.execute(
        select(_thread, _point.c.reach, _point.c.kind, _point.c.wording, _to.c.to_id)
        .select_from(
            _thread.outerjoin(_point, and_(_point.c.thread_id == _thread.c.id, points)).outerjoin(
                _to, and_(_to.c.thread_id == _thread.c.id, to)
            )
        )
        .where(which, guard.sentence(_thread.c.audience_id, actor))
        .order_by(_thread.c.began_at, _thread.c.id)
    ).all()
    if not found:
        return []
    ids = [row.id for row in found]
    named = _mentions(session, actor, ids)
    said: dict[UUID, list[CommentRow]] = {}
    comments = session.execute(
        select(_comment)
        .where(_comment.c.thread_id.in_(ids), guard.sentence(_comment.c.audience_id, actor))
        .order_by(_comment.c.number)
    )
    for row in comments:
        said.setdefault(row.thread_id, []).append(_comment_row(row, named.get(row.id, ())))
    done = _dispositions(session, ids)
    return [
        _thread_row(
            row,
            tuple(said.get(row.id, ())),
            reach=Reach(row.reach or Reach.CIRCLE),
            kind=row.kind or "",
            wording=row.wording or "",
            disposition=done.get(row.id),
            to_id=row.to_id,
        )
        for row in found
    ]


def _mentions(
    session: Session, actor: Actor, ids: list[UUID]
) -> dict[UUID, tuple[tuple[UUID, UUID | None], ...]]:
    """Per comment whom it names, as far as this reader is told."""
    query = (
        select(_mention.c.comment_id, _mention.c.to_id, _mention.c.to_person_id)
        .where(_mention.c.thread_id.in_(ids), guard.sentence(_mention.c.audience_id, actor))
        .order_by(_mention.c.id)
    )
    found: dict[UUID, tuple[tuple[UUID, UUID | None], ...]] = {}
    for row in session.execute(query):
        found[row.comment_id] = (*found.get(row.comment_id, ()), (row.to_id, row.to_person_id))
    return found


def _thread_row(row: Any, comments: tuple[CommentRow, ...], **more: Any) -> ThreadRow:
    anchor = Anchor(row.clause_id, row.clause_hash, row.quote) if row.clause_id else None
    return ThreadRow(
        id=row.id,
        about_id=row.about_id,
        lead_id=row.lead_id,
        organisation_id=row.organisation_id,
        anchor=anchor,
        is_open=row.state == ThreadState.OPEN.value,
        last_by=row.last_by,
        audience_id=row.audience_id,
        began_at=row.began_at,
        comments=comments,
        **more,
    )


def _comment_row(row: Any, mentions: tuple[tuple[UUID, UUID | None], ...]) -> CommentRow:
    html = row.html if row.html_by == CLEANER_VERSION else render(row.text)
    return CommentRow(row.id, row.number, row.organisation_id, row.at, row.text, html, mentions)


_COUNTS = (
    select(_thread.c.clause_id, _thread.c.state, func.count().label("number"))
    .where(_thread.c.about_id == bindparam("about"), guard.readers(_thread.c.audience_id))
    .group_by(_thread.c.clause_id, _thread.c.state)
)


def counts(session: Session, actor: Actor, about_id: UUID) -> dict[UUID | None, tuple[int, int]]:
    """Per clause of a record (None = about the whole): how many threads are open and settled."""
    found: dict[UUID | None, tuple[int, int]] = {}
    for row in guard.ask(session, actor, _COUNTS, about=about_id):
        waits, settled = found.get(row.clause_id, (0, 0))
        is_open = row.state == ThreadState.OPEN.value
        more = (waits + row.number, settled) if is_open else (waits, settled + row.number)
        found[row.clause_id] = more
    return found


def talks(
    session: Session, actor: Actor, rows: Iterable[ThreadRow], clauses: Iterable[Clause]
) -> list[Talk]:
    """Threads as pages show them. clauses: the text as it reads now."""
    listed, now = list(rows), {clause.cid: clause for clause in clauses}
    names = _names(session, actor, listed)
    return [_talk(row, names, now) for row in listed]


def _names(session: Session, actor: Actor, rows: list[ThreadRow]) -> dict[UUID, str]:
    """Names of those who speak, are mentioned, or alone read what is not for all."""
    said = [comment for row in rows for comment in row.comments]
    ids = {comment.organisation_id for comment in said}
    ids |= {to for comment in said for to, _person in comment.mentions}
    ids |= {i for row in rows for i in _readers_of(row)}
    people = {person for comment in said for _to, person in comment.mentions if person}
    known = _colleagues(session, actor) if people else {}
    return {**organisations.names(session, ids), **known}


def _colleagues(session: Session, actor: Actor) -> dict[UUID, str]:
    """People who hold a seat in one's own organisation now."""
    holders = organisations.seat_holders(session, actor)
    return {row.person_id: row.person_name for row in holders if row.from_at <= actor.now}


def _readers_of(row: ThreadRow) -> tuple[UUID, ...]:
    """The only organisations that read a thread; none named = the whole circle."""
    both = (row.organisation_id, row.to_id or row.lead_id)
    return {Reach.CIRCLE: (), Reach.LEAD: both, Reach.OWN: both[:1]}[row.reach]


def _talk(row: ThreadRow, names: dict[UUID, str], now: dict[UUID, Clause]) -> Talk:
    placement = Placement.SAME
    if row.anchor:
        about = now.get(row.anchor.clause_id)
        placement = place(row.anchor, [about] if about else [])
    return Talk(
        id=row.id,
        is_open=row.is_open,
        quote=row.anchor.quote if row.anchor else "",
        placement=placement,
        remarks=tuple(_remark(said, names) for said in row.comments),
        href=f"/discussion/{row.id}",
        seen_by=tuple(names[i] for i in _readers_of(row)),
        is_internal=row.reach is Reach.OWN,
        kind=row.kind,
        wording=row.wording,
        disposition=row.disposition,
        answer_href=f"/consultations/answer/{row.id}",
    )


def _remark(said: CommentRow, names: dict[UUID, str]) -> Remark:
    # A colleague who has left the organisation is in no list of it any more.
    to = (names.get(person or organisation, "") for organisation, person in said.mentions)
    html = Markup(said.html)  # noqa: S704 - it comes from text.markdown, the one road to HTML
    return Remark(names[said.organisation_id], said.at, html, tuple(filter(None, to)))


def mentionable(
    session: Session,
    actor: Actor,
    *,
    about_id: UUID,
    lead_id: UUID,
    audience_id: UUID,
    reach: Reach = Reach.CIRCLE,
) -> Mentionable:
    """Whom a comment can mention.

    Colleagues by name, others by organisation. Who takes part is a secret of the lead: others
    choose among the lead and those who have spoken, whether or not they still take part.
    """
    mine = actor.must_organisation()
    people = _colleagues(session, actor)
    people.pop(actor.person_id or mine, None)
    ids: set[UUID] = set()
    if reach is not Reach.OWN:
        is_lead = mine == lead_id
        ids = readers(session, actor, audience_id) if is_lead else {lead_id}
        if reach is Reach.CIRCLE and not is_lead:
            ids |= _speakers(session, actor, about_id)
    names = organisations.names(session, ids - {mine})
    return Mentionable(_by_name(names), _by_name(people))


def mentionable_in(session: Session, actor: Actor, thread: Any, reach: Reach) -> Mentionable:
    """Whom a comment in this thread can mention."""
    return mentionable(
        session,
        actor,
        about_id=thread.about_id,
        lead_id=thread.lead_id,
        audience_id=thread.audience_id,
        reach=reach,
    )


def _by_name(names: dict[UUID, str]) -> dict[UUID, str]:
    return dict(sorted(names.items(), key=lambda item: (item[1].casefold(), item[0])))


def readers(session: Session, actor: Actor, audience_id: UUID) -> set[UUID]:
    """Organisations in an audience now (and the ids of its groups). Not for pages of others."""
    groups = {g for g, opens in audience.parts_of(session, audience_id) if opens <= actor.now}
    inside = (audience.members(session, group, now=actor.now) for group in groups)
    return groups.union(*inside)


def _speakers(session: Session, actor: Actor, about_id: UUID) -> set[UUID]:
    """Organisations that have said something about a record where this reader hears it."""
    query = (
        select(_comment.c.organisation_id)
        .join(_thread, _thread.c.id == _comment.c.thread_id)
        .where(
            _thread.c.about_id == about_id,
            guard.sentence(_thread.c.audience_id, actor),
            guard.sentence(_comment.c.audience_id, actor),
        )
        .distinct()
    )
    return set(session.scalars(query))


def of_clause(session: Session, actor: Actor, about_id: UUID, clause_id: UUID) -> list[ThreadRow]:
    """The threads about one clause of a record, oldest first."""
    which = (_thread.c.about_id == about_id) & (_thread.c.clause_id == clause_id)
    return _rows(session, actor, which)
