"""The data files, read and checked. They lie in the package and do not change while it runs."""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.reference.rows import AreaLine, Choice, Scale

DATA = Path(__file__).parent / "data"
RISKS = "protection-risks"
TESTLAND = "testland"
SCALES = (
    "severity-gpc5",
    "severity-jiaf5",
    "trend",
    "likelihood",
    "people-affected",
    "sensitivity",
    "how-known",
)
DEEPEST_LEVEL = 5


@lru_cache(maxsize=16)
def document(name: str) -> dict[str, Any]:
    """A data file by its name. Do not change what it returns: it is kept."""
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=16)
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


def _choice(item: dict[str, Any]) -> Choice:
    return Choice(
        code=item["code"],
        labels=item["label"],
        description=item["description"],
        value=item["value"],
        active=item["active"],
        least=item.get("least"),
        most=item.get("most"),
    )
