"""What may be wrong with a recommendation; the room's events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from advocacy.audit.rules import Event
from advocacy.ground.search import fold

REACHES = ("own", "members", "donors", "public")
COUNTED_TO = 1_000
# Filters by what a recommendation is about, see `taxonomies`.
SUBJECTS = ("group", "sdg", "cluster", "review", "priority")


def searched(row: Mapping[str, Any]) -> str:
    """The words that a recommendation is found by."""
    one = (str(row[name]) for name in ("ref", "title", "text", "source"))
    return "\n".join((*one, *row["issuers"], *row["tags"]))


def themes(tags: Iterable[str]) -> list[str]:
    """Themes as they are compared, each once."""
    return sorted({" ".join(fold(tag)) for tag in tags} - {""})


@dataclass(frozen=True)
class Added(Event):
    NAME = "recommendations.added"
    source: str


@dataclass(frozen=True)
class Shared(Event):
    NAME = "recommendations.shared"
    reach: str


@dataclass(frozen=True)
class Imported(Event):
    NAME = "recommendations.imported"
    new: int
    changed: int
    same: int
    file: str
