"""The form of a protocol, and the words of its reaches."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Optional

from advocacy.protocols.rows import Terms
from advocacy.protocols.rules import HOUSE, LABELS, MEMBERS, NAMED, OUTSIDE, OWN, PUBLIC, REACHES

REACH_WORDS = {
    OWN: _l("Its own organisation only"),
    NAMED: _l("Organisations and circles by name"),
    MEMBERS: _l("Members"),
    OUTSIDE: _l("Observers, or donors"),
    PUBLIC: _l("Everybody"),
}
_TEXTS = ("title", "decided_by", "text", "link", "host", "country", "readers")


def _label(sensitivity: int) -> StringField:
    return StringField(_l("Label of sensitivity %(number)s", number=sensitivity))


def _widest(sensitivity: int) -> SelectField:
    return SelectField(
        _l("Sensitivity %(number)s goes at most to", number=sensitivity),
        choices=[
            SelectChoice(reach, REACH_WORDS[reach])
            for reach in REACHES[: REACHES.index(HOUSE[sensitivity]) + 1]
        ],
        default=HOUSE[sensitivity],
    )


class ProtocolForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A version of the protocol. after: the version the page was based on."""

    title = StringField(_l("Title"), [InputRequired(_l("Write its title."))])
    decided_by = StringField(
        _l("Who decided it"), [InputRequired(_l("Name the body that decided it."))]
    )
    decided_on = DateField(_l("Decided on"), [InputRequired(_l("Choose the day."))])
    asks_on = DateField(
        _l("To be accepted from"), [InputRequired(_l("Choose the first day it counts."))]
    )
    label_1, label_2, label_3, label_4 = (_label(n) for n in LABELS)
    widest_1, widest_2, widest_3, widest_4 = (_widest(n) for n in LABELS)
    text = TextAreaField(_l("Its text"), [Optional()])
    link = StringField(_l("Link to its text"), [Optional()])
    host = StringField(_l("Who keeps the data"), [InputRequired(_l("Name the host."))])
    country = StringField(
        _l("Country where the data lies"), [InputRequired(_l("Name the country."))]
    )
    readers = TextAreaField(
        _l("Who at the host could read it"), [InputRequired(_l("Say who could read the data."))]
    )
    keep_months = IntegerField(_l("Months to keep full accounts after closure"), [Optional()])
    after = HiddenField()

    def terms(self) -> Terms:
        """What was typed."""
        return Terms(
            **{name: self[name].data or "" for name in _TEXTS},
            decided_on=self.decided_on.data or date.max,
            asks_on=self.asks_on.data or date.min,
            keep_months=self.keep_months.data,
            levels={
                n: (self[f"label_{n}"].data or "", self[f"widest_{n}"].data or "") for n in LABELS
            },
        )


def given(terms: Terms) -> dict[str, Any]:
    """A protocol as the fields of the form want it; its days are to be chosen anew."""
    labels = {f"label_{n}": told[0] for n, told in terms.levels.items()}
    widest = {f"widest_{n}": told[1] for n, told in terms.levels.items()}
    texts = {name: getattr(terms, name) for name in _TEXTS}
    return {**texts, **labels, **widest, "keep_months": terms.keep_months}


def blank() -> dict[str, Any]:
    """What a first protocol begins with."""
    return {f"label_{n}": word for n, word in LABELS.items()}
