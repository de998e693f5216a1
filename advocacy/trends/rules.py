"""Periods, and history read backwards."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime

from advocacy.ground import clock
from advocacy.threats.schema import GOING_ON
from advocacy.trends.rows import Change, Period, Present

MONTHS = {"month": 1, "quarter": 3}
SHOWN = 8


def periods(today: date, every: str, zone: str) -> list[Period]:
    """The last eight months or quarters, the oldest first; the last is the one that goes on."""
    step = MONTHS[every]
    first = today.year * 12 + (today.month - 1) // step * step
    found = []
    for back in range(SHOWN - 1, -1, -1):
        begins = first - back * step
        ends = begins + step
        midnight = datetime(ends // 12, ends % 12 + 1, 1, tzinfo=clock.zone(zone) or UTC)
        found.append(Period(begins // 12, begins % 12 + 1, midnight.astimezone(UTC), back == 0))
    return found


def counts(
    present: Iterable[Present], changes: Iterable[Change], over: Iterable[Period]
) -> list[Counter[int]]:
    """For each period, how many records went on at its end: severity (0 = not assessed) -> number.

    changes: those after the first period's end, of the records in `present`.
    """
    listed = list(over)
    by_record: dict[object, list[Change]] = {}
    for change in sorted(changes, key=lambda one: -one.number):
        by_record.setdefault(change.threat_id, []).append(change)
    found: list[Counter[int]] = [Counter() for _ in listed]
    for record in present:
        later = by_record.get(record.id, [])
        severity, status, done = record.severity, record.status, 0
        for n in range(len(listed) - 1, -1, -1):
            period = listed[n]
            while not period.is_now and done < len(later) and later[done].at >= period.end_at:
                told = later[done].changes
                severity = told["severity"][0] if "severity" in told else severity
                status = told["status"][0] if "status" in told else status
                done += 1
            is_read = record.first_at is not None and record.first_at < period.end_at
            if status in GOING_ON and (period.is_now or is_read):
                found[n][severity or 0] += 1
    return found
