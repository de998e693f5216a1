"""Which asks, and what each deed asks for."""

from typing import Any

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Optional

from advocacy.asks.forms import PRECISIONS, Day, choices
from advocacy.ground.ids import as_id
from advocacy.raisings.rules import Raised
from advocacy.together.rules import MOST, Deed, Said

DEEDS = {
    Deed.DUE: _l("Set a date"),
    Deed.NO_CHANGE: _l("Nothing changed"),
    Deed.RAISED: _l("Raised with somebody"),
    Deed.THEME: _l("Add a theme"),
    Deed.NO_THEME: _l("Take a theme away"),
}
BUTTONS = {
    Deed.DUE: _l("Set this date"),
    Deed.NO_CHANGE: _l("Note it"),
    Deed.RAISED: _l("Note it"),
    Deed.THEME: _l("Add it"),
    Deed.NO_THEME: _l("Take it away"),
}


class ChooseForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Which of the list. is_all: all that match, as far as one deed reaches."""

    is_all = wtf.BooleanField(_l("All that match"))
    asks = wtf.SelectMultipleField(_l("Which ones?"), validate_choice=False)


class DeedForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Each value of `asks`: an ask, and what the page showed that the deed would follow."""

    asks = wtf.SelectMultipleField(
        _l("Which ones?"), [InputRequired(_l("Choose at least one."))], validate_choice=False
    )

    def chosen(self) -> dict[Any, str]:
        """Ask -> what it was based on; what names no ask is left out."""
        found = {}
        for value in (self.asks.data or [])[: MOST + 1]:
            name, _colon, base = value.partition(":")
            ask_id = as_id(name)
            if ask_id:
                found[ask_id] = base
        return found

    def said(self) -> Said:
        """What was sent."""
        return Said()


class DueForm(DeedForm):
    """A date, and why."""

    due_on = Day(_l("Due on"), [InputRequired(_l("Say when."))])
    due_precision = wtf.SelectField(_l("How exactly"), choices=choices(PRECISIONS))
    text = wtf.TextAreaField(_l("Why"), [InputRequired(_l("Say why."))])

    def said(self) -> Said:
        """What was sent."""
        return Said(self.text.data or "", self.due_on.data, self.due_precision.data)


class NoChangeForm(DeedForm):
    """What was looked at."""

    text = wtf.TextAreaField(
        _l("Since when, and what you looked at"), [InputRequired(_l("Say what you looked at."))]
    )

    def said(self) -> Said:
        """What was sent."""
        return Said(self.text.data or "")


class RaisedForm(DeedForm):
    """One meeting at which all of them were raised."""

    effective_on = Day(_l("The day they were raised"), [InputRequired(_l("Say when."))])
    forum = wtf.StringField(_l("Where"))
    whom = wtf.StringField(_l("With whom, by role"), [Optional()])
    level = wtf.StringField(_l("At what level"), [Optional()])
    text = wtf.TextAreaField(_l("What we said"), [Optional()])
    reply = wtf.TextAreaField(_l("What they replied"), [Optional()])
    next_on = Day(_l("When to raise them again"), [Optional()])

    def said(self) -> Said:
        """What was sent."""
        raised = Raised(
            on=self.effective_on.data,
            forum=self.forum.data or "",
            whom=self.whom.data or "",
            level=self.level.data or "",
            words=self.text.data or "",
            reply=self.reply.data or "",
            next_on=self.next_on.data,
        )
        return Said(raised=raised)


class ThemeForm(DeedForm):
    """A theme of the recommendations."""

    theme = wtf.StringField(_l("Theme"), [InputRequired(_l("Write the theme."))])

    def said(self) -> Said:
        """What was sent."""
        return Said(theme=self.theme.data or "")


FORMS: dict[Deed, type[DeedForm]] = {
    Deed.DUE: DueForm,
    Deed.NO_CHANGE: NoChangeForm,
    Deed.RAISED: RaisedForm,
    Deed.THEME: ThemeForm,
    Deed.NO_THEME: ThemeForm,
}
