"""Totals that give nobody away, and what silence means at the close.

Sources: practice A1, A10, B22; positions and sign-off, section 4 (I6, I7, I8, I20).
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from advocacy.calendars.rules import Calendar, working_days
from advocacy.ground.reasons import Reason
from advocacy.signoff.rules import ENDORSING, Kind, Mode

SILENCE_DAYS = 3
"""Working days that silence needs, in the workspace's calendar."""
SLACK = timedelta(hours=2)
"""Who is reached this soon after being asked had all the time that the round gave."""


class Posted(StrEnum):
    """What became of a mail that asks."""

    DELIVERED = "delivered"
    NOT_REACHED = "not-reached"


class Silent(StrEnum):
    """What it means at the close that an organisation said nothing."""

    LAPSED = "lapsed"
    TACIT = "tacit-no-objection"
    NOT_REACHED = "not-reached"


@dataclass(frozen=True)
class Reached:
    """Whether the ask reached an organisation. at: the first delivery that stands; None = none."""

    at: datetime | None


@dataclass(frozen=True)
class Totals:
    """Numbers that are safe for everybody in the round. split: (answer, how many)."""

    answered: int
    invited: int
    split: tuple[tuple[str, int], ...] = ()


def totals(
    kinds: Mapping[UUID, str], *, invited: int, visible: Set[UUID], smallest: int
) -> Totals | None:
    """Totals that tell a reader nothing about one organisation, or None.

    kinds: current answer by organisation. visible: organisations whose answer this reader sees.
    A number is given only when those it counts, those it leaves out, and those in it whom the
    reader cannot see are each at least `smallest`. Who recuses leaves the number of those asked,
    but stays in it for a reader to whom leaving would tell that they did.
    """
    recused = {o for o, kind in kinds.items() if kind == Kind.RECUSE}
    if 0 < len(recused - visible) < smallest:
        recused &= visible
    kinds = {o: kind for o, kind in kinds.items() if o not in recused}
    invited -= len(recused)
    hidden = set(kinds) - visible
    if len(kinds) < smallest or invited - len(kinds) < smallest or len(hidden) < smallest:
        return None
    split: dict[str, int] = {}
    for organisation, kind in kinds.items():
        split[kind] = split.get(kind, 0) + (organisation in hidden)
    is_safe = all(unseen >= smallest for unseen in split.values())
    counts = {kind: sum(k == kind for k in kinds.values()) for kind in split}
    return Totals(len(kinds), invited, tuple(sorted(counts.items())) if is_safe else ())


def guess(named: int, invited: int, *, hidden_named: int, smallest: int) -> Reason:
    """The honest line before the choice (practice A10): can readers guess who is not named?"""
    facts = {"named": named, "invited": invited, "smallest": smallest}
    if invited - named < smallest:
        return Reason("signoff.guess-few-unnamed", facts={"invited": invited, "smallest": smallest})
    if named >= smallest and hidden_named >= smallest:
        return Reason("signoff.guess-some-named", facts=facts)
    return Reason("signoff.guess-not-known", facts={"invited": invited})


def reached(mails: Iterable[tuple[str, datetime]]) -> Reached:
    """One organisation is reached through any of its people. mails: (state, when) of each."""
    return Reached(min((at for state, at in mails if state == Posted.DELIVERED), default=None))


@dataclass(frozen=True)
class Span:
    """The time a round gave an organisation: it opened, it asked this one, it ended."""

    opened_at: datetime
    asked_at: datetime
    ended_at: datetime


def silent(mode: str, ask: Reached | None, span: Span, calendar: Calendar) -> Silent:
    """What the silence of one organisation means once the round has closed.

    Silence speaks only of who was reached in time: soon after the round opened to it, or with three
    working days left, as who was put on the roster later. Never more than "no objection".
    """
    if mode == Mode.EXPLICIT:
        return Silent.LAPSED
    at = ask.at if ask else None
    if at is None or at >= span.ended_at:
        return Silent.NOT_REACHED
    had_all = span.asked_at == span.opened_at and at - span.opened_at <= SLACK
    if had_all or working_days(calendar, at, span.ended_at) >= SILENCE_DAYS:
        return Silent.TACIT
    return Silent.NOT_REACHED


def carries(mode: str, kinds: Iterable[str], *, has_tacit: bool) -> bool:
    """Whether what was said, and not said, lets a text go out. kinds: current answers.

    By signature it needs somebody who endorses. By silence somebody must have had no objection:
    where all recuse, or nobody was reached, nothing is carried. What holds a text back is asked
    apart: it may have been settled since.
    """
    said = set(kinds)
    if said & ENDORSING and mode != Mode.SILENCE:
        return True
    return mode != Mode.EXPLICIT and (has_tacit or Kind.NO_OBJECTION in said)
