"""The form of an embed."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import Optional

from advocacy.asks.forms import choices
from advocacy.embeds import rules
from advocacy.embeds.rules import NewEmbed, What
from advocacy.ground.ids import based_on
from advocacy.organisations.forms import LANGUAGES

WHATS = [
    (What.CHART, _l("A chart"), _l("How many stand where, drawn, with the same as a table.")),
    (What.TABLE, _l("A table"), _l("What was asked, of whom, and where it stands: 25 at most.")),
]


class NewForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What to show, in which language, and where."""

    based_on = HiddenField()
    what = RadioField(
        _l("What does it show?"),
        choices=choices({one[0]: one[1] for one in WHATS}),
        default=What.CHART.value,
    )
    language = SelectField(_l("Language"), choices=LANGUAGES)
    origins = TextAreaField(_l("Sites that may show it"), [Optional()])

    def new(self) -> NewEmbed:
        """What was sent."""
        return NewEmbed(
            what=self.what.data or "",
            language=self.language.data or "",
            origins=rules.sites(self.origins.data or ""),
        )

    def after(self) -> UUID | None:
        """The embed that the form was based on."""
        return based_on(self.based_on.data)


class Button(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that is one button."""
