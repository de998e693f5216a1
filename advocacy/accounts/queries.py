"""Who someone is, and whether their password is right."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import bearer
from advocacy.access.actor import Actor
from advocacy.access.schema import Bearer
from advocacy.accounts.rules import IDLE, SESSION, is_password, wait
from advocacy.accounts.schema import Attempt, Person
from advocacy.ground.errors import NotFound, TooMany
from advocacy.ground.reasons import Reason


@dataclass(frozen=True)
class SessionOf:
    """What a session token says: whose it is, and for which holding they act."""

    bearer_id: UUID
    person_id: UUID
    name: str
    email: str
    language: str
    zone: str
    holding_id: UUID | None
    seen_at: datetime


@dataclass(frozen=True)
class Checked:
    """The outcome of a password check; `keys` are what a failure is counted under."""

    person_id: UUID | None
    keys: tuple[str, ...]


def folded(email: str) -> str:
    """An address as it is compared."""
    return email.strip().casefold()


def session_of(session: Session, token: str, *, now: datetime) -> SessionOf:
    """The living session of a token. Raises NotFound: absent, ended, idle too long, too old."""
    row = session.execute(
        select(
            Bearer.id,
            Person.id,
            Person.name,
            Person.email,
            Person.language,
            Person.zone,
            Bearer.about,
            Bearer.seen_at,
        )
        .join(Person, Person.id == Bearer.person_id)
        .where(
            Bearer.purpose == SESSION,
            Bearer.token_hash == bearer.hashed(token),
            Bearer.until > now,
            Bearer.seen_at > now - IDLE,
            Bearer.revoked_at.is_(None),
            Person.is_active,
        )
    ).first()
    if row is None:
        raise NotFound
    bearer_id, person_id, name, email, language, zone, about, seen_at = row
    holding = about.get("holding")
    held = UUID(holding) if holding else None
    return SessionOf(bearer_id, person_id, name, email, language, zone, held, seen_at)


def check(
    session: Session, *, email: str, password: str, keys: tuple[str, ...], now: datetime
) -> Checked:
    """Whether this is the person's password: the same work for an address nobody has.

    keys: keyed hashes of the account and of the network address, the account's first.
    Raises: TooMany while earlier failures still slow this account or address down.
    """
    since = now - timedelta(hours=1)
    for position, key in enumerate(keys):
        query = select(Attempt.at).where(Attempt.about == key, Attempt.at > since)
        failures = list(session.scalars(query))
        # An address is shared by an office; it gets four times the patience of one account.
        pause = wait(failures if position == 0 else failures[::4], now=now)
        if pause:
            raise TooMany(Reason("accounts.slow-down", facts={"seconds": pause}))
    row = session.execute(
        select(Person.id, Person.password_hash).where(
            Person.email == folded(email), Person.is_active
        )
    ).first()
    right = is_password(row.password_hash if row else "", password)
    return Checked(row.id if row and right else None, keys)


def person_by_email(session: Session, email: str) -> Person | None:
    """The person with this address. For invitations and commands; never shown to a stranger."""
    return session.scalars(select(Person).where(Person.email == folded(email))).first()


def names(session: Session, people: set[UUID]) -> dict[UUID, str]:
    """Names of people met on records the reader may see."""
    if not people:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    return dict(rows.tuples().all())


def person(session: Session, actor: Actor) -> Person:
    """The actor as a person. Raises NotFound when nobody is signed in."""
    found = session.get(Person, actor.person_id) if actor.person_id else None
    if found is None:
        raise NotFound
    return found
