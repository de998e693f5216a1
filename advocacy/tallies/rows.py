"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime

from advocacy.signoff.rows import AnswerRow, RosterLine, RoundRow
from advocacy.tallies.rules import Totals


@dataclass(frozen=True)
class PanelRow:
    """Where a round stands, for the page of its position. closes_local: in the round's zone."""

    round: RoundRow
    closes_local: datetime
    us: str
    is_lead: bool
    invited: bool
    mine: AnswerRow | None
    lines: tuple[RosterLine, ...]
    totals: Totals | None
