"""What an event is, and how its hash is made."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

from advocacy.text.canon import canonical_json


@dataclass(frozen=True)
class Event:
    """Base of all audit events. A subclass sets NAME and declares its fields, no more.

    Fields are numbers, words of a closed list, ids and hashes; never text of restricted records.
    """

    NAME: ClassVar[str] = ""

    def detail(self) -> dict[str, Any]:
        """The fields as they are kept: ids as text."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if value is None or isinstance(value, bool | int | str):
        return str(value) if isinstance(value, str) else value
    return str(value)


def commitment(salt: str, detail: dict[str, Any]) -> str:
    """What the chain holds of the detail."""
    return sha256(salt.encode() + canonical_json(detail)).hexdigest()


def event_hash(
    *,
    book: str,
    sequence: int,
    at: datetime,
    name: str,
    ids: tuple[UUID | None, ...],
    commitment: str,
    previous: str,
) -> str:
    """SHA-256 over every column of the row. ids: event, about, person, seat, organisation."""
    words = [book, sequence, at.astimezone(UTC).isoformat(), name, commitment, previous]
    return sha256(canonical_json([*words, *(str(i) if i else None for i in ids)])).hexdigest()
