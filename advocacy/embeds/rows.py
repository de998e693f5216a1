"""What may leave the room."""

from dataclasses import dataclass
from uuid import UUID

from advocacy.shares.rows import Opened


@dataclass(frozen=True)
class EmbedRow:
    """The embed of a link that is open now, as those who answer for the link see it."""

    id: UUID
    what: str
    language: str
    origins: tuple[str, ...]


@dataclass(frozen=True)
class Framed:
    """What an embed shows, to whom it may be shown, and as whom it reads."""

    came: Opened
    what: str
    language: str
    origins: tuple[str, ...]
