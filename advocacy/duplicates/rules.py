"""When two records look alike; for how long a merge can be undone; the room's events.

Source: threat register 3.3 rule 9.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from rapidfuzz.fuzz import token_set_ratio

from advocacy.audit.rules import Event
from advocacy.duplicates.rows import Card, Pair

UNDO = timedelta(days=365)
ALIKE = 75
MOST_COMPARED = 400
"""Records of one risk that are compared with each other: 80,000 pairs, a tenth of a second."""
MOST_SHOWN = 50


@dataclass(frozen=True)
class SaidDistinct(Event):
    NAME = "duplicates.distinct"


@dataclass(frozen=True)
class MergedTwo(Event):
    NAME = "duplicates.merged"


@dataclass(frozen=True)
class Undone(Event):
    NAME = "duplicates.undone"


def key(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """A pair, whichever way round it was named."""
    return (one, other) if one < other else (other, one)


def overlap(one: Card, other: Card) -> bool:
    """Whether areas and times meet. No area is the whole country, no day an open end."""
    areas = {one.area_id, other.area_id}
    if len(areas) == 2 and None not in areas:
        return False
    apart = (
        one.ended_on and other.started_on and one.ended_on < other.started_on,
        other.ended_on and one.started_on and other.ended_on < one.started_on,
    )
    return not any(apart)


def pairs(cards: Iterable[Card], distinct: Collection[tuple[UUID, UUID]]) -> list[Pair]:
    """What looks alike and holds one record of ours at least, the most alike first."""
    by_risk: dict[str, list[Card]] = {}
    for card in cards:
        by_risk.setdefault(card.risk_code, []).append(card)
    found = []
    for of_risk in by_risk.values():
        listed = of_risk[:MOST_COMPARED]
        for place, one in enumerate(listed):
            # Each pair once: with all before it when it is ours, else with ours alone.
            others = (o for o in listed[:place] if one.is_ours or o.is_ours)
            made = (_pair(other, one, distinct) for other in others)
            found += [pair for pair in made if pair is not None]
    return sorted(found, key=lambda p: (-p.likeness, p.ours.id, p.other.id))[:MOST_SHOWN]


def _pair(one: Card, other: Card, distinct: Collection[tuple[UUID, UUID]]) -> Pair | None:
    if not (one.is_ours or other.is_ours) or key(one.id, other.id) in distinct:
        return None
    if not overlap(one, other):
        return None
    likeness = token_set_ratio(one.words, other.words, score_cutoff=ALIKE)
    if not likeness:
        return None
    first, second = (one, other) if one.is_ours else (other, one)
    return Pair(first, second, round(likeness))
