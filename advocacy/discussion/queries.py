"""Read threads."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from markupsafe import Markup
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.discussion.rows import CommentRow, Remark, Talk, ThreadRow
from advocacy.discussion.schema import Comment, Thread, ThreadState
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.text.anchor import Anchor, Placement, place
from advocacy.text.hashes import Clause
from advocacy.text.markdown import CLEANER_VERSION, render

_thread = Thread.__table__
_comment = Comment.__table__

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

    That is: others spoke last, and we lead the record or began the thread.
    """
    if actor.organisation_id is None:
        return []
    return [_thread_row(row, ()) for row in guard.ask(session, actor, _WAITING)]


def _waiting() -> Select[Any]:
    mine = bindparam(guard.READER, type_=_thread.c.lead_id.type)
    return (
        select(_thread)
        .where(
            _thread.c.state == ThreadState.OPEN.value,
            _thread.c.last_by != mine,
            (_thread.c.lead_id == mine) | (_thread.c.organisation_id == mine),
            guard.readers(_thread.c.audience_id),
        )
        .order_by(_thread.c.last_at, _thread.c.id)
        .limit(MOST_WAITING)
    )


_WAITING = _waiting()


def _rows(session: Session, actor: Actor, which: Any) -> list[ThreadRow]:
    found = session.execute(
        select(_thread)
        .where(which, guard.sentence(_thread.c.audience_id, actor))
        .order_by(_thread.c.began_at, _thread.c.id)
    ).all()
    if not found:
        return []
    said: dict[UUID, list[CommentRow]] = {}
    comments = session.execute(
        select(_comment)
        .where(
            _comment.c.thread_id.in_([row.id for row in found]),
            guard.sentence(_comment.c.audience_id, actor),
        )
        .order_by(_comment.c.number)
    )
    for row in comments:
        said.setdefault(row.thread_id, []).append(_comment_row(row))
    return [_thread_row(row, tuple(said.get(row.id, ()))) for row in found]


def _thread_row(row: Any, comments: tuple[CommentRow, ...]) -> ThreadRow:
    anchor = Anchor(row.clause_id, row.clause_hash, row.quote) if row.clause_id else None
    return ThreadRow(
        id=row.id,
        about_id=row.about_id,
        lead_id=row.lead_id,
        organisation_id=row.organisation_id,
        anchor=anchor,
        is_open=row.state == ThreadState.OPEN.value,
        last_by=row.last_by,
        comments=comments,
    )


def _comment_row(row: Any) -> CommentRow:
    html = row.html if row.html_by == CLEANER_VERSION else render(row.text)
    return CommentRow(row.id, row.number, row.organisation_id, row.at, row.text, html)


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
    speakers = {said.organisation_id for row in listed for said in row.comments}
    names = organisations.names(session, speakers)
    return [_talk(row, names, now) for row in listed]


def _talk(row: ThreadRow, names: dict[UUID, str], now: dict[UUID, Clause]) -> Talk:
    placement = Placement.SAME
    if row.anchor:
        about = now.get(row.anchor.clause_id)
        placement = place(row.anchor, [about] if about else [])
    remarks = (
        # The copy comes from text.markdown, the one road to HTML.
        Remark(names[said.organisation_id], said.at, Markup(said.html))  # noqa: S704
        for said in row.comments
    )
    return Talk(
        id=row.id,
        is_open=row.is_open,
        quote=row.anchor.quote if row.anchor else "",
        placement=placement,
        remarks=tuple(remarks),
        href=f"/discussion/{row.id}",
    )


def of_clause(session: Session, actor: Actor, about_id: UUID, clause_id: UUID) -> list[ThreadRow]:
    """The threads about one clause of a record, oldest first."""
    which = (_thread.c.about_id == about_id) & (_thread.c.clause_id == clause_id)
    return _rows(session, actor, which)
