"""What can be done with many asks at once, and what it must say."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advocacy.asks.rules import AXIS_OF, Axis, Kind
from advocacy.ground.reasons import Reason
from advocacy.raisings.rules import Raised
from advocacy.recommendations.rules import themes

MOST = 200
"""Asks that one deed changes at once."""
MOST_THEME = 100


class Deed(StrEnum):
    """What is done with each of them."""

    DUE = "due"
    NO_CHANGE = "no_change"
    RAISED = "raised"
    THEME = "theme"
    NO_THEME = "no_theme"


KIND_OF = {
    Deed.DUE: Kind.DATE_CHANGE,
    Deed.NO_CHANGE: Kind.NO_CHANGE,
    Deed.RAISED: Kind.RAISED,
}
"""The step on an ask; themes are of the recommendation."""


@dataclass(frozen=True)
class Said:
    """What a deed carries, as it was sent."""

    text: str = ""
    due_on: date | None = None
    due_precision: str = "day"
    raised: Raised | None = None
    theme: str = ""


def axis_of(deed: Deed) -> Axis | None:
    """The chain that a deed adds to; None: the themes."""
    return AXIS_OF[KIND_OF[deed]] if deed in KIND_OF else None


def seal(tags: Iterable[str]) -> str:
    """What a change of themes was based on."""
    return hashlib.sha256("\n".join(tags).encode()).hexdigest()[:32]


def faults(deed: Deed, chosen: Collection[object], said: Said) -> list[Reason]:
    """What is wrong with a deed as a whole; what each step must carry is its room's to say."""
    found = [] if chosen else [Reason("together.none", "asks")]
    if len(chosen) > MOST:
        found.append(Reason("together.too-many", "asks", {"most": MOST}))
    if deed in KIND_OF:
        return found
    if not themes([said.theme]):
        found.append(Reason("form.required", "theme"))
    if len(said.theme) > MOST_THEME:
        found.append(Reason("form.too-long", "theme", {"most": MOST_THEME}))
    return found


def retagged(deed: Deed, tags: Iterable[str], theme: str) -> list[str]:
    """Themes after the deed: added last, or taken away however it is written."""
    before, same = list(tags), set(themes([theme]))
    rest = [one for one in before if not set(themes([one])) & same]
    if deed is Deed.NO_THEME:
        return rest
    return before if len(rest) < len(before) else [*before, theme.strip()]
