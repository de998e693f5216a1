"""The forms of sharing, and the words of areas of responsibility."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.ground.ids import as_id
from advocacy.organisations.rows import OrganisationRow
from advocacy.sharing.rules import CHILDREN, VIOLENCE

AREAS = {CHILDREN: _l("Child protection"), VIOLENCE: _l("Gender-based violence")}


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Be the second person. widening: what was read."""

    widening = HiddenField()

    def chosen(self) -> UUID:
        """The widening; what is no id is none."""
        return as_id(self.widening.data or "") or UUID(int=0)


class LeadForm(FlaskForm):  # type: ignore[misc]
    """Who coordinates an area. after: the act the page was based on."""

    area = HiddenField()
    lead = SelectField(_l("Coordinated by"), validate_choice=False)
    after = HiddenField()

    def fill(self, members: Iterable[OrganisationRow]) -> None:
        """Offer nobody, and the members of the workspace."""
        self.lead.choices = [
            SelectChoice("", _l("Nobody")),
            *(SelectChoice(str(row.id), row.name) for row in members),
        ]

    def chosen(self) -> UUID | None:
        """The organisation; None = nobody."""
        return (as_id(self.lead.data) or UUID(int=0)) if self.lead.data else None


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """Agree, or do not."""

    agrees = HiddenField()
