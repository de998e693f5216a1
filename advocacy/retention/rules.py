"""The room's event."""

from dataclasses import dataclass

from advocacy.audit.rules import Event


@dataclass(frozen=True)
class Erased(Event):
    NAME = "retention.erased"
