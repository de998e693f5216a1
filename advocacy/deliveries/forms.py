"""The forms of a delivery, and of taking a text back."""

from datetime import datetime, time

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.deliveries.rules import LANGUAGES, LONGEST, LONGEST_LINE, Delivered, How
from advocacy.ground import clock

HOW = {
    How.HAND: _l("Handed over"),
    How.MAIL: _l("Sent by mail"),
    How.POST: _l("Sent by post or courier"),
    How.MEETING: _l("Left at a meeting"),
    How.READ: _l("Read out, no copy left"),
    How.OTHER: _l("Another way"),
}
_TONGUES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
_line = Length(max=LONGEST_LINE, message=_l("Shorten this to 200 characters."))
_most = Length(max=LONGEST, message=_l("Shorten this to 2,000 characters."))


class Record(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A copy was given to somebody."""

    to_name = StringField(_l("To whom"), [InputRequired(_l("Write their name.")), _line])
    to_role = StringField(
        _l("Their role"), [InputRequired(_l("Write in which role they got it.")), _line]
    )
    how = RadioField(
        _l("How"),
        choices=[SelectChoice(how, HOW[how]) for how in How],
        validators=[InputRequired(_l("Choose how it was given."))],
    )
    by_name = StringField(_l("Given by"), [InputRequired(_l("Write who gave it.")), _line])
    given_on = DateField(_l("On"), [InputRequired(_l("Write the day it was given."))])
    given_time = TimeField(_l("At"), [Optional()])
    note = TextAreaField(_l("What was said"), [Optional(), _most])
    address = StringField(_l("Mail address, for a correction or a withdrawal"), [Optional(), _line])
    language = SelectField(
        _l("Language of such a mail"),
        choices=[SelectChoice(code, _TONGUES[code]) for code in LANGUAGES],
    )

    def delivered(self, zone: str) -> Delivered:
        """The delivery as it was written. zone: the workspace's, in which the hour is said."""
        at: datetime | None = None
        if self.given_on.data:
            at = clock.instant(self.given_on.data, self.given_time.data or time(0), zone)
        return Delivered(
            to_name=self.to_name.data or "",
            to_role=self.to_role.data or "",
            how=self.how.data or "",
            by_name=self.by_name.data or "",
            given_at=at,
            note=self.note.data or "",
            address=self.address.data or "",
            language=self.language.data or "en",
        )


class Reply(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What they answered. after: the last thing that was written about this copy."""

    words = TextAreaField(_l("What they answered"), [InputRequired(_l("Write the answer.")), _most])
    replied_on = DateField(_l("On"), [InputRequired(_l("Write the day of the answer."))])
    after = HiddenField()


class Told(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """They were told by a person."""

    after = HiddenField()


class End(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Why a text is corrected or withdrawn."""

    reason = TextAreaField(
        _l("The reason, as everybody who reads the page will see it"),
        [InputRequired(_l("Write the reason.")), _most],
    )
