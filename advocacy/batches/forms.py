"""The forms of a batch: sent, matched, its owners named, looked at."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from advocacy.asks.forms import choices
from advocacy.batches import mapper, rules
from advocacy.batches.rows import About, Sheet
from advocacy.formats.paragraphs import MOST
from advocacy.ground.errors import Invalid, TooLarge
from advocacy.institutions.forms import KINDS
from advocacy.institutions.rows import InstitutionRow
from advocacy.recommendations.forms import LANGUAGES, REACHES
from advocacy.taxonomies.forms import IN_FILES
from advocacy.web import reasons

_OUT = {"": _l("Leave it out")}
NAMES = {
    "ref": _l("Reference"),
    "text": _l("The recommendation, word for word"),
    "title": _l("Short title"),
    "owner": _l("Addressed to"),
    "issuer": _l("Who put it"),
    "response": _l("Answer"),
    "specificity": _l("How specific it is"),
    "tags": _l("Themes"),
    **IN_FILES,
    "session": _l("Session of the review"),
    "source": _l("Source: symbol, report and page, or address"),
    "paragraph": _l("Paragraph"),
    "page": _l("Page"),
    "issued_on": _l("The day it was put"),
    "sort": _l("Kind of row"),
}


class Upload(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A file."""

    file = FileField(
        _l("File (.csv, .xlsx, .docx or .json)"), render_kw={"accept": ".csv,.xlsx,.docx,.json"}
    )
    sheet: Sheet

    def validate_file(self, field: Field) -> None:
        """Read it. Raises ValidationError with what is wrong with the file as a whole."""
        if not field.data:
            raise ValidationError(str(_l("Choose a file.")))
        data = field.data.read(rules.MOST_BYTES + 1)
        field.data.close()  # a long one waits in a file
        self.sheet = _read(field.data.filename or "", data)


class Paste(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A piece of a report."""

    words = TextAreaField(
        _l("Paragraphs of a report"),
        [InputRequired(_l("Paste the paragraphs.")), Length(max=MOST)],
    )


class Match(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Which column is which field, and what holds for every row."""

    owner = SelectField(_l("Addressed to, where a row names nobody"), validate_choice=False)
    source = StringField(_l("Source, where a row names none"), [Optional(), Length(max=300)])
    language = SelectField(_l("Language of the texts"), choices=choices(LANGUAGES))
    reach = RadioField(
        _l("Who can read them"), choices=choices({r[0]: r[1] for r in REACHES[:2]}), default="own"
    )

    def about(self) -> About:
        """What was sent."""
        return About(
            owner=self.owner.data or "",
            source=(self.source.data or "").strip(),
            language=self.language.data,
            reach=self.reach.data or "",
        )


class Write(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Write the plan that was looked at. basis: of that plan; keep: records that stay."""

    basis = HiddenField()
    is_ticked = HiddenField()
    keep = SelectMultipleField(_l("Keep"), choices=[], validate_choice=False)


def match(header: Sequence[str], known: Iterable[InstitutionRow], **options: Any) -> Match:
    """The form for these columns."""
    fields = choices({**_OUT, **NAMES})
    columns = {
        f"c{n}": SelectField(column, choices=fields, default="", validate_choice=False)
        for n, column in enumerate(header)
    }
    made = type("MatchColumns", (Match,), columns)(**options)
    made.owner.choices = choices({"": _l("Choose…"), **{str(o.id): o.name for o in known}})
    return made  # type: ignore[no-any-return]  # made of a class that mypy does not know


def matched(form: Match, header: Sequence[str]) -> dict[str, str]:
    """Column -> field, as chosen."""
    chosen = {column: form[f"c{n}"].data or "" for n, column in enumerate(header)}
    return {column: field for column, field in chosen.items() if field in NAMES}


def owners(names: Sequence[str], known: Iterable[InstitutionRow], **options: Any) -> FlaskForm:
    """The form that asks who each unknown owner is. Its fields are called o0, o1 and so on."""
    new = {f"new:{kind}": _l("Add it: %(kind)s", kind=words) for kind, words in KINDS.items()}
    offered = choices({**_OUT, **new, **{str(one.id): one.name for one in known}})
    fields = {f"o{n}": SelectField(name, choices=offered) for n, name in enumerate(names)}
    return type("Owners", (FlaskForm,), fields)(**options)


def answers(form: FlaskForm, names: Sequence[str]) -> Mapping[str, str]:
    """Name -> what it stands for, as chosen."""
    return {name: form[f"o{n}"].data or "" for n, name in enumerate(names)}


def _read(name: str, data: bytes) -> Sheet:
    try:
        return mapper.sheet(name, data)
    except (Invalid, TooLarge) as error:
        said = " ".join(reasons.say(reason) for reason in error.reasons)
        raise ValidationError(said) from None
