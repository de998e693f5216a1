"""The forms of a sheet that comes in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.analysis import forms as analysis
from advocacy.ground.errors import Invalid, TooLarge
from advocacy.intake import mapper, rules
from advocacy.intake.rows import Table
from advocacy.threats.forms import FIELDS
from advocacy.web import reasons

NAMES = {
    **FIELDS,
    **analysis.FIELDS,
    "key": _l("Key of the row"),
    "risk": FIELDS["risk_code"],
    "area1": _l("Area of the first level (P-code or name)"),
    "area2": _l("Area of the second level (P-code or name)"),
    "area3": _l("Area of the third level (P-code or name)"),
    "status": _l("Status"),
}
ORDERS = {
    "dmy": _l("Day, month, year: 25/11/2026"),
    "mdy": _l("Month, day, year: 11/25/2026"),
    "ymd": _l("Year, month, day: 2026/11/25"),
}


class Upload(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A sheet."""

    file = FileField(_l("Sheet (.xlsx or .csv)"), render_kw={"accept": ".xlsx,.csv,text/csv"})
    table: Table

    def validate_file(self, field: Field) -> None:
        """Read it. Raises ValidationError with what is wrong with the file as a whole."""
        if not field.data:
            raise ValidationError(str(_l("Choose a file.")))
        try:
            self.table = mapper.read(
                field.data.filename or "",
                field.data.read(rules.MOST_BYTES + 1),
                most_rows=rules.MOST_ROWS,
                most_bytes=rules.MOST_BYTES,
            )
        except (Invalid, TooLarge) as error:
            said = " ".join(reasons.say(reason) for reason in error.reasons)
            raise ValidationError(said) from None


class Match(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Which column is which field. The columns' own fields are called c0, c1 and so on."""

    order = SelectField(_l("How days are written"), validate_choice=False)


class Write(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Write the plan that was looked at. basis: of that plan."""

    basis = HiddenField()


def match(header: list[str], **options: Any) -> Match:
    """The form for these columns."""
    choices = [SelectChoice("", _l("Leave it out"))]
    choices += [SelectChoice(name, str(NAMES[name])) for name in rules.NAMES]
    columns = {
        f"c{n}": SelectField(column, choices=choices, default="", validate_choice=False)
        for n, column in enumerate(header)
    }
    made = type("MatchColumns", (Match,), columns)(**options)
    made.order.choices = [SelectChoice("", _l("It is clear from the days"))]
    made.order.choices += [SelectChoice(code, words) for code, words in ORDERS.items()]
    return made  # type: ignore[no-any-return]  # made of a class that mypy does not know


def matched(form: Match, header: list[str]) -> dict[str, str]:
    """Column -> field, as chosen."""
    chosen = {column: form[f"c{n}"].data or "" for n, column in enumerate(header)}
    return {column: field for column, field in chosen.items() if field in rules.NAMES}
