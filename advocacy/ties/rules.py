"""What may be wrong with a tie or a part; the room's events."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from advocacy.asks.rules import too_long
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.ties.schema import Kind as Kind  # the closed words, which doors may use

MOST_STEPS = 500
Edge = tuple[UUID, UUID]


def way(
    before: Callable[[list[UUID]], Iterable[Edge]], *, start: UUID, end: UUID
) -> tuple[UUID, ...]:
    """A way along ties from `start` to `end`, both ends in it; empty = there is none.

    before: the ties that lead into these records, each as (from, to). Looks back from the end.
    """
    after: dict[UUID, UUID] = {end: end}
    level = [end]
    while level and start not in after and len(after) <= MOST_STEPS:
        found = [(one, to) for one, to in before(level) if one not in after]
        after.update(found)
        level = [one for one, _to in dict(found).items()]
    if start not in after:
        return ()
    steps = [start]
    while steps[-1] != end:
        steps.append(after[steps[-1]])
    return tuple(steps)


def faults(kind: str, text: str, *, is_itself: bool, is_elsewhere: bool) -> list[Reason]:
    """What is wrong with a tie as it was sent."""
    found = [] if kind in set(Kind) else [Reason("form.choice", "kind")]
    if is_itself:
        found.append(Reason("ties.itself", "other"))
    elif is_elsewhere:
        found.append(Reason("ties.nothing", "other"))
    return found + too_long(text=text)


@dataclass(frozen=True)
class Tied(Event):
    NAME = "ties.tied"
    kind: str


@dataclass(frozen=True)
class Ended(Event):
    NAME = "ties.ended"
    kind: str
