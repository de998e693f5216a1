"""What goes into the room and what leaves it. No id of an organisation leaves it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from advocacy.formats.attachment import Attachment


@dataclass(frozen=True)
class Sent:
    """A file that was looked into. scanned_by: the scanner's words; empty = it was not scanned."""

    file: Attachment
    scanned_by: str = ""


@dataclass(frozen=True)
class Piece:
    """Evidence as it is written. Words of `schema`. ask: whom, where it is held."""

    kind: str
    words: str
    dated_on: date | None
    direction: str = "supports"
    is_held: bool = True
    ask: str = ""
    consent: str = "not-asked"
    consent_to: str = ""
    consent_by: str = ""
    consent_on: date | None = None
    reach: str = "all"


@dataclass(frozen=True)
class FileRow:
    """What a file says of itself, without its bytes."""

    media: str
    size: int
    sha256: str
    tells: tuple[str, ...]
    scanned_at: datetime | None
    scanned_by: str


@dataclass(frozen=True)
class ExhibitRow:
    """Evidence as its reader may know it. view_id: of the view it stands beside; None = of the
    record itself, or of a view that does not stand. file: None = held, withdrawn or erased."""

    id: UUID
    threat_id: UUID
    said: Piece
    file: FileRow | None
    view_id: UUID | None
    is_of_record: bool
    is_ours: bool
    added_at: datetime
    withdrawn_at: datetime | None
    withdrawn_why: str
    act_id: UUID | None = None


@dataclass(frozen=True)
class Panel:
    """Evidence on a threat's page: that of the record, and that of each view that is shown."""

    of_record: tuple[ExhibitRow, ...] = ()
    by_view: dict[UUID, tuple[ExhibitRow, ...]] = field(default_factory=dict)
    count: int = 0
    may_add: bool = False


@dataclass(frozen=True)
class Room:
    """How many bytes of files one's own organisation keeps in a workspace, and how many it may."""

    used: int
    most: int


@dataclass(frozen=True)
class Handed:
    """A file with its bytes. name: ours; the sender's is not kept."""

    name: str
    media: str
    data: bytes
