"""The forms that confirm a spelling, and that take an answer out."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from advocacy.carries.rules import LONGEST_REASON
from advocacy.ground.ids import as_id


class Based(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """One button. after: the act on the page."""

    after = HiddenField()

    def head(self) -> UUID:
        """That act; none that is, for anything that is no id."""
        return as_id(self.after.data or "") or UUID(int=0)


class Void(Based):
    """Why an answer is taken out."""

    reason = TextAreaField(
        _l("What was found?"),
        [
            InputRequired(_l("Write what was found. Your organisation reads it.")),
            Length(max=LONGEST_REASON, message=_l("Shorten this to 1,000 characters.")),
        ],
    )
