"""What may leave the room."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from advocacy.text.reading import Reading


@dataclass(frozen=True)
class Banned:
    """A red line that this reader may see beside a text."""

    words: str
    why: str
    instead: str
    organisation_id: UUID
    organisation: str
    stems: tuple[str, ...]


@dataclass(frozen=True)
class Flag:
    """A red line met in a clause. found: the words as they stand there."""

    cid: UUID
    number: int
    found: str
    line: Banned


@dataclass(frozen=True)
class ClauseAids:
    """What helps while one clause is written."""

    flags: tuple[Flag, ...]
    lines: tuple[Banned, ...]
    reading: Reading
    position_id: UUID

    @property
    def typed(self) -> list[dict[str, object]]:
        """What the page looks for while somebody types."""
        return typed(self.lines)


def typed(lines: Iterable[Banned]) -> list[dict[str, object]]:
    """What a page looks for while somebody types."""
    return [
        {"stems": line.stems, "words": line.words, "by": line.organisation, "say": line.instead}
        for line in lines
    ]


@dataclass(frozen=True)
class TextAids:
    """The same for a whole text. readings: clause id -> how it reads."""

    flags: tuple[Flag, ...]
    reading: Reading
    readings: dict[UUID, Reading]
