"""The forms of a talk, and the words of its closed lists."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms import TextAreaField as Area
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from advocacy.discussion import rules
from advocacy.discussion.rows import Mentionable
from advocacy.discussion.schema import Outcome, PointKind, Reach

KINDS: dict[str, LazyString] = {
    "": _l("Comment"),
    PointKind.EDITORIAL: _l("Editorial"),
    PointKind.SUBSTANTIVE: _l("Substantive"),
    PointKind.QUESTION: _l("Question"),
    PointKind.RED_LINE: _l("Red line"),
}
KINDS_MEAN: dict[str, LazyString] = {
    "": _l("Comment"),
    PointKind.EDITORIAL: _l("Editorial: spelling, style, layout"),
    PointKind.SUBSTANTIVE: _l("Substantive: what the text says"),
    PointKind.QUESTION: _l("Question: we need an answer first"),
    PointKind.RED_LINE: _l("Red line: as it stands we cannot sign"),
}
OUTCOMES: dict[str, LazyString] = {
    Outcome.ACCEPTED: _l("Accepted"),
    Outcome.CHANGED: _l("Accepted with a change"),
    Outcome.NOTED: _l("Noted"),
    Outcome.REJECTED: _l("Rejected"),
}


def _most(characters: int) -> Length:
    words = _l("Shorten this to %(most)s characters or fewer.", most=characters)
    # Twice as many: a line break is two characters on its way, and one in the text.
    return Length(max=2 * characters, message=words)


_comment = [InputRequired(_l("Write something here.")), _most(rules.MOST_CHARACTERS)]


class _Mentions(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """mention: organisations, and people of one's own."""

    mention = SelectMultipleField(_l("Ask for somebody’s attention"), coerce=UUID, choices=[])

    def offer(self, known: Mentionable) -> None:
        """Whom this comment can mention."""
        both = (*known.organisations.items(), *known.people.items())
        self.mention.choices = [SelectChoice(str(i), name) for i, name in both]

    def mentions(self) -> tuple[UUID, ...]:
        """Who was chosen."""
        return tuple(self.mention.data or ())


class Reply(_Mentions):
    """One comment."""

    comment = Area(_l("Your answer"), _comment)


class Say(_Mentions):
    """The first comment of a thread. based_on: the clause as it was read."""

    based_on = HiddenField()
    quote = StringField(
        _l("Which words?"),
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
    kind = SelectField(
        _l("What kind of comment is it?"),
        choices=[SelectChoice(value, label) for value, label in KINDS_MEAN.items()],
        default="",
    )
    comment = Area(_l("Your comment"), _comment)
    wording = Area(_l("Words you propose instead"), [Optional(), _most(rules.MOST_CHARACTERS)])
    reach = RadioField(
        _l("Who reads this comment?"),
        choices=[SelectChoice(value, value) for value in (*Reach, rules.TO_ONE)],
        default=Reach.CIRCLE.value,
    )

    to = SelectField(_l("Which organisation?"), choices=[], validate_choice=False)

    def offer(self, known: Mentionable) -> None:
        """Whom this comment can mention, and whom the lead can write to."""
        super().offer(known)
        listed = [SelectChoice(str(one), name) for one, name in known.organisations.items()]
        self.to.choices = [SelectChoice("", _l("Choose one")), *listed]
        self._offered = {str(one) for one in known.organisations}

    def validate_to(self, field: SelectField) -> None:
        """Who writes to one organisation says to which; a choice that is none is refused."""
        if self.reach.data == rules.TO_ONE and field.data not in self._offered:
            raise ValidationError(_l("Choose the organisation you write to."))

    def more(self) -> rules.More:
        """All but the words of the comment."""
        data: dict[str, Any] = self.data
        is_to_one = data["reach"] == rules.TO_ONE
        return rules.More(
            kind=data["kind"] or "",
            wording=data["wording"] or "",
            reach=Reach.LEAD if is_to_one else Reach(data["reach"]),
            mentions=self.mentions(),
            to_id=UUID(data["to"]) if is_to_one else None,
        )


class Settle(FlaskForm):  # type: ignore[misc]
    """A form that is one button."""
