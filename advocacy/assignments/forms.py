"""The form that hands asks over: which, to whom, and a note for them."""

from collections.abc import Mapping
from uuid import UUID

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Optional

from advocacy.assignments.queries import Whose
from advocacy.assignments.rules import MOST
from advocacy.ground.ids import as_id, based_on
from advocacy.organisations.rows import OrganisationRow

WHOSE = {
    Whose.OURS: _l("We follow them up"),
    Whose.MINE: _l("In my hands"),
    Whose.LED: _l("We recorded them"),
    Whose.ALL: _l("All of the workspace"),
}
ALL_OF_US = "all-of-us"


class HandForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Each value of `asks`: an ask, and the last steps of both kinds that the page showed."""

    asks = wtf.SelectMultipleField(
        _l("Which ones?"),
        [InputRequired(_l("Choose what you hand over."))],
        validate_choice=False,
    )
    to = wtf.SelectField(_l("Who takes them?"), [InputRequired(_l("Choose who takes them."))])
    note = wtf.TextAreaField(_l("A note for them"), [Optional()])

    def offer(self, organisations: list[OrganisationRow], people: Mapping[UUID, str]) -> None:
        """Let other organisations and one's own people be chosen."""
        own = [SelectChoice(f"person:{i}", name) for i, name in people.items()]
        others = [SelectChoice(f"organisation:{row.id}", row.name) for row in organisations]
        all_ = [SelectChoice(ALL_OF_US, _l("All focal points of our organisation"))] if own else []
        self.to.choices = [SelectChoice("", _l("Choose one")), *all_, *own, *others]

    def taker(self) -> tuple[bool, UUID | None]:
        """Whether it goes to another organisation, and the id of who takes it."""
        what, _colon, name = (self.to.data or "").partition(":")
        return what == "organisation", as_id(name)

    def chosen(self, *, outside: bool) -> dict[UUID, UUID | None]:
        """Ask -> the last step it follows; what names no ask is left out."""
        found = {}
        for value in (self.asks.data or [])[: MOST + 1]:
            name, last, given = ([*value.split(":"), "", ""])[:3]
            ask_id = as_id(name)
            if ask_id:
                found[ask_id] = based_on(last if outside else given)
        return found
