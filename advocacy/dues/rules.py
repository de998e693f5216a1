"""When an ask wants attention, and whose. Source: recommendations.md, features 52 and 53."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from advocacy.asks.rules import CLOSED, DONE, SOON_DAYS, STALE_DAYS, Progress, Response
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

REPLY_DAYS = 30
"""Days an addressee has for a reply before it counts as missing."""
MINDER_DAYS, COORDINATOR_DAYS = 14, 28
"""Days after which it goes from one person to all who follow up, and on to the coordinator."""
MOST_DAYS_OFF = 90
MOST_REASON = 1_000
MOST_IN_MAIL = 10


class Why(StrEnum):
    """What is due about an ask; an ask has the first of these that holds."""

    LATE = "late"
    SOON = "soon"
    REVIEW = "review"
    UNANSWERED = "unanswered"
    STALE = "stale"


class Level(StrEnum):
    """Who is told."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COORDINATOR = "coordinator"


@dataclass(frozen=True)
class PutOff(Event):
    NAME = "dues.put-off"
    ask: str


@dataclass(frozen=True)
class TakenUp(Event):
    NAME = "dues.taken-up"
    ask: str


OVER = sorted(p.value for p in CLOSED | {Progress.IMPLEMENTED})
"""States in which nothing is due of an ask any more."""


def due(
    *,
    late_after: date | None,
    progress: str,
    response: str,
    put_on: date,
    touched_on: date,
    on: date,
    review_on: date | None = None,
) -> tuple[Why, date] | None:
    """What is due of an ask on a day, and since when; None for nothing.

    put_on: the day from which a reply was waited for. review_on: the next review of what goes on;
    then nothing else says that nobody looked at it.
    """
    if progress in OVER:
        return None
    is_open = progress not in DONE
    answer_by = put_on + timedelta(days=REPLY_DAYS)
    look_by = touched_on + timedelta(days=STALE_DAYS)
    if is_open and late_after is not None and late_after < on:
        return Why.LATE, late_after
    if is_open and late_after is not None and late_after <= on + timedelta(days=SOON_DAYS):
        return Why.SOON, late_after
    if review_on is not None and review_on <= on + timedelta(days=SOON_DAYS):
        return Why.REVIEW, review_on
    if is_open and response == Response.NONE and answer_by < on:
        return Why.UNANSWERED, answer_by
    return (Why.STALE, look_by) if review_on is None and look_by < on else None


def level(days: int) -> Level:
    """Who is told of what has been due for so many days; fewer than none: it comes."""
    if days >= COORDINATOR_DAYS:
        return Level.COORDINATOR
    return Level.ORGANISATION if days >= MINDER_DAYS else Level.PERSON


def faults(until_on: date | None, reason: str, *, today: date) -> list[Reason]:
    """What is wrong with putting an ask off."""
    found = [] if reason.strip() else [Reason("dues.say-why", "reason")]
    if len(reason) > MOST_REASON:
        found.append(Reason("form.too-long", "reason", {"most": MOST_REASON}))
    if until_on is None or not today < until_on <= today + timedelta(days=MOST_DAYS_OFF):
        found.append(Reason("dues.until", "until_on", {"most": MOST_DAYS_OFF}))
    return found
