"""The forms of a translated clause."""

import re
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from advocacy.drafting.rules import MOST_CHARACTERS, MOST_IN_HEADING
from advocacy.renderings.rows import State

# Each in its own words: that is how a reader finds it.
NAMES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
LANGUAGES: dict[str, LazyString] = {
    "en": _l("English"),
    "fr": _l("French"),
    "es": _l("Spanish"),
    "ar": _l("Arabic"),
}
STATES: dict[str, LazyString] = {
    State.MISSING: _l("Not translated"),
    State.DRAFT: _l("Draft, not checked"),
    State.CHECKED: _l("Checked"),
    State.OUTDATED: _l("Out of date: the clause was changed"),
    State.LATER: _l("Checked after the text was frozen"),
}
KINDS = {
    State.MISSING: "quiet",
    State.DRAFT: "wait",
    State.CHECKED: "ok",
    State.OUTDATED: "stop",
    State.LATER: "info",
}

_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _short(most: int) -> Length:
    words = _l("Shorten this to %(most)s characters or fewer.", most=most)
    return Length(max=most, message=words)


class Check(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The words as they were read."""

    based_on = HiddenField()

    def basis(self) -> UUID | None:
        """The act that the form was opened on; None = there was none. Nonsense is nobody's act."""
        given = self.based_on.data or ""
        if _ID.fullmatch(given):
            return UUID(given)
        return UUID(int=0) if given else None


class Words(Check):
    """A clause in another language."""

    source = HiddenField()
    heading = StringField(_l("Heading"), [_short(MOST_IN_HEADING)])
    # The cap counts what is kept: a browser sends each line break as two signs.
    text = TextAreaField(_l("Translation"), [_short(2 * MOST_CHARACTERS)])
