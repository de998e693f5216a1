"""What leaves the room: frozen, and field by field."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from advocacy.taxonomies.rules import Axis


@dataclass(frozen=True)
class SaidRow:
    """One act in words: what came, what went. person is empty for an import."""

    id: UUID
    axis: Axis
    items: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reason: str
    organisation: str
    is_imported: bool
    recorded_at: datetime


@dataclass(frozen=True)
class About:
    """All that is said of a recommendation, as far as the reader may know.

    items: what holds, by axis. reason: of the priority. history: the newest first.
    """

    items: dict[Axis, tuple[str, ...]] = field(hash=False)
    reason: str = ""
    history: tuple[SaidRow, ...] = ()
