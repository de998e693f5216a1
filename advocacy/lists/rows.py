"""What may leave the room."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from advocacy.channels.rules import Readers
from advocacy.lists.rules import Name


@dataclass(frozen=True)
class Joined:
    """A name that came later. joined_on: its day in the time zone of the round."""

    organisation_id: UUID
    joined_on: date
    joined_at: datetime
    name: Name


@dataclass(frozen=True)
class Open:
    """A release that names may still join. follows: hash of the list it went out with."""

    release_id: UUID
    round_id: UUID
    follows: str
    joined_on: date


@dataclass(frozen=True)
class Under:
    """The text whose list is read. who: as whom; None = with every name that is shown.

    listed_at: when its first list was compiled.
    """

    release_id: UUID
    round_id: UUID
    position_id: UUID
    who: Readers | None
    listed_at: datetime
