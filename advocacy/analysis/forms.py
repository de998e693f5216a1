"""Forms of what is known beyond the short record, and the words of its history."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import wtforms as wtf
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.analysis.rows import Blocks, NewFigure, NewParty, NewPlace
from advocacy.analysis.rules import LONGEST_NAME, TEXTS, Said
from advocacy.reference.rules import scale
from advocacy.threats.forms import Words
from advocacy.web.personal import NoPerson

# Digits of every script are read; these are the signs that stand between them.
_DECIMAL = str.maketrans({",": ".", "٫": ".", "−": "-", "°": None})
FIELDS = {
    "kinds": _l("Kind of threat"),
    "is_watched": _l("We keep an eye on it: nothing new, and not over"),
    "subtype": _l("More exactly"),
    "context": _l("Context"),
    "effect": _l("Effect on people, and who is more exposed"),
    "capacity": _l("Capacity"),
    "regions": _l("Further areas"),
    "places": _l("Further places"),
    "parties": _l("Parties"),
    "figures": _l("Figures"),
    "points": _l("Exact points"),
    "party_names": _l("Names of parties"),
}
MEANINGS = {
    "violence": _l("People are hurt or killed, or it is threatened."),
    "coercion": _l("People are made to do, or not to do, something against their will."),
    "deprivation": _l("People are kept from what they need to live or to be safe."),
}
LONG_TEXTS = ("context", "effect", "capacity")
LISTS = ("kinds", "regions", "places", "parties", "figures", "points", "party_names")
MOST = {name: Length(max=most) for name, most in TEXTS.items()}


def _choices(of: str, language: str) -> list[SelectChoice]:
    return [SelectChoice(c.code, c.label(language)) for c in scale(of).offered()]


class Degrees(wtf.StringField):
    """A number of degrees, with a point or a comma. What is no number is its own fault."""

    def number(self) -> float | None:
        """What was typed; None = nothing. Raises ValueError."""
        typed = (self.data or "").strip().translate(_DECIMAL)
        return float(typed) if typed else None

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no number."""
        try:
            self.number()
        except ValueError as error:
            raise wtf.ValidationError(_l("Write a number such as 36.2 or -4.05.")) from error


class BlocksForm(NoPerson):
    """Kinds and texts. based_on: the version that the change began from."""

    FREE = ("subtype", *LONG_TEXTS)

    based_on = wtf.HiddenField(default="0", id="blocks-based-on")
    kinds = wtf.SelectMultipleField(FIELDS["kinds"])
    subtype = wtf.StringField(FIELDS["subtype"], [Optional(), MOST["subtype"]])
    context = wtf.TextAreaField(FIELDS["context"], [Optional(), MOST["context"]])
    effect = wtf.TextAreaField(FIELDS["effect"], [Optional(), MOST["effect"]])
    capacity = wtf.TextAreaField(FIELDS["capacity"], [Optional(), MOST["capacity"]])

    def offer(self, language: str) -> None:
        """Offer what can be chosen, in the reader's language."""
        self.kinds.choices = _choices("threat-kinds", language)

    def meanings(self, language: str) -> list[tuple[str, str, str]]:
        """The kinds of threat with what each means."""
        return [
            (kind.code, kind.label(language), str(MEANINGS.get(kind.code, "")))
            for kind in scale("threat-kinds").offered()
        ]

    def given(self) -> Blocks:
        """What was typed."""
        texts: dict[str, Any] = {name: self[name].data or "" for name in TEXTS}
        return Blocks(tuple(self.kinds.data or ()), **texts)


class PlaceForm(NoPerson):
    """One more place."""

    FREE = ("place_name",)

    based_on = wtf.HiddenField(default="0", id="place-based-on")
    area = wtf.StringField(_l("P-code or name of the area"), [Optional(), Length(max=120)])
    is_country = wtf.BooleanField(_l("Whole country"))
    place_name = wtf.StringField(_l("Name of the place"), [Optional(), Length(max=LONGEST_NAME)])
    precision = wtf.SelectField(_l("How exact"), default="")
    latitude = Degrees(_l("Latitude"), [Optional()])
    longitude = Degrees(_l("Longitude"), [Optional()])

    def offer(self, language: str) -> None:
        """Offer what can be chosen, in the reader's language."""
        usual = SelectChoice("", _("As exact as the area or the point"))
        self.precision.choices = [usual, *_choices("place-precision", language)]

    def validate_is_country(self, field: wtf.BooleanField) -> None:
        """An area or the whole country: one of the two."""
        if bool(field.data) == bool((self.area.data or "").strip()):
            raise wtf.ValidationError(
                _l("Write an area, or tick the whole country; one of the two.")
            )

    def given(self) -> NewPlace:
        """What was typed."""
        return NewPlace(
            area=self.area.data or "",
            name=self.place_name.data or "",
            precision=self.precision.data,
            latitude=self.latitude.number(),
            longitude=self.longitude.number(),
        )


class PartyForm(NoPerson):
    """One more party."""

    FREE = ("party_name",)

    based_on = wtf.HiddenField(default="0", id="party-based-on")
    role = wtf.SelectField(_l("Part in it"))
    category = wtf.SelectField(_l("Category"), default="")
    basis = wtf.SelectField(_l("On what basis"), default="reported")
    party_name = wtf.StringField(_l("What it is called"), [Optional(), Length(max=LONGEST_NAME)])

    def offer(self, language: str) -> None:
        """Offer what can be chosen, in the reader's language."""
        self.role.choices = _choices("actor-roles", language)
        both = _choices("actor-categories", language) + _choices("duty-bearers", language)
        first = {choice.value: choice for choice in reversed(both)}
        offered = [first[code] for code in dict.fromkeys(choice.value for choice in both)]
        self.category.choices = [SelectChoice("", _("Choose…")), *offered]
        self.basis.choices = _choices("actor-basis", language)

    def given(self) -> NewParty:
        """What was typed."""
        name = self.party_name.data or ""
        return NewParty(self.role.data, self.category.data, self.basis.data, name)


class FigureForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """How many people of one group, or that nobody knows."""

    based_on = wtf.HiddenField(default="0", id="figure-based-on")
    kind = wtf.SelectField(_l("What happened to them"))
    low = wtf.IntegerField(_l("At least"), [Optional()])
    high = wtf.IntegerField(_l("At most"), [Optional()])
    is_unknown = wtf.BooleanField(_l("We do not know how many"))
    population = wtf.SelectField(_l("Group of people"), default="all")
    sex = wtf.SelectField(_l("Sex or gender"), default="all")
    age = wtf.SelectField(_l("Age"), default="all")
    disability = wtf.SelectField(_l("Disability"), default="all")
    method = wtf.SelectField(_l("How it was counted"), default="reported")
    from_on = wtf.DateField(_l("From"), [Optional()])
    until_on = wtf.DateField(_l("Until"), [Optional()])

    def offer(self, language: str) -> None:
        """Offer what can be chosen, in the reader's language."""
        lists = {"kind": "figure-kinds", "population": "population-groups", "sex": "sex"}
        lists |= {"age": "age-bands", "disability": "disability", "method": "figure-methods"}
        for name, of in lists.items():
            self[name].choices = _choices(of, language)

    def given(self) -> NewFigure:
        """What was typed."""
        return NewFigure(**{name: self[name].data for name in NewFigure.__dataclass_fields__})


class RemoveForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Take one row away."""

    based_on = wtf.HiddenField(default="0", validators=[InputRequired()])


def edition(form: Any) -> int:
    """The version that a form was made from; what is no number is none."""
    given = str(form.based_on.data or "")
    return int(given) if given.isdecimal() and len(given) < 9 else 0


def clashes(form: BlocksForm, now: Blocks, language: str) -> list[tuple[Any, str, str]]:
    """Where the form differs from today's truth: label, what was typed, what it says now."""
    found = []
    for name in ("kinds", *TEXTS):
        mine, theirs = form[name].data or "", getattr(now, name)
        if name == "kinds":
            mine, theirs = (Said(language).kinds(codes) for codes in (mine, theirs))
        if mine != theirs:
            found.append((form[name].label.text, mine, theirs))
    return found


def told(name: str, value: Any, of: Words) -> str:
    """What stood in one of LISTS, in words."""
    words = Said(of.language)
    said: dict[str, Callable[[Any], str]] = {
        "kinds": lambda kind: words.label("threat-kinds", kind),
        "places": lambda row: " ".join(part for part in row[:2] if part),
        "points": lambda row: f"{row[0]} {row[1]}, {row[2]}",
        "parties": lambda row: f"{words.label('actor-roles', row[0])}: {words.category(row[1])}",
        "figures": lambda row: _figure(row, words),
        "party_names": str,
        "regions": lambda area: of.area(UUID(area)),
    }
    return "; ".join(said[name](row) for row in value or ()) or str(_("not given"))


def _figure(row: list[str], words: Said) -> str:
    kind, low, high = words.label("figure-kinds", row[0]), row[5], row[6]
    if low == "None":
        return f"{kind}: {_('Not known')}"
    ends = dict.fromkeys(format_decimal(int(number)) for number in (low, high))
    return f"{kind}: {'–'.join(ends)}"
