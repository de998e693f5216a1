"""The forms of signing in and of one's own account."""

from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length

from advocacy.access.actor import Seat
from advocacy.accounts.rules import LONGEST_PASSWORD

# Each language in its own words: whoever needs it must be able to read it.
LANGUAGES = [
    SelectChoice("en", "English"),
    SelectChoice("fr", "Français"),
    SelectChoice("es", "Español"),
    SelectChoice("ar", "العربية"),
]
# What each seat is called; a page says what it may do.
SEATS = {
    Seat.FOCAL_POINT: _l("Focal point"),
    Seat.ALTERNATE: _l("Alternate"),
    Seat.SIGNATORY: _l("Signatory"),
    Seat.DRAFTER: _l("Drafter"),
    Seat.COORDINATOR: _l("Coordinator"),
    Seat.ADMIN: _l("Administrator"),
}
_OLD = ("Etc/", "US/", "SystemV/", "posix/", "right/")
ZONES = [
    SelectChoice("UTC", _l("The workspace’s time zone")),
    *(
        SelectChoice(name, name.replace("_", " "))
        for name in sorted(available_timezones())
        if "/" in name and not name.startswith(_OLD)
    ),
]
_short = Length(max=200, message=_l("Shorten this to 200 characters or fewer."))


class Plain(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that is one button."""


class SignIn(FlaskForm):  # type: ignore[misc]
    """Address and password; `next` is where the person wanted to go."""

    next = HiddenField()
    email = StringField(
        _l("E-mail address"),
        validators=[InputRequired(_l("Write your e-mail address.")), _short],
    )
    password = PasswordField(
        _l("Password"),
        validators=[
            InputRequired(_l("Write your password.")),
            Length(max=LONGEST_PASSWORD, message=_l("This is too long to be your password.")),
        ],
    )


class Forgot(FlaskForm):  # type: ignore[misc]
    """Where to send a link for a new password."""

    email = StringField(
        _l("E-mail address"),
        validators=[InputRequired(_l("Write your e-mail address.")), _short],
    )


class NewPassword(FlaskForm):  # type: ignore[misc]
    """A new password, after following a link."""

    password = PasswordField(
        _l("New password"), validators=[InputRequired(_l("Write a new password."))]
    )


class ChangePassword(FlaskForm):  # type: ignore[misc]
    """The present password and a new one."""

    old = PasswordField(
        _l("Present password"), validators=[InputRequired(_l("Write your present password."))]
    )
    new = PasswordField(_l("New password"), validators=[InputRequired(_l("Write a new password."))])


class Settings(FlaskForm):  # type: ignore[misc]
    """Name, language and zone."""

    name = StringField(
        _l("Your name"),
        validators=[InputRequired(_l("Write your name, as colleagues know it.")), _short],
    )
    language = SelectField(_l("Language"), choices=LANGUAGES)
    zone = SelectField(_l("Time zone"), choices=ZONES)


class ActAs(FlaskForm):  # type: ignore[misc]
    """For which of one's organisations to act."""

    holding_id = HiddenField(validators=[InputRequired()])
