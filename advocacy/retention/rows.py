"""What leaves the room."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Panel:
    """How long the full account of a record stays. until None = it is open, or kept for ever."""

    until: date | None
    is_over: bool
    erased_on: date | None
    may_erase: bool
