"""Who someone is, and whether their password is right."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.access import bearer
from advocacy.access.actor import Actor
from advocacy.access.schema import Bearer
from advocacy.accounts.rules import IDLE, RESET, SESSION, SIGN_IN_LINK, is_password, wait
from advocacy.accounts.schema import Attempt, Person
from advocacy.ground.errors import NotFound, TooMany
from advocacy.ground.reasons import Reason


@dataclass(frozen=True)
class Checked:
    """The outcome of a password check; `keys` are what a failure is counted under."""

    person_id: UUID | None
    keys: tuple[str, ...]


UNCHECKED = Checked(None, ())


@dataclass(frozen=True)
class SessionRow:
    """One of a person's living sessions."""

    id: UUID
    issued_at: datetime
    seen_at: datetime


def folded(email: str) -> str:
    """An address as it is compared."""
    return email.strip().casefold()


def check(
    session: Session, *, email: str, password: str, keys: tuple[str, ...], now: datetime
) -> Checked:
    """Whether this is the person's password: the same work for an address nobody has.

    keys: keyed hashes of the account and of the network address, the account's first.
    Raises: TooMany while earlier failures still slow this account or address down.
    """
    unless_too_many(session, keys=keys, now=now)
    row = session.execute(
        select(Person.id, Person.password_hash).where(
            Person.email == folded(email), Person.is_active
        )
    ).first()
    right = is_password(row.password_hash if row else "", password)
    return Checked(row.id if row and right else None, keys)


def unless_too_many(session: Session, *, keys: tuple[str, ...], now: datetime) -> None:
    """Raises TooMany while earlier attempts still slow this account or address down.

    It never locks out for ever: 15 minutes at most, and a reset link opens in between.
    """
    since = now - timedelta(hours=1)
    for position, key in enumerate(keys):
        query = (
            select(Attempt.at)
            .where(Attempt.about == key, Attempt.at > since)
            .order_by(Attempt.at.desc())
        )
        failures = list(session.scalars(query))
        # An address is shared by an office; it gets four times the patience of one account.
        pause = wait(failures if position == 0 else failures[::4], now=now)
        if pause:
            raise TooMany(Reason("accounts.slow-down", facts={"seconds": pause}))


def attempts(session: Session, key: str, *, since: datetime) -> int:
    """How many attempts were counted under a key since an instant, at most an hour ago."""
    query = select(func.count()).select_from(Attempt)
    return session.scalar(query.where(Attempt.about == key, Attempt.at > since)) or 0


def of_link(session: Session, token: str, *, now: datetime) -> Person | None:
    """Whom a one-use sign-in link signs in; None for a spent, old or unknown one."""
    return _holder(session, SIGN_IN_LINK, token, now=now)


def of_reset(session: Session, token: str, *, now: datetime) -> Person | None:
    """Whose password a reset link sets; None for a spent, old or unknown one."""
    return _holder(session, RESET, token, now=now)


def _holder(session: Session, purpose: str, token: str, *, now: datetime) -> Person | None:
    try:
        held = bearer.look(session, purpose, token, now=now)
    except NotFound:
        return None
    found = session.get(Person, held.person_id) if held.person_id else None
    return found if found and found.is_active else None


def by_id(session: Session, person_id: UUID) -> Person | None:
    """A person whose id one holds, such as the payload of a mail. Never for a list."""
    return session.get(Person, person_id)


def hold(session: Session, person_id: UUID) -> None:
    """Keep what is written about one person in a row until this transaction ends."""
    session.get(Person, person_id, with_for_update=True)


def people(session: Session, ids: Collection[UUID]) -> list[Person]:
    """These people, by address: for mails to them."""
    if not ids:
        return []
    return list(session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.email)))


def sessions(session: Session, actor: Actor) -> list[SessionRow]:
    """The actor's own living sessions, the one used last first."""
    rows = session.execute(
        select(Bearer.id, Bearer.issued_at, Bearer.seen_at)
        .where(
            Bearer.purpose == SESSION,
            Bearer.person_id == actor.person_id,
            Bearer.until > actor.now,
            Bearer.seen_at > actor.now - IDLE,
            Bearer.revoked_at.is_(None),
        )
        .order_by(Bearer.seen_at.desc(), Bearer.id)
    )
    return [SessionRow(*row) for row in rows]


def person_by_email(session: Session, email: str) -> Person | None:
    """The person with this address. For invitations and commands; never shown to a stranger."""
    return session.scalars(select(Person).where(Person.email == folded(email))).first()


def anybody(session: Session) -> bool:
    """Whether there is any person at all: no in a database where nothing has begun."""
    return session.scalar(select(Person.id).limit(1)) is not None


def names(session: Session, people: set[UUID]) -> dict[UUID, str]:
    """Names of people met on records the reader may see."""
    if not people:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    return {row[0]: row[1] for row in rows}


def person(session: Session, actor: Actor) -> Person:
    """The actor as a person. Raises NotFound when nobody is signed in."""
    found = session.get(Person, actor.person_id) if actor.person_id else None
    if found is None:
        raise NotFound
    return found
