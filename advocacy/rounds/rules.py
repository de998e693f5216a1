"""What a round may ask, of whom and until when; the events of opening and ending one."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.signoff.rules import LONGEST_NOTE, Blocks, Kind


@dataclass(frozen=True)
class RoundOpened(Event):
    NAME = "signoff.round-opened"
    round: str
    version: str
    content_hash: str
    closes_at: str
    blocks: str


@dataclass(frozen=True)
class RoundEnded(Event):
    NAME = "signoff.round-ended"
    round: str
    kind: str


@dataclass(frozen=True)
class Asked:
    """What a round asks, and of whom. closes_at: None = there is no such time."""

    answers: frozenset[str]
    blocks: str
    roster: frozenset[UUID]
    closes_at: datetime | None


def round_faults(asked: Asked, *, participants: Set[UUID], now: datetime) -> list[Reason]:
    """What stands in the way of opening a round like this."""
    faults = []
    if asked.closes_at is None:
        faults.append(Reason("signoff.no-such-time", "closes_time"))
    elif asked.closes_at <= now:
        faults.append(Reason("signoff.closes-in-the-past", "closes_on"))
    if not asked.roster:
        faults.append(Reason("signoff.roster-empty", "roster"))
    if not asked.roster <= participants:
        faults.append(Reason("signoff.not-a-participant", "roster"))
    if Kind.ENDORSE not in asked.answers or not asked.answers <= set(Kind):
        faults.append(Reason("signoff.answers-need-endorse", "answers"))
    if asked.blocks not in set(Blocks):
        faults.append(Reason("form.choice", "blocks"))
    return faults


def once_faults(standing: Iterable[tuple[bool, UUID]], version_id: UUID) -> list[Reason]:
    """One open round per position, and one round per version unless it was abandoned.

    standing: (is open, version) of the rounds that were not abandoned.
    """
    listed = list(standing)
    if any(is_open for is_open, _version in listed):
        return [Reason("signoff.round-is-open")]
    if any(version == version_id for _is_open, version in listed):
        return [Reason("signoff.version-had-round")]
    return []


def end_faults(reason: str) -> list[Reason]:
    """What is wrong with the reason a round is given up for."""
    if not reason:
        return [Reason("signoff.reason-needed", "reason")]
    if len(reason) > LONGEST_NOTE:
        return [Reason("form.too-long", "reason", {"most": LONGEST_NOTE})]
    return []
