"""The form of where a name is left out."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.channels.rules import Readers

WORDS = {
    Readers.EVERYBODY: (
        _l("Everybody"),
        _l("The public page, and every file: PDF, Word and web page can be passed on."),
    ),
    Readers.DONORS: (_l("Donors"), _l("The page as donors of this workspace read it.")),
    Readers.OBSERVERS: (_l("Observers"), _l("The page as observers of this workspace read it.")),
}


class Leave(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Whom we do not show our name to. after: the choice that the page was based on."""

    left_out = SelectMultipleField(
        _l("Leave our name out for"),
        choices=[SelectChoice(str(who), str(who)) for who in Readers],
        validate_choice=False,
    )
    after = HiddenField()
