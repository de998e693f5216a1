"""The room's events."""

from dataclasses import dataclass

from advocacy.audit.rules import Event


@dataclass(frozen=True)
class Closed(Event):
    NAME = "threats.closed"


@dataclass(frozen=True)
class Reopened(Event):
    NAME = "threats.reopened"
