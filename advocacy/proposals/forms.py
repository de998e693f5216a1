"""The form of a proposal, and how its owner answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length, Optional

from advocacy.proposals.rules import LONGEST_REASON
from advocacy.reference.forms import COUNTRY, area_choices
from advocacy.reference.rows import AreaRow, Risk
from advocacy.threats.forms import FIELDS, MOST, EntryForm
from advocacy.web.personal import NoPerson

_SAME = ("title", "summary", "place", "trend", "people_low", "people_high", "party")
_REASON = Length(max=LONGEST_REASON)


class ProposeForm(NoPerson):
    """A record as it is, to be changed where one would change it. based_on: of those values."""

    FREE = ("reason", "title", "summary", "place")

    based_on = wtf.HiddenField(default="")
    reason = wtf.TextAreaField(
        _l("Why you would change it"),
        [InputRequired(_l("Say why. Who owns the record reads this first.")), _REASON],
    )
    severity = wtf.RadioField(FIELDS["severity"], default="")
    trend = wtf.RadioField(FIELDS["trend"], default="unclear")
    title = wtf.StringField(
        FIELDS["title"], [InputRequired(_l("Write who does what, to whom.")), MOST["title"]]
    )
    summary = wtf.TextAreaField(
        FIELDS["summary"], [InputRequired(_l("Write a safe summary.")), MOST["summary"]]
    )
    risk = wtf.SelectField(FIELDS["risk_code"])
    area = wtf.SelectField(_l("Where"))
    place = wtf.StringField(FIELDS["place"], [Optional(), MOST["place"]])
    people_low = wtf.IntegerField(FIELDS["people_low"], [Optional()])
    people_high = wtf.IntegerField(FIELDS["people_high"], [Optional()])
    party = wtf.SelectField(FIELDS["party"])
    started_on = wtf.DateField(FIELDS["started_on"], [Optional()])

    def offer(self, risks: Iterable[Risk], areas: Iterable[AreaRow], language: str) -> None:
        """Offer what the form of the record itself offers."""
        source = EntryForm(formdata=None)
        source.offer(risks, (), language)
        for name in ("severity", "trend", "risk", "party"):
            self[name].choices = source[name].choices
        self.area.choices = area_choices(areas, language)

    def wanted(self) -> dict[str, Any]:
        """Plain values by field, as `rules.FIELDS` names them."""
        values = {name: self[name].data for name in _SAME}
        started = self.started_on.data
        return {
            **values,
            "place": self.place.data or "",
            "risk_code": self.risk.data,
            "severity": int(self.severity.data) if self.severity.data else None,
            "area_id": None if self.area.data == COUNTRY else self.area.data,
            "started_on": str(started) if started else None,
        }


def given(values: dict[str, Any]) -> dict[str, Any]:
    """A record's values as the fields of `ProposeForm` want them."""
    started = values["started_on"]
    return {
        **{name: values[name] for name in _SAME},
        "risk": values["risk_code"],
        "severity": str(values["severity"] or ""),
        "area": values["area_id"] or COUNTRY,
        "started_on": date.fromisoformat(started) if started else None,
    }


class DecideForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What the owner does with a proposal."""

    taken = wtf.SelectMultipleField(_l("What you take over"), validate_choice=False)
    reason = wtf.TextAreaField(_l("Your answer"), [Optional(), _REASON])
