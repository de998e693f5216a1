"""The forms of an amendment, and the words of its closed lists."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.amendments import rules
from advocacy.amendments.rows import Currency, State
from advocacy.amendments.schema import Kind
from advocacy.drafting.forms import KINDS as CLAUSE_KINDS
from advocacy.drafting.rules import MOST_CHARACTERS, MOST_IN_HEADING
from advocacy.drafting.schema import ClauseKind

KINDS: dict[str, LazyString] = {
    Kind.REPLACEMENT: _l("Other wording"),
    Kind.INSERTION: _l("A new clause"),
    Kind.DELETION: _l("Remove the clause"),
    Kind.MOVE: _l("Move the clause"),
}
KINDS_MEAN: dict[str, LazyString] = {
    Kind.REPLACEMENT: _l("The clause reads as you write it below."),
    Kind.DELETION: _l("The clause goes. Leave heading and wording as they are."),
    Kind.MOVE: _l("The clause goes to the place you choose, with the words it has."),
}
STATES: dict[str, LazyString] = {
    State.OPEN: _l("Waits for the lead"),
    State.OFFERED: _l("Other wording offered"),
    State.AGREED: _l("Agreed, not in the text yet"),
    State.ACCEPTED: _l("Taken"),
    State.CHANGED: _l("Taken with changes"),
    State.REJECTED: _l("Not taken"),
    State.WITHDRAWN: _l("Taken back"),
}
CURRENCIES: dict[str, LazyString] = {
    Currency.APPLIES: _l("Fits the text of today"),
    Currency.REBASED: _l("Fits: other words of the clause changed meanwhile"),
    Currency.CONFLICT: _l("Others changed the same words meanwhile"),
    Currency.ORPHANED: _l("The clause is no longer in the text"),
}


def _id(given: object) -> object:
    """An id as it came, in its own type. Raises ValueError for what is none."""
    return UUID(given) if isinstance(given, str) and given else given or None


def _short(most: int) -> Length:
    words = _l("Shorten this to %(most)s characters or fewer.", most=most)
    return Length(max=most, message=words)


class Words(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The proposed words, and why."""

    based_on = HiddenField()
    heading = StringField(_l("Heading"), [Optional(), _short(MOST_IN_HEADING)])
    wording = TextAreaField(_l("Wording"), [Optional(), _short(2 * MOST_CHARACTERS)])
    # A browser sends each line break as two signs.
    reason = TextAreaField(_l("Why"), [Optional(), _short(2 * rules.MOST_IN_REASON)])


class Propose(Words):
    """A change of a clause that is there."""

    kind = RadioField(
        _l("What do you propose"),
        [InputRequired(_l("Choose one from the list."))],
        default=Kind.REPLACEMENT.value,
        choices=[SelectChoice(kind, KINDS[kind]) for kind in KINDS_MEAN],
    )
    after = SelectField(_l("Move to"), choices=[], coerce=_id, validate_choice=False)


class Insert(Words):
    """A clause that is not there yet."""

    after = SelectField(_l("Where"), choices=[], coerce=_id, validate_choice=False)
    clause_kind = RadioField(
        _l("What kind of clause"),
        [InputRequired(_l("Choose one from the list."))],
        default=ClauseKind.PARAGRAPH.value,
        choices=[SelectChoice(value, label) for value, label in CLAUSE_KINDS.items()],
    )
