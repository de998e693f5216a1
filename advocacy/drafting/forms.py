"""The forms of one clause."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.drafting import rules
from advocacy.drafting.schema import ClauseKind, What

KINDS: dict[str, LazyString] = {
    ClauseKind.PARAGRAPH: _l("Paragraph"),
    ClauseKind.RECOMMENDATION: _l("Recommendation"),
    ClauseKind.HEADING: _l("Heading"),
}
KINDS_MEAN: dict[str, LazyString] = {
    ClauseKind.PARAGRAPH: _l("Facts, law, reasons."),
    ClauseKind.RECOMMENDATION: _l("Asks somebody to do something. It is followed up later."),
    ClauseKind.HEADING: _l("A line above the clauses that follow."),
}
EDITS: dict[str, LazyString] = {
    What.ADDED: _l("Added"),
    What.CHANGED: _l("Changed"),
    What.MOVED: _l("Moved"),
    What.REMOVED: _l("Removed"),
}


def _clause_id(given: str | UUID | None) -> UUID | None:
    """The clause to stand after; None = first. Raises ValueError for what is no id."""
    return given if isinstance(given, UUID) else UUID(given) if given else None


def _short(most: int) -> Length:
    words = _l("Shorten this to %(most)s characters or fewer.", most=most)
    return Length(max=most, message=words)


class Words(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The words of a clause."""

    based_on = HiddenField()
    heading = StringField(_l("Heading"), [Optional(), _short(rules.MOST_IN_HEADING)])
    # The cap counts what is kept: a browser sends each line break as two signs.
    text = TextAreaField(_l("Text"), [Optional(), _short(2 * rules.MOST_CHARACTERS)])


class Add(Words):
    """A new clause; `after` is the clause it follows, empty = first."""

    after = SelectField(_l("Where"), choices=[], coerce=_clause_id, validate_choice=False)
    kind = RadioField(
        _l("What kind of clause"),
        [InputRequired(_l("Choose one from the list."))],
        default=ClauseKind.PARAGRAPH.value,
        choices=[SelectChoice(value, label) for value, label in KINDS.items()],
    )


class Move(FlaskForm):  # type: ignore[misc]
    """Where a clause goes: a button says up or down, or a place is chosen from the list."""

    based_on = HiddenField()
    to = StringField()
    after = SelectField(_l("Move to"), choices=[], coerce=_clause_id, validate_choice=False)


class Remove(FlaskForm):  # type: ignore[misc]
    """The clause as it was read."""

    based_on = HiddenField()
