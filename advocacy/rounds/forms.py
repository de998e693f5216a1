"""The forms of the lead: open a round, give it up."""

from datetime import date, time
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length

from advocacy.signoff.forms import Blamed, as_uuid, codes
from advocacy.signoff.rules import LONGEST_NOTE, Blocks, Kind

BLOCKS = {
    Blocks.OWN_NAME: (
        _l("Only its own name"),
        _l("The others can still sign and the text go out."),
    ),
    Blocks.WHOLE_TEXT: (
        _l("The whole text"),
        _l("The text cannot go out while a change is asked."),
    ),
}


class Open(Blamed):
    """Put a version to organisations."""

    roster = SelectMultipleField(_l("Whom do you ask?"), validate_choice=False, validators=[])
    closes_on = DateField(_l("Last day"), [InputRequired(_l("Choose the last day."))], default=None)
    closes_time = TimeField(
        _l("Until"), [InputRequired(_l("Choose the hour."))], default=time(16, 0)
    )
    zone = StringField(_l("Time zone"), [InputRequired(_l("Write a time zone, like Asia/Amman."))])
    blocks = RadioField(
        _l("What does asking for a change hold back?"),
        choices=codes(Blocks),
        default=Blocks.OWN_NAME,
    )
    answers = SelectMultipleField(
        _l("Which answers can be given?"), choices=codes(Kind), default=list(Kind)
    )
    version_id = HiddenField()

    def asked(self) -> dict[str, Any]:
        """The fields as `actions.open_round` takes them."""
        return {
            "version_id": as_uuid(self.version_id.data or "") or UUID(int=0),
            "roster": [found for o in self.roster.data or [] if (found := as_uuid(o))],
            "closes_on": self.closes_on.data or date.min,
            "closes_time": self.closes_time.data or time(0),
            "zone": (self.zone.data or "").strip(),
            "blocks": self.blocks.data or "",
            "answers": self.answers.data or [],
        }


class Abandon(Blamed):
    """Give a round up."""

    reason = TextAreaField(
        _l("Why do you give this round up?"),
        [
            InputRequired(_l("Write why. Everybody in this text will read it.")),
            Length(max=LONGEST_NOTE, message=_l("Shorten this to 4,000 characters.")),
        ],
    )


class Press(Blamed):
    """A button alone."""
