"""The events of the room."""

from dataclasses import dataclass

from advocacy.audit.rules import Event


@dataclass(frozen=True)
class Linked(Event):
    NAME = "links.linked"
    source_kind: str
    target_kind: str


@dataclass(frozen=True)
class Unlinked(Event):
    NAME = "links.unlinked"
    source_kind: str
    target_kind: str
