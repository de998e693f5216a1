"""The data files, read and checked. They lie in the package and do not change while it runs."""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.ground.search import fold
from advocacy.reference.rows import AreaLine, AreaRow, Choice, Scale

DATA = Path(__file__).parent / "data"
RISKS = "protection-risks"
TESTLAND = "testland"
# Its boundaries, level by level.
TESTLAND_SHAPES = tuple(DATA / f"testland-adm{level}.geojson" for level in (1, 2))
SCALES = (
    "severity-gpc5",
    "severity-jiaf5",
    "trend",
    "likelihood",
    "people-affected",
    "sensitivity",
    "sharing-labels",
    "how-known",
    "reliability",
    "credibility",
    "verification",
    "threat-kinds",
    "threat-status",
    "place-precision",
    "population-groups",
    "people-roles",
    "sex",
    "age-bands",
    "disability",
    "figure-kinds",
    "figure-methods",
    "actor-roles",
    "actor-basis",
    "actor-categories",
    "duty-bearers",
    "export-columns",
    "affected-groups",
    "sdg",
    "clusters",
    "reviews",
)
DEEPEST_LEVEL = 5


@lru_cache(maxsize=64)
def document(name: str) -> dict[str, Any]:
    """A data file by its name. Do not change what it returns: it is kept."""
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=64)
def scale(scale_id: str) -> Scale:
    """One of SCALES. Raises NotFound for any other name."""
    if scale_id not in SCALES:
        raise NotFound(Reason("reference.no-scale", facts={"scale": scale_id}))
    found = document(scale_id)
    return Scale(
        id=found["id"],
        version=found["version"],
        source=found["source"],
        licence=found["licence"],
        labels=found["label"],
        choices=tuple(_choice(item) for item in found["items"]),
        is_single=found.get("choice") == "one",
    )


def testland() -> list[AreaLine]:
    """The invented country of the samples: 3 areas of level 1, 9 of level 2."""
    return [
        AreaLine(
            country=item["country"],
            level=item["level"],
            code=item["code"],
            name=item["name"],
            parent_code=item["parent_code"],
            names=item["names"],
            valid_from=date.fromisoformat(item["valid_from"]),
        )
        for item in document(TESTLAND)["items"]
    ]


def faults(lines: Iterable[AreaLine]) -> list[Reason]:
    """What is wrong with lines of areas, each by itself."""
    found = []
    for line in lines:
        about = f"{line.country} {line.code}".strip()
        if len(line.country) != 3 or not line.code or not line.name.strip():
            found.append(Reason("reference.area-incomplete", about, {"place": about}))
        if not 0 <= line.level <= DEEPEST_LEVEL or (line.level == 0) != (not line.parent_code):
            found.append(Reason("reference.area-level", about, {"place": about}))
        if line.valid_from and line.valid_to and line.valid_to <= line.valid_from:
            found.append(Reason("reference.area-dates", about, {"place": about}))
    return found


def in_order(lines: Iterable[AreaLine]) -> list[AreaLine]:
    """Parents before their parts. Raises Invalid when a line is faulty, or there twice."""
    ordered = sorted(lines, key=lambda line: (line.country, line.level, line.code))
    Invalid.unless_empty(faults(ordered))
    keys = [(line.country, line.level, line.code) for line in ordered]
    twice = sorted({key for key, after in pairwise(keys) if key == after})
    places = [f"{country} {code}" for country, _, code in twice]
    Invalid.unless_empty(
        Reason("reference.area-twice", place, {"place": place}) for place in places
    )
    return ordered


class Gazetteer:
    """The areas of one country, to be found by P-code or by name. Names are not unique."""

    _SHOWN = 8

    def __init__(self, rows: Iterable[AreaRow]) -> None:
        self._by_id = {row.id: row for row in rows}
        self._codes: dict[str, list[AreaRow]] = {}
        self._names: dict[tuple[str, ...], dict[UUID, AreaRow]] = {}
        for row in self._by_id.values():
            self._codes.setdefault(row.code.upper(), []).append(row)
            for name in {row.name, *row.names.values()} if row.valid_to is None else ():
                self._names.setdefault(tuple(fold(name)), {})[row.id] = row

    def find(self, words: str) -> AreaRow | Reason:
        """The one area that is meant, or why there is not one."""
        place = words.strip()
        coded = self._codes.get(place.upper(), [])
        if open_ := [row for row in coded if row.valid_to is None]:
            return open_[0] if len(open_) == 1 else self._many(place, open_)
        if coded:
            facts = {"place": place, "day": str(coded[0].valid_to)}
            return Reason("reference.area-ended", "area", facts)
        named = list(self._names.get(tuple(fold(place)), {}).values()) if fold(place) else []
        if len(named) > 1:
            return self._many(place, named)
        return named[0] if named else Reason("reference.area-unknown", "area", {"place": place})

    def path(self, area: AreaRow) -> list[AreaRow]:
        """An area with what it lies in: the country first."""
        found = [area]
        while (parent := found[0].parent_id) in self._by_id and len(found) <= DEEPEST_LEVEL:
            found.insert(0, self._by_id[parent])
        return found

    def first(self, area_id: UUID) -> UUID | None:
        """The area of the first level that an area lies in; None for the whole country."""
        area = self._by_id.get(area_id)
        return next((up.id for up in self.path(area) if up.level == 1), None) if area else None

    def _many(self, place: str, rows: list[AreaRow]) -> Reason:
        ordered = sorted(rows, key=lambda row: (row.level, row.code))[: self._SHOWN]
        inside = [
            (row, self._by_id.get(row.parent_id) if row.parent_id else None) for row in ordered
        ]
        said = [f"{row.code} {row.name}" + (f" ({up.name})" if up else "") for row, up in inside]
        facts = {"place": place, "places": "; ".join(said)}
        return Reason("reference.area-many", "area", facts)


def _choice(item: dict[str, Any]) -> Choice:
    return Choice(
        code=item["code"],
        labels=item["label"],
        description=item["description"],
        value=item["value"],
        active=item["active"],
        least=item.get("least"),
        most=item.get("most"),
        also=tuple(item.get("also", ())),
    )


def people_band(low: int | None, high: int | None) -> tuple[int | None, int | None]:
    """The least and the most that may be said outside: whole bands of the house list.

    (None, None) = not known; (least, None) = least or more. 0 is 0.
    """
    if low is None:
        return None, None
    top = low if high is None else high
    if top == 0:
        return 0, 0
    bands = [c for c in scale("people-affected").choices if c.least is not None]
    starts = [c.least for c in bands if c.least is not None and c.least <= max(low, 1)]
    last = [c for c in bands if c.least is not None and c.least <= top][-1]
    return (0 if low == 0 else starts[-1]), last.most
