"""What a hand-over must say. Source: recommendations.md, table of features, row 16."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from advocacy.asks.rules import Ask, Progress
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

MOST = 200
"""Asks that are handed over at once."""
MOST_NOTE = 2_000


@dataclass(frozen=True)
class HandedOver(Event):
    NAME = "assignments.handed-over"
    ask: str


def faults(chosen: Collection[UUID], note: str) -> list[Reason]:
    """What is wrong with a selection and its note."""
    found = [] if chosen else [Reason("assignments.none", "asks")]
    if len(chosen) > MOST:
        found.append(Reason("assignments.too-many", "asks", {"most": MOST}))
    if not note.strip():
        found.append(Reason("assignments.say-why", "note"))
    if len(note) > MOST_NOTE:
        found.append(Reason("form.too-long", "note", {"most": MOST_NOTE}))
    return found


def taker_faults(ask: Ask, to_id: UUID) -> list[Reason]:
    """Why an organisation cannot follow this ask up."""
    if to_id == ask.addressed_id:
        return [Reason("assignments.addressee", "to")]
    if to_id == ask.minder_id:
        return [Reason("assignments.has-it", "to")]
    if ask.progress == Progress.IMPLEMENTED and to_id == ask.verified_by:
        return [Reason("assignments.confirmed-it", "to")]
    return []
