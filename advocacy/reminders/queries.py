"""What is due, worked out from rows; and a person's own choice."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, Standing
from advocacy.accounts import queries as accounts
from advocacy.accounts.schema import Person
from advocacy.calendars import queries as calendars
from advocacy.calendars.rules import Calendar
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.reminders import rules
from advocacy.reminders.rows import Due, OpenRound
from advocacy.reminders.rules import Choice, How
from advocacy.reminders.schema import MailChoice, Reminder, ReminderCall
from advocacy.signoff import queries as signoff
from advocacy.signoff.actions import ANSWER_SEATS

_CALL_HOLDS = timedelta(hours=24)
"""A call that fell into somebody's quiet hours reaches them when those end, or not at all."""


def choice(session: Session, actor: Actor) -> Choice:
    """How the actor wants to be reminded; what everybody starts with where nothing was chosen.

    Raises: NotFound when nobody is signed in.
    """
    return wished(session, accounts.person(session, actor))


def wished(session: Session, of: Person) -> Choice:
    """How a person wants to be reminded. For the worker, and for themselves."""
    row = session.scalar(select(MailChoice).where(MailChoice.person_id == of.id))
    if row is None:
        return Choice(zone=of.zone)
    return Choice(row.how, row.quiet_from, row.quiet_until, of.zone)


def may_wait(
    session: Session, person_id: UUID, *, zone: str, closes_at: datetime
) -> datetime | None:
    """When the mail that first asks this person leaves instead of now; None = now.

    zone: of the round, for who has none of their own. For the worker.
    """
    of, now = accounts.by_id(session, person_id), guard.actor_of(session).now
    wish = wished(session, of) if of else Choice()
    wish = replace(wish, zone=zone) if wish.zone == "UTC" else wish
    return rules.first_ask(wish, closes_at, now)


def person_of(session: Session, token: str, *, key: str) -> UUID:
    """Whose reminders a link of one of our mails stops. Raises: NotFound."""
    person_id = rules.person_of(token, key=key)
    if person_id is None or accounts.by_id(session, person_id) is None:
        raise NotFound
    return person_id


def last_call(session: Session, actor: Actor, round_id: UUID) -> ReminderCall | None:
    """The last time the lead asked that the silent be reminded; for the lead."""
    rows = session.scalars(select(ReminderCall).where(ReminderCall.round_id == round_id))
    return acts.current(rows)


def due(session: Session) -> list[Due]:
    """Every reminder that is due now and was not sent. For the worker, whose session acts for
    nobody: it reads who is silent, and tells nobody but them."""
    now = guard.actor_of(session).now
    with guard.system(session, guard.System.WORKER):
        return list(_due(session, now))


@dataclass
class _Look:
    """What one look has read already: one workspace and one person are asked for once."""

    session: Session
    now: datetime

    def __post_init__(self) -> None:
        self.calendars: dict[UUID, Calendar] = {}
        self.people: dict[UUID, tuple[Choice, frozenset[str]]] = {}

    def calendar(self, of: OpenRound, lead: Actor) -> Calendar:
        if of.workspace_id not in self.calendars:
            found = calendars.calendar(self.session, lead, of.workspace_id)
            self.calendars[of.workspace_id] = found
        return self.calendars[of.workspace_id]

    def person(self, of: Person) -> tuple[Choice, frozenset[str]]:
        if of.id not in self.people:
            steps = self.session.scalars(select(Reminder.step).where(Reminder.to_id == of.id))
            self.people[of.id] = wished(self.session, of), frozenset(steps)
        return self.people[of.id]


def _due(session: Session, now: datetime) -> Iterator[Due]:
    look = _Look(session, now)
    digests: set[tuple[UUID, str]] = set()
    for round_, lead in _open_rounds(session, now):
        calendar = look.calendar(round_, lead)
        for organisation in sorted(round_.silent):
            people = organisations.addresses(session, organisation, seats=ANSWER_SEATS, now=now)
            for person in people:
                found = _of(look, calendar, round_, organisation, person)
                if found is None or (found.round_id is None and (person.id, found.step) in digests):
                    continue
                digests.add((person.id, found.step))
                yield found


def _of(
    look: _Look, calendar: Calendar, round_: OpenRound, organisation: UUID, person: Person
) -> Due | None:
    """What this person is to hear now about this round; None for nothing."""
    wish, sent = look.person(person)
    if wish.zone == "UTC":  # as on every page: the workspace's
        wish = replace(wish, zone=calendar.zone)
    if wish.how in (How.DAILY, How.WEEKLY):
        name = rules.digest(wish, calendar, look.now, sent=_bare(sent, organisation))
        return Due(person.id, organisation, f"{organisation}:{name}", None) if name else None
    if wish.how == How.NEVER or rules.is_quiet(wish, look.now):
        return None
    steps: list[str] = []
    if round_.called_at and look.now - round_.called_at < _CALL_HOLDS:
        steps.append(str(round_.call_id))
    by_time = rules.step(calendar, round_.opened_at, round_.closes_at, look.now)
    steps += [by_time] if by_time else []
    names = [f"{round_.id}:{organisation}:{step}" for step in steps]
    fresh = next((name for name in names if name not in sent), None)
    return Due(person.id, organisation, fresh, round_.id) if fresh else None


def _bare(sent: frozenset[str], organisation: UUID) -> frozenset[str]:
    """The digests a person had for one organisation, by their day."""
    before = f"{organisation}:"
    return frozenset(name.removeprefix(before) for name in sent if name.startswith(before))


def open_for(session: Session, organisation_id: UUID, *, now: datetime) -> list[OpenRound]:
    """The open rounds in which an organisation is silent. Under `guard.system` only."""
    return [r for r, _lead in _open_rounds(session, now) if organisation_id in r.silent]


def _open_rounds(session: Session, now: datetime) -> Iterator[tuple[OpenRound, Actor]]:
    for row in signoff.running(session, now=now):
        # Read as the lead, a member: the worker itself is in no workspace.
        lead = replace(
            guard.actor_of(session),
            organisation_id=row.organisation_id,
            memberships=frozenset({(row.workspace_id, Standing.MEMBER)}),
        )
        round_ = signoff.round_of(session, lead, row.id)
        if not round_.is_open:
            continue
        said = set(signoff.all_kinds(session, row.id))
        call = last_call(session, lead, row.id)
        yield (
            OpenRound(
                id=row.id,
                workspace_id=row.workspace_id,
                opened_at=row.recorded_at,
                closes_at=round_.closes_at,
                zone=round_.zone,
                silent=signoff.asked(session, row.id) - said,
                call_id=call.id if call else None,
                called_at=call.recorded_at if call else None,
            ),
            lead,
        )
