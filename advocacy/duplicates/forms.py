"""Which of two stays; and the button that undoes it."""

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired


class MergeForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Two records of one's own."""

    survivor = wtf.RadioField(_l("Which one stays?"), [InputRequired(_l("Choose one."))])

    def offer(self, titles: dict[str, str]) -> None:
        """Offer the two by their titles."""
        self.survivor.choices = [SelectChoice(i, title) for i, title in titles.items()]


class UndoForm(FlaskForm):  # type: ignore[misc]
    """after: the merge as read."""

    after = wtf.HiddenField(default="")
