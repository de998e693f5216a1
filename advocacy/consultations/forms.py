"""The forms of a consultation."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.discussion import rules
from advocacy.discussion.forms import OUTCOMES


class Decide(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What the lead does with a comment. based_on: the decision as read; empty = none."""

    based_on = HiddenField()
    outcome = RadioField(
        _l("What do you do with it?"),
        [InputRequired(_l("Choose one."))],
        choices=[SelectChoice(value, label) for value, label in OUTCOMES.items()],
    )
    reason = TextAreaField(
        _l("Why, or what was changed"),
        [
            Optional(),
            Length(
                max=2 * rules.MOST_IN_REASON,
                message=_l(
                    "Shorten this to %(most)s characters or fewer.", most=rules.MOST_IN_REASON
                ),
            ),
        ],
    )

    def after(self) -> UUID | None:
        """The decision this one was based on; one that is no id matches none."""
        try:
            return UUID(self.based_on.data) if self.based_on.data else None
        except ValueError:
            return UUID(int=0)


class Send(FlaskForm):  # type: ignore[misc]
    """Which of our own comments go to all."""

    threads = SelectMultipleField(
        _l("Which comments go to all?"), coerce=UUID, choices=[], validate_choice=False
    )
