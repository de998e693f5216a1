"""What a view must hold, what many of them say together; the room's events.

Sources: practice A6 (names), A7 ("verified" is a citation), C26, C27; threat register 2.2, 3.3.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Protocol

from advocacy.assessments.rows import Said, View
from advocacy.assessments.schema import Attribution, Reach, Stance
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.reference.rules import scale
from advocacy.text.canon import normalise
from advocacy.threats.rules import SURVIVOR_RISKS
from advocacy.threats.schema import Threat

LONGEST = {"rationale": 4_000, "detail": 20_000, "verified_by": 200, "basis": 4_000}
LEAST_FOR_SPREAD = 3
HEARD = "heard"


class Short(Protocol):
    """As much of a threat as the rules on names need."""

    @property
    def is_survivor_record(self) -> bool:
        """Whether it concerns a child or sexual violence."""

    @property
    def risk_code(self) -> str:
        """Its protection risk."""


@dataclass(frozen=True)
class Given(Event):
    NAME = "assessments.given"
    stance: str


@dataclass(frozen=True)
class TakenBack(Event):
    NAME = "assessments.taken-back"


@dataclass(frozen=True)
class AgreedOn(Event):
    NAME = "assessments.agreed"
    severity: int


@dataclass(frozen=True)
class AgreementEnded(Event):
    NAME = "assessments.agreement-ended"


def hides_names(threat: Threat | Short) -> bool:
    """Whether nobody learns who says what of it: children and sexual violence (practice A6)."""
    return threat.is_survivor_record or threat.risk_code in SURVIVOR_RISKS


def tidy(said: Said, *, hides_names: bool) -> Said:
    """As it is kept: texts without stray blanks; no name where names are never shown."""
    texts: dict[str, Any] = {
        name: normalise(getattr(said, name)).strip()
        for name in ("rationale", "detail", "verified_by")
    }
    attribution = Attribution.HIDDEN.value if hides_names else said.attribution
    return replace(said, **texts, attribution=attribution)


def faults(said: Said, *, today: date) -> list[Reason]:
    """What is wrong with a view. today: in the workspace's zone."""
    known = {
        "stance": said.stance in set(Stance),
        "reach": said.reach in set(Reach),
        "attribution": said.attribution in set(Attribution),
        "severity": said.severity is None or 1 <= said.severity <= 5,
        "likelihood": not said.likelihood or scale("likelihood").choice(said.likelihood),
        "trend": scale("trend").choice(said.trend),
        "how_known": scale("how-known").choice(said.how_known),
    }
    found = [Reason("form.choice", name) for name, is_known in known.items() if not is_known]
    texts = ("rationale", "detail", "verified_by")
    long = [name for name in texts if len(getattr(said, name)) > LONGEST[name]]
    found += [Reason("form.too-long", name, {"most": LONGEST[name]}) for name in long]
    return [*found, *_day_faults(said, today)]


def _day_faults(said: Said, today: date) -> Iterable[Reason]:
    for name in ("observed_from", "observed_to", "verified_on"):
        day = getattr(said, name)
        if day is not None and day > today:
            yield Reason("assessments.later", name)
    if said.observed_from and said.observed_to and said.observed_to < said.observed_from:
        yield Reason("assessments.order", "observed_to")
    if bool(said.verified_by) != bool(said.verified_on):
        yield Reason("assessments.citation", "verified_by")


def basis_faults(basis: str) -> list[Reason]:
    """A decision says what it rests on."""
    if not basis:
        return [Reason("form.required", "basis")]
    most = LONGEST["basis"]
    return [Reason("form.too-long", "basis", {"most": most})] if len(basis) > most else []


def period(on: date) -> str:
    """The quarter of a day: 2026-Q4. Joint analysis is made by the quarter."""
    return f"{on.year}-Q{(on.month + 2) // 3}"


def plain(said: Said) -> dict[str, Any]:
    """As an act keeps it."""
    return {k: str(v) if isinstance(v, date) else v for k, v in asdict(said).items()}


def said_of(kept: Mapping[str, Any]) -> Said:
    """What an act kept."""
    values = {f.name: kept[f.name] for f in fields(Said) if f.name in kept}
    for name in ("observed_from", "observed_to", "verified_on"):
        values[name] = date.fromisoformat(values[name]) if values.get(name) else None
    return Said(**values)


def in_order(views: Iterable[View]) -> tuple[View, ...]:
    """By stance and severity: no order that tells who came when."""
    stances = list(Stance)
    return tuple(
        sorted(
            views,
            key=lambda v: (stances.index(Stance(v.said.stance)), -(v.said.severity or 0), v.id),
        )
    )


def spread(views: Iterable[View]) -> tuple[int, int, int] | None:
    """How many organisations gave a severity, the lowest and the highest; of three at least."""
    found = [view.said.severity for view in views if view.said.severity is not None]
    return (len(found), min(found), max(found)) if len(found) >= LEAST_FOR_SPREAD else None


def is_corroborated(views: Iterable[View], *, owner_knows_by: str) -> bool:
    """At least two organisations say so from sources of their own; hearsay is no source.

    owner_knows_by: how the record's owner knows.
    """
    others = [
        view
        for view in views
        if view.said.stance == Stance.CORROBORATES
        and view.said.is_independent
        and view.said.how_known != HEARD
        and not view.is_owners
    ]
    return len(others) + (owner_knows_by != HEARD) >= 2


def differing(views: Iterable[View], severity: int) -> list[View]:
    """Views of another severity whose organisations want that to be seen."""
    return [
        view
        for view in views
        if view.said.shows_dissent and view.said.severity not in {None, severity}
    ]
