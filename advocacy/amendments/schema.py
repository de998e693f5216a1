"""Amendments, what became of them, and who stands behind them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class Kind(StrEnum):
    """What is to be done to the text."""

    REPLACEMENT = "replacement"
    INSERTION = "insertion"
    DELETION = "deletion"
    MOVE = "move"


class Source(StrEnum):
    """Whose wording it is: of an organisation invited, or of the one that holds the pen."""

    ORGANISATION = "organisation"
    PENHOLDER = "penholder"


class Deed(StrEnum):
    """What was done to an amendment."""

    PROPOSED = "proposed"
    OFFERED = "offered"
    AGREED = "agreed"
    APPLIED = "applied"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Amendment(Base, Keyed, Protected, Frozen):
    """Exact wording for one place of a text. organisation_id proposes it."""

    __tablename__ = "amendment"
    __table_args__ = (Index("ix_amendment_position_cid", "position_id", "cid"),)

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"))
    document_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"))
    lead_id: Mapped[UUID] = mapped_column(index=True, comment="organisation that decides")
    kind: Mapped[str]
    source: Mapped[str]
    cid: Mapped[UUID | None] = mapped_column(comment="the clause; empty for an insertion")
    after: Mapped[UUID | None] = mapped_column(
        comment="of an insertion or a move: the clause it goes after; empty = first"
    )
    clause_kind: Mapped[str] = mapped_column(comment="of the clause, or of the new one")
    base_hash: Mapped[str] = mapped_column(comment="the clause's as it read then")
    base_heading: Mapped[str]
    base_text: Mapped[str]
    heading: Mapped[str]
    wording: Mapped[str]
    reason: Mapped[str]
    made_from: Mapped[UUID | None] = mapped_column(
        ForeignKey("version.id"), comment="the version it was written on, where not the draft"
    )
    proposed_at: Mapped[datetime]


class AmendmentAct(Base, Protected, Act):
    """What somebody did with an amendment; an offer carries its wording and its own base."""

    __tablename__ = "amendment_act"
    __chain__ = ("amendment_id",)
    __table_args__ = (first_of_chain("amendment_act", "amendment_id"),)

    amendment_id: Mapped[UUID] = mapped_column(ForeignKey("amendment.id"), index=True)
    deed: Mapped[str]
    reason: Mapped[str] = mapped_column(default="", comment="in public: to the whole circle")
    heading: Mapped[str] = mapped_column(default="", comment="of an offer")
    wording: Mapped[str] = mapped_column(default="", comment="of an offer")
    base_hash: Mapped[str] = mapped_column(default="", comment="of an offer: the clause then")
    base_heading: Mapped[str] = mapped_column(default="")
    base_text: Mapped[str] = mapped_column(default="")
    cid: Mapped[UUID | None] = mapped_column(comment="of an acceptance: the clause it changed")


class Support(Base, Protected, Act):
    """An organisation stands behind an amendment, or no longer. Its day: `effective_on`."""

    __tablename__ = "amendment_support"
    __chain__ = ("amendment_id", "organisation_id")
    __table_args__ = (first_of_chain("amendment_support", "amendment_id", "organisation_id"),)

    amendment_id: Mapped[UUID] = mapped_column(ForeignKey("amendment.id"), index=True)
    stands: Mapped[bool]
