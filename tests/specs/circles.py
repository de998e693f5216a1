"""Who is in which group, and what an audience lets in, in plain Python.

An audience is a set of *ways in*; each way in names groups that one must all be in: a merge adds
groups to a way in, and so never opens one.
"""

from dataclasses import dataclass, field
from itertools import product

EVERYONE, MEMBERS, OBSERVERS, DONORS = "everyone", "members", "observers", "donors"
# How sensitive a record may be at most for each group. Organisations and circles: always.
CAP = {EVERYONE: 1, OBSERVERS: 2, DONORS: 2, MEMBERS: 3}

WayIn = frozenset[str]
Audience = frozenset[WayIn]


class Refused(Exception):
    """This cannot be done now."""


def unless(holds: bool) -> None:
    if not holds:
        raise Refused


@dataclass
class Workspace:
    """kinds: organisation -> members, observers or donors, while it is in. circles: who is in."""

    kinds: dict[str, str]
    circles: dict[str, set[str]] = field(default_factory=dict)

    def is_in(self, who: str, group: str) -> bool:
        if group in {EVERYONE, who}:
            return True
        if group in self.circles:
            return who in self.circles[group] and self.kinds.get(who) == MEMBERS
        return self.kinds.get(who) == group

    def reads(self, who: str, audience: Audience) -> bool:
        return any(all(self.is_in(who, group) for group in way) for way in audience)

    def is_within(self, group: str, other: str) -> bool:
        """Whoever is in the one is in the other, on every day."""
        return other in {group, EVERYONE} or (other == MEMBERS and group in self.circles)

    def tidy(self, ways: set[WayIn]) -> Audience:
        """Without groups and ways in that say nothing more."""
        short = {
            frozenset(
                g for g in way if not any(h != g and self.is_within(h, g) for h in way)
            )
            for way in ways
        }  # fmt: skip
        return frozenset(
            way
            for way in short
            if not any(
                w != way and all(any(self.is_within(g, h) for g in way) for h in w) for w in short
            )
        )

    def meet(self, one: Audience, other: Audience) -> Audience:
        """What both let in."""
        return self.tidy({a | b for a, b in product(one, other)})

    def is_wider(self, new: Audience, old: Audience) -> bool:
        """Somebody reads by the new who does not by the old: now, or by joining a group later."""
        return any(
            not self.is_led_by(way, old)
            and not any(o in way and self.reads(o, old) for o in self.kinds)
            for way in new
        )

    def is_led_by(self, way: WayIn, old: Audience) -> bool:
        """Whoever comes this way may come by an older one."""
        return any(all(any(self.is_within(h, g) for h in way) for g in other) for other in old)


def of(groups: set[str]) -> Audience:
    return frozenset(frozenset({group}) for group in groups)
