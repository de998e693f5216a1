"""The form of a text in another language."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from advocacy.asks.forms import choices
from advocacy.ground.ids import based_on
from advocacy.recommendations.forms import LANGUAGES
from advocacy.wordings.rows import WordingRow
from advocacy.wordings.rules import Said

STATES = [
    ("ours", _l("Our translation"), _l("It is shown as a translation.")),
    (
        "official",
        _l("An official text"),
        _l("It was issued like this. Name its source."),
    ),
]


class WordingForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A text, its language, and whose words they are."""

    based_on = HiddenField()
    language = SelectField(_l("Language"), validate_choice=False)
    text = TextAreaField(
        _l("The text, word for word"), [InputRequired(_l("Write the text in this language."))]
    )
    state = RadioField(
        _l("Whose words are these?"), choices=choices({s[0]: s[1] for s in STATES}), default="ours"
    )
    source = StringField(_l("Source of the official text"), [Optional()])

    def offer(self, original: str) -> None:
        """Offer the languages beside the one it was put in."""
        others = {key: name for key, name in LANGUAGES.items() if key != original}
        self.language.choices = choices(others)

    def said(self) -> Said:
        """What was sent."""
        return Said(
            self.language.data or "",
            self.text.data or "",
            self.state.data == "official",
            self.source.data or "",
        )

    def see(self, rows: Iterable[WordingRow]) -> None:
        """Note which texts there were when the form was shown."""
        self.based_on.data = " ".join(f"{row.language}:{row.id}" for row in rows)

    def after(self) -> UUID | None:
        """The text in the chosen language that was there when the form was shown."""
        seen = (one.partition(":") for one in (self.based_on.data or "").split())
        return based_on({language: row for language, _, row in seen}.get(self.language.data))
