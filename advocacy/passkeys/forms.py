"""The forms of second steps."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

_answer = Length(max=20_000, message=_l("This is not what a device answers. Try once more."))


class Answer(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What a device answered; a script fills it in."""

    answer = HiddenField(
        validators=[InputRequired(_l("The passkey gave no answer. Use a code instead.")), _answer]
    )


class Add(Answer):
    """A new passkey, and what its owner calls it."""

    name = StringField(
        _l("Name of this device"),
        validators=[InputRequired(_l("Give it a name, such as the name of the phone it is in."))],
    )


class Code(FlaskForm):  # type: ignore[misc]
    """A code of the app, or one on paper."""

    code = StringField(
        _l("Code"),
        validators=[
            InputRequired(_l("Write the code.")),
            Length(max=40, message=_l("This is too long for a code.")),
        ],
    )


class Plain(FlaskForm):  # type: ignore[misc]
    """A form that is one button."""
