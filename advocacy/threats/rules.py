"""Levels of sharing, what a record must hold, when a check is due; the room's events.

Sources: practice A6 (children, sexual violence), A8, C26 to C30; threat register 2.3 and 3.3.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from advocacy.access.actor import Standing
from advocacy.access.schema import GroupKind
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.reference.rules import scale
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.schema import Due, FieldClass, Level

SCALE = "severity-gpc5"
LONGEST = {"title": 160, "summary": 2_000, "place": 160, "narrative": 20_000}
COUNTRY, ADM1 = 0, 1


# The highest sensitivity that each level may still have (threat register 2.3).
CAP = {
    Level.OWN: 4,
    Level.NAMED: 4,
    Level.MEMBERS: 3,
    Level.OBSERVERS: 2,
    Level.DONORS: 2,
    Level.PUBLIC: 1,
}
_WIDEST_FIRST = (
    (GroupKind.EVERYONE, Level.PUBLIC),
    (GroupKind.DONORS, Level.DONORS),
    (GroupKind.OBSERVERS, Level.OBSERVERS),
    (GroupKind.MEMBERS, Level.MEMBERS),
)
_OUTSIDE = {Level.OBSERVERS: Standing.OBSERVER, Level.DONORS: Standing.DONOR}
MEMBERS = frozenset({Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER})


# Category of the party that does it. Names belong in the restricted account.
PARTIES = frozenset(c.code for c in scale("actor-categories").choices) - {"service-provider"}
# Stay at own level until the coordinator of that area of responsibility agrees (practice A6).
SURVIVOR_RISKS = frozenset({"PR03", "PR04", "PR07", "PR08"})
ACUTE = 4
ACUTE_DAYS, OTHER_DAYS, SOON_DAYS = 30, 90, 3

CLASS_OF = {
    **dict.fromkeys(("area_id", "place", "people_low", "people_high"), FieldClass.MEMBERS),
    **dict.fromkeys(("how_known", "party"), FieldClass.MEMBERS),
    "narrative": FieldClass.RESTRICTED,
}


def stays_own(entry: Entry) -> bool:
    """True for records of children and sexual violence."""
    return entry.is_survivor_record or entry.risk_code in SURVIVOR_RISKS


def entry_faults(entry: Entry, *, area_level: int, today: date) -> list[Reason]:
    """What is wrong with the fields of a record. area_level: 0 = the whole country."""
    faults = [Reason("form.required", f) for f in ("title", "summary") if not getattr(entry, f)]
    for name, most in LONGEST.items():
        if len(getattr(entry, name)) > most:
            faults.append(Reason("form.too-long", name, {"most": most}))
    faults += _people_faults(entry.people_low, entry.people_high)
    faults += _choice_faults(entry)
    if stays_own(entry) and (area_level > ADM1 or entry.place):
        faults.append(Reason("threats.survivor-place", "area"))
    if entry.started_on and entry.started_on > today:
        faults.append(Reason("threats.starts-later", "started_on"))
    if entry.next_review and entry.next_review < today:
        faults.append(Reason("threats.review-past", "next_review"))
    return faults


def _people_faults(low: int | None, high: int | None) -> list[Reason]:
    if low is None and high is not None:
        return [Reason("threats.people-low", "people_low")]
    if low is not None and low < 0:
        return [Reason("threats.people-negative", "people_low")]
    if low is not None and high is not None and high < low:
        return [Reason("threats.people-order", "people_high")]
    return []


def _choice_faults(entry: Entry) -> list[Reason]:
    known = {
        "severity": entry.severity is None or 1 <= entry.severity <= 5,
        "sensitivity": entry.sensitivity is None or 1 <= entry.sensitivity <= 4,
        "trend": scale("trend").choice(entry.trend) is not None,
        "how_known": scale("how-known").choice(entry.how_known) is not None,
        "party": entry.party in PARTIES,
    }
    return [Reason("form.choice", name) for name, is_known in known.items() if not is_known]


def beside(sharing: Sharing) -> frozenset[UUID]:
    """The organisations that a choice names beside its level."""
    is_whole = sharing.level in {Level.OWN, Level.PUBLIC}
    return frozenset() if is_whole else sharing.organisation_ids


def sharing_faults(
    sharing: Sharing,
    entry: Entry,
    *,
    sensitivity: int,
    own: UUID,
    standings: Mapping[UUID, str],
    circles: Collection[UUID] = (),
    ruled: Mapping[int, frozenset[str]] | None = None,
    is_agreed: bool = False,
) -> list[Reason]:
    """What is wrong with who may see a record.

    standings: of every organisation one may name; circles: those one knows. ruled: the levels
    that the protocol leaves each sensitivity. is_agreed: by who coordinates its area (A6).
    """
    if sharing.level not in set(Level):
        return [Reason("form.choice", "level")]
    level, named, faults = Level(sharing.level), beside(sharing), []
    if stays_own(entry) and (sharing.narrative_ids or not (is_agreed or level is Level.OWN)):
        faults.append(Reason("threats.stays-own", "level"))
    if sensitivity > CAP[level]:
        faults.append(Reason("threats.too-wide", "level", {"sensitivity": sensitivity}))
    elif ruled is not None and level not in ruled.get(sensitivity, frozenset(Level)):
        faults.append(Reason("threats.ruled-out", "level"))
    if level is Level.NAMED and not (named or sharing.circle_ids):
        faults.append(Reason("threats.name-somebody", "organisations"))
    told = sharing.narrative_ids - set(circles)
    strangers = (named | told) - set(standings) | ({own} & named)
    if strangers or sharing.circle_ids - set(circles):
        faults.append(Reason("threats.not-here", "organisations"))
    outside = {standings.get(i) for i in named} | {_OUTSIDE.get(level)}
    if {Standing.OBSERVER, Standing.DONOR} <= outside:
        faults.append(Reason("threats.observers-and-donors", "organisations"))
    faults += _narrative_faults(sharing, level, standings)
    return faults


def _narrative_faults(
    sharing: Sharing, level: Level, standings: Mapping[UUID, str]
) -> Iterable[Reason]:
    """Who reads the restricted part must see the record, and is never a donor."""
    wide = {Level.MEMBERS: MEMBERS, Level.DONORS: MEMBERS, Level.PUBLIC: MEMBERS}
    wide[Level.OBSERVERS] = MEMBERS | {Standing.OBSERVER}
    for organisation in sharing.narrative_ids & set(standings):
        standing = Standing(standings[organisation])
        sees = organisation in beside(sharing)
        if standing is Standing.DONOR:
            yield Reason("threats.narrative-donor", "narrative_for")
        elif not sees and standing not in wide.get(level, frozenset()):
            yield Reason("threats.narrative-unseen", "narrative_for")
    circles = sharing.narrative_ids - set(standings) - sharing.circle_ids
    if circles and level not in wide:
        yield Reason("threats.narrative-unseen", "narrative_for")


def level_of(kinds: Iterable[str], *, organisations: int) -> Level:
    """The level that an audience of these kinds of groups stands for."""
    found = set(kinds)
    for kind, level in _WIDEST_FIRST:
        if kind in found:
            return level
    return Level.NAMED if organisations > 1 else Level.OWN


def due_on(checked_on: date, severity: int | None, next_review: date | None) -> date:
    """The day a record must be looked at again: its own date, or 30 days if acute, else 90."""
    days = ACUTE_DAYS if severity is not None and severity >= ACUTE else OTHER_DAYS
    at_latest = checked_on + timedelta(days=days)
    return min(at_latest, next_review) if next_review else at_latest


def due(on: date, today: date) -> Due:
    """How a check due on a day stands today: late after that day, soon from 3 days before."""
    if today > on:
        return Due.LATE
    return Due.SOON if today >= on - timedelta(days=SOON_DAYS) else Due.FINE


def standings_of(level: Level) -> frozenset[Standing]:
    """Standings whose organisations a level reaches as a whole; everybody is not a standing."""
    if level in {Level.OWN, Level.NAMED}:
        return frozenset()
    return MEMBERS | ({_OUTSIDE[level]} if level in _OUTSIDE else set())


def folded(text: str) -> str:
    """Text as it is searched: small letters without accents, Arabic without vowel signs."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("\u0640", ""))
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())


def changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> dict[FieldClass, dict[str, list[Any]]]:
    """What differs, class by class: field -> [before, after], plain enough for JSON."""
    found: dict[FieldClass, dict[str, list[Any]]] = {}
    for name, value in after.items():
        old = before.get(name) if before else None
        if before is None or old != value:
            pair = [_plain(old), _plain(value)]
            found.setdefault(CLASS_OF.get(name, FieldClass.SAFE), {})[name] = pair
    return found


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID | date) else value


@dataclass(frozen=True)
class Reported(Event):
    NAME = "threats.reported"
    level: str


@dataclass(frozen=True)
class Changed(Event):
    NAME = "threats.changed"
    field_class: str


@dataclass(frozen=True)
class Checked(Event):
    NAME = "threats.checked"


@dataclass(frozen=True)
class Shared(Event):
    NAME = "threats.shared"
    level: str
