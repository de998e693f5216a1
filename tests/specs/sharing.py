"""What an owner may choose, and whom that lets in, in plain Python.

Sections 3.3 and 5 of the page on the threat register, A6 to A8 and C28 of "Practice".
"""

from dataclasses import dataclass

from tests.specs.circles import (
    DONORS,
    EVERYONE,
    MEMBERS,
    OBSERVERS,
    Audience,
    Workspace,
    of,
    unless,
)

LEVELS = {"own": 4, "named": 4, "members": 3, "observers": 2, "donors": 2, "public": 1}


@dataclass(frozen=True)
class Choice:
    """Who may see a record: a level, who is named beside it, and for its restricted part.

    Who is named reads while it is in the workspace, as what it was when it was named.
    """

    level: str = "own"
    named: frozenset[str] = frozenset()
    circles: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


def asked(space: Workspace, owner: str, choice: Choice) -> tuple[Audience, Audience, Audience]:
    named = choice.named if choice.level not in {"own", "public"} else frozenset()
    inside, safe = {owner}, set[str]()
    if choice.level not in {"own", "public"}:
        inside |= choice.circles
    if choice.level not in {"own", "named"}:
        inside.add(MEMBERS)
    safe |= {OBSERVERS: {OBSERVERS}, DONORS: {DONORS}, "public": {EVERYONE}}.get(
        choice.level, set()
    )
    ways = {one: frozenset({one, space.kinds[one]}) for one in named | choice.told}
    members = of(inside) | {ways[one] for one in named if space.kinds[one] == MEMBERS}
    told = of({owner}) | {ways[one] for one in choice.told}
    return members | of(safe) | {ways[one] for one in named}, members, told


def unless_allowed(space: Workspace, owner: str, sensitivity: int, choice: Choice) -> None:
    kinds, level = space.kinds, choice.level
    named = choice.named if level not in {"own", "public"} else frozenset()
    unless(sensitivity <= LEVELS[level])
    unless(level != "named" or bool(named or choice.circles))
    unless(all(one in kinds and one != owner for one in named | choice.told))
    unless(all(owner in space.circles[c] or owner == "relief" for c in choice.circles))
    outside = {kinds[one] for one in named} | {level}
    unless(not {OBSERVERS, DONORS} <= outside)
    for one in choice.told:
        unless(kinds[one] != DONORS)
        by_kind = level in {"members", "observers", "donors", "public"}
        by_kind = by_kind and (kinds[one] == MEMBERS or (level == kinds[one] == OBSERVERS))
        unless(one in named or by_kind)
