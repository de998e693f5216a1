"""Who reads what of the register, in plain Python, from the page on the threat register.

Sections 3.3 and 5 of that page, and A6 to A8 and C28 of "Practice", say what stands here. No
database, nothing shared with the product. An audience is a set of *ways in*; each way in names
groups that one must all be in: a merge adds groups to a way in, and so never opens one.
"""

from dataclasses import dataclass, field

from tests.specs.circles import CAP, Audience, Workspace, of, unless
from tests.specs.sharing import Choice, asked, unless_allowed

LASTS = 14 * 86_400


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
    offered: str = ""
    past: set[str] = field(default_factory=set)


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

    # --- who may see ---

    def report(self, name: str, owner: str, sensitivity: int, choice: Choice) -> None:
        unless_allowed(self.space, owner, sensitivity, choice)
        self.records[name] = Record(owner, sensitivity, *asked(self.space, owner, choice))

    def share(self, name: str, choice: Choice, now: int) -> None:
        """Narrower at once; wider waits for a second person. Of both: who is left out, at once."""
        row = self._open(name)
        unless_allowed(self.space, row.owner, row.sensitivity, choice)
        wanted, before = asked(self.space, row.owner, choice), self.classes(name)
        wider = self.space.is_wider
        if wider(wanted[0], before[0]) or wider(wanted[2], before[2]):
            kept = [self.space.meet(a, b) for a, b in zip(before, wanted, strict=True)]
            if any(wider(a, b) for a, b in zip(before, kept, strict=True)):
                row.own_members, row.own_told = kept[1:]
                self.narrow(name, kept[0])
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
        unless_allowed(self.space, row.owner, row.sensitivity, choice)
        row.waiting = None
        self._choose(name, choice)

    def rate(self, name: str, sensitivity: int) -> None:
        """More sensitive: at once nobody reads it whom that leaves out. Less: nobody more.

        Its owner always reads it.
        """
        row = self._open(name)
        row.sensitivity = sensitivity
        kept = {w for w in row.safe if any(sensitivity <= CAP.get(group, 4) for group in w)}
        self.narrow(name, frozenset(kept) | of({row.owner}) if kept != row.safe else row.safe)

    def _open(self, name: str) -> Record:
        row = self.records[name]
        unless(not row.into)
        return row

    def _choose(self, name: str, choice: Choice) -> None:
        row = self.records[name]
        safe, row.own_members, row.own_told = asked(self.space, row.owner, choice)
        self.narrow(name, safe)

    def narrow(self, name: str, safe: Audience) -> None:
        """And what it absorbed is read no further than it."""
        self.records[name].safe = safe
        for other, row in self.records.items():
            if row.into == name:
                self.narrow(other, self.space.meet(safe, row.safe))

    # --- two that are one ---

    def merge(self, by: str, survivor: str, absorbed: str) -> None:
        stays, goes = self._open(survivor), self._open(absorbed)
        unless(survivor != absorbed and stays.owner == goes.owner == by)
        both = self.space.meet(stays.safe, goes.safe)
        goes.into, goes.before = survivor, (stays.safe, goes.safe, both)
        self.narrow(survivor, both)

    def undo(self, by: str, absorbed: str) -> None:
        """Both as they were; whatever was narrowed since stays narrow, in both.

        What was offered before is offered again, but not where fewer read it now.
        """
        goes = self.records[absorbed]
        unless(bool(goes.into) and goes.owner == by)
        assert goes.before is not None
        survivor, (stays_was, goes_was, both) = goes.into, goes.before
        goes.into = ""
        now, then = self.records[survivor].safe, goes.safe
        meet = self.space.meet
        self.narrow(survivor, stays_was if now == both else meet(now, stays_was))
        alone = goes_was if then == both else meet(then, goes_was)
        self.narrow(absorbed, alone)
        goes.offered = goes.offered if alone == goes_was else ""
