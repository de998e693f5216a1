"""The forms of ties and parts."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from advocacy.asks.forms import choices
from advocacy.recommendations.forms import ClauseForm
from advocacy.ties.rules import Kind

KINDS: dict[str, tuple[LazyString, LazyString]] = {
    Kind.DUPLICATES: (_l("It is the same as the other"), _l("Recorded twice.")),
    Kind.REPEATS: (_l("It says the other again"), _l("The same words, put at a later time.")),
    Kind.SUPERSEDES: (_l("It replaces the other"), _l("The other still counts as one that was.")),
    Kind.PART_OF: (_l("It is a part of the other"), _l("The other asks for more than this.")),
    Kind.WAITS_FOR: (_l("It waits for the other"), _l("The other has to be done first.")),
}


class TieForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """How this one stands to which other. seen: what had been said of ties when it was opened."""

    seen = HiddenField()
    kind = RadioField(
        _l("How does it stand to the other?"),
        [InputRequired(_l("Choose how they stand to each other."))],
        choices=choices({kind: words for kind, (words, _meaning) in KINDS.items()}),
    )
    other = StringField(
        _l("The other recommendation"),
        [InputRequired(_l("Write the reference of the other one, or the address of its page."))],
    )
    text = TextAreaField(_l("Why"), [Optional()])

    def count(self) -> int:
        """What had been said when it was opened; a word that is no number matches nothing."""
        said = self.seen.data or ""
        return int(said) if said.isdecimal() and len(said) < 9 else -1


class PartForm(ClauseForm):
    """One part, with its own addressee."""

    text = TextAreaField(
        _l("The part, word for word"),
        [InputRequired(_l("Write the words of the whole that this part is about."))],
    )


class Button(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that is one button."""
