"""What goes through the room."""

from dataclasses import dataclass, field
from datetime import date

from advocacy.formats.csv import RefusedRow
from advocacy.ground.reasons import Reason
from advocacy.importing.rows import Clash


@dataclass(frozen=True)
class Owner:
    """Whom a text was put to, in the words of the file, and what they answered."""

    name: str
    response: str = "none"


@dataclass(frozen=True)
class Record:
    """One recommendation of a file. The first owner leads.

    key: what makes it this one in every file and run; fingerprint: a hash of what the file says
    of it. subjects: axis -> items. lines: of the file. earlier: keys under which it may have come
    with fewer owners, the likeliest first. Empty means that the file does not say.
    """

    key: str
    fingerprint: str
    text: str
    owners: tuple[Owner, ...]
    ref: str = ""
    title: str = ""
    issuers: tuple[str, ...] = ()
    session: int | None = None
    specificity: int | None = None
    tags: tuple[str, ...] = ()
    subjects: dict[str, list[str]] = field(default_factory=dict, hash=False)
    source: str = ""
    issued_on: date | None = None
    language: str = "en"
    lines: tuple[int, ...] = ()
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What was sent, as a table. lines: (line in the file, cells); notes: what was found of it."""

    name: str
    digest: str
    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    refused: tuple[RefusedRow, ...] = ()
    notes: tuple[Reason, ...] = ()
    encoding: str = ""


@dataclass(frozen=True)
class About:
    """What holds for every row of a batch. owner: whom rows are put to that name nobody."""

    owner: str = ""
    source: str = ""
    language: str = "en"
    reach: str = "own"


@dataclass(frozen=True)
class Found:
    """What a sheet says: its records, and what was wrong or at odds."""

    records: tuple[Record, ...]
    refused: tuple[RefusedRow, ...]
    conflicts: tuple[Clash, ...]
