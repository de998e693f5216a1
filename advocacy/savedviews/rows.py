"""What leaves the room."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SavedRow:
    """A saved view. is_ours: by the reader themselves, who may take it away."""

    id: UUID
    name: str
    view: str
    query: str
    is_shared: bool
    is_ours: bool
