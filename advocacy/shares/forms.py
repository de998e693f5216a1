"""The forms of links: to make one, to open one."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from advocacy.asks.forms import choices
from advocacy.shares.rules import DAYS, MOST_DAYS, NewShare, Width

WIDTHS = [
    (Width.DONORS, _l("What all donors read"), _l("Everything that was released to donors.")),
    (Width.PUBLIC, _l("What everybody reads"), _l("Only what was published to everybody.")),
]


class NewForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A link to be made."""

    standing = HiddenField()
    addressee = HiddenField()
    late = HiddenField()
    label = StringField(_l("Whom is it for?"), [InputRequired(_l("Write whom this link is for."))])
    width = RadioField(
        _l("What does it show?"),
        choices=choices({w[0]: w[1] for w in WIDTHS}),
        default=Width.DONORS.value,
    )
    days = IntegerField(
        _l("Days until it ends"),
        [
            InputRequired(_l("Write a number of days.")),
            NumberRange(1, MOST_DAYS, _l("Write a number from 1 to 365.")),
        ],
        default=DAYS,
    )
    password = PasswordField(_l("Password, to be sent by another way"), [Optional()])

    def new(self) -> NewShare:
        """What was sent."""
        view = {
            name: self[name].data for name in ("standing", "addressee", "late") if self[name].data
        }
        return NewShare(
            label=self.label.data or "",
            width=self.width.data,
            view=view,
            days=self.days.data or 0,
            password=self.password.data or "",
        )


class OpenForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Open a link."""

    password = PasswordField(_l("Password"), [Optional()])


class Button(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that is one button."""
