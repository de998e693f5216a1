"""Kinds and their skeletons, the table of stages, what a position needs; the room's events."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from uuid import UUID

from advocacy.access.actor import Seat
from advocacy.audit.rules import Event
from advocacy.drafting.rules import NewClause
from advocacy.drafting.schema import ClauseKind
from advocacy.ground.acts import current
from advocacy.ground.reasons import Reason
from advocacy.positions.schema import Channel, Kind, Stage, StageAct
from advocacy.text.canon import canonical_json, normalise
from advocacy.text.hashes import Clause, Terms

LANGUAGES = ("en", "fr", "ar", "es")
MOST_IN_TITLE = 300
MOST_IN_LINE = 500
MOST_IN_PURPOSE = 4_000

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")

# From where to where. FROZEN is reached by freezing; from a round, by ending it. What a body adopts
# in a meeting goes out from there, with no round.
NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.DRAFTING: frozenset({Stage.CONSULTATION, Stage.FROZEN, Stage.CANCELLED}),
    Stage.CONSULTATION: frozenset({Stage.DRAFTING, Stage.FROZEN, Stage.CANCELLED}),
    Stage.FROZEN: frozenset(
        {Stage.SIGNOFF, Stage.DRAFTING, Stage.CANCELLED, Stage.PUBLISHED, Stage.DELIVERED}
    ),
    Stage.SIGNOFF: frozenset({Stage.FROZEN, Stage.PUBLISHED, Stage.DELIVERED}),
    # What is out is opened again for a corrected version, or withdrawn: see `deliveries`.
    Stage.PUBLISHED: frozenset({Stage.DRAFTING, Stage.WITHDRAWN}),
    Stage.DELIVERED: frozenset({Stage.DRAFTING, Stage.WITHDRAWN}),
    Stage.CANCELLED: frozenset(),
    Stage.WITHDRAWN: frozenset(),
}
WRITABLE = frozenset({Stage.DRAFTING, Stage.CONSULTATION})
# Who is told that their organisation was invited.
TOLD = (Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.DRAFTER)
ENDED = frozenset({Stage.PUBLISHED, Stage.DELIVERED, Stage.CANCELLED, Stage.WITHDRAWN})


@dataclass(frozen=True)
class Started(Event):
    NAME = "positions.started"
    kind: str
    channel: str
    sensitivity: int


@dataclass(frozen=True)
class Described(Event):
    NAME = "positions.described"
    channel: str
    sensitivity: int


@dataclass(frozen=True)
class Invited(Event):
    NAME = "positions.invited"
    organisation: str


@dataclass(frozen=True)
class Uninvited(Event):
    NAME = "positions.uninvited"
    organisation: str


@dataclass(frozen=True)
class Froze(Event):
    NAME = "positions.frozen"
    version: str
    number: int
    content_hash: str


@dataclass(frozen=True)
class Moved(Event):
    NAME = "positions.moved"
    before: str
    stage: str


@dataclass(frozen=True)
class Details:
    """What a lead says about a position. The last four but purpose are its release terms."""

    title: str
    purpose: str
    audience_words: str
    channel: str
    attribution: str
    sensitivity: int

    def tidied(self) -> "Details":
        """The same in the form it is kept in."""
        return Details(
            title=" ".join(normalise(self.title).split()),
            purpose=normalise(self.purpose),
            audience_words=" ".join(normalise(self.audience_words).split()),
            channel=self.channel,
            attribution=" ".join(normalise(self.attribution).split()),
            sensitivity=self.sensitivity,
        )

    @property
    def hash(self) -> str:
        """What an edit of them is based on."""
        words = [self.title, self.purpose, self.audience_words, self.channel, self.attribution]
        return sha256(canonical_json([*words, self.sensitivity])).hexdigest()

    @property
    def terms(self) -> Terms:
        """The release terms: signed together with the text."""
        return Terms(
            audience=self.audience_words, channel=self.channel, attribution=self.attribution
        )


def state(acts: Iterable[StageAct]) -> Stage:
    """The stage that a position's acts led to; drafting before the first."""
    last = current(acts)
    return Stage(last.stage) if last else Stage.DRAFTING


def move_faults(now: Stage, to: Stage) -> list[Reason]:
    """Why a position can't go from one stage to another by an act of its lead."""
    if to is Stage.FROZEN and now in WRITABLE:
        return [Reason("positions.freeze-first")]
    return [] if to in NEXT[now] else [Reason("positions.other-stage")]


def detail_faults(details: Details) -> list[Reason]:
    """What is wrong with what the lead says about a position; give it tidied."""
    faults = [] if details.title else [Reason("form.required", "title")]
    most = {
        "title": MOST_IN_TITLE,
        "purpose": MOST_IN_PURPOSE,
        "audience_words": MOST_IN_LINE,
        "attribution": MOST_IN_LINE,
    }
    for name, limit in most.items():
        if len(getattr(details, name)) > limit:
            faults.append(Reason("form.too-long", name, {"most": limit}))
    if details.channel not in set(Channel):
        faults.append(Reason("form.choice", "channel"))
    if not 1 <= details.sensitivity <= 4:
        faults.append(Reason("form.choice", "sensitivity"))
    return faults


def start_faults(kind: str, language: str, channel: str) -> list[Reason]:
    """What is wrong with the two choices that never change, or with the channel for the kind."""
    faults = [] if kind in set(Kind) else [Reason("form.choice", "kind")]
    if not _LANGUAGE.fullmatch(language):
        faults.append(Reason("form.choice", "language"))
    return faults + channel_faults(kind, channel)


def freeze_faults(details: Details, clauses: Sequence[Clause]) -> list[Reason]:
    """What still stands between a draft and a version that can be signed."""
    faults = [] if clauses else [Reason("positions.no-clauses")]
    for number, clause in enumerate(clauses, 1):
        words = clause.heading if clause.kind == ClauseKind.HEADING else clause.text
        if not words.strip():
            faults.append(Reason("positions.empty-clause", facts={"number": number}))
    if not details.audience_words:
        faults.append(Reason("positions.no-audience"))
    if not details.attribution:
        faults.append(Reason("positions.no-attribution"))
    return faults


def channel_faults(kind: str, channel: str) -> list[Reason]:
    """A private letter is never public; the other kinds go either way."""
    if kind == Kind.PRIVATE_LETTER and channel != Channel.PRIVATE:
        return [Reason("positions.private-letter", "channel")]
    return []


def invite_faults(
    organisation_id: UUID, *, members: Iterable[UUID], circle: Iterable[UUID]
) -> list[Reason]:
    """Why an organisation can't be invited. members: those who are neither observer nor donor."""
    if organisation_id in set(circle):
        return [Reason("positions.invited-already", "organisation")]
    if organisation_id not in set(members):
        return [Reason("positions.not-a-member", "organisation")]
    return []


@cache
def _skeletons() -> dict[str, list[dict[str, str]]]:
    text = files("advocacy.positions").joinpath("data/kinds.json").read_text("utf-8")
    found: dict[str, list[dict[str, str]]] = json.loads(text)
    return found


def skeleton(kind: str, language: str) -> list[NewClause]:
    """The clauses a kind begins with: headings in the text's language (else English), no words."""
    tongue = language.partition("-")[0].lower()
    return [
        NewClause(part["kind"], part.get(tongue, part["en"]), "")
        for part in _skeletons()[Kind(kind).value]
    ]
