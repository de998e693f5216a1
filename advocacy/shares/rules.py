"""What a link must say, and as whom it reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from advocacy.access.actor import Actor, anonymous
from advocacy.accounts import rules as accounts
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.shares.rows import Opened
from advocacy.shares.schema import Width as Width

LINK, PASS = "share", "share-pass"
DAYS, MOST_DAYS = 30, 365
MOST_LABEL, MOST_VIEW = 120, 200
# The filters of the donor page that a link may keep.
VIEW = ("standing", "addressee", "late")
PASS_FOR = timedelta(hours=12)


@dataclass(frozen=True)
class NewShare:
    """A link to be made. days: until it is over; password: empty = none."""

    label: str
    width: str = Width.DONORS
    view: Mapping[str, str] = field(default_factory=dict)
    days: int = DAYS
    password: str = ""


def faults(new: NewShare) -> list[Reason]:
    """What is wrong with a link."""
    found = days_faults(new.days)
    if not new.label.strip():
        found.append(Reason("shares.no-label", "label"))
    if len(new.label) > MOST_LABEL:
        found.append(Reason("form.too-long", "label", {"most": MOST_LABEL}))
    if new.width not in set(Width):
        found.append(Reason("form.choice", "width"))
    if any(name not in VIEW or len(value) > MOST_VIEW for name, value in new.view.items()):
        found.append(Reason("form.choice", "view"))
    if new.password:
        found += accounts.password_faults(new.password)
    return found


def days_faults(days: int) -> list[Reason]:
    """What is wrong with the days a link is to live."""
    return [] if 1 <= days <= MOST_DAYS else [Reason("shares.days", "days", {"most": MOST_DAYS})]


def reader(of: Opened, now: datetime) -> Actor:
    """As whom a link reads: the donors' group itself, or nobody; never who holds the link.

    The group is in the audiences that donors are in, and in no workspace and no other group.
    """
    if of.width == Width.PUBLIC:
        return anonymous(now)
    return Actor(now=now, organisation_id=of.group_id)


@dataclass(frozen=True)
class Issued(Event):
    NAME = "shares.issued"
    width: str
    days: int


@dataclass(frozen=True)
class Ended(Event):
    NAME = "shares.ended"


@dataclass(frozen=True)
class Renewed(Event):
    NAME = "shares.renewed"
    days: int
