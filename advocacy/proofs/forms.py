"""The forms of proofs."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from advocacy.signoff.forms import Blamed


class Erase(Blamed):
    """Erase what the log's entry says."""

    sure = BooleanField(
        _l("Yes, erase our proof"),
        validators=[InputRequired(_l("Tick the box: what is erased cannot be had again."))],
    )


class Held(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A tree head that somebody kept."""

    head = TextAreaField(
        _l("The tree head that you kept"),
        validators=[
            InputRequired(_l("Paste the tree head here. It begins with eyJ.")),
            Length(max=4_000, message=_l("This is too long for a tree head. Paste one alone.")),
        ],
    )
