"""The forms of windows of opportunity."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from advocacy.asks.forms import Day, choices
from advocacy.ground.ids import as_id, based_on
from advocacy.windows.rows import WindowRow
from advocacy.windows.rules import Said

REACHES = [
    ("members", _l("Members of this workspace"), _l("Neither observers nor donors.")),
    ("own", _l("Only our organisation"), _l("It stays so.")),
]


class WindowForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What happens, where, from when to when."""

    based_on = HiddenField()
    name = StringField(_l("What happens"), [InputRequired(_l("Write what happens."))])
    forum = StringField(_l("Where"), [Optional()])
    begins_on = Day(_l("First day"), [InputRequired(_l("Write the first day."))])
    ends_on = Day(_l("Last day"), [Optional()])

    def said(self) -> Said:
        """What was sent."""
        return Said(
            name=self.name.data or "",
            forum=self.forum.data or "",
            begins_on=self.begins_on.data,
            ends_on=self.ends_on.data,
            is_off=bool(self.is_off.data) if "is_off" in self else False,
        )

    def after(self) -> UUID | None:
        """The act that the form was based on."""
        return based_on(self.based_on.data)


class NewForm(WindowForm):
    """A window that was not told of before."""

    reach = RadioField(
        _l("Who can read it"), choices=choices({r[0]: r[1] for r in REACHES}), default="members"
    )


class ChangeForm(WindowForm):
    """What is said of a window from now on."""

    is_off = BooleanField(_l("It does not take place"))

    @classmethod
    def of(cls, row: WindowRow) -> "ChangeForm":
        """The form as it stands."""
        names = ("name", "forum", "begins_on", "ends_on", "is_off")
        data: dict[str, Any] = {name: getattr(row, name) for name in names}
        return cls(formdata=None, data={**data, "based_on": str(row.act_id)})


class UseForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """In which window a recommendation is to be raised."""

    window = SelectField(_l("Where it is to be raised"), validate_choice=False)

    def offer(self, known: Iterable[WindowRow]) -> None:
        """Offer what is open or to come."""
        self.window.choices = choices({str(one.id): one.name for one in known})

    def chosen(self) -> UUID | None:
        """What was chosen; None for anything that is no window."""
        return as_id(self.window.data or "")


class Button(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that is one button."""
