"""The form of an ask that was raised: short enough for the way between two meetings."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Optional

from advocacy.asks.forms import Day
from advocacy.ground.ids import based_on
from advocacy.raisings.rules import Raised


class RaisingForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """When, where, with whom; what they replied, and when to come back to it."""

    based_on = HiddenField()
    effective_on = Day(_l("The day it was raised"))
    forum = StringField(_l("Where"))
    whom = StringField(_l("With whom, by role"), [Optional()])
    level = StringField(_l("At what level"), [Optional()])
    text = TextAreaField(_l("What we said"), [Optional()])
    reply = TextAreaField(_l("What they replied"), [Optional()])
    next_on = Day(_l("When to raise it again"), [Optional()])

    def raised(self) -> Raised:
        """What was sent, as the rules take it."""
        return Raised(
            on=self.effective_on.data,
            forum=self.forum.data or "",
            whom=self.whom.data or "",
            level=self.level.data or "",
            words=self.text.data or "",
            reply=self.reply.data or "",
            next_on=self.next_on.data,
        )

    def begin(self, of: Raised) -> None:
        """Offer what was true the last time."""
        self.effective_on.data = of.on
        self.forum.data, self.whom.data, self.level.data = of.forum, of.whom, of.level

    def after(self) -> UUID | None:
        """The step that the form was based on; None = there was none."""
        return based_on(self.based_on.data)
