"""Proposals, and what became of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed
from advocacy.threats.schema import FieldClass, OfThreat


class Deed(StrEnum):
    """What was done with a proposal."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Proposal(Base, Keyed, OfThreat, Frozen):
    """A change of somebody else's record. organisation_id proposes it."""

    __tablename__ = "proposal"
    __follows__ = FieldClass.MEMBERS

    owner_id: Mapped[UUID] = mapped_column(index=True, comment="organisation that decides")
    patch: Mapped[dict[str, Any]] = mapped_column(comment="field -> [as it was, as proposed]")
    reason: Mapped[str]
    person_id: Mapped[UUID | None]
    at: Mapped[datetime]


class ProposalAct(Base, OfThreat, Act):
    """The owner decided, or who proposed took it back."""

    __tablename__ = "proposal_act"
    __chain__ = ("proposal_id",)
    __table_args__ = (first_of_chain("proposal_act", "proposal_id"),)
    __follows__ = FieldClass.MEMBERS

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"))
    deed: Mapped[str]
    taken: Mapped[list[str]] = mapped_column(comment="fields that were accepted")
    reason: Mapped[str]
