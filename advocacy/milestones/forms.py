"""The forms of milestones."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired

from advocacy.asks.forms import PRECISIONS, Day, choices
from advocacy.ground.ids import based_on
from advocacy.milestones.rules import Said


class PutForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What is to be reached, and by when."""

    text = StringField(
        _l("What is to be reached"), [InputRequired(_l("Write what is to be reached."))]
    )
    due_on = Day(_l("By when"), [InputRequired(_l("Write the date."))])
    due_precision = SelectField(
        _l("How exactly is it meant?"), choices=choices(PRECISIONS), default="day"
    )

    def said(self) -> Said:
        """What was sent."""
        return Said(self.text.data or "", self.due_on.data, self.due_precision.data or "")


class MoveForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """One button: where a milestone goes, and what it was when the button was shown."""

    to = HiddenField()
    based_on = HiddenField()

    def after(self) -> UUID | None:
        """The act that the button was shown with."""
        return based_on(self.based_on.data)
