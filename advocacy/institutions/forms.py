"""The form of an institution, and the words of its kinds."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.ground.ids import based_on
from advocacy.institutions.rows import InstitutionRow
from advocacy.institutions.rules import MOST_ALIASES, MOST_COUNTRY, MOST_NAME
from advocacy.institutions.schema import InstitutionKind
from advocacy.organisations.rows import OrganisationRow

KINDS: dict[str, LazyString] = {
    InstitutionKind.STATE: _l("State"),
    InstitutionKind.AUTHORITY: _l("Ministry or authority"),
    InstitutionKind.PARTY: _l("Armed group or de facto authority"),
    InstitutionKind.COUNTRY_TEAM: _l("Country team or body"),
    InstitutionKind.UN: _l("United Nations agency"),
    InstitutionKind.DONOR: _l("Donor"),
    InstitutionKind.COMPANY: _l("Company"),
    InstitutionKind.NGO: _l("Non-governmental organisation"),
    InstitutionKind.OTHER: _l("Other"),
}


def _at_most(most: int) -> Length:
    words = _l("Shorten this to %(most)s characters or fewer.", most=most)
    return Length(max=most, message=words)


class InstitutionForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Who can be asked."""

    name = StringField(_l("Name"), [InputRequired(_l("Write its name.")), _at_most(MOST_NAME)])
    kind = SelectField(
        _l("What it is"), choices=[SelectChoice(value, label) for value, label in KINDS.items()]
    )
    country = StringField(_l("Country, three letters"), [Optional(), _at_most(MOST_COUNTRY)])
    aliases = StringField(
        _l("Other names, with commas between them"), [Optional(), _at_most(MOST_ALIASES)]
    )
    member = SelectField(_l("If it is an organisation of this workspace"), [Optional()])
    is_sensitive = BooleanField(_l("Being asked could put people at risk"))

    def offer(self, organisations: list[OrganisationRow]) -> None:
        """Offer the organisations that this reader may know of."""
        names = [SelectChoice(str(row.id), row.name) for row in organisations]
        self.member.choices = [SelectChoice("", _l("It has no account here")), *names]


class SuccessionForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What an institution became; nothing chosen takes it back."""

    based_on = HiddenField()
    into = SelectField(_l("What it became"), [Optional()], validate_choice=False)
    note = TextAreaField(_l("Why, and since when"))

    def offer(self, rows: list[InstitutionRow], *, but: UUID) -> None:
        """Offer the others that this reader knows of."""
        names = [SelectChoice(str(row.id), row.name) for row in rows if row.id != but]
        self.into.choices = [SelectChoice("", _l("Nothing else: it is itself")), *names]

    def chosen(self) -> UUID | None:
        """The institution that was chosen, if one was."""
        return based_on(self.into.data)

    def after(self) -> UUID | None:
        """The last thing said of it that the form was based on."""
        return based_on(self.based_on.data)
