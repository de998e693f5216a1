"""The form of a last day."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Optional

from advocacy.asks.forms import Day
from advocacy.grants.rules import Said
from advocacy.ground.ids import based_on


class EndForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Until which day, and why."""

    based_on = HiddenField()
    last_on = Day(_l("Last day"), [Optional()])
    reason = TextAreaField(_l("Why?"), [InputRequired(_l("Write why."))])

    def said(self) -> Said:
        """What was sent."""
        return Said(self.last_on.data, self.reason.data or "")

    def after(self) -> UUID | None:
        """The act that the form was based on."""
        return based_on(self.based_on.data)
