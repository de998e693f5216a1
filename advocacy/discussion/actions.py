"""Say something, answer it, mention somebody, settle it, open it again."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.discussion import queries, rules
from advocacy.discussion.rules import PLAIN, More
from advocacy.discussion.schema import (
    Addressed,
    Comment,
    Disposition,
    Mention,
    Point,
    Reach,
    Thread,
    ThreadAct,
    ThreadState,
)
from advocacy.ground.acts import append, current, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.outbox.actions import enqueue
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
    more: More = PLAIN,
) -> Thread:
    """Begin a thread about a record that the actor sees, with its first comment.

    audience_id: that of the record; lead_id: the organisation that leads it.
    Raises: Denied, also for who writes to one organisation and does not lead; Invalid for an
    empty or too long comment, or a mention or an addressee that cannot be.
    """
    _require(actor, "comment:write", lead_id)
    faults = rules.comment_faults(text, anchor.quote if anchor else "")
    Invalid.unless_empty(faults + rules.more_faults(more))
    mine = actor.must_organisation()
    reach = rules.reach_of(more, is_lead=mine == lead_id)
    if more.to_id is not None:
        _require(actor, "comment:dispose", lead_id)
        if more.to_id not in queries.readers(session, actor, audience_id) - {mine}:
            raise Invalid(Reason("discussion.not-mentionable", "to"))
    other = more.to_id or lead_id
    made = Thread(
        id=new_id(),
        organisation_id=mine,
        **_read_by(session, actor, audience_id, _for(reach, audience_id, mine, other)),
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
    _add_point(session, made, reach, more)
    _add_comment(session, actor, made, reach, text, number=1, mentions=more.told)
    return made


def _for(reach: Reach, audience_id: UUID, mine: UUID, other: UUID) -> UUID | set[UUID]:
    """Who a thread is for: an audience, or these organisations."""
    if reach is Reach.CIRCLE:
        return audience_id
    return {mine, other} if reach is Reach.LEAD else {mine}


def _read_by(
    session: Session, actor: Actor, parent_id: UUID, own: UUID | set[UUID]
) -> dict[str, UUID]:
    """The two audiences of a row: as its owner asked, and never wider than its parent's."""
    own_id = own if isinstance(own, UUID) else audience.intern(session, own)
    met = audience.meet(session, parent_id, own_id, now=actor.now)
    return {"audience_id": met, "own_audience_id": own_id}


def _add_point(session: Session, thread: Thread, reach: Reach, more: More) -> None:
    same = {
        "organisation_id": thread.organisation_id,
        "audience_id": thread.audience_id,
        "own_audience_id": thread.own_audience_id,
        "thread_id": thread.id,
    }
    wording = normalise(more.wording).strip()
    session.add(Point(id=new_id(), **same, reach=reach.value, kind=more.kind, wording=wording))
    if more.to_id is not None:
        session.add(Addressed(id=new_id(), **same, to_id=more.to_id))
    session.flush()


def reply(
    session: Session, actor: Actor, thread_id: UUID, *, text: str, mentions: tuple[UUID, ...] = ()
) -> Comment:
    """Say something in a thread. Raises: NotFound; Denied; Invalid."""
    found = _locked(session, thread_id)
    _require(actor, "comment:write", found.lead_id)
    Invalid.unless_empty(rules.comment_faults(text))
    count = session.scalar(select(func.count(Comment.id)).where(Comment.thread_id == thread_id))
    reach = queries.reach(session, thread_id)
    number = (count or 0) + 1
    return _add_comment(session, actor, found, reach, text, number=number, mentions=mentions)


def resolve(session: Session, actor: Actor, thread_id: UUID) -> None:
    """Mark a thread as settled. Raises: NotFound; Denied; Conflict when it is settled already."""
    _set(session, actor, thread_id, ThreadState.RESOLVED)


def reopen(session: Session, actor: Actor, thread_id: UUID) -> None:
    """Open a settled thread again. Raises: NotFound; Denied; Conflict when it is open."""
    _set(session, actor, thread_id, ThreadState.OPEN)


def dispose(
    session: Session,
    actor: Actor,
    thread_id: UUID,
    *,
    outcome: str,
    reason: str,
    after: UUID | None,
) -> Disposition:
    """Say what the lead did with a comment; that settles it.

    after: the disposition this one follows, as read (None = it is the first).
    Raises: NotFound; Denied; Invalid; Conflict with today's disposition when somebody was faster,
    or when the comment is one of the lead's own among themselves.
    """
    found = _locked(session, thread_id)
    _require(actor, "comment:dispose", found.lead_id)
    reach = queries.reach(session, thread_id)
    if reach is Reach.OWN:
        raise Conflict(Reason("discussion.internal"))
    Invalid.unless_empty(rules.disposition_faults(outcome, reason))
    last = queries.disposition(session, thread_id)
    if (last.id if last else None) != after:
        raise Conflict(Reason("acts.stale"), current=last)
    act = Disposition(
        id=new_id(),
        **_of_thread(actor, found),
        outcome=outcome,
        reason=normalise(reason).strip(),
    )
    append(session, act, after=after)
    if ThreadState(found.state) is ThreadState.OPEN:
        _append_state(session, actor, found, ThreadState.RESOLVED)
    _tell(session, actor, found, reach, rules.Disposed(thread=str(thread_id), what=outcome))
    return act


def _set(session: Session, actor: Actor, thread_id: UUID, state: ThreadState) -> None:
    found = _locked(session, thread_id)
    _require(actor, "comment:resolve", found.lead_id)
    _append_state(session, actor, found, state)
    tells = rules.Resolved if state is ThreadState.RESOLVED else rules.Reopened
    event = tells(thread=str(thread_id), clause=str(found.clause_id or ""))
    _tell(session, actor, found, queries.reach(session, thread_id), event)


def _append_state(session: Session, actor: Actor, of: Thread, state: ThreadState) -> None:
    acts = list(session.scalars(select(ThreadAct).where(ThreadAct.thread_id == of.id)))
    if rules.state(acts) is state:
        raise Conflict(Reason(f"discussion.already-{state.value}"))
    last = current(acts)
    act = ThreadAct(id=new_id(), **_of_thread(actor, of), state=state.value)
    append(session, act, after=last.id if last else None)
    of.state = state.value
    session.flush()


def _of_thread(actor: Actor, of: Thread) -> dict[str, Any]:
    """The columns of an act in a thread."""
    return {
        **stamp(actor),
        "audience_id": of.audience_id,
        "own_audience_id": of.own_audience_id,
        "thread_id": of.id,
    }


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
    session: Session,
    actor: Actor,
    thread: Thread,
    reach: Reach,
    text: str,
    *,
    number: int,
    mentions: tuple[UUID, ...],
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
    _mention(session, actor, thread, reach, made, mentions)
    event = rules.Said(thread=str(thread.id), clause=str(thread.clause_id or ""), number=number)
    _tell(session, actor, thread, reach, event)
    return made


def _mention(
    session: Session,
    actor: Actor,
    thread: Thread,
    reach: Reach,
    comment: Comment,
    ids: tuple[UUID, ...],
) -> None:
    """Ask for somebody's attention: of an organisation, or of a person of one's own."""
    if not ids:
        return
    if len(set(ids)) > rules.MOST_MENTIONS:
        raise Invalid(Reason("discussion.too-many", "mention", {"most": rules.MOST_MENTIONS}))
    known = queries.mentionable_in(session, actor, thread, reach)
    if not known.names(ids):
        raise Invalid(Reason("discussion.not-mentionable", "mention"))
    mine = actor.must_organisation()
    for to in sorted(set(ids)):
        person = to if to in known.people else None
        organisation = mine if person else to
        session.add(
            Mention(
                id=new_id(),
                organisation_id=mine,
                **_read_by(session, actor, thread.audience_id, {mine, organisation}),
                thread_id=thread.id,
                comment_id=comment.id,
                number=comment.number,
                to_id=organisation,
                to_person_id=person,
            )
        )
        session.flush()
        _write_to(session, actor, thread.id, organisation, person)


def _write_to(
    session: Session, actor: Actor, thread_id: UUID, organisation: UUID, person: UUID | None
) -> None:
    """Queue the mails of a mention: ids only, asked again before anything leaves."""
    people = [person] if person else []
    if person is None:
        held = organisations.addresses(session, organisation, seats=rules.TOLD, now=actor.now)
        people = [holder.id for holder in held]
    ids = {"thread": str(thread_id), "organisation": str(organisation)}
    for to in people:
        payload = {**ids, "person": str(to)}
        enqueue(session, "discussion.mentioned", payload, due_at=actor.now)


def _tell(session: Session, actor: Actor, thread: Thread, reach: Reach, event: Event) -> None:
    """Into the record's log, or, where not all of its readers read the thread, the thread's."""
    about = thread.about_id if reach is Reach.CIRCLE else thread.id
    audit.record(session, actor, event, book=f"talk:{about}", about=about)
