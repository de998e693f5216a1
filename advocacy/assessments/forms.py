"""The form of one's own view, and that of an agreed severity."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.assessments.rows import Said
from advocacy.assessments.rules import LONGEST
from advocacy.assessments.schema import Attribution, Reach, Stance
from advocacy.reference.rules import scale
from advocacy.threats.rules import SCALE
from advocacy.web.personal import NoPerson

STANCES = {
    Stance.CORROBORATES: (_l("We see this too"), ""),
    Stance.DISPUTES: (_l("We see something else"), _l("Say below what you see.")),
    Stance.ENDED: (_l("It has ended"), ""),
    Stance.NO_INFORMATION: (_l("We do not know"), _l("We are there, and have heard nothing.")),
    Stance.CONTEXT: (_l("We add something"), _l("What others need to know around it.")),
}
REACHES = {
    Reach.ALL: (_l("All who read the part for members"), ""),
    Reach.OWNER: (_l("Who reported it, the coordinators and us"), ""),
    Reach.OWN: (_l("Only us"), _l("It counts in no total of others.")),
}
ATTRIBUTIONS = {
    Attribution.NAMED: (_l("With our name"), ""),
    Attribution.COORDINATOR: (_l("With our name for coordinators only"), ""),
    Attribution.HIDDEN: (
        _l("Without our name"),
        _l("Our pages do not show it. Where few organisations work, readers can guess it."),
    ),
}
_MOST = {name: Length(max=most) for name, most in LONGEST.items()}


def _choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    return [SelectChoice(str(value), label) for value, label in pairs]


def _offer(of: str, language: str) -> list[SelectChoice]:
    return _choices((c.code, c.label(language)) for c in scale(of).offered())


def _levels(language: str) -> list[SelectChoice]:
    return _choices((c.value or "", c.label(language)) for c in scale(SCALE).offered())


class ViewForm(NoPerson):
    """What one's own organisation sees. based_on: its last act on this threat."""

    FREE = ("rationale", "detail", "verified_by")

    based_on = wtf.HiddenField(default="")
    stance = wtf.RadioField(_l("What do you see?"), [InputRequired(_l("Choose what you see."))])
    severity = wtf.RadioField(_l("Severity, as you see it"), default="")
    how_known = wtf.RadioField(_l("How do you know?"), default="one")
    is_independent = wtf.BooleanField(_l("Our sources are others than those of this record"))
    rationale = wtf.TextAreaField(_l("Why you say so"), [Optional(), _MOST["rationale"]])
    trend = wtf.SelectField(_l("Trend"), default="unclear")
    likelihood = wtf.SelectField(_l("How likely it is to go on"), default="")
    observed_from = wtf.DateField(_l("Seen from"), [Optional()])
    observed_to = wtf.DateField(_l("Seen until"), [Optional()])
    detail = wtf.TextAreaField(_l("Details for us alone"), [Optional(), _MOST["detail"]])
    is_detail_for_owner = wtf.BooleanField(_l("Who reported the record may read these details"))
    reach = wtf.RadioField(_l("Who reads this view"), default=Reach.ALL.value)
    attribution = wtf.RadioField(
        _l("Do others learn that it is yours?"), default=Attribution.COORDINATOR.value
    )
    shows_dissent = wtf.BooleanField(
        _l("If another severity is agreed, show that one organisation sees it differently")
    )
    verified_by = wtf.StringField(_l("Body that verified it"), [Optional(), _MOST["verified_by"]])
    verified_on = wtf.DateField(_l("Verified on"), [Optional()])

    def offer(self, language: str) -> None:
        """Offer what can be chosen, in the reader's language."""
        self.stance.choices = _choices((code, words[0]) for code, words in STANCES.items())
        self.reach.choices = _choices((code, words[0]) for code, words in REACHES.items())
        self.attribution.choices = _choices((code, w[0]) for code, w in ATTRIBUTIONS.items())
        self.severity.choices = _levels(language)
        self.how_known.choices = _offer("how-known", language)
        self.trend.choices = _offer("trend", language)
        self.likelihood.choices = [
            *_choices([("", _l("Not said"))]),
            *_offer("likelihood", language),
        ]

    def said(self) -> Said:
        """What was chosen and written."""
        values = {f.name: self[f.name].data for f in fields(Said) if f.name != "severity"}
        for name in ("rationale", "detail", "verified_by"):
            values[name] = values[name] or ""
        return Said(**values, severity=int(self.severity.data) if self.severity.data else None)


class AgreeForm(FlaskForm):  # type: ignore[misc]
    """An agreed severity. based_on: the last decision."""

    based_on = wtf.HiddenField(default="")
    severity = wtf.RadioField(_l("Agreed severity"), [InputRequired(_l("Choose one."))])
    basis = wtf.TextAreaField(
        _l("What it rests on"),
        [InputRequired(_l("Write who agreed, where, and on what.")), _MOST["basis"]],
    )

    def offer(self, language: str) -> None:
        """Offer the levels; "not assessed" is none that can be agreed."""
        self.severity.choices = [c for c in _levels(language) if c.value]


class StepForm(FlaskForm):  # type: ignore[misc]
    """A button. based_on: as for the form it stands beside."""

    based_on = wtf.HiddenField(default="")


def given(said: Said) -> dict[str, Any]:
    """A view as the fields of `ViewForm` want it."""
    values = {f.name: getattr(said, f.name) for f in fields(Said)}
    return {**values, "severity": str(said.severity or "")}
