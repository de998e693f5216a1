"""The form that closes a record, and the one that marks many."""

from uuid import UUID

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Optional

from advocacy.ground.ids import as_id
from advocacy.threats.schema import GOING_ON, Status

MOST = 200


def looked_at(status: str) -> str:
    """The status of the records that are looked at again: that one, else what goes on."""
    return status if status in GOING_ON else Status.ACTIVE


class CloseForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Say that it is over."""

    ended_on = wtf.DateField(_l("Ended on"), [Optional()])


class ManyForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Records of one's own that are still true. Each value: a record, and the version read."""

    records = wtf.SelectMultipleField(
        _l("Which are still true?"),
        [InputRequired(_l("Choose the records that you looked at again."))],
        validate_choice=False,
    )

    def seen(self) -> dict[UUID, int]:
        """Record -> version; what names no record is left out."""
        found = {}
        for value in (self.records.data or [])[:MOST]:
            name, _colon, edition = value.partition(":")
            threat_id = as_id(name)
            if threat_id and edition.isdecimal() and len(edition) < 10:
                found[threat_id] = int(edition)
        return found
