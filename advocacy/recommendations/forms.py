"""The forms of a recommendation: by hand, from a clause, to one more addressee, its readers."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from advocacy.asks.actions import NewAsk
from advocacy.asks.forms import HOW, PRECISIONS, Day, choices, stands
from advocacy.asks.rules import Progress, Response
from advocacy.deadlines.rules import Every
from advocacy.institutions.rows import InstitutionRow
from advocacy.recommendations.actions import NewText
from advocacy.taxonomies import rules as taxonomies
from advocacy.taxonomies.forms import LEVELS

# The filters of a list, as its address has them: what each may say, or None for any words.
ALLOWED: dict[str, Iterable[str] | None] = {
    **dict.fromkeys(("words", "owner", "session", "tag")),
    "response": set(Response),
    "progress": set(Progress),
    "late": {"1"},
    "source": {"position", "import", "hand"},
    "specificity": {"1", "2", "3", "4", "5"},
    **{axis.value: set(taxonomies.codes(axis)) for axis in taxonomies.LISTS},
    "priority": {taxonomies.YES},
}
REACHES = [
    ("own", _l("Only our organisation"), _l("You can share it later.")),
    ("members", _l("Members of this workspace"), _l("Neither observers nor donors.")),
    ("donors", _l("Members and donors"), _l("Donors read what was asked and where it stands.")),
    ("public", _l("Everybody"), _l("Choose this only for a text that was published.")),
]
LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
SPECIFICITY = {"": _l("Not said"), **LEVELS}


# Of an ask alone: what goes on is never late, and its date is that of the next review.
MEANT = {
    **PRECISIONS,
    Every.MONTH: _l("It goes on: review it by that day, then each month"),
    Every.QUARTER: _l("It goes on: review it by that day, then every 3 months"),
    Every.HALF: _l("It goes on: review it by that day, then every 6 months"),
    Every.YEAR: _l("It goes on: review it by that day, then each year"),
}


class AskForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """To whom, and by when."""

    institution = SelectField(
        _l("Addressed to"), [InputRequired(_l("Choose whom it is addressed to."))]
    )
    due_on = Day(_l("By when"), [Optional()])
    due_precision = SelectField(
        _l("How exactly is it meant?"), choices=choices(MEANT), default="day"
    )
    delivered_on = Day(_l("The day it was put to the addressee itself"), [Optional()])
    do_how = SelectField(
        _l("What donors can do"), choices=choices({"": _l("Nothing is asked of donors"), **HOW})
    )
    do_words = TextAreaField(_l("What exactly donors can do"), [Optional()])
    do_by = Day(_l("By when donors can do it"), [Optional()])

    def offer(self, known: Iterable[InstitutionRow]) -> None:
        """Offer the institutions that this reader knows."""
        names = {str(one.id): one.name for one in known}
        self.institution.choices = choices({"": _l("Choose…"), **names})

    def ask(self) -> NewAsk:
        """What was sent."""
        return NewAsk(
            institution_id=UUID(self.institution.data),
            due_on=self.due_on.data,
            due_precision=self.due_precision.data,
            delivered_on=self.delivered_on.data,
            do_how=self.do_how.data,
            do_words=self.do_words.data or "",
            do_by=self.do_by.data,
        )


class ClauseForm(AskForm):
    """Follow up a clause: its words are given, its short title is ours."""

    title = StringField(
        _l("Short title"), [InputRequired(_l("Write a short title. Others will look for it."))]
    )


class TextForm(ClauseForm):
    """A recommendation by hand."""

    text = TextAreaField(
        _l("The recommendation, word for word"),
        [InputRequired(_l("Write the recommendation as it was put."))],
    )
    language = SelectField(_l("Language of the text"), choices=choices(LANGUAGES))
    ref = StringField(_l("Reference"), [Optional()])
    issuers = TextAreaField(_l("Who put it, one per line"), [Optional()])
    issued_on = Day(_l("The day it was put"), [Optional()])
    source = StringField(_l("Source: symbol, report and page, or address"), [Optional()])
    specificity = SelectField(_l("How specific it is"), choices=choices(SPECIFICITY))
    tags = StringField(_l("Themes, with commas between them"), [Optional()])
    reach = RadioField(
        _l("Who can read it"), choices=choices({r[0]: r[1] for r in REACHES}), default="own"
    )

    def new(self) -> NewText:
        """What was sent."""
        return NewText(
            title=self.title.data or "",
            text=self.text.data or "",
            language=self.language.data,
            ref=self.ref.data or "",
            issuers=(self.issuers.data or "").splitlines(),
            issued_on=self.issued_on.data,
            source=self.source.data or "",
            specificity=int(self.specificity.data) if self.specificity.data else None,
            tags=(self.tags.data or "").split(","),
        )


class ReachForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Who can read a recommendation of one's own."""

    reach = RadioField(_l("Who can read it"), choices=choices({r[0]: r[1] for r in REACHES}))


class Button(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that is one button."""


def tied(rows: Iterable[Any], on: date) -> list[dict[str, Any]]:
    """Other recommendations that one is tied to, each with where it stands on a day."""
    return [
        {"row": row, "group": row.group, "is_done": {one.progress for one in row.asks} == _DONE}
        | (stands(row.asks[0], row.asks, on) if row.asks else {})
        for row in rows
    ]


_DONE = {Progress.IMPLEMENTED.value}


def first_words(text: str, most: int = 120) -> str:
    """A title to begin from: the first words of a text."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rpartition(" ")[0] + "…"
