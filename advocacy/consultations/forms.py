"""The forms of a consultation."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.consultations.rules import Words
from advocacy.discussion import rules
from advocacy.discussion.forms import OUTCOMES
from advocacy.discussion.rows import ThreadRow
from advocacy.ground.ids import based_on


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
        return based_on(self.based_on.data)


def _most(characters: int) -> Length:
    words = _l("Shorten this to %(most)s characters or fewer.", most=characters)
    # Twice as many: a line break is two characters on its way, and one in the text.
    return Length(max=2 * characters, message=words)


class Send(FlaskForm):  # type: ignore[misc]
    """Which of our own comments go to all, and in which words (see `send`)."""

    threads = SelectMultipleField(
        _l("Which comments go to all?"), coerce=UUID, choices=[], validate_choice=False
    )

    def said(self) -> dict[UUID, Words]:
        """The words of the chosen ones, as they are to be sent."""
        chosen = [one for one in self.threads.data or () if f"text_{one.hex}" in self]
        return {
            one: Words(self[f"text_{one.hex}"].data or "", self[f"wording_{one.hex}"].data or "")
            for one in chosen
        }


def send(rows: Sequence[ThreadRow]) -> Send:
    """The form with a pair of fields for each comment that can be sent."""
    fields: dict[str, Any] = {}
    for row in rows:
        text, limits = row.comments[0].text, [Optional(), _most(rules.MOST_CHARACTERS)]
        fields[f"text_{row.id.hex}"] = TextAreaField(
            _l("Words of the comment"), limits, default=text
        )
        fields[f"wording_{row.id.hex}"] = TextAreaField(
            _l("Words you propose instead"), limits, default=row.wording
        )
    made: Send = type("Send", (Send,), fields)()
    made.threads.choices = [SelectChoice(str(row.id), "") for row in rows]
    return made
