"""Which step a move stands for; which asks of one institution belong together."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from advocacy.asks.rules import CLOSED, Kind, Progress, Response, is_late
from advocacy.boards.rows import Card, Column

# Looking back works every ask out again from its acts: beyond this a reader narrows it down first.
MOST_BACK = 2_000
# A column counts so far; then it says that there are more.
COUNTED_TO = 1_000
# Steps that lead to a state, the plainest first.
_LEADING = (
    *(Kind.UPDATE, Kind.CLAIM, Kind.VERIFY, Kind.REFUSE_VERIFY, Kind.REVERSE),
    *(Kind.REOPEN, Kind.CLOSE, Kind.PROPOSE_CLOSE),
)
REFUSED = {Response.NOTED, Response.REJECTED}


class Show(StrEnum):
    """What the page of an institution counts. A refused ask is open too: a refusal ends nothing."""

    ALL = "all"
    OPEN = "open"
    LATE = "late"
    REFUSED = "refused"
    CLAIMED = "claimed"
    DONE = "done"
    REVERSED = "reversed"
    CLOSED = "closed"


def moves(open_steps: Mapping[Kind, Collection[str]], progress: str) -> dict[Progress, Kind]:
    """Where an ask may go from here, and by which step."""
    found: dict[Progress, Kind] = {}
    for kind in _LEADING:
        for to in open_steps.get(kind, ()):
            if to != progress:
                found.setdefault(Progress(to), kind)
    return {to: found[to] for to in Progress if to in found}


def belongs(show: Show, card: Card, *, on: date) -> bool:
    """Whether the page of an institution counts an ask here."""
    is_open = card.progress not in {Progress.IMPLEMENTED, *CLOSED}
    return {
        Show.ALL: True,
        Show.OPEN: is_open,
        Show.LATE: is_late(card.late_after, card.progress, on=on),
        Show.REFUSED: is_open and card.response in REFUSED,
        Show.CLAIMED: card.progress == Progress.CLAIMED,
        Show.DONE: card.progress == Progress.IMPLEMENTED,
        Show.REVERSED: card.progress == Progress.REGRESSED,
        Show.CLOSED: card.progress in CLOSED,
    }[show]


def order(card: Card) -> tuple[date, str]:
    """Cards stand by the day after which they are late; those without one come last."""
    return card.late_after or date.max, str(card.id)


def is_shown(card: Card, *, response: str, progress: str, late: str, on: date) -> bool:
    """Whether a card of a look back fits filters that speak of where an ask stands."""
    fits = response in {"", card.response} and progress in {"", card.progress}
    return fits and (not late or is_late(card.late_after, card.progress, on=on))


def sorted_out(cards: list[Card], only: str, *, most: int) -> list[Column]:
    """Cards that are all at hand, in their columns. only: one state, or all of them."""
    found = []
    for one in Progress:
        mine = [card for card in cards if card.progress == one]
        if only in {"", one}:
            found.append(Column(one, tuple(mine[:most]), len(mine)))
    return found


def place(card: Card) -> tuple[date, UUID] | None:
    """Where a card stands on the drawing along time; None for one that is not on it."""
    day = card.original_due_on or card.held_from
    return (day, card.id) if day else None


def place_of(card: Card) -> tuple[date, str]:
    """The same, to sort by."""
    return card.original_due_on or card.held_from or date.max, str(card.id)


def day(said: str) -> date | None:
    """The day in an address; None for what is none."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
