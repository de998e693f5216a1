"""Say something, answer it, resolve it, open it again."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.discussion import rules
from advocacy.discussion.schema import Comment, Thread, ThreadAct, ThreadState
from advocacy.ground.acts import append, current, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.text.anchor import Anchor
from advocacy.text.canon import normalise
from advocacy.text.markdown import CLEANER_VERSION, render


def say(
    session: Session,
    actor: Actor,
    *,
    about_id: UUID,
    lead_id: UUID,
    audience_id: UUID,
    text: str,
    anchor: Anchor | None = None,
) -> Thread:
    """Begin a thread about a record that the actor sees, with its first comment.

    audience_id: that of the record; lead_id: the organisation that leads it.
    Raises: Denied; Invalid for an empty or too long comment.
    """
    _require(actor, "comment:write", lead_id)
    Invalid.unless_empty(rules.comment_faults(text, anchor.quote if anchor else ""))
    mine = actor.must_organisation()
    made = Thread(
        id=new_id(),
        organisation_id=mine,
        audience_id=audience_id,
        own_audience_id=audience_id,
        about_id=about_id,
        lead_id=lead_id,
        clause_id=anchor.clause_id if anchor else None,
        clause_hash=anchor.clause_hash if anchor else "",
        quote=normalise(anchor.quote) if anchor else "",
        began_at=actor.now,
        state=ThreadState.OPEN.value,
        last_at=actor.now,
        last_by=mine,
    )
    session.add(made)
    session.flush()
    _add_comment(session, actor, made, text, number=1)
    return made


def reply(session: Session, actor: Actor, thread_id: UUID, *, text: str) -> Comment:
    """Say something in a thread. Raises: NotFound; Denied; Invalid."""
    found = _locked(session, thread_id)
    _require(actor, "comment:write", found.lead_id)
    Invalid.unless_empty(rules.comment_faults(text))
    count = session.scalar(select(func.count(Comment.id)).where(Comment.thread_id == thread_id))
    return _add_comment(session, actor, found, text, number=(count or 0) + 1)


def resolve(session: Session, actor: Actor, thread_id: UUID) -> None:
    """Mark a thread as settled. Raises: NotFound; Denied; Conflict when it is settled already."""
    _set(session, actor, thread_id, ThreadState.RESOLVED)


def reopen(session: Session, actor: Actor, thread_id: UUID) -> None:
    """Open a settled thread again. Raises: NotFound; Denied; Conflict when it is open."""
    _set(session, actor, thread_id, ThreadState.OPEN)


def _set(session: Session, actor: Actor, thread_id: UUID, state: ThreadState) -> None:
    found = _locked(session, thread_id)
    _require(actor, "comment:resolve", found.lead_id)
    acts = list(session.scalars(select(ThreadAct).where(ThreadAct.thread_id == thread_id)))
    if rules.state(acts) is state:
        raise Conflict(Reason(f"discussion.already-{state.value}"))
    last = current(acts)
    act = ThreadAct(
        id=new_id(),
        **stamp(actor),
        audience_id=found.audience_id,
        own_audience_id=found.own_audience_id,
        thread_id=thread_id,
        state=state.value,
    )
    append(session, act, after=last.id if last else None)
    found.state = state.value
    session.flush()
    tells = rules.Resolved if state is ThreadState.RESOLVED else rules.Reopened
    event = tells(thread=str(thread_id), clause=str(found.clause_id or ""))
    audit.record(session, actor, event, book=_book(found), about=found.about_id)


def _locked(session: Session, thread_id: UUID) -> Thread:
    query = select(Thread).where(Thread.id == thread_id)
    again = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalars(again).first()
    if found is None:
        raise NotFound
    return found


def _require(actor: Actor, permission: str, lead_id: UUID) -> None:
    # Whoever sees the record takes part in its talk: its audience is its circle.
    parties = frozenset({actor.organisation_id} if actor.organisation_id else ())
    policy.require(actor, permission, policy.About(organisation_id=lead_id, party_ids=parties))


def _add_comment(
    session: Session, actor: Actor, thread: Thread, text: str, *, number: int
) -> Comment:
    words = normalise(text)
    made = Comment(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=thread.audience_id,
        own_audience_id=thread.own_audience_id,
        thread_id=thread.id,
        person_id=actor.person_id,
        number=number,
        at=actor.now,
        text=words,
        html=render(words),
        html_by=CLEANER_VERSION,
    )
    session.add(made)
    thread.last_at, thread.last_by = actor.now, actor.must_organisation()
    session.flush()
    event = rules.Said(thread=str(thread.id), clause=str(thread.clause_id or ""), number=number)
    audit.record(session, actor, event, book=_book(thread), about=thread.about_id)
    return made


def _book(thread: Thread) -> str:
    return f"talk:{thread.about_id}"
