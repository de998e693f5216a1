"""The one form of the room."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired


class LinkForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Choose what to link to."""

    target = SelectField(_l("Position"), [InputRequired(_l("Choose a position."))])

    def offer(self, rows: list[tuple[object, str]]) -> None:
        """Offer what the reader sees."""
        first = SelectChoice("", _l("Choose…"))
        self.target.choices = [first, *(SelectChoice(str(i), title) for i, title in rows)]

    def has_choice(self) -> bool:
        """Whether there is anything to choose."""
        return len(list(self.target.choices or ())) > 1
