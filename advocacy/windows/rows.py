"""What leaves the room: frozen, and field by field."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class WindowRow:
    """A window as it stands. id: of the window; act_id: of the last that was said of it."""

    id: UUID
    act_id: UUID
    workspace_id: UUID
    organisation_id: UUID
    audience_id: UUID
    name: str
    forum: str
    begins_on: date
    ends_on: date
    is_off: bool

    @property
    def href(self) -> str:
        """Where it is read."""
        return f"/windows/{self.id}"


@dataclass(frozen=True)
class UseRow:
    """A recommendation in a window. id: of the act that put it there."""

    id: UUID
    window_id: UUID
    recommendation_id: UUID
    title: str
    organisation_id: UUID
