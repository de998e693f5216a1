"""What a dispute stands at, and who may say something in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

OPEN, ANSWER, SETTLE = "dispute", "answer_dispute", "settle"


class Said(Protocol):
    """A step of a dispute."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def organisation_id(self) -> UUID: ...


@dataclass(frozen=True)
class Dispute:
    """Two statements. The second one is empty while nobody has said how they see it."""

    by: UUID
    words: str
    other: UUID | None = None
    other_words: str = ""


def standing(steps: Iterable[Said]) -> Dispute | None:
    """What a dispute stands at after these steps, oldest first; None = there is none open."""
    found: Dispute | None = None
    for step in steps:
        if step.kind == OPEN:
            said = Dispute(step.organisation_id, step.text)
            found = replace(found, words=step.text) if found else said
        elif step.kind == ANSWER and found:
            found = replace(found, other=step.organisation_id, other_words=step.text)
        elif step.kind == SETTLE:
            found = None
    return found


def steps(
    now: Dispute | None, us: UUID | None, *, is_member: bool, coordinates: bool
) -> frozenset[str]:
    """What an organisation may do about a dispute: state its side, again too, and settle it."""
    if not is_member or us is None:
        return frozenset()
    if now is None:
        return frozenset({OPEN})
    if us == now.by:
        return frozenset({OPEN, SETTLE})
    return frozenset({ANSWER, SETTLE} if coordinates else {ANSWER})
