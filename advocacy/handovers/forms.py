"""The forms of a hand-over."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.ground.ids import as_id
from advocacy.organisations.rows import OrganisationRow


class OfferForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """To whom a record goes."""

    to = SelectField(_l("Hand it to"), validate_choice=False)

    def fill(self, rows: Iterable[OrganisationRow]) -> None:
        """Offer those that it can go to."""
        self.to.choices = [SelectChoice(str(row.id), row.name) for row in rows]

    def chosen(self) -> UUID:
        """The organisation; what is no id is none."""
        return as_id(self.to.data or "") or UUID(int=0)


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What is done with an offer. offer: the one that was read."""

    offer = HiddenField()

    def chosen(self) -> UUID:
        """The offer; what is no id is none."""
        return as_id(self.offer.data or "") or UUID(int=0)
