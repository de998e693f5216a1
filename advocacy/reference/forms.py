"""Choosing an area: from a list, and in a large country by its P-code or name."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import wtforms as wtf
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.ground.reasons import Reason
from advocacy.reference.rows import AreaRow
from advocacy.reference.rules import Gazetteer
from advocacy.web import reasons

COUNTRY = "country"
MOST_LISTED = 400


class WhereForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """An area. is_long: only the first level is listed; a smaller area is written."""

    area = wtf.SelectField(
        _l("Where"), [InputRequired(_l("Choose an area, or the whole country."))]
    )
    area_name = wtf.StringField(
        _l("Smaller area: its P-code or name"), [Optional(), Length(max=160)]
    )
    is_long = False
    _places: Gazetteer | None = None

    def offer_areas(self, rows: Iterable[AreaRow], language: str) -> None:
        """Offer the areas of a country; of a large one those of the first level."""
        known = list(rows)
        self.is_long = len(known) > MOST_LISTED
        listed = [area for area in known if area.level == 1 or not self.is_long]
        self.area.choices = area_choices(listed, language)
        if self.is_long:
            self._places = Gazetteer(known)
            self._write({str(area.id) for area in listed}, {str(a.id): a for a in known})

    def _write(self, listed: set[str], known: dict[str, AreaRow]) -> None:
        """A smaller area that a record has already is written out."""
        kept = known.get(str(self.area.data))
        if kept and str(kept.id) not in listed and self._places and not self.area_name.data:
            self.area.data, self.area_name.data = str(self._places.first(kept.id)), kept.code

    def _found(self) -> AreaRow | Reason | None:
        words = (self.area_name.data or "").strip()
        return self._places.find(words) if words and self._places else None

    def validate_area_name(self, _field: wtf.StringField) -> None:
        """One area, that lies in the one chosen above."""
        found = self._found()
        if isinstance(found, Reason):
            raise wtf.ValidationError(reasons.say(found))
        if found and self._places and str(self._places.first(found.id)) != self.area.data:
            raise wtf.ValidationError(_l("This area does not lie in the one you chose above."))

    def area_id(self) -> UUID | None:
        """The area; None = the whole country."""
        found = self._found()
        if isinstance(found, AreaRow):
            return found.id
        return None if self.area.data == COUNTRY else UUID(self.area.data)


def area_choices(rows: Iterable[AreaRow], language: str) -> list[Any]:
    """The whole country, and these areas with what lies in them below."""
    choices: list[tuple[Any, Any]] = [("", _l("Choose…")), (COUNTRY, _l("Whole country"))]
    choices += [(a.id, f"{'– ' * (a.level - 1)}{a.label(language)}") for a in rows if a.level]
    return [SelectChoice(str(value), label) for value, label in choices]
