"""What a saved view may hold."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from advocacy.ground.reasons import Reason

LONGEST_NAME, LONGEST_VALUE, MOST = 80, 200, 50
VIEWS = ("matrix", "table", "map", "trend", "asks", "asks-board", "asks-timeline")
# The parts of an address that are a question; a place in a list is none.
PARTS = (
    *("area", "risk", "severity", "trend", "checked", "state", "whose", "q"),
    *("within", "cols", "sort", "by"),
    *("words", "owner", "response", "progress", "late", "session", "source", "tag"),
    *("specificity", "on", "group", "sdg", "cluster", "review", "priority"),
)


def question(query: str) -> str:
    """The parts of an address that may be kept, in one order and written one way."""
    given = dict(parse_qsl(query.replace("\x00", "")))
    kept = {name: given[name][:LONGEST_VALUE] for name in PARTS if given.get(name)}
    return urlencode(kept)


def faults(name: str, view: str, names: Iterable[str]) -> list[Reason]:
    """What is wrong with a new one. names: of those its maker has already."""
    kept = list(names)
    found = []
    if not name:
        found.append(Reason("form.required", "name"))
    if len(name) > LONGEST_NAME:
        found.append(Reason("form.too-long", "name", {"most": LONGEST_NAME}))
    if view not in VIEWS:
        found.append(Reason("form.choice", "view"))
    if name.casefold() in {one.casefold() for one in kept}:
        found.append(Reason("savedviews.name-taken", "name"))
    if len(kept) >= MOST:
        found.append(Reason("savedviews.too-many", "", {"most": MOST}))
    return found
