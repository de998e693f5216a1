"""The form that closes a record."""

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import Optional


class CloseForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Say that it is over."""

    ended_on = wtf.DateField(_l("Ended on"), [Optional()])
