"""What a sign-off round is, in plain Python: no database, no web, nothing shared with the rooms.

The machine in tests/machines/test_round.py does the same to this and to the application, and
compares. It is short so that it can be read in one go and be disagreed with. Times are seconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

OUTSIDE = ["private", "counted", "category", "named"]
INSIDE = ["nobody", "lead", "all"]
USUAL = ["endorse", "reservation", "no-objection", "change", "abstain", "decline", "recuse"]
BY_SILENCE = ["no-objection", "change", "abstain", "recuse"]
ANSWERS = [*USUAL, "not-associated"]
ENDORSING = {"endorse", "reservation"}
HOLDING = {"change", "not-associated"}
PLAIN = {"endorse", "no-objection", "abstain", "decline", "recuse"}
VOID = "void"
MOST_EXTENSIONS, DAY = 2, 86_400


class Refused(Exception):
    """The deed is not possible now; nothing was recorded."""


def unless(*allowed: bool) -> None:
    if not all(allowed):
        raise Refused


@dataclass(frozen=True)
class Terms:
    """How a round works. late: how long after the first deadline names may follow."""

    mode: str = "explicit"
    hidden: bool = False
    late: int | None = None
    body: bool = False
    logos: bool = True

    @property
    def answers(self) -> list[str]:
        kinds = BY_SILENCE if self.mode == "silence" else USUAL
        return [*kinds, "not-associated"] if self.body else kinds


@dataclass(frozen=True)
class Says:
    """One act of one organisation. by: whose hand it was. carried: nobody pressed a button."""

    answer: str
    outside: str
    inside: str
    logo: bool
    hash: str
    by: str
    carried: bool = False

    @property
    def endorses(self) -> bool:
        return self.answer in ENDORSING

    def as_shown(self) -> "Says":
        """Only who endorses is shown outside, and a logo stands only with a name."""
        outside = self.outside if self.endorses else "private"
        logo = self.logo and outside == "named"
        return Says(self.answer, outside, self.inside, logo, self.hash, self.by)


@dataclass
class Round:
    """One version put to a roster until an hour."""

    lead: str
    circle: set[str]
    roster: set[str]
    hash: str
    closes: int
    terms: Terms = field(default_factory=Terms)
    abandoned: bool = False
    closed_early: bool = False
    extensions: int = 0
    history: dict[str, list[Says]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.late_until = None if self.terms.late is None else self.closes + self.terms.late
        self.changed: set[str] = set()

    # --- what stands ---

    def state(self, now: int) -> str:
        if self.abandoned:
            return "abandoned"
        held = any(says.answer in HOLDING for acts in self.history.values() for says in acts)
        if self.terms.mode == "silence" and held:
            return "broken"
        return "closed" if self.closed_early or now >= self.closes else "open"

    def is_open(self, now: int) -> bool:
        return self.state(now) == "open"

    def is_late(self, now: int) -> bool:
        late = self.late_until is not None and now < self.late_until
        return late and self.state(now) == "closed"

    def current(self, who: str) -> Says | None:
        return self.history.get(who, [None])[-1]

    def number(self, who: str) -> int:
        return len(self.history.get(who, []))

    # --- deeds ---

    def answer(self, who: str, says: Says, *, after: int, now: int) -> None:
        """after: how many acts of ours the page we answered from knew of."""
        before, late = self.current(who), self.is_late(now)
        unless(who in self.roster or before is not None)
        unless(self.is_open(now) or (late and not (before and before.endorses)))
        unless(says.hash == self.hash, after == self.number(who))
        unless(says.answer in self.terms.answers, not late or says.endorses)
        logo = says.logo and self.terms.logos
        given = Says(says.answer, says.outside, says.inside, logo, says.hash, says.by)
        self.history.setdefault(who, []).append(given.as_shown())

    def lower(self, who: str, *, outside: str, inside: str, by: str) -> None:
        """At any hour, also when the round is over or given up."""
        now = self.current(who)
        if now is None:
            raise Refused
        unless(OUTSIDE.index(outside) <= OUTSIDE.index(now.outside))
        unless(INSIDE.index(inside) <= INSIDE.index(now.inside))
        if (outside, inside) != (now.outside, now.inside):
            says = Says(now.answer, outside, inside, now.logo, now.hash, by)
            self.history[who].append(says.as_shown())

    def void(self, who: str, by: str) -> None:
        """Given without a mandate: taken out by a row, and not erased."""
        now = self.current(who)
        if now is None or now.answer == VOID:
            raise Refused
        self.history[who].append(Says(VOID, "private", "nobody", False, self.hash, by))

    def recall(self, who: str, by: str, now: int) -> None:
        """What was carried for us, we take out as long as the round is open."""
        says = self.current(who)
        unless(says is not None and says.carried, self.is_open(now))
        self.void(who, by)

    def extend(self, who: str, *, later: int, current: bool, now: int) -> None:
        unless(who == self.lead, self.is_open(now), current)
        unless(self.extensions < MOST_EXTENSIONS, self.closes < later <= now + 10 * DAY)
        self.closes, self.extensions = later, self.extensions + 1

    def add(self, who: str, key: str, now: int) -> None:
        unless(who == self.lead, self.is_open(now), key not in self.roster, key in self.circle)
        self.roster.add(key)
        self.changed.add(key)

    def take_off(self, who: str, key: str, now: int) -> None:
        """Before it answered, as far as the lead can see."""
        unless(who == self.lead, self.is_open(now), key in self.roster)
        unless(not self.sees(self.lead, key, now), len(self.roster) > 1)
        self.roster.remove(key)
        self.changed.add(key)

    def note(self, who: str, kind: str, now: int) -> None:
        """Heard by phone: it changes nothing that anybody is shown."""
        unless(who == self.lead, self.is_open(now), kind in self.terms.answers, kind in PLAIN)

    def close(self, who: str, now: int) -> None:
        """Before its time only when the lead can see an answer of everybody."""
        unless(who == self.lead, self.is_open(now))
        unless(all(self.sees(self.lead, other, now) for other in self.roster))
        self.closed_early = True

    def abandon(self, who: str) -> None:
        unless(who == self.lead, not self.abandoned)
        self.abandoned = True

    def carry(self, earlier: Iterable["Round"]) -> None:
        """What last endorsed exactly this text stands, on the same dials, never a logo too many."""
        for who in self.roster:
            last = [of.history[who][-1] for of in earlier if who in of.history]
            if last and last[-1].endorses and last[-1].hash == self.hash:
                old = last[-1]
                if old.answer in self.terms.answers:
                    logo = old.logo and self.terms.logos
                    stands = (old.answer, old.outside, old.inside, logo, old.hash, old.by)
                    self.history[who] = [Says(*stands, carried=True)]

    # --- who reads what ---

    def sees(self, reader: str, who: str, now: int) -> bool:
        """Whether a member of the position's circle sees the answer of an organisation."""
        says = self.current(who)
        if says is None or says.answer == VOID:
            return False
        if reader == who:
            return True
        if says.inside == "all":
            waits = self.terms.hidden and reader != self.lead and reader not in self.history
            return not waits or now >= self.closes
        return reader == self.lead and (says.inside == "lead" or now >= self.closes)

    def outside(self) -> dict[str, tuple[str, bool]]:
        """Who may be shown outside, how, and with a logo or not. Silence never is."""
        return {
            who: (acts[-1].outside, acts[-1].logo)
            for who, acts in self.history.items()
            if acts[-1].endorses and acts[-1].outside != "private"
        }


@dataclass
class Hands:
    """Who may sign for one organisation: its principal by a seat, one delegate for a time."""

    seated: bool = True
    lent: list[tuple[str, int, int]] = field(default_factory=list)

    def lend(self, *, own: bool, scope: str, first: int, last: int, now: int) -> None:
        """What was lent is not lent on, nor twice for the same hours."""
        unless(own, self.seated, last > max(now, first))
        unless(not any(now < b and a < last and first < b for _scope, a, b in self.lent))
        self.lent.append((scope, max(first, now), last))

    def end(self, *, own: bool, now: int) -> None:
        """Take back what ends last."""
        standing = [one for one in self.lent if now < one[2]]
        unless(own, self.seated, bool(standing))
        last = max(standing, key=lambda one: one[2])
        self.lent[self.lent.index(last)] = (last[0], last[1], now)

    def must_answer(self, says: Says, before: Says | None, *, own: bool, now: int) -> None:
        """Who signs by a seat wins, and a private delegation signs nothing that is shown."""
        how = self.signs(own=own, now=now)
        unless(how is not None)
        if how != "seat":
            unless(before is None or before.by == "dana" or not self.seated)
            unless(how == "public" or says.as_shown().outside == "private")

    def signs(self, *, own: bool, now: int) -> str | None:
        """As whom: "seat", "public" or "private"; None for who may not sign now."""
        if own:
            return "seat" if self.seated else None
        if not self.seated:
            return None
        standing = [scope for scope, first, last in self.lent if first <= now < last]
        return next((scope for scope in ("public", "private") if scope in standing), None)
