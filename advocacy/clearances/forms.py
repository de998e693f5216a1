"""The forms of a ladder."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from advocacy.clearances.rules import Word
from advocacy.signoff.forms import Blamed, codes

WORDS = {
    Word.YES: (_l("Yes"), _l("From this step we can go on.")),
    Word.CHANGE: (_l("A change is needed"), _l("Say in the note what.")),
}
MARKS = {
    "yes": ("ok", _l("Yes")),
    "change": ("wait", _l("A change is needed")),
    "": ("quiet", _l("Not yet")),
}


class Steps(Blamed):
    """The names of the steps, one on a line."""

    steps = TextAreaField(_l("Our steps, one on a line"), [Optional()])
    after = HiddenField()


class Record(Blamed):
    """What was said at a step."""

    step = RadioField(
        _l("Which step?"),
        validators=[InputRequired(_l("Choose the step."))],
        validate_choice=False,
    )
    said = RadioField(
        _l("What was said?"),
        choices=codes(Word),
        validators=[InputRequired(_l("Choose what was said."))],
    )
    by_name = StringField(_l("Who said so?"), [InputRequired(_l("Write who said so."))])
    said_on = DateField(_l("On which day?"), [InputRequired(_l("Choose the day."))])
    note = TextAreaField(_l("Note"), [Optional()])
    after = HiddenField()


class Tell(Blamed):
    """The day the lead is told; empty takes it back."""

    expected_on = DateField(_l("Answer expected on"), [Optional()])
    told = HiddenField()
