"""The forms of an admission."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired

from advocacy.organisations.forms import LANGUAGES, STANDINGS


class Ask(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Whom to ask, and as what their organisation would take part."""

    email = StringField(
        _l("E-mail address of its focal point"),
        validators=[InputRequired(_l("Write the address the link goes to."))],
    )
    standing = RadioField(
        _l("How it takes part"),
        choices=[SelectChoice(kind.value, words) for kind, words in STANDINGS.items()],
        validators=[InputRequired(_l("Choose how it takes part."))],
    )
    language = SelectField(_l("Language of the mail"), choices=LANGUAGES)


class Button(FlaskForm):  # type: ignore[misc]
    """A form that is one button."""
