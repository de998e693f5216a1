"""What a body can decide, in which order, and what its record needs.

Source: practice B13 (adopted by a body: its roster, chair, meeting, minutes, outcome, steps).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

LONGEST = 4_000
LONGEST_LINE = 300


class Deed(StrEnum):
    """What a step is: a body adopts, or a person such as the Humanitarian Coordinator clears."""

    ADOPTS = "adopts"
    CLEARS = "clears"


class Kind(StrEnum):
    """What was decided."""

    ADOPTED = "adopted"
    CHANGED = "adopted-with-change"
    NOT_ADOPTED = "not-adopted"
    REFERRED = "referred"


class State(StrEnum):
    """Where a step stands. The last four say what was decided."""

    WAITING = "waiting"
    OPEN = "open"
    ADOPTED = "adopted"
    CHANGED = "adopted-with-change"
    NOT_ADOPTED = "not-adopted"
    REFERRED = "referred"


@dataclass(frozen=True)
class Planned(Event):
    NAME = "adoptions.planned"
    version: str
    body: str
    deed: str


@dataclass(frozen=True)
class Recorded(Event):
    NAME = "adoptions.recorded"
    step: str
    kind: str
    met_on: str


@dataclass(frozen=True)
class BodyChanged(Event):
    NAME = "adoptions.body-changed"
    body: str


@dataclass(frozen=True)
class Said:
    """An outcome as the lead writes it down."""

    kind: str
    met_on: date
    chair: str
    minutes: str = ""
    link: str = ""
    words: str = ""

    def tidied(self) -> "Said":
        """Without blanks around the words."""
        return replace(
            self,
            chair=" ".join(self.chair.split()),
            minutes=self.minutes.strip(),
            link=self.link.strip(),
            words=self.words.strip(),
        )


def states(outcomes: Sequence[str | None]) -> list[State]:
    """Where each step stands. outcomes: what each decided, in their order; None = nothing yet.

    A step opens only when all before it have adopted the text as it is; where an earlier outcome
    was corrected, the later ones wait again, whatever was written down of them.
    """
    found, is_open = [], True
    for outcome in outcomes:
        if not is_open:
            found.append(State.WAITING)
            continue
        found.append(State(outcome) if outcome else State.OPEN)
        is_open = outcome == Kind.ADOPTED
    return found


def is_adopted(found: Iterable[State]) -> bool:
    """True when nothing is left to decide. A text that no body was asked about has no steps."""
    return all(state is State.ADOPTED for state in found)


def outcome_faults(said: Said, *, today: date) -> list[Reason]:
    """What is missing in an outcome; give it tidied."""
    faults = [] if said.kind in set(Kind) else [Reason("form.choice", "kind")]
    if said.met_on > today:
        faults.append(Reason("adoptions.met-later", "met_on"))
    if not said.chair:
        faults.append(Reason("form.required", "chair"))
    if not said.minutes and not said.link:
        faults.append(Reason("adoptions.minutes-needed", "minutes"))
    if said.link and not said.link.startswith("https://"):
        faults.append(Reason("adoptions.link-shape", "link"))
    if said.kind in {Kind.CHANGED, Kind.REFERRED} and not said.words:
        faults.append(Reason("adoptions.words-needed", "words"))
    most = {"chair": LONGEST_LINE, "link": LONGEST_LINE, "minutes": LONGEST, "words": LONGEST}
    faults += [
        Reason("form.too-long", name, {"most": limit})
        for name, limit in most.items()
        if len(getattr(said, name)) > limit
    ]
    return faults
