"""The form of a part of a body."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Optional

from advocacy.ground.ids import as_id, based_on
from advocacy.institutions.rows import InstitutionRow


class PartForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Each value of `part`: an institution, and the last that was said of it when it was shown."""

    part = SelectField(
        _l("Which institution?"),
        [InputRequired(_l("Choose an institution."))],
        validate_choice=False,
    )
    from_on = DateField(_l("Member since"), [InputRequired(_l("Write the date."))])
    until_on = DateField(_l("Until, if it left"), [Optional()])
    note = TextAreaField(_l("How we know"), [Optional()])

    def offer(
        self, rows: Iterable[InstitutionRow], *, but: UUID, last: Mapping[UUID, UUID]
    ) -> None:
        """Offer the others that this reader knows of."""
        names = [
            SelectChoice(f"{row.id}:{last.get(row.id, '')}", row.name)
            for row in rows
            if row.id != but
        ]
        self.part.choices = [SelectChoice("", _l("Choose…")), *names]

    def chosen(self) -> tuple[UUID, UUID | None]:
        """The institution, and the last that was said of it; what is no id is none."""
        name, _colon, last = (self.part.data or "").partition(":")
        return as_id(name) or UUID(int=0), based_on(last)
