"""The form of who follows up."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Optional

from advocacy.ground.ids import as_id, based_on
from advocacy.organisations.rows import OrganisationRow


class MinderForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Who follows up what comes; nobody chosen leaves it to whoever puts the ask."""

    based_on = HiddenField()
    minder = SelectField(_l("Who follows up what it is asked?"), [Optional()])
    note = TextAreaField(_l("Why, and what they need to know"), [InputRequired(_l("Write why."))])

    def offer(self, rows: list[OrganisationRow], *, but: UUID | None) -> None:
        """Offer the members of the workspace, but the one that it is itself."""
        names = [SelectChoice(str(row.id), row.name) for row in rows if row.id != but]
        self.minder.choices = [SelectChoice("", _l("Whoever puts the ask")), *names]

    def chosen(self) -> UUID | None:
        """The organisation that was chosen, if one was."""
        return as_id(self.minder.data or "")

    def after(self) -> UUID | None:
        """The last thing said of it that the form was based on."""
        return based_on(self.based_on.data)
