"""The form of what a recommendation is about."""

from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional

from advocacy.asks.forms import choices
from advocacy.ground.ids import based_on
from advocacy.subjects.rules import Said
from advocacy.taxonomies import rules as taxonomies
from advocacy.taxonomies.forms import AXES, LEVELS
from advocacy.taxonomies.rules import YES, Axis

Option = tuple[str, str]


class SubjectForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """All that may be said of a recommendation. based_on: the last act of each axis."""

    based_on = HiddenField()
    group = SelectMultipleField(AXES[Axis.GROUP], choices=[], validate_choice=False)
    sdg = SelectMultipleField(AXES[Axis.SDG], choices=[], validate_choice=False)
    cluster = SelectMultipleField(AXES[Axis.CLUSTER], choices=[], validate_choice=False)
    review = SelectField(AXES[Axis.REVIEW], choices=[], validate_choice=False)
    themes = TextAreaField(_l("Themes, one per line"), [Optional()])
    specificity = RadioField(
        AXES[Axis.SPECIFICITY],
        choices=choices({"": _l("Not said"), **LEVELS}),
        default="",
        validate_choice=False,
    )
    smart = SelectMultipleField(_l("What it is already"), choices=[], validate_choice=False)
    priority = RadioField(
        _l("Does it come first?"),
        choices=choices({"": _l("No"), YES: _l("Yes, it is a priority")}),
        default="",
        validate_choice=False,
    )
    reason = TextAreaField(_l("Why"), [Optional()])

    def show(self, items: dict[Axis, Any]) -> None:
        """Fill it with what holds today."""
        for axis in (Axis.GROUP, Axis.SDG, Axis.CLUSTER, Axis.SMART):
            self[axis.value].data = list(items[axis])
        for axis in (Axis.REVIEW, Axis.SPECIFICITY, Axis.PRIORITY):
            self[axis.value].data = next(iter(items[axis]), "")
        self.themes.data = "\n".join(items[Axis.THEMES])

    def see(self, chains: dict[Axis, list[Any]]) -> None:
        """Note the last act of each axis when the form was shown."""
        self.based_on.data = " ".join(f"{axis}:{of[-1].id}" for axis, of in chains.items())

    def seen(self) -> dict[Axis, Any]:
        """The last act of each axis when the form was shown."""
        parts = (one.partition(":") for one in (self.based_on.data or "").split())
        return {Axis(axis): based_on(act) for axis, _, act in parts if axis in set(Axis)}

    def said(self) -> Said:
        """What was sent."""
        items: dict[Axis, Any] = {
            axis: self[axis.value].data or []
            for axis in (Axis.GROUP, Axis.SDG, Axis.CLUSTER, Axis.SMART)
        }
        for axis in (Axis.REVIEW, Axis.SPECIFICITY, Axis.PRIORITY):
            items[axis] = [said] if (said := self[axis.value].data) else []
        items[Axis.THEMES] = (self.themes.data or "").splitlines()
        return Said(items, self.reason.data or "")


def offered(axis: Axis, chosen: Any) -> list[Option]:
    """The items to choose from; retired ones where they are chosen already."""
    language, kept = str(get_locale()), set(chosen or ())
    return [
        (one.code, one.label(language))
        for one in taxonomies.taxonomy(axis).choices
        if one.active or one.code in kept
    ]


def goals(chosen: Any) -> list[tuple[Option, list[Option], int]]:
    """Each goal with its targets by their numbers, and how many of them are chosen."""
    kept, found = set(chosen or ()), dict[str, tuple[Option, list[Option]]]()
    for code, label in offered(Axis.SDG, kept):
        goal = taxonomies.goal(code)
        if goal == code:
            found[code] = ((code, label), [])
        else:
            found[goal][1].append((code, code))
    return [
        (goal, targets, sum(code in kept for code, _label in (goal, *targets)))
        for goal, targets in found.values()
    ]


def reviews(chosen: str) -> list[Option]:
    """The reviews and bodies to choose one from."""
    return [("", str(_l("Not said"))), *offered(Axis.REVIEW, [chosen])]
