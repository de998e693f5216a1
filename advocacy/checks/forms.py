"""The form of a copy."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired


class Copy(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The words that somebody holds."""

    copy = TextAreaField(
        _l("The text that you hold"),
        validators=[InputRequired(_l("Paste the whole text here, from its first word."))],
    )
