"""What must be said of a window, and when it is open."""

from dataclasses import dataclass
from datetime import date

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.windows.rows import WindowRow

MOST_LINE, SOON_DAYS, MOST_YEARS = 300, 14, 30
REACHES = ("own", "members")


@dataclass(frozen=True)
class Said:
    """What is said of a window."""

    name: str = ""
    forum: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    is_off: bool = False


def faults(of: Said, *, today: date) -> list[Reason]:
    """What is wrong with it. A last day that is left out is the first day."""
    found = [Reason("form.required", "name")] if not of.name.strip() else []
    found += [
        Reason("form.too-long", name, {"most": MOST_LINE})
        for name in ("name", "forum")
        if len(getattr(of, name)) > MOST_LINE
    ]
    if of.begins_on is None:
        return [*found, Reason("windows.say-when", "begins_on")]
    days = {"begins_on": of.begins_on, "ends_on": of.ends_on or of.begins_on}
    found += [
        Reason("windows.too-far", name)
        for name, on in days.items()
        if abs(on.year - today.year) > MOST_YEARS
    ]
    if days["ends_on"] < days["begins_on"]:
        found.append(Reason("windows.ends-first", "ends_on"))
    return found


def days_until(of: WindowRow, *, on: date) -> int:
    """Days until it opens; 0 while it is open, below 0 when it is over or does not take place."""
    if of.is_off or of.ends_on < on:
        return -1
    return max((of.begins_on - on).days, 0)


def is_soon(of: WindowRow, *, on: date) -> bool:
    """Open, or about to open."""
    return 0 <= days_until(of, on=on) <= SOON_DAYS


@dataclass(frozen=True)
class Told(Event):
    NAME = "windows.told"


@dataclass(frozen=True)
class Used(Event):
    NAME = "windows.used"
    stands: bool
