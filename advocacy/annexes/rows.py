"""What may leave the room."""

from dataclasses import dataclass
from uuid import UUID

from advocacy.formats.attachment import ENDINGS
from advocacy.text.canon import normalise
from advocacy.text.hashes import short


@dataclass(frozen=True)
class AnnexRow:
    """An annex of a draft or of a version. id: the same in both, also once its file is replaced.

    size: bytes. tells: what its file says of its writers.
    """

    id: UUID
    file_id: UUID
    number: int
    title: str
    media: str
    size: int
    sha256: str
    tells: tuple[str, ...]

    @property
    def line(self) -> str:
        """What of it is in the content hash of its text: its file's SHA-256 and its title."""
        return f"{self.sha256} {normalise(self.title)}"


@dataclass(frozen=True)
class AnnexChange:
    """An annex as it stands in two lists. kind: new, replaced, renamed, moved or gone.

    before: None for one that is new; after: None for one that is gone.
    """

    kind: str
    before: AnnexRow | None
    after: AnnexRow | None


@dataclass(frozen=True)
class FileRow:
    """A file to hand over."""

    media: str
    sha256: str
    data: bytes

    @property
    def name(self) -> str:
        """No title in it: file names are read over shoulders and kept in logs."""
        return f"annex-{short(self.sha256)}.{ENDINGS[self.media]}"
