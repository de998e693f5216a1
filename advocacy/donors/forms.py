"""The reply of an organisation that was asked."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Optional

from advocacy.asks.forms import RESPONSES, Day, choices
from advocacy.asks.rules import Given
from advocacy.asks.schema import Response
from advocacy.ground.ids import based_on

_OFFERED = (
    Response.CONSIDERING,
    Response.ACCEPTED,
    Response.IN_PART,
    Response.NOTED,
    Response.REJECTED,
)


class ReplyForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What we answer to an ask."""

    based_on = HiddenField()
    to = RadioField(
        _l("Our reply"),
        [InputRequired(_l("Choose one reply."))],
        choices=choices({one: RESPONSES[one] for one in _OFFERED}),
    )
    text = TextAreaField(_l("In words"), [Optional()])
    effective_on = Day(_l("The day we decided"), [InputRequired(_l("Write the day."))])

    def given(self) -> Given:
        """What was sent, as the rules take it."""
        return Given(text=self.text.data or "", effective_on=self.effective_on.data)

    def after(self) -> UUID | None:
        """The reply that this one follows."""
        return based_on(self.based_on.data)
