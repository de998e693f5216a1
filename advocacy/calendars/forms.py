"""The forms of a calendar."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.calendars.rules import LONGEST_NAME, DayKind

WEEKDAYS = {
    0: _l("Monday"),
    1: _l("Tuesday"),
    2: _l("Wednesday"),
    3: _l("Thursday"),
    4: _l("Friday"),
    5: _l("Saturday"),
    6: _l("Sunday"),
}
KINDS = {
    DayKind.HOLIDAY: (_l("Holiday"), _l("Offices are closed.")),
    DayKind.BLACKOUT: (
        _l("Blackout day"),
        _l("Nobody can be reached: a curfew, no network, a day of mourning."),
    ),
}


class Terms(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Zone and weekend. after: the act the page was based on."""

    zone = StringField(_l("Time zone"), [InputRequired(_l("Write a time zone, like Asia/Amman."))])
    weekend = SelectMultipleField(
        _l("Days of the weekend"),
        choices=[SelectChoice(str(number), str(number)) for number in WEEKDAYS],
    )
    after = HiddenField()

    def days(self) -> list[int]:
        """The weekdays that were ticked."""
        return [int(number) for number in self.weekend.data or []]


class Days(FlaskForm):  # type: ignore[misc]
    """Days off, from one to another."""

    kind = RadioField(
        _l("What is it?"),
        choices=[SelectChoice(str(kind), str(kind)) for kind in KINDS],
        default=DayKind.HOLIDAY,
    )
    name = StringField(
        _l("Name"),
        [
            InputRequired(_l("Write what it is, like “New Year”.")),
            Length(max=LONGEST_NAME, message=_l("Shorten this to 200 characters.")),
        ],
    )
    first = DateField(_l("First day"), [InputRequired(_l("Choose the first day."))], default=None)
    last = DateField(_l("Last day"), [Optional()], default=None)

    def said(self) -> dict[str, Any]:
        """The fields as `actions.set_days` takes them."""
        return {
            "first": self.first.data,
            "last": self.last.data or self.first.data,
            "kind": self.kind.data or "",
            "name": self.name.data or "",
        }


class Again(FlaskForm):  # type: ignore[misc]
    """This day is a working day again."""

    day = DateField(validators=[InputRequired()])

    def on(self) -> date:
        """The day."""
        return self.day.data or date.min
