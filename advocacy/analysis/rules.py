"""What each part must hold. Pure.

Sources: threat register 2.6 to 2.8 and 5; practice A6 (children, sexual violence).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from advocacy.analysis.rows import (
    Blocks,
    FigureRow,
    Known,
    NewFigure,
    NewParty,
    NewPlace,
    PartyRow,
    PlaceRow,
)
from advocacy.formats.lists import pack, unpack
from advocacy.ground.base import new_id
from advocacy.ground.reasons import Reason
from advocacy.reference.rows import AreaRow
from advocacy.reference.rules import scale

TEXTS = {"subtype": 120, "context": 4_000, "effect": 4_000, "capacity": 4_000}
LONGEST_NAME = 160
MOST_ROWS = 60
PERPETRATOR, DUTY_BEARER = "perpetrator", "duty-bearer"
ADM1 = 1
POINTS = frozenset({"exact", "25km"})
_OF_LEVEL = {0: "country", 1: "adm1", 2: "adm2", 3: "adm3"}
_GROUP = ("population", "sex", "age", "disability")
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


def _figure_cells(known: Known) -> str:
    return pack(
        (
            *(f.kind, f.population, f.sex, f.age, f.disability),
            *(("unknown", "unknown") if f.low is None else (f.low, f.high)),
            *(f.method, f.from_on, f.until_on),
        )
        for f in known.figures
    )


# Each part of a record as one cell of a sheet. Points and names stand in cells of their own, by
# the number of their place or party, since not everybody who reads those reads them.
CELLS: dict[str, Callable[[Known], str]] = {
    "kinds": lambda known: " ".join(sorted(known.blocks.kinds)),
    "subtype": lambda known: known.blocks.subtype,
    "context": lambda known: known.blocks.context,
    "effect": lambda known: known.blocks.effect,
    "capacity": lambda known: known.blocks.capacity,
    "places": lambda known: pack((p.code, p.name, p.precision) for p in known.places),
    "points": lambda known: pack(
        (n, *p.point) for n, p in enumerate(known.places, 1) if p.point is not None
    ),
    "parties": lambda known: pack((p.role, p.category, p.basis) for p in known.parties),
    "party_names": lambda known: pack(
        (n, p.name) for n, p in enumerate(known.parties, 1) if p.name
    ),
    "figures": _figure_cells,
}


def whole(
    cells: Mapping[str, str],
    find: Callable[[str], AreaRow | Reason],
    *,
    is_survivor: bool,
    today: date,
) -> tuple[Known, list[Reason]]:
    """What cells as of `CELLS` say, and everything that is wrong with it.

    find: the area of a P-code or name, or why there is none.
    """
    faults: list[Reason] = []
    said = {name: cells.get(name, "") for name in CELLS}
    texts: dict[str, Any] = {name: said[name] for name in TEXTS}
    blocks = Blocks(
        tuple(sorted(set(said["kinds"].split()))),
        **texts,
    )
    faults += block_faults(blocks)
    points, names = _numbered(said, "points", faults), _numbered(said, "party_names", faults)
    places: list[PlaceRow] = []
    for n, row in enumerate(unpack(said["places"]), 1):
        found = _place_of(row, points.get(n, []), find, is_survivor=is_survivor)
        _keep(found, places, faults)
    parties: list[PartyRow] = []
    for n, row in enumerate(unpack(said["parties"]), 1):
        role, category, basis = _of(row, 3, "reported")
        party = NewParty(role, category, basis, "".join(names.get(n, [])))
        wrong = party_faults(party, is_survivor=is_survivor)
        _keep(wrong or PartyRow(new_id(), **vars(party)), parties, faults)
    figures: list[FigureRow] = []
    for row in unpack(said["figures"]):
        _keep(_figure_of(row, today), figures, faults)
    for listed in (places, parties, figures):
        faults += too_many(listed[:-1])
    return Known(blocks, (), tuple(places), tuple(parties), tuple(figures)), faults


def _of(row: list[str], count: int, *last: str) -> list[str]:
    """A row of exactly so many parts; missing ones at its end are the usual ones."""
    usual = [*[""] * (count - len(last)), *last]
    return [*row[:count], *usual[len(row) :]]


def _keep(found: Any, kept: list[Any], faults: list[Reason]) -> None:
    faults += found if isinstance(found, list) else []
    kept += [] if isinstance(found, list) else [found]


def _numbered(said: Mapping[str, str], name: str, faults: list[Reason]) -> dict[int, list[str]]:
    rows = unpack(said[name])
    if any(not row[0].isdecimal() or len(row) < 2 for row in rows):
        faults.append(Reason("intake.list", name, {"words": said[name][:60]}))
        return {}
    return {int(row[0]): row[1:] for row in rows}


def _place_of(
    row: list[str],
    point: list[str],
    find: Callable[[str], AreaRow | Reason],
    *,
    is_survivor: bool,
) -> PlaceRow | list[Reason]:
    words, name, precision = _of(row, 3)
    area = find(words) if words else None
    if isinstance(area, Reason):
        return [area]
    try:
        latitude, longitude = map(float, point) if point else (None, None)
    except ValueError:
        return [Reason("intake.list", "points", {"words": "; ".join(point)})]
    level = area.level if area else 0
    place = NewPlace(words, name, precision, latitude, longitude)
    if wrong := place_faults(place, level=level, is_survivor=is_survivor):
        return wrong
    at = (
        None if latitude is None or longitude is None else (round(latitude, 6), round(longitude, 6))
    )
    code = area.code if area else words
    area_id = area.id if area and area.level else None
    exact = precision_of(place, level)
    since = area.valid_from if area else None
    return PlaceRow(new_id(), area_id, "", code, level, name, exact, at, since)


def _figure_of(row: list[str], today: date) -> FigureRow | list[Reason]:
    parts = _of(row, 10, "reported", "", "")
    numbers = [None if part in {"", "unknown"} else part for part in parts[5:7]]
    try:
        low, high = (int(n) if n is not None else None for n in numbers)
        days = [date.fromisoformat(part) if part else None for part in parts[8:]]
    except ValueError:
        return [Reason("intake.list", "figures", {"words": "; ".join(row)[:60]})]
    group = dict(zip(_GROUP, (part or "all" for part in parts[1:5]), strict=True))
    figure = NewFigure(
        parts[0],
        **group,
        low=low,
        high=high,
        is_unknown="unknown" in parts[5:7],
        method=parts[7],
        from_on=days[0],
        until_on=days[1],
    )
    values = {name: value for name, value in vars(figure).items() if name != "is_unknown"}
    made = FigureRow(new_id(), **values)
    wrong = figure_faults(figure, today=today)
    return wrong or (replace(made, high=low) if high is None else made)


def told(known: Known) -> dict[str, dict[str, Any]]:
    """All parts as history keeps them: class of fields -> field -> what stands there."""
    places, parties = known.places, known.parties
    return {
        "safe": {
            "kinds": list(known.blocks.kinds),
            "is_watched": known.blocks.is_watched,
            "regions": [str(i) for i in known.regions],
        },
        "members": {
            **{name: getattr(known.blocks, name) for name in TEXTS},
            "places": [[p.code, p.name, p.precision] for p in places],
            "parties": [[p.role, p.category, p.basis] for p in parties],
            "figures": [[str(v) for v in list(vars(f).values())[1:]] for f in known.figures],
        },
        "restricted": {
            "points": [[p.code, *p.point] for p in places if p.point],
            "party_names": [p.name for p in parties if p.name],
        },
    }


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
