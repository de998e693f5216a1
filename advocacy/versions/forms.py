"""The forms of reading and of bringing a version back."""

from flask_wtf import FlaskForm
from wtforms import HiddenField


class Read(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that is one button."""


class Restore(FlaskForm):  # type: ignore[misc]
    """The draft as it was read before it gives way."""

    based_on = HiddenField()
