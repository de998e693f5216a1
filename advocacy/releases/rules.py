"""What a harm check needs, an embargo, and what must be in order before a release."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from advocacy.audit.rules import Event
from advocacy.ground import clock
from advocacy.ground.reasons import Reason
from advocacy.lists.rules import Name

LONGEST = 4_000
CONSENTS = ("none-used", "given")


@dataclass(frozen=True)
class HarmChecked(Event):
    NAME = "releases.harm-checked"
    version: str
    consent: str


@dataclass(frozen=True)
class Released(Event):
    NAME = "releases.released"
    release: str
    version: str
    channel: str
    content_hash: str
    list_hash: str


@dataclass(frozen=True)
class Ended(Event):
    NAME = "releases.ended"
    release: str
    kind: str


class Who(StrEnum):
    """Audiences of a public text that an embargo can hold apart."""

    MEMBERS = "members"
    OBSERVERS = "observers"
    DONORS = "donors"
    PUBLIC = "public"


class End(StrEnum):
    """What becomes of a text that went out."""

    CORRECTING = "correcting"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Opening:
    """From when on an audience reads the text. opens_at: None = there is no such time."""

    who: str
    opens_at: datetime | None
    zone: str


@dataclass(frozen=True)
class Harm:
    """A harm check as a person writes it (practice A9)."""

    by_speaking: str
    by_silence: str
    mitigation: str
    consent: str
    checked_by: str
    checked_on: date

    def tidied(self) -> "Harm":
        """Without blanks around the words."""
        return replace(
            self,
            by_speaking=self.by_speaking.strip(),
            by_silence=self.by_silence.strip(),
            mitigation=self.mitigation.strip(),
            checked_by=self.checked_by.strip(),
        )


def harm_faults(harm: Harm, *, today: date) -> list[Reason]:
    """What is missing in a harm check."""
    faults = []
    for field in ("by_speaking", "by_silence", "mitigation", "checked_by"):
        words = getattr(harm, field)
        if not words:
            faults.append(Reason("form.required", field))
        if len(words) > LONGEST:
            faults.append(Reason("form.too-long", field, {"most": LONGEST}))
    if harm.consent not in CONSENTS:
        faults.append(Reason("releases.consent", "consent"))
    if harm.checked_on > today:
        faults.append(Reason("releases.checked-later", "checked_on"))
    return faults


def opening_faults(openings: Sequence[Opening], *, is_private: bool, now: datetime) -> list[Reason]:
    """What is wrong with an embargo, audience by audience."""
    if is_private and openings:
        return [Reason("releases.private-has-no-embargo", "public_on")]
    if any(clock.zone(opening.zone) is None for opening in openings):
        return [Reason("releases.no-such-zone", "zone")]
    public = next((o.opens_at for o in openings if o.who == Who.PUBLIC), None)
    faults = []
    for opening in openings:
        field = f"{opening.who}_on"
        if opening.who not in set(Who) or opening.opens_at is None:
            faults.append(Reason("releases.no-such-time", field))
        elif opening.opens_at <= now:
            faults.append(Reason("releases.embargo-past", field))
        elif opening.who != Who.PUBLIC and (public is None or opening.opens_at > public):
            faults.append(Reason("releases.opens-after-public", field))
    return faults


def gate_faults(facts: Mapping[str, bool]) -> list[Reason]:
    """What stands between a version and its release; each fact is true when it is in order."""
    return [Reason(f"releases.{name}") for name, done in facts.items() if not done]


def noted(names: Iterable[Name], clauses: Sequence[Mapping[str, str]]) -> list[Name]:
    """Those whose notes are printed, in the order in which the clauses of a text call them."""
    at = {clause["cid"]: place for place, clause in enumerate(clauses)}
    listed = [name for name in names if name.note]
    return sorted(listed, key=lambda n: min((at.get(c, len(at)) for c in n.clause_ids), default=0))


GATE = (
    "round-over",
    "recalls-over",
    "someone-endorses",
    "adopted",
    "nothing-blocks",
    "harm-checked",
)
