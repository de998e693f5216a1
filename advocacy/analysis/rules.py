"""What each part must hold. Pure.

Sources: threat register 2.6 to 2.8 and 5; practice A6 (children, sexual violence).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from advocacy.analysis.rows import Blocks, FigureRow, NewFigure, NewParty, NewPlace
from advocacy.ground.reasons import Reason
from advocacy.reference.rules import scale

TEXTS = {"subtype": 120, "context": 4_000, "effect": 4_000, "capacity": 4_000}
LONGEST_NAME = 160
MOST_ROWS = 60
PERPETRATOR, DUTY_BEARER = "perpetrator", "duty-bearer"
ADM1 = 1
POINTS = frozenset({"exact", "25km"})
_OF_LEVEL = {0: "country", 1: "adm1", 2: "adm2", 3: "adm3"}
_MARGIN = 500  # thousandths of a degree: borders of a simplified map are not exact
Box = tuple[int, int, int, int]


def block_faults(blocks: Blocks) -> list[Reason]:
    """What is wrong with the kinds and texts."""
    faults = [
        Reason("form.too-long", name, {"most": most})
        for name, most in TEXTS.items()
        if len(getattr(blocks, name)) > most
    ]
    if any(scale("threat-kinds").choice(kind) is None for kind in blocks.kinds):
        faults.append(Reason("form.choice", "kinds"))
    return faults


def place_faults(place: NewPlace, *, level: int, is_survivor: bool) -> list[Reason]:
    """What is wrong with a place. level: of its area, 0 = the whole country."""
    faults = []
    has_point = place.latitude is not None or place.longitude is not None
    if is_survivor and (level > ADM1 or place.name or has_point):
        faults.append(Reason("analysis.survivor-place", "area"))
    if len(place.name) > LONGEST_NAME:
        faults.append(Reason("form.too-long", "place_name", {"most": LONGEST_NAME}))
    if place.precision and scale("place-precision").choice(place.precision) is None:
        faults.append(Reason("form.choice", "precision"))
    if has_point:
        faults += _point_faults(place.latitude, place.longitude)
    elif place.precision in POINTS:
        faults.append(Reason("analysis.point-missing", "latitude"))
    return faults


def _point_faults(latitude: float | None, longitude: float | None) -> list[Reason]:
    if latitude is None or longitude is None:
        return [Reason("analysis.point-half", "longitude" if longitude is None else "latitude")]
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return []
    if abs(latitude) <= 180 and abs(longitude) <= 90:
        return [Reason("analysis.point-swapped", "latitude")]
    # Also what is no number at all.
    return [Reason("analysis.point-range", "longitude" if abs(latitude) <= 90 else "latitude")]


def point_fault(drawn: tuple[float, float], swapped: tuple[float, float], box: Box) -> list[Reason]:
    """Whether a point, as a map draws it, lies in the country's box; swapped it may."""
    if _lies_in(drawn, box):
        return []
    code = "analysis.point-swapped" if _lies_in(swapped, box) else "analysis.point-outside"
    return [Reason(code, "latitude")]


def _lies_in(point: tuple[float, float], box: Box) -> bool:
    left, top, right, bottom = box
    x, y = point
    return left - _MARGIN <= x <= right + _MARGIN and top - _MARGIN <= y <= bottom + _MARGIN


def precision_of(place: NewPlace, level: int) -> str:
    """How exact a place is: as its writer says, else as far as its area and point go."""
    if place.precision:
        return place.precision
    return "exact" if place.latitude is not None else _OF_LEVEL.get(level, "adm3")


def categories_of(role: str) -> tuple[str, ...]:
    """The lists that the category of a party in this role is taken from."""
    return ("actor-categories", "duty-bearers")[: 2 if role == DUTY_BEARER else 1]


def party_faults(party: NewParty, *, is_survivor: bool) -> list[Reason]:
    """What is wrong with a party."""
    faults = []
    if scale("actor-roles").choice(party.role) is None:
        faults.append(Reason("form.choice", "role"))
    if scale("actor-basis").choice(party.basis) is None:
        faults.append(Reason("form.choice", "basis"))
    if all(scale(of).choice(party.category) is None for of in categories_of(party.role)):
        faults.append(Reason("form.choice", "category"))
    if party.role == PERPETRATOR and party.category == "service-provider":
        faults.append(Reason("analysis.use-psea", "category"))
    if len(party.name) > LONGEST_NAME:
        faults.append(Reason("form.too-long", "party_name", {"most": LONGEST_NAME}))
    if is_survivor and party.name:
        faults.append(Reason("analysis.survivor-name", "party_name"))
    return faults


def figure_faults(figure: NewFigure, *, today: date) -> list[Reason]:
    """What is wrong with a figure. Not known is an answer of its own, neither 0 nor empty."""
    lists = {
        "kind": "figure-kinds",
        "population": "population-groups",
        "sex": "sex",
        "age": "age-bands",
        "disability": "disability",
        "method": "figure-methods",
    }
    faults = [
        Reason("form.choice", name)
        for name, of in lists.items()
        if scale(of).choice(getattr(figure, name)) is None
    ]
    faults += _number_faults(figure)
    if figure.from_on and figure.until_on and figure.until_on < figure.from_on:
        faults.append(Reason("analysis.period-order", "until_on"))
    for name in ("from_on", "until_on"):
        day = getattr(figure, name)
        if day and day > today:
            faults.append(Reason("analysis.period-later", name))
    return faults


def _number_faults(figure: NewFigure) -> list[Reason]:
    low, high = figure.low, figure.high
    if figure.is_unknown:
        both = low is not None or high is not None
        return [Reason("analysis.known-and-unknown", "is_unknown")] if both else []
    if low is None:
        return [Reason("analysis.number-or-unknown", "low")]
    if low < 0 or low > 2_000_000_000:
        return [Reason("analysis.number-range", "low")]
    if high is not None and high < low:
        return [Reason("threats.people-order", "high")]
    if high is not None and high > 2_000_000_000:
        return [Reason("analysis.number-range", "high")]
    return []


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Field -> [before, after], of what differs."""
    return {name: [before[name], new] for name, new in after.items() if before[name] != new}


def too_many(rows: Iterable[Any]) -> list[Reason]:
    """A record is no sheet: a list has an end."""
    is_full = len(list(rows)) >= MOST_ROWS
    return [Reason("analysis.too-many", "", {"most": MOST_ROWS})] if is_full else []


class Said:
    """Codes of this room's lists in the reader's language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def label(self, of: str, code: str) -> str:
        """A code of a list; retired ones too."""
        found = scale(of).choice(code)
        return found.label(self.language) if found else code

    def category(self, code: str) -> str:
        """The category of a party."""
        found = scale("actor-categories").choice(code) or scale("duty-bearers").choice(code)
        return found.label(self.language) if found else code

    def kinds(self, codes: Iterable[str]) -> str:
        """Kinds of threat, in one line."""
        return ", ".join(self.label("threat-kinds", code) for code in sorted(codes))

    def group(self, figure: FigureRow) -> str:
        """Whom a figure counts: only what narrows it down."""
        lists = {"population": "population-groups", "sex": "sex", "age": "age-bands"}
        lists["disability"] = "disability"
        codes = [(of, getattr(figure, name)) for name, of in lists.items()]
        said = [self.label(of, code) for of, code in codes if code != "all"]
        return ", ".join(said) or self.label("population-groups", "all")
