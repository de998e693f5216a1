"""The forms of sign-on: for the lead, and for who comes by a link."""

import json
from dataclasses import asdict
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from advocacy.answers.forms import Answer
from advocacy.config import LANGUAGES
from advocacy.formats import csv, xlsx, xlsx_read
from advocacy.ground.errors import Invalid, TooLarge
from advocacy.organisations.forms import KINDS
from advocacy.signoff.forms import KINDS as ANSWERS
from advocacy.signoff.forms import Blamed
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.rules import LONGEST_NAME, Kind
from advocacy.signons import rules
from advocacy.signons.rows import BehalfRow
from advocacy.signons.rules import Heard, How, Sheet
from advocacy.web import reasons
from advocacy.web.gate import now
from advocacy.web.words import moment, spoken_in

_TOO_LONG = Length(max=LONGEST_NAME, message=_l("Shorten this to 200 characters."))
HOW = {
    How.PHONE: (_l("By phone"), ""),
    How.MAIL: (_l("By mail"), ""),
    How.SHEET: (_l("On a sign-on sheet"), ""),
}


# Column of a sheet -> its heading in the language of who takes a blank one.
HEADINGS = {
    "organisation": _l("Organisation"),
    "contact": _l("Contact"),
    "email": _l("E-mail address"),
    "answer": _l("Answer"),
    "name as shown": _l("Name as shown"),
    "logo": _l("Logo may be used"),
    rules.KIND_COLUMN: _l("Kind of organisation"),
}
YES, NO = _l("Yes"), _l("No")


def words() -> rules.Words:
    """What a sheet may say, in each language in which a blank one can be taken."""
    columns: dict[str, str] = {}
    answers: dict[str, str] = {}
    kinds: dict[str, str] = {}
    yes, no = set(rules.YES), set(rules.NO)
    for language in LANGUAGES:
        with spoken_in(language):
            columns |= {rules.fold(str(said)): name for name, said in HEADINGS.items()}
            answers |= {rules.fold(str(ANSWERS[kind][0])): str(kind) for kind in rules.PLAIN}
            kinds |= {rules.fold(str(KINDS[kind])): str(kind) for kind in rules.KINDS}
            yes.add(rules.fold(str(YES)))
            no.add(rules.fold(str(NO)))
    return rules.Words(columns, answers, kinds, frozenset(yes), frozenset(no))


def blank(round_: RoundRow, names: list[str]) -> bytes:
    """A sheet with a line for each of these organisations, and lists to choose from."""
    kinds = [kind for kind in Kind if kind in rules.PLAIN & set(round_.answers)]
    said = tuple(str(ANSWERS[kind][0]) for kind in kinds)
    offered = {
        "answer": said,
        "logo": (str(YES), str(NO)),
        rules.KIND_COLUMN: tuple(str(KINDS[kind]) for kind in rules.KINDS),
    }
    locale = get_locale()
    made = xlsx.Sheet(
        name=_("Sign-on sheet"),
        columns=[xlsx.Column(str(t), 24, offered.get(n, ())) for n, t in HEADINGS.items()],
        rows=[[name] for name in names],
        note=_("One line for each organisation. Answers: %(said)s", said=", ".join(said)),
        right_to_left=locale is not None and locale.text_direction == "rtl",
    )
    return xlsx.write(made, at=now())


def shown(row: BehalfRow) -> dict[str, Any]:
    """What was recorded on behalf, in words."""
    return {
        "name": row.organisation,
        "kind": ANSWERS[Kind(row.kind)][0],
        "how": HOW[How(row.how)][0],
        "contact": row.contact,
        "shown_name": row.shown_name,
        "when": moment(row.recorded_at, "d MMMM y, HH:mm"),
        "is_confirmed": row.is_confirmed,
    }


class Hear(Blamed):
    """What one organisation is said to answer."""

    organisation = StringField(
        _l("Organisation"), [InputRequired(_l("Write the name of the organisation.")), _TOO_LONG]
    )
    kind = RadioField(
        _l("Its answer"), validators=[InputRequired(_l("Choose an answer."))], validate_choice=False
    )
    how = RadioField(
        _l("How did it reach you?"),
        choices=[SelectChoice(str(How.PHONE), ""), SelectChoice(str(How.MAIL), "")],
        validators=[InputRequired(_l("Choose how it reached you."))],
    )
    contact = StringField(_l("Who said so?"), [Optional(), _TOO_LONG])
    email = StringField(_l("Its e-mail address"), [Optional(), Length(max=254)])
    of_kind = SelectField(
        _l("What kind of organisation is it?"),
        choices=[SelectChoice(str(kind), KINDS[kind]) for kind in rules.KINDS],
    )
    shown_name = StringField(_l("Its name as it is to be shown"), [Optional(), _TOO_LONG])
    logo = BooleanField(_l("Its logo may be used"))

    def heard(self) -> Heard:
        """What was typed."""
        return Heard(
            organisation=self.organisation.data or "",
            kind=self.kind.data or "",
            how=self.how.data or "",
            contact=self.contact.data or "",
            email=self.email.data or "",
            shown_name=self.shown_name.data or "",
            logo=bool(self.logo.data),
            of_kind=self.of_kind.data or "",
        )


class Upload(Blamed):
    """A sign-on sheet. `allowed` is given by the view before it is looked at."""

    file = FileField(
        _l("Sign-on sheet (.xlsx or .csv)"), render_kw={"accept": ".xlsx,.csv,text/csv"}
    )
    allowed: tuple[str, ...] = ()
    sheet: Sheet

    def validate_file(self, field: FileField) -> None:
        """Read it. Raises ValidationError with what is wrong with the file as a whole."""
        if field.data is None:
            raise ValidationError(str(_l("Choose a file.")))
        try:
            data, said = field.data.read(rules.MOST_BYTES + 1), words()
            if xlsx_read.is_xlsx(data) and len(data) <= rules.MOST_BYTES:
                data = xlsx_read.as_csv(data)
            read = csv.read(
                data,
                max_bytes=rules.MOST_BYTES,
                max_rows=rules.MOST_ROWS,
                required=rules.COLUMNS,
                also=said.columns,
            )
            rows = list(read.rows)
        except (Invalid, TooLarge) as error:
            raise ValidationError(reasons.say(error.reasons[0])) from None
        self.sheet = rules.sheet(rows, read.refused, allowed=self.allowed, words=said)


class Bring(Blamed):
    """The lines of a sheet that was looked at, to be written now."""

    rows = HiddenField()

    @staticmethod
    def packed(heard: tuple[Heard, ...]) -> str:
        """The lines as they travel with the page."""
        return json.dumps([asdict(one) for one in heard])

    def heard(self) -> list[Heard]:
        """The lines as they came back; whatever is no line of ours is none."""
        try:
            found = json.loads(self.rows.data or "[]")
            return [Heard(**{**one, "how": How.SHEET}) for one in found]
        except (ValueError, TypeError):
            return []


class Ask(Blamed):
    """Send me a code: a button."""


class Enter(Blamed):
    """The code from the mail."""

    digits = StringField(
        _l("Code from the mail"),
        [InputRequired(_l("Write the code from the mail.")), Length(max=20)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class ByLink(Answer):
    """An answer of who has no account: with their name and what they are."""

    person = StringField(_l("Your name"), [InputRequired(_l("Write your name.")), _TOO_LONG])
    role = StringField(
        _l("What you are in your organisation"),
        [InputRequired(_l("Write what you are in your organisation.")), _TOO_LONG],
    )

    def carried(self) -> list[tuple[str, str]]:
        """Everything as hidden fields of the next step."""
        return [
            *super().carried(),
            ("person", self.person.data or ""),
            ("role", self.role.data or ""),
        ]


class Lower(Blamed):
    """Take our name off: a button."""
