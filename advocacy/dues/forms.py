"""The form that puts an ask off, and the words of what is due."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired

from advocacy.asks.forms import Day
from advocacy.dues.rules import Why
from advocacy.ground.ids import based_on

# The heading of each list, and the colour and sign of its lines.
WHY = {
    Why.LATE: (_l("Late"), "wait", "alert"),
    Why.SOON: (_l("Due soon"), "quiet", "clock"),
    Why.REVIEW: (_l("Review due"), "wait", "again"),
    Why.UNANSWERED: (_l("No reply yet"), "info", "msg"),
    Why.STALE: (_l("Not checked for long"), "quiet", "again"),
}


class SnoozeForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Until when, and why."""

    based_on = HiddenField()
    until_on = Day(_l("Remind us again on"), [InputRequired(_l("Write the day."))])
    reason = TextAreaField(_l("Why can it wait?"), [InputRequired(_l("Write why it can wait."))])

    def after(self) -> UUID | None:
        """The step that this one follows."""
        return based_on(self.based_on.data)


class WakeForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Take it up again."""

    based_on = HiddenField()
