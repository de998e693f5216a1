"""The form of the circle."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import InputRequired


class Invite(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Which organisation to let in or take out. The view gives the choices."""

    organisation = SelectField(
        _l("Organisation"),
        [InputRequired(_l("Choose one from the list."))],
        choices=[],
        coerce=UUID,
        validate_choice=False,
    )
