"""The form of how one is reminded."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.reminders.rules import Choice, How

WAYS = {
    How.AT_ONCE: (
        _l("One mail for each text"),
        _l("Three working days before the close, and one day before it."),
    ),
    How.DAILY: (
        _l("One mail a day"),
        _l("In the morning of each working day, while you are asked."),
    ),
    How.WEEKLY: (_l("One mail a week"), _l("On the first working day, while you are asked.")),
    How.NEVER: (
        _l("No reminders"),
        _l("You still get one mail when an answer is first asked of you."),
    ),
}
_HOURS = [SelectChoice(str(hour), f"{hour:02}:00") for hour in range(24)]


class Wish(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """How, and in which hours not."""

    how = RadioField(
        _l("How do you want to be reminded?"),
        choices=[SelectChoice(str(way), str(way)) for way in WAYS],
    )
    quiet_from = SelectField(_l("No reminders from"), choices=_HOURS)
    quiet_until = SelectField(_l("until"), choices=_HOURS)

    @classmethod
    def of(cls, choice: Choice) -> "Wish":
        """The form filled with what holds now."""
        hours = {name: str(getattr(choice, name)) for name in ("quiet_from", "quiet_until")}
        return cls(formdata=None, how=choice.how, **hours)

    def said(self) -> dict[str, Any]:
        """The fields as `actions.choose` takes them; an hour that is none is -1."""
        hours = {name: getattr(self, name).data or "" for name in ("quiet_from", "quiet_until")}
        return {"how": self.how.data or ""} | {
            name: int(hour) if hour.isascii() and hour.isdigit() else -1
            for name, hour in hours.items()
        }


class Call(FlaskForm):  # type: ignore[misc]
    """The lead's press. after: the last call its page knew."""

    after = HiddenField()
