"""The room's event."""

from dataclasses import dataclass

from advocacy.audit.rules import Event


@dataclass(frozen=True)
class TakenBack(Event):
    NAME = "batches.taken-back"
    records: int
