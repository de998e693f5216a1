"""What a round may ask, of whom, how and until when; what is usual for a kind of text."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.calendars.rules import Calendar, after, working_days
from advocacy.ground.reasons import Reason
from advocacy.positions.schema import Kind as PositionKind
from advocacy.signoff.rules import (
    ENDORSING,
    LONGEST_NOTE,
    OF_A_BODY,
    USUAL,
    Blocks,
    Kind,
    Mode,
)
from advocacy.tallies.rules import SILENCE_DAYS

MOST_EXTENSIONS = 2
MOST_DAYS_LONGER = 10
"""Working days that all extensions together may add to the first deadline."""
LONGEST_ROUND = timedelta(days=366)
CLEARANCE_DAYS = 5
"""Working days that headquarters often need (practice B22)."""
BY_SILENCE = (Kind.NO_OBJECTION, Kind.CHANGE, Kind.ABSTAIN, Kind.RECUSE)


@dataclass(frozen=True)
class RoundOpened(Event):
    NAME = "signoff.round-opened"
    round: str
    version: str
    content_hash: str
    closes_at: str
    blocks: str
    mode: str


@dataclass(frozen=True)
class RoundEnded(Event):
    NAME = "signoff.round-ended"
    round: str
    kind: str


@dataclass(frozen=True)
class Extended(Event):
    NAME = "rounds.extended"
    round: str
    closes_at: str


@dataclass(frozen=True)
class Terms:
    """How a round works. late_until: names may be added after the close, until then.

    is_hidden: nobody sees the answers of others before giving its own. consulted: where the text
    was consulted. short_reason: why silence gets fewer than three working days.
    """

    mode: str = Mode.EXPLICIT
    logos: bool = True
    is_hidden: bool = False
    late_until: datetime | None = None
    body_id: UUID | None = None
    consulted: str = ""
    short_reason: str = ""


@dataclass(frozen=True)
class Usual:
    """What is usual for a kind of text. days: working days from opening to close."""

    mode: Mode
    blocks: Blocks = Blocks.OWN_NAME
    logos: bool = True
    days: int = CLEARANCE_DAYS


# Positions and sign-off, section 4, "Suggested rules per product"; all of it may be changed.
USUAL_FOR = {
    PositionKind.JOINT_STATEMENT: Usual(Mode.EXPLICIT),
    PositionKind.OPEN_LETTER: Usual(Mode.EXPLICIT),
    PositionKind.PRIVATE_LETTER: Usual(Mode.EXPLICIT, logos=False),
    PositionKind.HCT_NOTE: Usual(Mode.MIXED, Blocks.WHOLE_TEXT, logos=False, days=SILENCE_DAYS),
    PositionKind.KEY_MESSAGES: Usual(
        Mode.SILENCE, Blocks.WHOLE_TEXT, logos=False, days=SILENCE_DAYS
    ),
}


def usual(kind: str) -> Usual:
    """What is usual for a kind of position."""
    return USUAL_FOR[PositionKind(kind)]


def usual_answers(mode: str, *, has_body: bool) -> tuple[Kind, ...]:
    """The answers a round of this mode allows unless its lead says otherwise (practice B25)."""
    kinds = BY_SILENCE if mode == Mode.SILENCE else USUAL
    return (*kinds, Kind.NOT_ASSOCIATED) if has_body else tuple(kinds)


@dataclass(frozen=True)
class Asked:
    """What a round asks, and of whom. closes_at: None = there is no such time."""

    answers: frozenset[str]
    blocks: str
    roster: frozenset[UUID]
    closes_at: datetime | None
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True)
class Around:
    """What opening a round is judged by. bodies: those of the workspace."""

    participants: Set[UUID]
    now: datetime
    calendar: Calendar
    was_consulted: bool = False
    bodies: Set[UUID] = frozenset()


def round_faults(asked: Asked, around: Around) -> list[Reason]:
    """What stands in the way of opening a round like this."""
    faults = _faults_of_time(asked.closes_at, around.now)
    if not asked.roster:
        faults.append(Reason("signoff.roster-empty", "roster"))
    if not asked.roster <= around.participants:
        faults.append(Reason("signoff.not-a-participant", "roster"))
    if asked.blocks not in set(Blocks):
        faults.append(Reason("form.choice", "blocks"))
    if asked.terms.mode not in set(Mode):
        return [*faults, Reason("form.choice", "mode")]
    return faults + _faults_of_answers(asked, around) + _faults_of_terms(asked, around)


def _faults_of_time(closes_at: datetime | None, now: datetime) -> list[Reason]:
    if closes_at is None:
        return [Reason("signoff.no-such-time", "closes_time")]
    if closes_at <= now:
        return [Reason("signoff.closes-in-the-past", "closes_on")]
    if closes_at > now + LONGEST_ROUND:
        return [Reason("rounds.closes-too-late", "closes_on")]
    return []


def _faults_of_answers(asked: Asked, around: Around) -> list[Reason]:
    answers, terms = asked.answers, asked.terms
    if not answers <= set(Kind):
        return [Reason("signoff.answers-need-endorse", "answers")]
    faults = []
    if terms.mode == Mode.SILENCE:
        if answers & ENDORSING:
            faults.append(Reason("rounds.silence-has-no-names", "answers"))
        if not {Kind.NO_OBJECTION, Kind.CHANGE} <= answers:
            faults.append(Reason("rounds.silence-needs-objection", "answers"))
    elif Kind.ENDORSE not in answers:
        faults.append(Reason("signoff.answers-need-endorse", "answers"))
    if terms.mode == Mode.MIXED and Kind.CHANGE not in answers:
        faults.append(Reason("rounds.silence-needs-objection", "answers"))
    if terms.body_id is None and answers & OF_A_BODY:
        faults.append(Reason("rounds.answer-needs-body", "answers"))
    return faults


def _faults_of_terms(asked: Asked, around: Around) -> list[Reason]:
    terms, faults = asked.terms, []
    if terms.body_id is not None and terms.body_id not in around.bodies:
        faults.append(Reason("form.choice", "body_id"))
    if terms.late_until is not None and terms.mode == Mode.SILENCE:
        faults.append(Reason("rounds.silence-has-no-names", "late_on"))
    elif terms.late_until and asked.closes_at and terms.late_until <= asked.closes_at:
        faults.append(Reason("rounds.late-before-close", "late_on"))
    elif terms.late_until and terms.late_until > around.now + LONGEST_ROUND:
        faults.append(Reason("rounds.closes-too-late", "late_on"))
    faults += [
        Reason("form.too-long", name, {"most": LONGEST_NOTE})
        for name in ("consulted", "short_reason")
        if len(getattr(terms, name)) > LONGEST_NOTE
    ]
    return faults + (_faults_of_silence(asked, around) if terms.mode != Mode.EXPLICIT else [])


def _faults_of_silence(asked: Asked, around: Around) -> list[Reason]:
    """Silence is only for a text that was consulted, and takes three working days (B22)."""
    faults = []
    if not around.was_consulted and not asked.terms.consulted:
        faults.append(Reason("rounds.silence-needs-consultation", "consulted"))
    if asked.closes_at and around.now < asked.closes_at <= around.now + LONGEST_ROUND:
        days = working_days(around.calendar, around.now, asked.closes_at)
        if days < SILENCE_DAYS and not asked.terms.short_reason:
            faults.append(Reason("rounds.silence-too-short", "short_reason"))
    return faults


def once_faults(standing: Iterable[tuple[bool, UUID]], version_id: UUID) -> list[Reason]:
    """One open round per position, and one round per version unless it was abandoned (I3).

    standing: (is open, version) of the rounds that were not abandoned.
    """
    listed = list(standing)
    if any(is_open for is_open, _version in listed):
        return [Reason("signoff.round-is-open")]
    if any(version == version_id for _is_open, version in listed):
        return [Reason("signoff.version-had-round")]
    return []


@dataclass(frozen=True)
class Deadlines:
    """The first deadline of a round, today's, and the one asked for (None = no such time)."""

    first: datetime
    now: datetime
    later: datetime | None


def extension_faults(of: Deadlines, *, before: int, calendar: Calendar) -> list[Reason]:
    """Why a round cannot stay open longer like this. before: how often it was extended."""
    if before >= MOST_EXTENSIONS:
        return [Reason("rounds.extended-enough", facts={"most": MOST_EXTENSIONS})]
    if of.later is None:
        return [Reason("signoff.no-such-time", "closes_time")]
    if of.later <= of.now:
        return [Reason("rounds.not-later", "closes_on")]
    is_far = of.later > of.first + LONGEST_ROUND
    if is_far or working_days(calendar, of.first, of.later) > MOST_DAYS_LONGER:
        return [Reason("rounds.too-much-longer", "closes_on", {"most": MOST_DAYS_LONGER})]
    return []


def is_short(calendar: Calendar, opened_at: datetime, closes_at: datetime) -> bool:
    """True where headquarters may not answer in time: under five working days."""
    return working_days(calendar, opened_at, closes_at) < CLEARANCE_DAYS


def usual_close(calendar: Calendar, now: datetime, days: int, at: time) -> date:
    """The first working day on which so many working days are over by this hour."""
    earliest = after(calendar, now, days)
    day = calendar.day_of(earliest)
    while not calendar.is_working(day) or (calendar.at(day, at) or earliest) < earliest:
        day += timedelta(days=1)
    return day
