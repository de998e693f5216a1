"""What leaves the room."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class LinkRow:
    """The other end of a link, as its reader may know it."""

    kind: str
    id: UUID
    title: str
    link_id: UUID
    organisation_id: UUID

    @property
    def href(self) -> str:
        """Where the other end is read."""
        return f"/{self.kind}s/{self.id}"
