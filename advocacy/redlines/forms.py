"""The forms of a red line."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.redlines import rules

SHOWN: dict[str, LazyString] = {
    "us": _l("Only we see it"),
    "writers": _l("Those who write with us see it too"),
}
SHOWN_MEAN: dict[str, LazyString] = {
    "us": _l("Our people are warned. Nobody else learns that we keep this word."),
    "writers": _l(
        "In each text we take part in now. From this they know that we take part in that text."
    ),
}


def _short(most: int) -> Length:
    words = _l("Shorten this to %(most)s characters or fewer.", most=most)
    return Length(max=most, message=words)


class RedLineForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A word, why, and what to say instead."""

    based_on = HiddenField()
    words = StringField(
        _l("Word or phrase"),
        [InputRequired(_l("Write a word or a few words.")), _short(rules.MOST_IN_WORDS)],
    )
    instead = StringField(_l("What we say instead"), [Optional(), _short(rules.MOST_IN_WORDS)])
    # A browser sends each line break as two signs.
    why = TextAreaField(_l("Why"), [Optional(), _short(2 * rules.MOST_IN_REASON)])
    shown = RadioField(
        _l("Who sees it"),
        [InputRequired(_l("Choose one from the list."))],
        default="us",
        choices=[SelectChoice(value, label) for value, label in SHOWN.items()],
    )

    def said(self) -> rules.Said:
        """What was typed."""
        return rules.Said(
            words=self.words.data or "",
            why=self.why.data or "",
            instead=self.instead.data or "",
            is_shown=self.shown.data == "writers",
        )


class Removal(FlaskForm):  # type: ignore[misc]
    """The red line as it was read."""

    based_on = HiddenField()
