"""Who reads what of the register, in plain Python, from the page on the threat register.

Sections 3.3 and 5 of that page, and A6 to A8 and C28 of "Practice", say what stands here. No
database, nothing shared with the product. An audience is a set of *ways in*; each way in names
groups that one must all be in: a merge adds groups to a way in, and so never opens one.
"""

from dataclasses import dataclass, field
from itertools import product

EVERYONE, MEMBERS, OBSERVERS, DONORS = "everyone", "members", "observers", "donors"
# How sensitive a record may be at most for each group. Organisations and circles: always.
CAP = {EVERYONE: 1, OBSERVERS: 2, DONORS: 2, MEMBERS: 3}
LEVELS = {"own": 4, "named": 4, "members": 3, "observers": 2, "donors": 2, "public": 1}
LASTS = 14 * 86_400

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
            and not any({o} == way and self.reads(o, old) for o in self.kinds)
            for way in new
        )

    def is_led_by(self, way: WayIn, old: Audience) -> bool:
        """Whoever comes this way may come by an older one."""
        return any(all(any(self.is_within(h, g) for h in way) for g in other) for other in old)


def of(groups: set[str]) -> Audience:
    return frozenset(frozenset({group}) for group in groups)


@dataclass(frozen=True)
class Choice:
    """Who may see a record: a level, who is named beside it, and for its restricted part."""

    level: str = "own"
    named: frozenset[str] = frozenset()
    circles: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


@dataclass
class Waiting:
    """A widening that one person asked for."""

    choice: Choice
    on: Audience
    until: int


@dataclass
class Record:
    """Three classes of fields; the two inner ones are read by nobody who may not read the safe."""

    owner: str
    sensitivity: int
    safe: Audience
    own_members: Audience
    own_told: Audience
    waiting: Waiting | None = None
    into: str = ""
    before: tuple[Audience, Audience, Audience] | None = None
    # organisation -> all, owner or own, and who coordinated when it said so
    views: dict[str, str] = field(default_factory=dict)


class Register:
    """Records by name."""

    def __init__(self, space: Workspace, coordinators: set[str]) -> None:
        self.space, self.coordinators = space, coordinators
        self.records: dict[str, Record] = {}

    # --- what one reads ---

    def classes(self, name: str) -> tuple[Audience, Audience, Audience]:
        row, meet = self.records[name], self.space.meet
        return row.safe, meet(row.safe, row.own_members), meet(row.safe, row.own_told)

    def lets_in(self, who: str, name: str) -> tuple[bool, bool, bool]:
        """Safe, members, restricted: by the audiences alone."""
        safe, members, told = (self.space.reads(who, a) for a in self.classes(name))
        return safe, members, told

    def sees(self, who: str, name: str) -> tuple[bool, bool, bool]:
        """Who is no longer in the workspace reads nothing in it."""
        found = self.lets_in(who, name)
        return found if who in self.space.kinds else (False, False, False)

    def view_lets_in(self, who: str, name: str, by: str) -> bool:
        row = self.records[name]
        reach = row.views[by]
        told = {by} if reach == "own" else {by, row.owner, *self.coordinators}
        return self.lets_in(who, name)[1] and (reach == "all" or who in told)

    # --- who may see ---

    def asked(self, owner: str, choice: Choice) -> tuple[Audience, Audience, Audience]:
        named = choice.named if choice.level not in {"own", "public"} else frozenset()
        inside = {owner} | {one for one in named if self.space.kinds.get(one) == MEMBERS}
        safe = set(named)
        if choice.level not in {"own", "public"}:
            inside |= choice.circles
        if choice.level not in {"own", "named"}:
            inside.add(MEMBERS)
        safe |= {OBSERVERS: {OBSERVERS}, DONORS: {DONORS}, "public": {EVERYONE}}.get(
            choice.level, set()
        )
        return of(inside | safe), of(inside), of({owner, *choice.told})

    def unless_allowed(self, owner: str, sensitivity: int, choice: Choice) -> None:
        kinds, level = self.space.kinds, choice.level
        named = choice.named if level not in {"own", "public"} else frozenset()
        unless(sensitivity <= LEVELS[level])
        unless(level != "named" or bool(named or choice.circles))
        unless(all(one in kinds and one != owner for one in named | choice.told))
        unless(all(owner in self.space.circles[c] or owner == "relief" for c in choice.circles))
        outside = {kinds[one] for one in named} | {level}
        unless(not {OBSERVERS, DONORS} <= outside)
        for one in choice.told:
            unless(kinds[one] != DONORS)
            by_kind = level in {"members", "observers", "donors", "public"}
            by_kind = by_kind and (kinds[one] == MEMBERS or (level == kinds[one] == OBSERVERS))
            unless(one in named or by_kind)

    def report(self, name: str, owner: str, sensitivity: int, choice: Choice) -> None:
        self.unless_allowed(owner, sensitivity, choice)
        self.records[name] = Record(owner, sensitivity, *self.asked(owner, choice))

    def share(self, name: str, choice: Choice, now: int) -> None:
        """Narrower at once; wider waits for a second person. Of both: who is left out, at once."""
        row = self._open(name)
        self.unless_allowed(row.owner, row.sensitivity, choice)
        asked, before = self.asked(row.owner, choice), self.classes(name)
        wider = self.space.is_wider
        if wider(asked[0], before[0]) or wider(asked[2], before[2]):
            kept = [self.space.meet(a, b) for a, b in zip(before, asked, strict=True)]
            if any(wider(a, b) for a, b in zip(before, kept, strict=True)):
                row.own_members, row.own_told = kept[1:]
                self._set(name, kept[0])
            row.waiting = Waiting(choice, row.safe, now + LASTS)
        else:
            row.waiting = None
            self._choose(name, choice)

    def confirm(self, name: str, *, is_second: bool, now: int) -> None:
        row = self._open(name)
        unless(row.waiting is not None and row.waiting.until > now and is_second)
        assert row.waiting is not None
        unless(row.waiting.on == row.safe)
        choice = row.waiting.choice
        self.unless_allowed(row.owner, row.sensitivity, choice)
        row.waiting = None
        self._choose(name, choice)

    def rate(self, name: str, sensitivity: int) -> None:
        """More sensitive: at once nobody reads it whom that leaves out. Less: nobody more.

        Its owner always reads it.
        """
        row = self._open(name)
        row.sensitivity = sensitivity
        kept = {w for w in row.safe if any(sensitivity <= CAP.get(group, 4) for group in w)}
        self._set(name, frozenset(kept) | of({row.owner}) if kept != row.safe else row.safe)

    def _open(self, name: str) -> Record:
        row = self.records[name]
        unless(not row.into)
        return row

    def _choose(self, name: str, choice: Choice) -> None:
        row = self.records[name]
        safe, row.own_members, row.own_told = self.asked(row.owner, choice)
        self._set(name, safe)

    def _set(self, name: str, safe: Audience) -> None:
        """And what it absorbed is read no further than it."""
        self.records[name].safe = safe
        for other, row in self.records.items():
            if row.into == name:
                self._set(other, self.space.meet(safe, row.safe))

    # --- two that are one ---

    def merge(self, survivor: str, absorbed: str) -> None:
        stays, goes = self._open(survivor), self._open(absorbed)
        unless(survivor != absorbed and stays.owner == goes.owner)
        both = self.space.meet(stays.safe, goes.safe)
        goes.into, goes.before = survivor, (stays.safe, goes.safe, both)
        self._set(survivor, both)

    def undo(self, absorbed: str) -> None:
        """Both as they were; whatever was narrowed since stays narrow, in both."""
        goes = self.records[absorbed]
        unless(bool(goes.into))
        assert goes.before is not None
        survivor, (stays_was, goes_was, both) = goes.into, goes.before
        goes.into = ""
        now, then = self.records[survivor].safe, goes.safe
        meet = self.space.meet
        self._set(survivor, stays_was if now == both else meet(now, stays_was))
        self._set(absorbed, goes_was if then == both else meet(then, goes_was))

    # --- what others say ---

    def say(self, name: str, by: str, reach: str) -> None:
        unless(self.space.kinds.get(by) == MEMBERS and self.sees(by, name)[1])
        self.records[name].views[by] = reach
