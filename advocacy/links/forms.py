"""The forms of the room."""

import re
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length

from advocacy.links.rules import MOST_IN_LABEL

_RECORD = re.compile("(threat|recommendation):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


class CiteForm(FlaskForm):  # type: ignore[misc]
    """Which record, under which words. `here`: the page puts them into the text itself."""

    based_on = HiddenField()
    here = HiddenField()
    record = StringField(validators=[InputRequired(_l("Choose a record."))])
    label = StringField(
        _l("What readers will see"),
        [
            InputRequired(_l("Write what readers will see, without brackets.")),
            Length(
                max=MOST_IN_LABEL,
                message=_l("Shorten this to %(most)s characters or fewer.", most=MOST_IN_LABEL),
            ),
        ],
    )

    def chosen(self) -> tuple[str, UUID]:
        """The record; one that is no record leads nowhere."""
        found = _RECORD.fullmatch(self.record.data or "")
        return (found[1], UUID(found[2])) if found else ("", UUID(int=0))


class LinkForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Choose what to link to."""

    target = SelectField(_l("Position"), [InputRequired(_l("Choose a position."))])

    def offer(self, rows: list[tuple[object, str]]) -> None:
        """Offer what the reader sees."""
        first = SelectChoice("", _l("Choose…"))
        self.target.choices = [first, *(SelectChoice(str(i), title) for i, title in rows)]

    def has_choice(self) -> bool:
        """Whether there is anything to choose."""
        return len(list(self.target.choices or ())) > 1
