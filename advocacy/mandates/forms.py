"""The form of for whom a network signs."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.mandates.rules import LONGEST

ITSELF, MEMBERS = "itself", "members"
WORDS = {
    ITSELF: (_l("For itself"), _l("The network stands under the text as one.")),
    MEMBERS: (
        _l("On behalf of its members"),
        _l("The list says so. No member is named or counted by it."),
    ),
}


class _OnlyForMembers(Optional):
    """Left empty by who signs for itself; so the page does not say that anybody may."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}


class Record(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """For whom we sign. after: the record that the page was based on."""

    who = RadioField(
        _l("For whom does the network sign?"),
        choices=[SelectChoice(who, who) for who in WORDS],
        validators=[InputRequired(_l("Choose for whom the network signs."))],
    )
    mandate = TextAreaField(
        _l("Who decided that it may sign for its members, and how?"),
        [_OnlyForMembers(), Length(max=LONGEST, message=_l("Shorten this to 2,000 characters."))],
    )
    decided_on = DateField(_l("Day of the decision"), [_OnlyForMembers()])
    after = HiddenField()
