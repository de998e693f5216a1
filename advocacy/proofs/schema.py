"""The log of a round, the statements behind its entries, and the public keys of the server."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed


class ProofTree(Base, Frozen):
    """The log of one round, planted when the round opens."""

    __tablename__ = "proofs_tree"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"), primary_key=True)
    seed: Mapped[str] = mapped_column(comment="what the entries that mean nothing are made of")
    batch: Mapped[int] = mapped_column(comment="entries that each head adds; a power of two")


class ProofEntry(Base, Keyed, Frozen):
    """A place of a log that holds a commitment. It says neither whose it is nor when it came."""

    __tablename__ = "proofs_entry"
    __table_args__ = (UniqueConstraint("round_id", "place"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"))
    place: Mapped[int]
    commitment: Mapped[str] = mapped_column(comment="SHA-256 of salt and statement")


class ProofStatement(Base, Keyed, Protected):
    """What an entry commits to. Its organisation alone reads it, and may erase it."""

    __tablename__ = "proofs_statement"

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_answer.id"), unique=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"))
    place: Mapped[int]
    salt: Mapped[str]
    statement: Mapped[dict[str, Any]]
    conditions: Mapped[dict[str, Any]]


class ProofSignature(Base, Keyed, Protected):
    """The signature of a person's passkey over a statement, whole, as the device gave it."""

    __tablename__ = "proofs_signature"

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_answer.id"), unique=True)
    passkey_id: Mapped[UUID] = mapped_column(comment="as it was enrolled; it may be gone since")
    signed: Mapped[dict[str, Any]] = mapped_column(
        comment="public key, authenticator data, client data, signature"
    )
    signed_at: Mapped[datetime]


class ProofKey(Base, Keyed, Frozen):
    """What became of a public key of the server. The private half is never here."""

    __tablename__ = "proofs_key"
    __table_args__ = (UniqueConstraint("kid", "what"),)

    kid: Mapped[str] = mapped_column(comment="RFC 7638 thumbprint")
    x: Mapped[str] = mapped_column(comment="the 32 bytes, base64 for addresses")
    what: Mapped[str] = mapped_column(comment="used, retired, compromised")
    at: Mapped[datetime]
