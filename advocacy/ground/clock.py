"""The only place that asks what time it is. Below the edge, `now` travels with the actor."""

from datetime import UTC, date, datetime
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
