"""How an outcome stands, in words and marks: said on the pages of several rooms."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from advocacy.web.words import day

_SHAPE = "d MMM y"
CHANGES: dict[str, LazyString] = {
    "achieved": _l("Achieved"),
    "partly": _l("Achieved in part"),
    "extended": _l("Extended"),
    "suspended": _l("Suspended"),
    "reversed": _l("Reversed"),
    "restored": _l("Restored"),
    "expired": _l("Expired"),
    "overtaken": _l("Overtaken by events"),
}
WORDS: dict[str, LazyString] = {
    "not_yet": _l("Not yet"),
    "unconfirmed": _l("Not confirmed for long"),
    **CHANGES,
}
# Kind of status and its sign: state is never told by colour alone.
MARKS: dict[str, tuple[str, str]] = {
    "not_yet": ("quiet", "ring"),
    "unconfirmed": ("wait", "clock"),
    "achieved": ("ok", "checkc"),
    "partly": ("ok", "half"),
    "extended": ("ok", "checkc"),
    "suspended": ("wait", "minus"),
    "reversed": ("stop", "reversed"),
    "restored": ("ok", "again"),
    "expired": ("quiet", "clock"),
    "overtaken": ("quiet", "minus"),
}


class Stands(Protocol):
    """What `said` reads of how an outcome stands."""

    @property
    def shown(self) -> str: ...
    @property
    def since(self) -> date | None: ...
    @property
    def until_on(self) -> date | None: ...
    @property
    def held(self) -> tuple[tuple[date, date | None], ...]: ...
    @property
    def days_held(self) -> int: ...
    @property
    def is_contested(self) -> bool: ...
    @property
    def looked_on(self) -> date | None: ...
    @property
    def check_on(self) -> date | None: ...
    @property
    def is_unconfirmed(self) -> bool: ...


def told(rows: Iterable[Any]) -> list[tuple[Any, dict[str, Any]]]:
    """Outcomes, each with how it stands in words."""
    return [(row, said(row.standing)) for row in rows]


def said(standing: Stands) -> dict[str, Any]:
    """How an outcome stands, in the reader's words."""
    return {
        "standing": WORDS[standing.shown],
        "mark": MARKS[standing.shown],
        "since": day(standing.since, _SHAPE),
        "until": day(standing.until_on, _SHAPE),
        "held": [(day(begin, _SHAPE), day(to, _SHAPE)) for begin, to in standing.held],
        "days_held": standing.days_held,
        "is_contested": standing.is_contested,
        "looked": day(standing.looked_on, _SHAPE),
        "check": day(standing.check_on, _SHAPE),
        "is_unconfirmed": standing.is_unconfirmed,
    }
