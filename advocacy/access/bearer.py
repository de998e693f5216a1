"""Bearers: sessions, invites, resets, sign-in links are one thing. Absent = expired = revoked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.orm import Session

from advocacy.access.schema import Bearer
from advocacy.ground.base import new_id
from advocacy.ground.errors import NotFound

_bearer = Bearer.__table__.c
_ALIVE = select(_bearer.id).where(
    _bearer.id.in_(bindparam("bearers", expanding=True)),
    _bearer.until > bindparam("now"),
    _bearer.revoked_at.is_(None),
)


@dataclass(frozen=True)
class Held:
    """What a redeemed bearer says. `about` is what it was issued for."""

    id: UUID
    person_id: UUID | None
    about: dict[str, Any]
    issued_at: datetime
    seen_at: datetime
    until: datetime


def hashed(token: str) -> str:
    """The only form of a token that is kept."""
    return sha256(token.encode()).hexdigest()


def issue(
    session: Session,
    purpose: str,
    about: dict[str, Any],
    *,
    now: datetime,
    until: datetime,
    person: UUID | None = None,
) -> str:
    """Make a bearer and return its token (256 bits): the only time it is known in clear."""
    token = token_urlsafe(32)
    session.add(
        Bearer(
            id=new_id(),
            purpose=purpose,
            token_hash=hashed(token),
            person_id=person,
            about=about,
            issued_at=now,
            seen_at=now,
            until=until,
        )
    )
    session.flush()
    return token


def look(session: Session, purpose: str, token: str, *, now: datetime) -> Held:
    """What a token says, without using it up. Raises NotFound: absent, expired, used, revoked."""
    row = session.execute(
        select(
            Bearer.id,
            Bearer.person_id,
            Bearer.about,
            Bearer.issued_at,
            Bearer.seen_at,
            Bearer.until,
        ).where(
            Bearer.purpose == purpose,
            Bearer.token_hash == hashed(token),
            Bearer.until > now,
            Bearer.revoked_at.is_(None),
            Bearer.used_at.is_(None),
        )
    ).first()
    if row is None:
        raise NotFound
    return Held(*row)


def about(session: Session, bearer: UUID) -> dict[str, Any]:
    """What a bearer was issued for, also one that opens nothing any more. Raises NotFound."""
    query = select(Bearer.about).where(Bearer.id == bearer)
    found: dict[str, Any] | None = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def alive(session: Session, bearers: Collection[UUID], *, now: datetime) -> frozenset[UUID]:
    """Those of them that still open their door."""
    values = {"bearers": list(bearers), "now": now}
    return frozenset(session.connection().execute(_ALIVE, values).scalars())


_before, _this = Bearer.__table__.alias("before").c, Bearer.__table__.alias("this").c
_LAST_USE = select(
    func.max(
        case(
            (_before.seen_at < _this.issued_at, _before.seen_at),
            else_=_this.issued_at,
        )
    )
).where(
    _this.id == bindparam("this"),
    _before.person_id == bindparam("person"),
    _before.purpose == bindparam("purpose"),
    _before.issued_at < _this.issued_at,
)


def last_use(
    session: Session, purpose: str, person: UUID | None, *, before: UUID
) -> datetime | None:
    """When a person last used another bearer before this one was issued; None: never.

    One that is still in use was used up to that instant, as far as anybody knows.
    """
    values = {"this": before, "person": person, "purpose": purpose}
    found: datetime | None = session.connection().execute(_LAST_USE, values).scalar()
    return found


def redeem(session: Session, purpose: str, token: str, *, now: datetime) -> Held:
    """Use a one-use token up. Two at once: one gets it, the other NotFound."""
    held = look(session, purpose, token, now=now)
    done = session.execute(
        update(Bearer)
        .where(Bearer.id == held.id, Bearer.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult, by construction
        raise NotFound
    return held


def seen(session: Session, bearer: UUID, *, now: datetime) -> None:
    """Note that a session was used; callers do so once a minute at most."""
    session.execute(update(Bearer).where(Bearer.id == bearer).values(seen_at=now))


def revoke(
    session: Session,
    *,
    now: datetime,
    person: UUID | None = None,
    bearer: UUID | None = None,
    purpose: str | None = None,
) -> None:
    """End bearers of a person, or one of them, from this instant on."""
    if person is None and bearer is None:
        raise ValueError("revoke whose?")
    query = update(Bearer).where(Bearer.revoked_at.is_(None))
    if person is not None:
        query = query.where(Bearer.person_id == person)
    if bearer is not None:
        query = query.where(Bearer.id == bearer)
    if purpose is not None:
        query = query.where(Bearer.purpose == purpose)
    session.execute(query.values(revoked_at=now))
