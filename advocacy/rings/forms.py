"""The forms of sharing circles."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired

from advocacy.ground.ids import as_id
from advocacy.organisations.rows import OrganisationRow


class MakeForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A new circle."""

    name = StringField(_l("Name of the circle"), [InputRequired(_l("Write its name."))])
    members = SelectMultipleField(_l("Who is in it besides us"))
    hides_roster = BooleanField(_l("Keep the list of who is in it to ourselves"))

    def fill(self, others: Iterable[OrganisationRow]) -> None:
        """Offer the other members of the workspace."""
        self.members.choices = [SelectChoice(str(row.id), row.name) for row in others]

    def ids(self) -> list[UUID]:
        """Who was ticked."""
        return [UUID(given) for given in self.members.data or []]


class AddForm(FlaskForm):  # type: ignore[misc]
    """One more organisation."""

    organisation = SelectField(_l("Organisation"))
    extends = BooleanField(_l("It may put others in"))

    def fill(self, others: Iterable[OrganisationRow]) -> None:
        """Offer the members of the workspace that are not in it."""
        self.organisation.choices = [SelectChoice(str(row.id), row.name) for row in others]

    def chosen(self) -> UUID:
        """Who was chosen; what is no id is nobody."""
        return as_id(self.organisation.data or "") or UUID(int=0)


class OutForm(FlaskForm):  # type: ignore[misc]
    """Take one out. act: what put it there, as the page was shown."""

    act = HiddenField()

    def based_on(self) -> UUID:
        """The act; what is no id matches none."""
        return as_id(self.act.data or "") or UUID(int=0)
