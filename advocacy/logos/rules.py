"""The room's event."""

from dataclasses import dataclass

from advocacy.audit.rules import Event


@dataclass(frozen=True)
class Changed(Event):
    NAME = "logos.changed"
    media: str
    sha256: str
