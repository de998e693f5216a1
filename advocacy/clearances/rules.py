"""What a ladder can be, what can be said on it, and where a text stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

MOST_STEPS = 8
LONGEST_NAME = 80
LONGEST_NOTE = 4_000


class Word(StrEnum):
    """What is said at a step."""

    YES = "yes"
    CHANGE = "change"


@dataclass(frozen=True)
class Arranged(Event):
    NAME = "clearances.arranged"
    steps: int


@dataclass(frozen=True)
class Recorded(Event):
    NAME = "clearances.recorded"
    round: str
    said: str


@dataclass(frozen=True)
class Told(Event):
    NAME = "clearances.told"
    round: str


@dataclass(frozen=True)
class Saying:
    """What was said at a step, as a person writes it down. said_on: the day it was said."""

    step: str
    said: str
    by_name: str
    said_on: date
    note: str = ""


def names(text: str) -> list[str]:
    """The steps of a ladder as typed, one on a line."""
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))]


def ladder_faults(steps: Sequence[str]) -> list[Reason]:
    """What is wrong with the steps of a ladder."""
    faults = []
    if len(steps) > MOST_STEPS:
        faults.append(Reason("clearances.too-many", "steps", {"most": MOST_STEPS}))
    if any(len(name) > LONGEST_NAME for name in steps):
        faults.append(Reason("form.too-long", "steps", {"most": LONGEST_NAME}))
    if len({name.casefold() for name in steps}) < len(steps):
        faults.append(Reason("clearances.twice", "steps"))
    return faults


def saying_faults(saying: Saying, steps: Iterable[str], *, today: date) -> list[Reason]:
    """What is wrong with what is written down about a step."""
    faults = []
    if saying.step not in set(steps):
        faults.append(Reason("form.choice", "step"))
    if saying.said not in set(Word):
        faults.append(Reason("form.choice", "said"))
    if not saying.by_name.strip():
        faults.append(Reason("clearances.who", "by_name"))
    if saying.said_on > today:
        faults.append(Reason("clearances.later", "said_on"))
    for field, longest in (("by_name", LONGEST_NAME), ("note", LONGEST_NOTE)):
        if len(getattr(saying, field)) > longest:
            faults.append(Reason("form.too-long", field, {"most": longest}))
    return faults


def expected_faults(expected_on: date | None, *, today: date) -> list[Reason]:
    """What is wrong with the day an answer is expected; None takes the line back."""
    if expected_on is not None and expected_on < today:
        return [Reason("clearances.past", "expected_on")]
    return []
