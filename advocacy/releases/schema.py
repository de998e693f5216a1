"""Harm checks, releases, and who stood in each list and how."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class HarmCheck(Base, Protected, Act):
    """Who could be hurt, and what was done about it. A later check follows the earlier."""

    __tablename__ = "harm_check"
    __chain__ = ("version_id",)
    __table_args__ = (first_of_chain("harm_check", "version_id"),)

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    by_speaking: Mapped[str] = mapped_column(comment="who could be hurt when this is said")
    by_silence: Mapped[str] = mapped_column(comment="who could be hurt when it is not")
    mitigation: Mapped[str]
    consent: Mapped[str] = mapped_column(comment="for testimony: none-used or given")
    checked_by: Mapped[str]
    checked_on: Mapped[date]


class Release(Base, Keyed, Protected, Frozen):
    """A version as it went out. The compiled list is the record; pages show it less lowerings."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("round_id"),)

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    # None where bodies alone stand behind it: what they adopt in a meeting has no round.
    round_id: Mapped[UUID | None] = mapped_column(ForeignKey("signoff_round.id"))
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    channel: Mapped[str]
    delivered_to: Mapped[str] = mapped_column(default="", comment="to whom and how, if private")
    title: Mapped[str]
    language: Mapped[str]
    number: Mapped[int] = mapped_column(comment="of the version")
    attribution: Mapped[str]
    content_hash: Mapped[str]
    clauses: Mapped[list[Any]] = mapped_column(
        comment="cid, kind, heading, rendered copy, language"
    )
    compiled: Mapped[dict[str, Any]] = mapped_column(comment="the list as it was at that instant")
    smallest_cell: Mapped[int] = mapped_column(comment="of the workspace, at that instant")
    list_hash: Mapped[str] = mapped_column(comment="SHA-256 of the compiled list")
    released_at: Mapped[datetime]
    person_id: Mapped[UUID | None]


class ReleaseOpening(Base, Keyed, Protected, Frozen):
    """From when on an audience reads a release. Its audience holds the instant; here it is said."""

    __tablename__ = "release_opening"
    __table_args__ = (UniqueConstraint("release_id", "who"),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"))
    who: Mapped[str] = mapped_column(comment="members, observers, donors or public")
    opens_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(comment="IANA zone the instant was said in")


class ReleaseEnd(Base, Protected, Act):
    """A release is being corrected, was replaced by a corrected one, or was withdrawn."""

    __tablename__ = "release_end"
    __chain__ = ("release_id",)
    __table_args__ = (first_of_chain("release_end", "release_id"),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"))
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(comment="in the words that readers of the page get")
    successor_id: Mapped[UUID | None] = mapped_column(ForeignKey("release.id"))


class ReleaseEntry(Base, Keyed, Protected, Frozen):
    """How one organisation stood in a list. Its own audience alone: it names the counted too."""

    __tablename__ = "release_entry"
    __table_args__ = (UniqueConstraint("release_id", "organisation_id"),)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"))
    outside: Mapped[str]
    cell: Mapped[str] = mapped_column(comment="the number it was counted in; empty = in none")
    kind_of: Mapped[str]
    shown_name: Mapped[str]
    logo: Mapped[bool]
    note: Mapped[str]
    clause_ids: Mapped[list[str]]
