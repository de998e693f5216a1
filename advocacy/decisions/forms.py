"""The forms of a decision, and the words for what was done."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from advocacy.amendments import rules
from advocacy.amendments.schema import Deed
from advocacy.drafting.rules import MOST_CHARACTERS, MOST_IN_HEADING

DEEDS: dict[str, LazyString] = {
    Deed.PROPOSED: _l("Proposed it"),
    Deed.OFFERED: _l("Offered other wording"),
    Deed.AGREED: _l("Agreed to the other wording"),
    Deed.APPLIED: _l("Put the agreed wording into the text"),
    Deed.REFUSED: _l("Did not agree to the other wording"),
    Deed.ACCEPTED: _l("Took it into the text"),
    Deed.REJECTED: _l("Did not take it"),
    Deed.WITHDRAWN: _l("Took it back"),
}


def _id(given: object) -> object:
    """An id as it came, in its own type. Raises ValueError for what is none."""
    return UUID(given) if isinstance(given, str) and given else given


def _short(most: int) -> Length:
    words = _l("Shorten this to %(most)s characters or fewer.", most=most)
    return Length(max=most, message=words)


class Decide(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A decision, with the state and the text it was made on."""

    after = HiddenField(filters=[_id], validators=[InputRequired()])
    seen = HiddenField()


class Offer(Decide):
    """Other wording, back to the proposer."""

    heading = StringField(_l("Heading"), [Optional(), _short(MOST_IN_HEADING)])
    # A browser sends each line break as two signs.
    wording = TextAreaField(
        _l("The wording you would take"), [Optional(), _short(2 * MOST_CHARACTERS)]
    )
    reason = TextAreaField(_l("Why"), [Optional(), _short(2 * rules.MOST_IN_REASON)])


class Reject(Decide):
    """A rejection says why."""

    reason = TextAreaField(
        _l("Why it is not taken"),
        [
            InputRequired(_l("Write the reason. Everybody who takes part in the text reads it.")),
            _short(2 * rules.MOST_IN_REASON),
        ],
    )


class Answer(Decide):
    """A word of the proposer, with a reason or without."""

    reason = TextAreaField(_l("Why"), [Optional(), _short(2 * rules.MOST_IN_REASON)])


class Support(FlaskForm):  # type: ignore[misc]
    """From which day on the organisation stands behind it."""

    on = DateField(_l("Your organisation decided this on"), [Optional()])


class Button(FlaskForm):  # type: ignore[misc]
    """A form that is one button."""
