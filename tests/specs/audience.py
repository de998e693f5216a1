"""Who reads what, in plain Python: no database, nothing shared with the access floor.

Instants are whole numbers; organisations and groups are small words. Short, so that it can be
read in one go and be disagreed with.
"""

from dataclasses import dataclass, field

EVERYONE = "everyone"
FOR_EVER = None


@dataclass
class Spell:
    """An organisation is in a group from an instant until another (not included)."""

    organisation: str
    start: int
    end: int | None = FOR_EVER

    def holds(self, now: int) -> bool:
        return self.start <= now and (self.end is FOR_EVER or self.end > now)


@dataclass
class Groups:
    """Organisations are groups of themselves; the others are filled and emptied."""

    organisations: tuple[str, ...]
    spells: dict[str, list[Spell]] = field(default_factory=dict)

    def members(self, group: str, now: int) -> set[str]:
        """Organisations in a group at an instant."""
        if group == EVERYONE:
            return set(self.organisations)
        if group in self.organisations:
            return {group}
        return {s.organisation for s in self.spells.get(group, []) if s.holds(now)}

    def join(self, group: str, organisation: str, now: int) -> None:
        """Being in already, nothing changes."""
        if organisation not in self.members(group, now):
            self.spells.setdefault(group, []).append(Spell(organisation, now))

    def leave(self, group: str, organisation: str, now: int) -> None:
        """From this very instant on it is out, whatever was to come."""
        for spell in self.spells.get(group, []):
            if spell.organisation == organisation and (spell.end is None or spell.end > now):
                spell.end = now


# An audience: which groups, each from which instant on. A group named twice opens at the earlier.
Audience = dict[str, int]


def interned(parts: list[tuple[str, int]]) -> Audience:
    """Equal sets are the same audience."""
    return {group: min(o for g, o in parts if g == group) for group, _ in parts}


def readers(groups: Groups, audience: Audience, now: int) -> set[str]:
    """Organisations that read a record of this audience at an instant."""
    return {
        organisation
        for group, opens in audience.items()
        if opens <= now
        for organisation in groups.members(group, now)
    }


def readers_of_both(groups: Groups, a: Audience, b: Audience, now: int) -> set[str]:
    """What a child may be read by: those who read the parent and are in its own audience."""
    return readers(groups, a, now) & readers(groups, b, now)


# What each sensitivity still allows, by kind of group.
ALLOWED = {
    1: {"everyone", "donors", "observers", "members", "body", "circle", "participants"},
    2: {"donors", "observers", "members", "body", "circle", "participants"},
    3: {"members", "body", "circle", "participants"},
    4: {"circle", "participants"},
}


def is_allowed(kind: str, sensitivity: int) -> bool:
    """An organisation by its own name always is: the owner is one of them."""
    return kind == "organisation" or kind in ALLOWED[sensitivity]
