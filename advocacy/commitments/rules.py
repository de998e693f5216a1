"""What a commitment must say, and how many of a body's members made one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from advocacy.asks.rules import too_long
from advocacy.audit.rules import Event
from advocacy.commitments.rows import Line, Tally
from advocacy.commitments.schema import Done as Done  # closed words, which doors may use
from advocacy.commitments.schema import Reply as Reply
from advocacy.deadlines.rules import Precision
from advocacy.ground.reasons import Reason

COMMITTED = frozenset({Reply.COMMITTED, Reply.IN_PART})
MOST_YEARS = 30


@dataclass(frozen=True)
class Said:
    """A commitment as it was written."""

    reply: str = ""
    text: str = ""
    due_on: date | None = None
    due_precision: str = "day"
    done: str = Done.NOT_STARTED
    source_url: str = ""
    source_text: str = ""

    @property
    def has_source(self) -> bool:
        """Whether it says where it is from."""
        return bool(self.source_url.strip() or self.source_text.strip())


def faults(of: Said, *, today: date, on_behalf: bool) -> list[Reason]:
    """What is wrong with it. on_behalf: another writes it down, so a source is needed."""
    found = too_long(text=of.text, source_url=of.source_url, source_text=of.source_text)
    closed = {"reply": Reply, "done": Done, "due_precision": Precision}
    found += [
        Reason("form.choice", name)
        for name, words in closed.items()
        if getattr(of, name) not in set(words)
    ]
    if of.reply != Reply.CONSIDERING and not of.text.strip():
        found.append(Reason("commitments.say-what", "text"))
    if of.done != Done.NOT_STARTED and of.reply not in COMMITTED:
        found.append(Reason("commitments.commit-first", "done"))
    if on_behalf and not of.has_source:
        found.append(Reason("commitments.say-source", "source_text"))
    if of.source_url.strip() and not of.source_url.strip().startswith(("https://", "http://")):
        found.append(Reason("commitments.link", "source_url"))
    if of.due_on is not None and abs(of.due_on.year - today.year) > MOST_YEARS:
        found.append(Reason("windows.too-far", "due_on"))
    return found


def tally(lines: Iterable[Line]) -> Tally:
    """Counted of today's members alone; who left is told, not counted."""
    now = [line for line in lines if line.is_member]
    committed = [line for line in now if line.reply in COMMITTED]
    return Tally(len(now), len(committed), sum(line.done == Done.DONE for line in committed))


@dataclass(frozen=True)
class Committed(Event):
    NAME = "commitments.committed"
    reply: str
    done: str
