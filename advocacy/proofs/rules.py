"""When a log has heads, what fills it up, and what a statement holds (practice A3)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import digest as hmac
from typing import Any
from uuid import UUID

from advocacy.audit.rules import Event, commitment
from advocacy.ground.reasons import Reason
from advocacy.text import merkle
from advocacy.text.canon import canonical_json

BATCHES = (64, 256, 1_024, 4_096)
"""How many entries a head adds. Few sizes, so that a size tells little of how many were asked."""

ROOM_FOR = 4
"""Acts of each organisation between two heads for which there is surely room."""

GRACE = timedelta(minutes=10)
"""From the fixed time to the hour at which the head can be had: whatever was begun before the
fixed time, and named it, is written by then. So no head ever changes once somebody holds it."""

AFTER_CLOSE = timedelta(days=7)


class What(StrEnum):
    """What became of a key of the server."""

    USED = "used"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True)
class Erased(Event):
    NAME = "proofs.erased"
    answer: str


@dataclass(frozen=True)
class Signed(Event):
    NAME = "proofs.signed"
    answer: str


@dataclass(frozen=True)
class KeyNoted(Event):
    NAME = "proofs.key-noted"
    kid: str
    what: str


@dataclass(frozen=True)
class Head:
    """A log at a fixed time. number: 0 is the empty log at the opening."""

    number: int
    at: datetime
    size: int
    root: bytes


@dataclass(frozen=True)
class Span:
    """The times of a round that its heads depend on. over_at: its close, or its end before that."""

    opened_at: datetime
    over_at: datetime


def batch_for(invited: int) -> int:
    """How many entries each head of a round adds."""
    return next((size for size in BATCHES if size >= ROOM_FOR * invited), BATCHES[-1])


def moments(span: Span, *, until: datetime) -> list[datetime]:
    """The fixed times up to an instant: each midnight UTC, the close, and each week after it."""
    found = []
    opened = span.opened_at.astimezone(UTC)
    at = datetime(opened.year, opened.month, opened.day, tzinfo=UTC) + timedelta(days=1)
    while at <= until and at < span.over_at:
        found.append(at)
        at += timedelta(days=1)
    at = span.over_at
    while at <= until:
        found.append(at)
        at += AFTER_CLOSE
    return found


def can_be_had(span: Span, *, now: datetime) -> list[datetime]:
    """The fixed times whose heads are out."""
    return moments(span, until=now - GRACE)


def next_head(span: Span, *, after: datetime) -> datetime:
    """When the first head after an instant can be had."""
    until = max(after, span.over_at) + AFTER_CLOSE
    return next(at for at in moments(span, until=until) if at > after) + GRACE


def free_place(drawn: int, epoch: int, batch: int, taken: Collection[int]) -> int:
    """The place in the log for a new entry: where chance put it, or the next free one after that.

    drawn: any large number, by chance. taken: places of this epoch and later ones. Where an epoch
    is full, the entry waits for the one after it.
    """
    while True:
        for step in range(batch):
            place = epoch * batch + (drawn + step) % batch
            if place not in taken:
                return place
        epoch += 1


def leaves(seed: str, batch: int, epoch: int, entries: Mapping[int, str]) -> list[bytes]:
    """The hashes of one batch. Where there is no entry stands what looks exactly like one."""
    key = bytes.fromhex(seed)
    return [
        merkle.leaf(bytes.fromhex(entries[at]) if at in entries else _nothing(key, at))
        for at in range(epoch * batch, (epoch + 1) * batch)
    ]


def _nothing(key: bytes, place: int) -> bytes:
    return hmac(key, place.to_bytes(8, "big"), "sha256")


def head(number: int, at: datetime, batch: int, roots: Sequence[bytes]) -> Head:
    """The head with this number. roots: of all batches, in order."""
    return Head(number, at, number * batch, merkle.root(roots[:number]))


@dataclass(frozen=True)
class Deed:
    """Who answered what, as a statement says it. auth: how the person showed who they are."""

    issuer: UUID
    answer_id: UUID
    organisation_id: UUID
    organisation_name: str
    person_id: UUID | None
    role: str
    auth: str
    position_id: UUID
    version_id: UUID
    content_hash: str
    decision: str
    at: datetime


def statement(deed: Deed, conditions: Mapping[str, Any]) -> dict[str, Any]:
    """What is committed to and signed (SECURITY.md, section 4): strings and one small number."""
    return {
        "v": 1,
        "iss": f"urn:uuid:{deed.issuer}",
        "receipt": str(deed.answer_id),
        "org": {"id": str(deed.organisation_id), "name": deed.organisation_name},
        "signer": {
            "id": str(deed.person_id or ""), "role": deed.role, "auth": deed.auth or "not-kept",
        },
        "position": str(deed.position_id),
        "version": str(deed.version_id),
        "text_sha256": deed.content_hash,
        "conditions_sha256": sha256(canonical_json(dict(conditions))).hexdigest(),
        "decision": deed.decision,
        "at": said(deed.at),
    }  # fmt: skip


def said(at: datetime) -> str:
    """An instant in a statement: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def committed(salt: str, statement: dict[str, Any]) -> str:
    """What the log holds of a statement."""
    return commitment(salt, statement)


def challenge(statement: dict[str, Any]) -> bytes:
    """What a passkey signs: SHA-256 of the statement."""
    return sha256(canonical_json(statement)).digest()


def signature_faults(*, is_signer: bool, is_erased: bool, is_signed: bool) -> list[Reason]:
    """Why a passkey cannot sign this statement."""
    if is_erased:
        return [Reason("proofs.erased")]
    if is_signed:
        return [Reason("proofs.signed-already")]
    return [] if is_signer else [Reason("proofs.not-the-signer")]
