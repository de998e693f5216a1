"""What leaves the room."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Member:
    """An organisation in a circle. act: what put it there, which a change is based on."""

    id: UUID
    name: str
    extends: bool
    act: UUID


@dataclass(frozen=True)
class RingRow:
    """A circle as this reader may know it. members: themselves alone where the roster is hidden."""

    id: UUID
    workspace_id: UUID
    name: str
    owner_id: UUID
    owner: str
    hides_roster: bool
    members: tuple[Member, ...]
    is_ours: bool
    may_extend: bool
    is_in: bool
