"""The only place that asks what time it is. Below the edge, `now` travels with the actor."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_frozen: datetime | None = None


def freeze(at: datetime | None) -> None:
    """Hold the clock at `at` (tests and demo worlds); None lets it run again."""
    global _frozen  # noqa: PLW0603 - one process-wide switch
    _frozen = at


def now() -> datetime:
    """The current instant, UTC. Read once per request, command or job."""
    return _frozen or datetime.now(UTC)


def zone(name: str) -> ZoneInfo | None:
    """The named time zone, or None when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def day_in(at: datetime, zone_name: str) -> date:
    """The calendar day of an instant in a zone (UTC when the zone is unknown)."""
    return at.astimezone(zone(zone_name) or UTC).date()


def instant(day: date, at: time, zone_name: str) -> datetime | None:
    """The instant of a local time; None where there is no such zone, or no such time that day."""
    there = zone(zone_name)
    if there is None:
        return None
    local = datetime.combine(day, at, tzinfo=there)
    there_and_back = (local - (local.utcoffset() or timedelta())).replace(tzinfo=None)
    again = there_and_back.replace(tzinfo=UTC).astimezone(there)
    return again if again.replace(tzinfo=None) == local.replace(tzinfo=None) else None
