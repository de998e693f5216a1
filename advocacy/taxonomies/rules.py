"""The lists, what may be chosen of them, and which of their items the words of a file mean."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from advocacy.ground.reasons import Reason
from advocacy.ground.search import fold
from advocacy.reference.rows import Scale
from advocacy.reference.rules import scale


class Axis(StrEnum):
    """What may be said of a recommendation."""

    GROUP = "group"
    SDG = "sdg"
    CLUSTER = "cluster"
    REVIEW = "review"
    THEMES = "themes"
    SPECIFICITY = "specificity"
    SMART = "smart"
    PRIORITY = "priority"


LISTS = {
    Axis.GROUP: "affected-groups",
    Axis.SDG: "sdg",
    Axis.CLUSTER: "clusters",
    Axis.REVIEW: "reviews",
}
PUBLIC = (Axis.GROUP, Axis.SDG, Axis.CLUSTER)
"""What donors may read of it, with the themes: everything else is said among members."""
INSIDE = (Axis.SMART, Axis.PRIORITY)
SMART = ("S", "M", "A", "R", "T")
YES = "1"
# Column of a file -> what it tells of; ours first, then what the Human Rights Index calls it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "group": (
        *("affected groups", "affectedpersons", "affected persons", "groups"),
        *("groupes concernés", "grupos afectados", "الفئات المتضررة"),
    ),
    "sdg": ("sdgs", "sdg", "goals", "odd", "ods"),
    "cluster": ("clusters", "cluster", "sector", "sectors", "secteur", "sector humanitario"),
    "review": ("review", "uprcycle", "upr cycle", "cycle", "examen", "الاستعراض"),
}
_GOAL = re.compile(r"(?:(?:goal|target|sdg|odd|ods)\s*)*(\d{1,2}(?:\.(?:\d{1,2}|[a-d]))?)\b", re.I)


def taxonomy(axis: str) -> Scale:
    """The list behind an axis. Raises KeyError for one that has none."""
    return scale(LISTS[Axis(axis)])


@cache
def codes(axis: str) -> tuple[str, ...]:
    """All codes of a list in its order, retired ones too."""
    return tuple(choice.code for choice in taxonomy(axis).choices)


@cache
def _places(axis: str) -> dict[str, int]:
    return {code: place for place, code in enumerate(codes(axis))}


def goal(code: str) -> str:
    """The goal of a target, or the goal itself."""
    return code.partition(".")[0]


def ordered(axis: str, chosen: Iterable[str]) -> list[str]:
    """These codes in the order of their list, each once; what is no code of it is left out."""
    places = _places(axis)
    return sorted({code for code in chosen if code in places}, key=lambda code: places[code])


def faults(axis: str, chosen: Collection[str], *, before: Collection[str] = ()) -> list[Reason]:
    """What is wrong with a choice. before: what stood; of it retired items may stay."""
    of = taxonomy(axis)
    allowed = {choice.code for choice in of.offered()} | set(before)
    if not set(chosen) <= allowed:
        return [Reason("form.choice", axis)]
    if of.is_single and len(set(chosen)) > 1:
        return [Reason("taxonomies.only-one", axis)]
    return []


def label(axis: str, code: str, language: str) -> str:
    """What an item is called; its code where the list knows none like it."""
    found = taxonomy(axis).choice(code)
    return found.label(language) if found else code


def labels(axis: str, chosen: Iterable[str], language: str) -> list[str]:
    """What these items are called."""
    return [label(axis, code, language) for code in chosen]


def rows(
    recommendation_id: Any, subjects: Mapping[str, Any] | None, judged: Mapping[str, Any] | None
) -> list[dict[str, Any]]:
    """What a recommendation is about, as rows by which lists are narrowed."""
    said = {**(subjects or {}), **(judged or {})}
    found = {(axis, item) for axis, items in said.items() for item in items}
    found |= {(axis, goal(item)) for axis, item in found if axis == Axis.SDG}
    return [
        {"recommendation_id": recommendation_id, "axis": axis, "item": item}
        for axis, item in sorted(found)
    ]


# --- the words of files -------------------------------------------------------------------------


@cache
def _named(axis: str) -> dict[str, tuple[str, ...]]:
    """Words, as they are compared -> the items they stand for."""
    found: dict[str, tuple[str, ...]] = {}
    for choice in taxonomy(axis).choices:
        for words in {choice.code, *choice.labels.values(), *choice.also}:
            key = " ".join(fold(words))
            if choice.code not in found.get(key, ()):
                found[key] = (*found.get(key, ()), choice.code)
    return found


def meant(axis: str, words: str) -> tuple[str, ...]:
    """The items that some words of a file stand for; none where they are no words of the list."""
    if known := _one_meant(axis, words):
        return known
    parts = [_one_meant(axis, part) for part in words.split(",")]
    return tuple(code for part in parts for code in part) if all(parts) else ()


def _one_meant(axis: str, words: str) -> tuple[str, ...]:
    if axis == Axis.SDG:
        number = _GOAL.match(words.strip())
        return (number[1].lower(),) if number and number[1].lower() in _places(axis) else ()
    return _named(axis).get(" ".join(fold(words)), ())


def sorted_out(
    said: Mapping[str, Sequence[str]], themes: Iterable[str]
) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Items by axis, and themes: words that no list knows stay a theme, so none is lost."""
    found: dict[str, list[str]] = {}
    left = list(themes)
    for axis, cells in said.items():
        chosen: list[str] = []
        for words in cells:
            items = meant(axis, words)
            is_too_many = taxonomy(axis).is_single and chosen and list(items) != chosen
            if not items or is_too_many:
                left.append(words)
            else:
                chosen += items
        if chosen:
            found[axis] = ordered(axis, chosen)
    return found, tuple(dict.fromkeys(left))


def united(several: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    """What several rows say of one recommendation; of a list with one answer the first."""
    found: dict[str, list[str]] = {}
    for one in several:
        for axis, items in one.items():
            known = found.get(axis, [])
            if not (known and taxonomy(axis).is_single):
                found[axis] = ordered(axis, [*known, *items])
    return found
