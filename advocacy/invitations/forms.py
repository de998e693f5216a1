"""The forms of an invitation on its way."""

from flask_wtf import FlaskForm


class Plain(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that is one button."""
