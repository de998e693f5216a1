"""Groups, audiences, bearers, and the mixin every secret-bearing table inherits.

At the end the second wall: the guard's sentence as PostgreSQL's row-level security. It holds where
the guard is not asked at all: a forgotten hook, a driver's own cursor. It does not stop SQL that
sets the settings again, so it stands behind the guard and never instead of it.
"""

from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, Index
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from advocacy.ground.base import Base, Keyed

EVERYONE = UUID(int=1)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


class GroupKind(StrEnum):
    """What kind of gathering a group is; sensitivity caps by it."""

    EVERYONE = "everyone"
    DONORS = "donors"
    OBSERVERS = "observers"
    MEMBERS = "members"
    BODY = "body"
    CIRCLE = "circle"
    PARTICIPANTS = "participants"
    ORGANISATION = "organisation"
    MEETING = "meeting"


class Group(Base, Keyed):
    """Anything one can be in. An organisation's own group has the organisation's id."""

    __tablename__ = "access_group"

    kind: Mapped[str]
    about_id: Mapped[UUID | None] = mapped_column(index=True, comment="workspace, body, position")
    within_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("access_group.id"), comment="the group whose members include all of this one's"
    )


class GroupMember(Base, Keyed):
    """An organisation is in a group from an instant until another (None = open end)."""

    __tablename__ = "access_member"
    __table_args__ = (Index("ix_access_member_organisation_group", "organisation_id", "group_id"),)

    group_id: Mapped[UUID] = mapped_column(ForeignKey("access_group.id"), index=True)
    organisation_id: Mapped[UUID]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]


class Meeting(Base):
    """A group that is a meeting holds those who are in all of its groups; none is a meeting."""

    __tablename__ = "access_meeting"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("access_group.id"), primary_key=True)
    of_id: Mapped[UUID] = mapped_column(ForeignKey("access_group.id"), primary_key=True, index=True)


class Audience(Base, Keyed):
    """One distinct set of groups. Interned: equal sets are one row."""

    __tablename__ = "audience"

    key: Mapped[str] = mapped_column(unique=True, comment="SHA-256 over the sorted parts")


class AudiencePart(Base):
    """A group in an audience, from an instant on (an embargo is a later instant)."""

    __tablename__ = "audience_part"

    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"), primary_key=True)
    group_id: Mapped[UUID] = mapped_column(
        ForeignKey("access_group.id"), primary_key=True, index=True
    )
    opens_at: Mapped[datetime] = mapped_column(default=ALWAYS)


class Protected:
    """Mixin: rows that only their audience may read, whatever the statement."""

    organisation_id: Mapped[UUID] = mapped_column(
        index=True, comment="whose act it is; never whom it concerns"
    )

    @declared_attr
    def audience_id(cls) -> Mapped[UUID]:
        return mapped_column(
            ForeignKey("audience.id"), index=True, comment="effective: parent meets own"
        )

    @declared_attr
    def own_audience_id(cls) -> Mapped[UUID]:
        return mapped_column(ForeignKey("audience.id"), comment="as its owner asked for")


class Bearer(Base, Keyed):
    """Something that opens a door by being held. Only its hash is kept."""

    __tablename__ = "bearer"

    purpose: Mapped[str] = mapped_column(comment="session, sign-in link, invite, reset")
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    about: Mapped[dict[str, Any]]
    issued_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    until: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Once(Base):
    """An idempotency key that was used: a repeat of the same request gets the first answer."""

    __tablename__ = "once"

    key: Mapped[str] = mapped_column(primary_key=True, comment="person or visitor, and form key")
    endpoint: Mapped[str]
    location: Mapped[str] = mapped_column(comment="where the first answer led")
    at: Mapped[datetime] = mapped_column(index=True)


# In a SELECT of its own a setting is read once for a statement, and not for each of its rows.
_ORGANISATION = "(SELECT nullif(current_setting('app.organisation', true), '')::uuid)"
_NOW = "(SELECT nullif(current_setting('app.now', true), '')::timestamptz)"
_SYSTEM = "(SELECT coalesce(current_setting('app.system', true), '') <> '')"
_OURS = f"organisation_id = {_ORGANISATION}"
# The only value in it is a constant of ours.
_SEES = f"""{_SYSTEM} OR audience_id IN (
  SELECT p.audience_id FROM audience_part p
  WHERE p.opens_at <= {_NOW} AND p.group_id IN (
    SELECT '{EVERYONE}'::uuid UNION ALL SELECT {_ORGANISATION} UNION ALL
    SELECT m.group_id FROM access_member m
      WHERE m.{_OURS} AND m.from_at <= {_NOW}
        AND (m.until_at IS NULL OR m.until_at > {_NOW})))"""  # noqa: S608 - no value of a reader is in it
# Seeing is not adding: a row of another organisation may be read, never written in its name.
_POLICIES = {
    "read": f"FOR SELECT USING ({_SEES})",
    "add": f"FOR INSERT WITH CHECK ({_SYSTEM} OR {_OURS})",
    "change": f"FOR UPDATE USING ({_SEES}) WITH CHECK ({_SEES} OR {_OURS})",
    "remove": f"FOR DELETE USING ({_SEES})",
}


def wall(connection: Connection, tables: list[str]) -> None:
    """Put the sentence into PostgreSQL itself as row-level security; nothing on SQLite."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        connection.exec_driver_sql(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        for name, rule in _POLICIES.items():
            connection.exec_driver_sql(f'DROP POLICY IF EXISTS guard_{name} ON "{table}"')
            connection.exec_driver_sql(f'CREATE POLICY guard_{name} ON "{table}" {rule}')


def rewall(connection: Connection) -> None:
    """The same for every table that has the wall already: it says the sentence as of today."""
    if connection.dialect.name != "postgresql":
        return
    walled = (
        "SELECT tablename FROM pg_policies"
        " WHERE schemaname = current_schema() AND policyname = 'guard_read'"
    )
    wall(connection, sorted(connection.exec_driver_sql(walled).scalars()))


@cache
def protected_tables() -> frozenset[str]:
    """Names of all Protected tables."""
    return frozenset(
        str(mapper.class_.__tablename__)  # type: ignore[attr-defined]  # every table has one
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Protected)
    )
