"""The form of a remark, and its words."""

from typing import Any

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length

from advocacy.talks import rules
from advocacy.talks.rows import Choice
from advocacy.talks.schema import To
from advocacy.web.personal import NoPerson

LABELS = {
    To.OWN: _l("Only our organisation"),
    To.OWNER: _l("The organisation that reported it"),
    To.COORDINATORS: _l("The coordinators"),
    To.RECORD: _l("All who read the part for members"),
}
_LONG = _l("Shorten this to %(most)s characters or fewer.", most=rules.MOST_CHARACTERS)


class RemarkForm(NoPerson):
    """Say something, to readers that are chosen first."""

    FREE = ("text",)

    text = wtf.TextAreaField(
        _l("Your words"),
        # Twice as many: a line break is two characters on its way, and one in the text.
        [InputRequired(_l("Write something here.")), Length(max=8_000, message=_LONG)],
    )
    to = wtf.RadioField(
        _l("Who reads it?"), [InputRequired(_l("Choose who reads it."))], validate_choice=False
    )
    asks = wtf.SelectField(_l("Whose answer do you ask for?"), choices=[], coerce=str)

    def offer(self, known: list[Choice], askable: dict[Any, str]) -> None:
        """The readers, and those whose answer one may ask for."""
        self.to.choices = [SelectChoice(one.value, one.value) for one in known]
        listed = [SelectChoice(str(i), name) for i, name in askable.items()]
        self.asks.choices = [SelectChoice("", _l("Nobody’s in particular")), *listed]


class StepForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that is one button."""
