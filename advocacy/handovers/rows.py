"""What leaves the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from advocacy.retention.rows import Panel as Retained
from advocacy.sharing.rows import Panel as Shared


@dataclass(frozen=True)
class Offer:
    """A hand-over that waits for its answer."""

    id: UUID
    threat_id: UUID
    owner_id: UUID
    to_id: UUID
    at: datetime


@dataclass(frozen=True)
class Around:
    """For a record's page. ours: None for others than its owner.

    handing: "offer" where one may, "waits" or "asked" where one is offered, else nothing.
    """

    ours: Shared | None
    handing: str
    stays: Retained
