"""The forms of a talk."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from advocacy.discussion import rules

_comment = [
    InputRequired(_l("Write something here.")),
    Length(
        max=2 * rules.MOST_CHARACTERS,
        message=_l("Shorten this to %(most)s characters or fewer.", most=rules.MOST_CHARACTERS),
    ),
]


class Reply(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """One comment."""

    comment = TextAreaField(_l("Your answer"), _comment)


class Say(FlaskForm):  # type: ignore[misc]
    """The first comment of a thread. based_on: the clause as it was read."""

    based_on = HiddenField()
    comment = TextAreaField(_l("Your comment"), _comment)
    quote = StringField(
        _l("The words you speak of"),
        [
            Optional(),
            Length(
                max=rules.MOST_IN_QUOTE,
                message=_l(
                    "Shorten this to %(most)s characters or fewer.", most=rules.MOST_IN_QUOTE
                ),
            ),
        ],
    )


class Settle(FlaskForm):  # type: ignore[misc]
    """A form that is one button."""
