"""The room's events."""

from dataclasses import dataclass

from advocacy.audit.rules import Event


@dataclass(frozen=True)
class Begun(Event):
    NAME = "drafts.begun"


@dataclass(frozen=True)
class Opened(Event):
    NAME = "drafts.opened"
    level: str


@dataclass(frozen=True)
class PutAside(Event):
    NAME = "drafts.put-aside"
