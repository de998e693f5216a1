"""The form of the smallest cell."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import InputRequired

from advocacy.disclosure.rules import Limit


class LimitForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """How small a number may be outside. after: the act the page was based on."""

    smallest_cell = IntegerField(
        _l("Smallest number that is told outside"), [InputRequired(_l("Write a number."))]
    )
    tells_zero = BooleanField(_l("Tell 0 as 0"))
    after = HiddenField()

    def limit(self) -> Limit:
        """What was typed."""
        return Limit(self.smallest_cell.data or 0, bool(self.tells_zero.data))
