"""What a comment needs; the fold of a thread; the room's events."""

from collections.abc import Iterable
from dataclasses import dataclass

from advocacy.audit.rules import Event
from advocacy.discussion.schema import ThreadAct, ThreadState
from advocacy.ground.acts import current
from advocacy.ground.reasons import Reason
from advocacy.text.canon import normalise

MOST_CHARACTERS = 4_000
MOST_IN_QUOTE = 500


@dataclass(frozen=True)
class Said(Event):
    NAME = "discussion.said"
    thread: str
    clause: str
    number: int


@dataclass(frozen=True)
class Resolved(Event):
    NAME = "discussion.resolved"
    thread: str
    clause: str


@dataclass(frozen=True)
class Reopened(Event):
    NAME = "discussion.reopened"
    thread: str
    clause: str


def state(acts: Iterable[ThreadAct]) -> ThreadState:
    """Open until resolved, and again once reopened."""
    last = current(acts)
    return ThreadState(last.state) if last else ThreadState.OPEN


def comment_faults(text: str, quote: str = "") -> list[Reason]:
    """What is wrong with a comment."""
    faults = []
    if not normalise(text).strip():
        faults.append(Reason("form.required", "comment"))
    if len(normalise(text)) > MOST_CHARACTERS:
        faults.append(Reason("form.too-long", "comment", {"most": MOST_CHARACTERS}))
    if len(normalise(quote)) > MOST_IN_QUOTE:
        faults.append(Reason("form.too-long", "quote", {"most": MOST_IN_QUOTE}))
    return faults
