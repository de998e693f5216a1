"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from advocacy.signoff.rules import Outside


@dataclass(frozen=True)
class BehalfRow:
    """What was recorded for an organisation, as it and the lead see it.

    is_confirmed: it has answered since, as far as this reader sees.
    """

    id: UUID
    round_id: UUID
    for_id: UUID
    organisation: str
    kind: str
    shown_name: str
    is_named: bool
    logo: bool
    contact: str
    how: str
    recorded_at: datetime
    is_confirmed: bool

    @property
    def as_said(self) -> dict[str, Any]:
        """What was recorded, as the form of the organisation's own answer offers it."""
        filled: dict[str, Any] = {"kind": self.kind, "logo": self.logo}
        if self.is_named:
            filled |= {"outside": Outside.NAMED.value, "shown_name": self.shown_name}
        return filled


@dataclass(frozen=True)
class Opened:
    """What a link is for. Said to nobody before the code."""

    link_id: UUID
    round_id: UUID
    organisation_id: UUID
