"""What the demo is made of, and what leaves it: logins and links."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from advocacy.access.actor import Actor


@dataclass(frozen=True)
class Login:
    """How a person of the demo signs in with a password."""

    name: str
    organisation: str
    role: str
    email: str
    password: str


@dataclass(frozen=True)
class Link:
    """How a person of the demo signs in without one: by a link that works once."""

    name: str
    organisation: str
    role: str
    email: str
    link: str


@dataclass(frozen=True)
class Step:
    """One thing that somebody did at an instant. of: key of the record it was done to."""

    at: datetime
    by: str
    do: str
    of: str
    facts: dict[str, Any] = field(hash=False)


@dataclass
class Scene:
    """What has been planted so far: ids by the keys of the data files, and who acts."""

    now: datetime
    workspace_id: UUID
    zone: str
    weekend: frozenset[int]
    organisations: dict[str, UUID] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    ids: dict[tuple[str, str], UUID] = field(default_factory=dict)

    def actor(self, key: str, at: datetime) -> Actor:
        """A person as they were at an instant."""
        return replace(self.actors[key], now=at)

    def groups(self, keys: list[str]) -> frozenset[UUID]:
        """Ids of organisations."""
        return frozenset(self.organisations[key] for key in keys)
