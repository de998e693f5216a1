"""What the axes and their items are called on pages, and the filters of lists."""

from collections.abc import Iterable
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from advocacy.taxonomies import rules
from advocacy.taxonomies.rules import LISTS, YES, Axis
from advocacy.web.words import day_of

AXES: dict[str, LazyString] = {
    Axis.GROUP: _l("Affected groups"),
    Axis.SDG: _l("Development goals"),
    Axis.CLUSTER: _l("Clusters"),
    Axis.REVIEW: _l("Review or body"),
    Axis.THEMES: _l("Themes"),
    Axis.SPECIFICITY: _l("How specific it is"),
    Axis.SMART: _l("SMART"),
    Axis.PRIORITY: _l("Priority"),
}
IN_FILES = {name: AXES[name] for name in rules.COLUMNS}
TICKS: dict[str, tuple[LazyString, LazyString]] = {
    "S": (_l("Specific"), _l("It says what exactly shall be done.")),
    "M": (_l("Measurable"), _l("One can see whether it was done.")),
    "A": (_l("Achievable"), _l("Who is asked has the power and the means.")),
    "R": (_l("Relevant"), _l("Done, it would reduce the risk.")),
    "T": (_l("Time-bound"), _l("It says by when.")),
}
LEVELS: dict[str, LazyString] = {
    "1": _l("1, minimal"),
    "2": _l("2, go on with it"),
    "3": _l("3, consider it"),
    "4": _l("4, general action"),
    "5": _l("5, specific action"),
}


def words(axis: str, items: Iterable[str]) -> list[str]:
    """What these items are called in the reader's language."""
    if axis in LISTS:
        return rules.labels(axis, items, str(get_locale()))
    if axis == Axis.PRIORITY:
        return [str(_("Priority")) for _one in items]
    if axis == Axis.SMART:
        return [str(TICKS[one][0]) for one in items]
    return [str(LEVELS.get(one, one)) for one in items]


def filters(*, is_inside: bool) -> list[tuple[str, LazyString, list[tuple[str, Any]]]]:
    """(name, label, options) of what a list can be narrowed to; of goals, not their targets.

    is_inside: for members, who may narrow it to priorities too.
    """
    language = str(get_locale())
    found: list[tuple[str, LazyString, list[tuple[str, Any]]]] = []
    for axis in LISTS:
        offered = rules.taxonomy(axis).offered()
        options = [(one.code, one.label(language)) for one in offered if "." not in one.code]
        found.append((axis.value, AXES[axis], options))
    if is_inside:
        found.append((Axis.PRIORITY.value, AXES[Axis.PRIORITY], [(YES, _l("Priorities only"))]))
    return found


# --- what is said of one recommendation -----------------------------------------------------------


def told(about: Any) -> dict[str, Any]:
    """All that is said of a recommendation, in words. about: see `subjects.rows`."""
    items = about.items
    ticks = items[Axis.SMART]
    return {
        "lines": [
            (AXES[axis], axis.value, list(zip(items[axis], words(axis, items[axis]), strict=True)))
            for axis in LISTS
            if items[axis]
        ],
        "level": words(Axis.SPECIFICITY, items[Axis.SPECIFICITY]),
        "ticks": words(Axis.SMART, ticks),
        "missing": words(Axis.SMART, [one for one in rules.SMART if one not in ticks]),
        "is_first": bool(items[Axis.PRIORITY]),
        "reason": about.reason,
        "history": [_told(row) for row in about.history],
    }


def _told(row: Any) -> dict[str, Any]:
    return {
        "what": AXES[row.axis],
        "said": _change(row),
        "by": row.organisation,
        "when": day_of(row.recorded_at, "d MMM y"),
        "reason": row.reason,
        "is_imported": row.is_imported,
    }


def _change(row: Any) -> str:
    added, removed = (", ".join(words(row.axis, one)) for one in (row.added, row.removed))
    if row.axis == Axis.PRIORITY and row.items and not added:
        return str(_("A priority still, for another reason"))
    if row.axis == Axis.PRIORITY:
        return str(_("Made a priority") if added else _("No longer a priority"))
    if row.axis in {Axis.SPECIFICITY, Axis.REVIEW} and added and removed:
        return str(_("%(now)s, before that %(then)s", now=added, then=removed))
    if added and removed:
        return str(_("Added %(new)s; took away %(old)s", new=added, old=removed))
    if added:
        return str(_("Added %(new)s", new=added))
    return str(_("Took away %(old)s", old=removed))
