"""The form of a copy."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from advocacy.checks.rules import LONGEST


class Copy(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The words that somebody holds."""

    copy = TextAreaField(
        _l("The text that you hold"),
        validators=[
            InputRequired(_l("Paste the whole text here, from its first word.")),
            Length(max=LONGEST, message=_l("This is too much. Paste the text alone.")),
        ],
    )
