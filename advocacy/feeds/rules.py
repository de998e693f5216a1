"""What a feed must say."""

from dataclasses import dataclass
from datetime import timedelta

from advocacy.audit.rules import Event
from advocacy.feeds.schema import What as What
from advocacy.ground.reasons import Reason

FEED = "feed"
LIVES = timedelta(days=365)
MOST = 10
"""Open feeds of one person."""


@dataclass(frozen=True)
class Made(Event):
    NAME = "feeds.made"
    what: str


@dataclass(frozen=True)
class Ended(Event):
    NAME = "feeds.ended"


def faults(what: str, already: int) -> list[Reason]:
    """What is wrong with a new feed."""
    found = [] if what in set(What) else [Reason("form.choice", "what")]
    return [*found, Reason("feeds.too-many", "", {"most": MOST})] if already >= MOST else found
