"""Choose how one is reminded; ask that the silent be reminded; queue what is due."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.accounts import queries as accounts
from advocacy.audit import actions as audit
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.outbox import actions as outbox
from advocacy.reminders import queries, rules
from advocacy.reminders.rows import Due
from advocacy.reminders.schema import MailChoice, Reminder, ReminderCall
from advocacy.signoff import queries as signoff


def choose(
    session: Session, actor: Actor, *, how: str, quiet_from: int, quiet_until: int
) -> MailChoice:
    """Set how the actor is reminded. Based on nothing: a person's own setting, said anew.

    Raises: Invalid for a way or an hour that there is not.
    """
    Invalid.unless_empty(rules.faults(how, quiet_from, quiet_until))
    person_id = accounts.person(session, actor).id
    row = session.scalar(select(MailChoice).where(MailChoice.person_id == person_id))
    if row is None:
        row = MailChoice(id=new_id(), person_id=person_id)
        session.add(row)
    row.how, row.quiet_from, row.quiet_until = how, quiet_from, quiet_until
    session.flush()
    return row


def stop(session: Session, _actor: Actor, *, token: str, key: str) -> None:
    """Stop the reminders of the person whose mail held this link; twice is once.

    Whoever holds the link may be signed in as nobody: the mail program presses it. The mail that
    first asks for an answer still comes. Raises: NotFound for a link that we did not make.
    """
    person_id = queries.person_of(session, token, key=key)
    # The person's row is locked first: two presses at once make one choice.
    accounts.hold(session, person_id)
    row = session.scalar(select(MailChoice).where(MailChoice.person_id == person_id))
    if row is None:
        usual = rules.Choice()
        hours = {"quiet_from": usual.quiet_from, "quiet_until": usual.quiet_until}
        row = MailChoice(id=new_id(), person_id=person_id, **hours)
        session.add(row)
    row.how = rules.How.NEVER
    session.flush()


def remind(session: Session, actor: Actor, round_id: UUID, *, after: UUID | None) -> ReminderCall:
    """Ask that those who have not answered be reminded; who they are, the lead does not learn.

    after: the call that the page was based on. Raises: NotFound, Denied; Conflict when the round
    is over, or somebody asked meanwhile or earlier today.
    """
    round_ = signoff.round_of(session, actor, round_id)
    policy.require(actor, "round:open", policy.About(organisation_id=round_.lead_id))
    last = queries.last_call(session, actor, round_id)
    at = last.recorded_at if last else None
    found = rules.call_faults(at, is_open=round_.is_open, now=actor.now)
    if found:
        raise Conflict(found[0])
    own = audience.intern(session, {actor.must_organisation()})
    row = ReminderCall(**acts.stamp(actor), round_id=round_id, audience_id=own, own_audience_id=own)
    acts.append(session, row, after=after)
    event = rules.SilentReminded(round=str(round_id))
    audit.record(session, actor, event, book=f"position:{round_.position_id}", about=row.id)
    return row


def queue_due(session: Session) -> int:
    """Put every reminder that is due in the outbox, once; returns how many. For the worker."""
    found = queries.due(session)
    for each in found:
        _queue(session, each)
    return len(found)


def _queue(session: Session, due: Due) -> None:
    now = guard.actor_of(session).now
    with guard.system(session, guard.System.WORKER):
        own = audience.intern(session, {due.organisation_id})
        session.add(
            Reminder(
                id=new_id(),
                to_id=due.person_id,
                step=due.step,
                recorded_at=now,
                organisation_id=due.organisation_id,
                audience_id=own,
                own_audience_id=own,
            )
        )
        session.flush()
    ids = {"organisation": str(due.organisation_id), "person": str(due.person_id)}
    if due.round_id:
        outbox.enqueue(session, "reminders.round", ids | {"round": str(due.round_id)}, due_at=now)
    else:
        outbox.enqueue(session, "reminders.digest", ids, due_at=now)
