"""What goes through the room."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Owner:
    """Whom a text was put to, in the words of the file, and what they answered."""

    name: str
    response: str = "none"


@dataclass(frozen=True)
class Record:
    """One recommendation of a file. The first owner leads.

    key: what makes it this one in every file and run; fingerprint: a hash of what the file says
    of it. lines: of the file. Empty means that the file does not say.
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
    source: str = ""
    issued_on: date | None = None
    language: str = "en"
    lines: tuple[int, ...] = ()
