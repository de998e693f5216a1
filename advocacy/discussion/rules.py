"""What a comment needs; the fold of a thread; the room's events."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from advocacy.access.actor import Seat
from advocacy.audit.rules import Event
from advocacy.discussion.schema import Outcome, PointKind, Reach, ThreadAct, ThreadState
from advocacy.ground.acts import current
from advocacy.ground.reasons import Reason
from advocacy.text.canon import normalise

MOST_CHARACTERS = 4_000
MOST_IN_QUOTE = 500
MOST_IN_REASON = 2_000
MOST_MENTIONS = 20

TO_ONE = "one"
"""In a form: the lead writes to one organisation."""

TOLD = (Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.DRAFTER)
"""Who of an organisation hears that it is mentioned."""

# Why a thread waits for us: the codes of their reasons.
ASKED, ANSWERED, MENTIONED = (
    "positions.comment-open",
    "positions.reply-waiting",
    "discussion.mentioned",
)


@dataclass(frozen=True)
class More:
    """What a first comment is besides its words.

    kind: of `PointKind`, or empty. wording: proposed instead of the quote or the clause.
    mentions: ids of organisations, or of people of one's own organisation. to_id: the one
    organisation that the lead writes to, besides the lead the only one that reads it.
    """

    kind: str = ""
    wording: str = ""
    reach: Reach = Reach.CIRCLE
    mentions: tuple[UUID, ...] = ()
    to_id: UUID | None = None

    @property
    def told(self) -> tuple[UUID, ...]:
        """Whose attention it asks for: who is written to alone, and who is mentioned."""
        return tuple({*self.mentions, *([self.to_id] if self.to_id else ())})


PLAIN = More()


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


@dataclass(frozen=True)
class Disposed(Event):
    NAME = "discussion.disposed"
    thread: str
    what: str


def reach_of(more: More, *, is_lead: bool) -> Reach:
    """Who a thread is for. What the lead says to the lead alone, it says among its own."""
    if more.to_id is not None:
        return Reach.LEAD
    return Reach.OWN if more.reach is Reach.LEAD and is_lead else more.reach


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


def more_faults(more: More) -> list[Reason]:
    """What is wrong with the rest of a first comment."""
    faults = []
    if more.kind and more.kind not in set(PointKind):
        faults.append(Reason("form.choice", "kind"))
    if len(normalise(more.wording)) > MOST_CHARACTERS:
        faults.append(Reason("form.too-long", "wording", {"most": MOST_CHARACTERS}))
    return faults


def disposition_faults(outcome: str, reason: str) -> list[Reason]:
    """What is wrong with an answer of the lead: a refusal and a change are explained."""
    if outcome not in set(Outcome):
        return [Reason("form.choice", "outcome")]
    if outcome in {Outcome.REJECTED, Outcome.CHANGED} and not normalise(reason).strip():
        return [Reason("discussion.say-why", "reason")]
    if len(normalise(reason)) > MOST_IN_REASON:
        return [Reason("form.too-long", "reason", {"most": MOST_IN_REASON})]
    return []
