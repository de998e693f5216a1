"""How an outcome stands on a day, which event may follow which, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from advocacy.audit.rules import Event as Audited
from advocacy.ground.reasons import Reason
from advocacy.outcomes.rows import Event, Standing
from advocacy.outcomes.schema import Direction
from advocacy.outcomes.schema import Happened as Happened  # closed words, which doors may use
from advocacy.outcomes.schema import Level as Level
from advocacy.outcomes.schema import Outcome as Outcome

H = Happened
MOST_TITLE, MOST_TEXT = 300, 4_000
# After how many days somebody must look again: the first time, the second, each time after.
CHECKS = (90, 180, 365)

HOLDING = frozenset({H.ACHIEVED, H.PARTLY, H.EXTENDED, H.RESTORED})
UNDONE = frozenset({H.SUSPENDED, H.REVERSED, H.EXPIRED, H.OVERTAKEN})
CHANGING = HOLDING | UNDONE
TELLING = frozenset({H.CONFIRMED, H.CHALLENGED, H.UPHELD})
_WHILE_HOLDING = frozenset({H.EXTENDED, *UNDONE})
# How it stands -> the events that may change it. Unknown ones may not.
AFTER: dict[str, frozenset[Happened]] = {
    "": frozenset({H.ACHIEVED, H.PARTLY}),
    H.ACHIEVED: _WHILE_HOLDING | {H.PARTLY},
    H.PARTLY: _WHILE_HOLDING | {H.ACHIEVED},
    H.EXTENDED: _WHILE_HOLDING | {H.PARTLY},
    H.RESTORED: _WHILE_HOLDING | {H.PARTLY},
    H.SUSPENDED: frozenset({H.RESTORED, H.REVERSED, H.EXPIRED, H.OVERTAKEN}),
    H.REVERSED: frozenset({H.RESTORED, H.PARTLY, H.OVERTAKEN}),
    H.EXPIRED: frozenset({H.EXTENDED, H.RESTORED, H.REVERSED, H.OVERTAKEN}),
    H.OVERTAKEN: frozenset({H.RESTORED}),
}


@dataclass(frozen=True)
class Wording:
    """An outcome in words. title: who changed what, when and where, in one sentence."""

    title: str
    language: str = "en"
    level: str = Level.PRACTICE
    direction: str = Direction.BETTER
    is_intended: bool = True
    significance: str = ""
    others: str = ""


@dataclass(frozen=True)
class Told:
    """An event as somebody tells it."""

    kind: str
    on: date | None
    until_on: date | None = None
    text: str = ""
    source: str = ""
    takes_back_id: UUID | None = None


# --- the fold ------------------------------------------------------------------------------------


def live(events: Iterable[Event]) -> list[Event]:
    """The events that count, by the day they happened; of one day, as they were written down.

    events: in the order of their chain.
    """
    listed = list(events)
    gone = {one.takes_back_id for one in listed}
    kept = [one for one in listed if one.id not in gone and one.kind != H.TAKEN_BACK]
    return sorted(kept, key=lambda one: one.on)


def state(events: Iterable[Event], *, on: date) -> Standing:
    """How an outcome stands at the end of a day, whenever its events were written down."""
    found, checks = Standing(on=on), 0
    for one in live(events):
        if one.on > on:
            break
        found = _lapsed(found, one.on)
        checks = 0 if one.kind in CHANGING else checks + (one.kind == H.CONFIRMED)
        found = _after(found, one, checks)
    return _lapsed(found, on)


def _after(before: Standing, one: Event, checks: int) -> Standing:
    is_held = before.word in HOLDING
    if one.kind in {H.CHALLENGED, H.UPHELD}:
        return replace(before, is_contested=one.kind == H.CHALLENGED)
    if one.kind == H.CONFIRMED:
        if not is_held:
            return before
        return replace(before, looked_on=one.on, check_on=_check(one.on, checks))
    held = before.held
    if one.kind in HOLDING and not is_held:
        held = (*held, (one.on, None))
    if one.kind in UNDONE and is_held:
        held = (*held[:-1], (held[-1][0], one.on))
    goes_on = one.kind in HOLDING
    return replace(
        before,
        word=one.kind,
        since=one.on,
        until_on=one.until_on if goes_on else None,
        held=held,
        is_contested=False,
        looked_on=one.on if goes_on else None,
        check_on=_check(one.on, 0) if goes_on else None,
    )


def _check(looked_on: date, checks: int) -> date:
    return looked_on + timedelta(days=CHECKS[min(checks, len(CHECKS) - 1)])


def _lapsed(found: Standing, on: date) -> Standing:
    """What was meant for a time is over after its last day, whether anybody wrote that or not."""
    if found.word not in HOLDING or found.until_on is None or found.until_on >= on:
        return found
    over = Event(UUID(int=0), H.EXPIRED, found.until_on + timedelta(days=1))
    return _after(found, over, 0)


# How a list counts: never what was achieved alone, always with what was undone beside it.
COUNTED: dict[str, frozenset[str]] = {
    "holding": frozenset({H.ACHIEVED, H.EXTENDED, H.RESTORED}),
    "partly": frozenset({H.PARTLY}),
    "unconfirmed": frozenset({"unconfirmed"}),
    "undone": frozenset({H.REVERSED, H.SUSPENDED}),
    "over": frozenset({H.EXPIRED, H.OVERTAKEN}),
}


def counted_as(standing: Standing) -> str:
    """The heading of a list that an outcome is counted under; empty before its first event."""
    return next((name for name, words in COUNTED.items() if standing.shown in words), "")


# --- what is missing -----------------------------------------------------------------------------


def wording_faults(new: Wording) -> list[Reason]:
    """What is wrong with the words of an outcome."""
    found = []
    if not new.title.strip():
        found.append(Reason("outcomes.no-sentence", "title"))
    if len(new.title) > MOST_TITLE:
        found.append(Reason("form.too-long", "title", {"most": MOST_TITLE}))
    found += [
        Reason("form.too-long", name, {"most": MOST_TEXT})
        for name in ("significance", "others")
        if len(getattr(new, name)) > MOST_TEXT
    ]
    closed = (("level", Level), ("direction", Direction))
    return found + [
        Reason("form.choice", name)
        for name, words in closed
        if getattr(new, name) not in set(words)
    ]


def told_faults(told: Told, before: Sequence[Event], *, today: date) -> list[Reason]:
    """What is wrong with an event. before: the chain it is to follow."""
    if told.kind not in set(H):
        return [Reason("form.choice", "kind")]
    found = [
        Reason("form.too-long", name, {"most": MOST_TEXT})
        for name in ("text", "source")
        if len(getattr(told, name)) > MOST_TEXT
    ]
    if told.kind == H.TAKEN_BACK:
        return found + _taking_faults(told, before)
    if told.on is None:
        return [*found, Reason("outcomes.no-day", "on")]
    if told.on > today:
        found.append(Reason("asks.in-future", "on"))
    if told.until_on and (told.kind not in HOLDING or told.until_on < told.on):
        found.append(Reason("outcomes.ends-before", "until_on"))
    if told.kind != H.CONFIRMED and not told.source.strip():
        found.append(Reason("outcomes.no-source", "source"))
    new = Event(UUID(int=1), told.kind, told.on, told.until_on)
    return found + _order_faults([*before, new], new)


def _taking_faults(told: Told, before: Sequence[Event]) -> list[Reason]:
    standing = {one.id for one in live(before)}
    if told.takes_back_id not in standing:
        return [Reason("outcomes.no-event", "takes_back")]
    if not told.text.strip():
        return [Reason("outcomes.no-why", "text")]
    left = [one for one in before if one.id != told.takes_back_id]
    return _order_faults(left, None)


def _order_faults(events: Iterable[Event], new: Event | None) -> list[Reason]:
    """Each change may follow the one before it, by the days they happened."""
    found, about = Standing(on=date.max), "kind" if new else ""
    for one in live(events):
        found = _lapsed(found, one.on)
        if one is new and one.kind == H.CONFIRMED and found.word not in HOLDING:
            return [Reason("outcomes.does-not-hold", "kind")]
        if one.kind in CHANGING and one.kind not in AFTER[found.word]:
            return [Reason("outcomes.order", about)]
        found = _after(found, one, 0)
    return []


# --- events of the room --------------------------------------------------------------------------


@dataclass(frozen=True)
class Recorded(Audited):
    NAME = "outcomes.recorded"


@dataclass(frozen=True)
class Worded(Audited):
    NAME = "outcomes.worded"


@dataclass(frozen=True)
class WasTold(Audited):
    NAME = "outcomes.told"
    kind: str


@dataclass(frozen=True)
class Contributed(Audited):
    NAME = "outcomes.contributed"


@dataclass(frozen=True)
class Seconded(Audited):
    NAME = "outcomes.seconded"


@dataclass(frozen=True)
class Shared(Audited):
    NAME = "outcomes.shared"
    reach: str
