"""Whether somebody has a second step, and what it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import bearer
from advocacy.access.actor import Actor
from advocacy.ground.errors import NotFound
from advocacy.passkeys import rules
from advocacy.passkeys.schema import CodeApp, Passkey, RecoverySheet


@dataclass(frozen=True)
class KeyRow:
    """A passkey as its owner sees it in a list."""

    id: UUID
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Ways:
    """The second steps that a person has."""

    keys: tuple[KeyRow, ...]
    credentials: tuple[str, ...]
    has_app: bool
    codes_left: int

    @property
    def is_any(self) -> bool:
        """True when a password alone does not sign in."""
        return bool(self.keys) or self.has_app


def ways(session: Session, person_id: UUID | None) -> Ways:
    """The second steps of a person."""
    query = select(Passkey).where(Passkey.person_id == person_id)
    found: Sequence[Passkey] = session.scalars(query.order_by(Passkey.added_at, Passkey.id)).all()
    app = session.get(CodeApp, person_id) if person_id else None
    sheet = session.get(RecoverySheet, person_id) if person_id else None
    return Ways(
        keys=tuple(KeyRow(row.id, row.name, row.added_at, row.used_at) for row in found),
        credentials=tuple(row.credential for row in found),
        has_app=app is not None and app.confirmed_at is not None,
        codes_left=rules.SHEET - len(sheet.used) if sheet else 0,
    )


def mine(session: Session, actor: Actor) -> Ways:
    """One's own second steps. Raises NotFound for nobody."""
    return ways(session, person(actor))


def person(actor: Actor) -> UUID:
    """Who asks. Raises NotFound for nobody."""
    if actor.person_id is None:
        raise NotFound
    return actor.person_id


def half_way(session: Session, token: str, *, now: datetime) -> UUID:
    """Who gave the right password a moment ago. Raises NotFound."""
    return bearer.look(session, rules.HALF_WAY, token, now=now).person_id or _nobody()


def _nobody() -> UUID:
    raise NotFound


def is_half_way(session: Session, token: str, *, now: datetime) -> bool:
    """Whether somebody gave the right password a moment ago, with this token."""
    try:
        half_way(session, token, now=now)
    except NotFound:
        return False
    return True


def app(session: Session, actor: Actor) -> CodeApp | None:
    """One's own code app, also before its first code was given."""
    return session.get(CodeApp, person(actor))


def sheet(session: Session, actor: Actor, *, secret: str) -> list[str]:
    """One's own recovery codes, for ten minutes after they were made; else none."""
    who = person(actor)
    row = session.get(RecoverySheet, who)
    if row is None or row.made_at + rules.SHOWN_FOR <= actor.now:
        return []
    return rules.sheet(secret, who, row.salt)
