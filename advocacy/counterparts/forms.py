"""One button."""

from flask_wtf import FlaskForm


class Press(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Begin the other edition."""
