"""What a sign-off round is, in plain Python: no database, no web, nothing shared with the rooms.

The machine in tests/machines/test_round.py does the same to this and to the application, and
compares. It is short so that it can be read in one go and be disagreed with.
"""

from dataclasses import dataclass, field

OUTSIDE = ["private", "counted", "category", "named"]
INSIDE = ["nobody", "lead", "all"]
ANSWERS = ["endorse", "reservation", "no-objection", "change", "abstain", "decline", "recuse"]
ENDORSING = {"endorse", "reservation"}


class Refused(Exception):
    """The deed is not possible now; nothing was recorded."""


@dataclass(frozen=True)
class Says:
    """One act of one organisation. number: how many acts it has made in this round."""

    number: int
    answer: str
    outside: str
    inside: str
    hash: str


@dataclass
class Round:
    """One version put to a roster until an hour."""

    lead: str
    roster: set[str]
    hash: str
    closes: int
    abandoned: bool = False
    closed_early: bool = False
    history: dict[str, list[Says]] = field(default_factory=dict)

    def is_open(self, now: int) -> bool:
        return not self.abandoned and not self.closed_early and now < self.closes

    def current(self, who: str) -> Says | None:
        return self.history.get(who, [None])[-1]  # type: ignore[list-item]

    def number(self, who: str) -> int:
        return len(self.history.get(who, []))

    def answer(
        self, who: str, *, answer: str, outside: str, inside: str, seen: str, after: int, now: int
    ) -> None:
        """after: how many acts of ours the page we answered from knew of."""
        if who not in self.roster or not self.is_open(now):
            raise Refused
        if seen != self.hash or after != self.number(who):
            raise Refused
        shown = outside if answer in ENDORSING else "private"
        says = Says(after + 1, answer, shown, inside, seen)
        self.history.setdefault(who, []).append(says)

    def lower(self, who: str, *, outside: str, inside: str) -> None:
        """At any hour, also when the round is over or given up."""
        now = self.current(who)
        if now is None:
            raise Refused
        if OUTSIDE.index(outside) > OUTSIDE.index(now.outside):
            raise Refused
        if INSIDE.index(inside) > INSIDE.index(now.inside):
            raise Refused
        if (outside, inside) != (now.outside, now.inside):
            says = Says(now.number + 1, now.answer, outside, inside, now.hash)
            self.history[who].append(says)

    def close(self, who: str, now: int) -> None:
        """Before its time only when the lead can see an answer of everybody."""
        if who != self.lead or not self.is_open(now):
            raise Refused
        if any(not self.sees(self.lead, other, now) for other in self.roster):
            raise Refused
        self.closed_early = True

    def abandon(self, who: str) -> None:
        if who != self.lead or self.abandoned:
            raise Refused
        self.abandoned = True

    def sees(self, reader: str, who: str, now: int) -> bool:
        """Whether a member of the position's circle sees the answer of an organisation."""
        says = self.current(who)
        if says is None:
            return False
        if reader == who or says.inside == "all":
            return True
        if reader != self.lead:
            return False
        return says.inside == "lead" or now >= self.closes

    def outside(self) -> dict[str, str]:
        """Who may be shown outside, and how. Silence never is."""
        return {
            who: acts[-1].outside
            for who, acts in self.history.items()
            if acts[-1].answer in ENDORSING and acts[-1].outside != "private"
        }
