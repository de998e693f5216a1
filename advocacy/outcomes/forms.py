"""The words of outcomes, and their forms."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from advocacy.asks.forms import Day, choices
from advocacy.ground.ids import based_on
from advocacy.outcomes.rows import WordingRow
from advocacy.outcomes.rules import Told, Wording
from advocacy.outcomes.schema import Direction, Happened, Level, Outcome, Reach
from advocacy.web import standings

LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
LEVELS: dict[str, LazyString] = {
    Level.ATTITUDE: _l("Attitude"),
    Level.COMMITMENT: _l("Public commitment"),
    Level.PROCEDURE: _l("Procedure"),
    Level.POLICY: _l("Content of a policy"),
    Level.PRACTICE: _l("Practice"),
    Level.REDUCED_RISK: _l("Less risk for people"),
}
DIRECTIONS: dict[str, LazyString] = {
    Direction.BETTER: _l("For the better"),
    Direction.WORSE: _l("For the worse"),
}
INTENDED: dict[str, LazyString] = {
    "yes": _l("We worked for it"),
    "no": _l("It was not what we worked for"),
}
HAPPENED: dict[str, LazyString] = {
    **standings.CHANGES,
    Happened.CONFIRMED: _l("Seen to hold"),
    Happened.CHALLENGED: _l("Challenged"),
    Happened.UPHELD: _l("Upheld: the challenge did not change it"),
    Happened.TAKEN_BACK: _l("Taken back: it was a mistake"),
}
COUNTED: dict[str, LazyString] = {
    "holding": _l("Holding"),
    "partly": _l("Holding in part"),
    "unconfirmed": _l("Not confirmed for long"),
    "undone": _l("Reversed or suspended"),
    "over": _l("Expired or overtaken"),
}
REACHES = [
    (Reach.OWN, _l("Only our organisation"), _l("You can share it later.")),
    (Reach.MEMBERS, _l("Members of this workspace"), _l("Neither observers nor donors.")),
    (
        Reach.DONORS,
        _l("Members and donors"),
        _l("Donors read the sentence, its dates and where it stands; no name, note or source."),
    ),
]


FIELDS = ("title", "language", "level", "direction", "intended", "significance", "others")


class WordingForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """An outcome in words."""

    based_on = HiddenField()
    title = StringField(
        _l("What changed"),
        [InputRequired(_l("Write one sentence: who changed what, when and where."))],
    )
    language = SelectField(_l("Language of the sentence"), choices=choices(LANGUAGES))
    level = RadioField(
        _l("What kind of change is it?"), choices=choices(LEVELS), default=Level.PRACTICE.value
    )
    direction = RadioField(
        _l("Which way did it go?"), choices=choices(DIRECTIONS), default=Direction.BETTER.value
    )
    intended = RadioField(_l("Was it intended?"), choices=choices(INTENDED), default="yes")
    significance = TextAreaField(_l("Why it matters"), [Optional()])
    others = TextAreaField(_l("Who else contributed, outside this workspace"), [Optional()])

    def fill(self, row: WordingRow) -> None:
        """Begin from the latest wording."""
        self.based_on.data = str(row.id)
        for name in ("title", "language", "level", "direction", "significance", "others"):
            self[name].data = getattr(row, name)
        self.intended.data = "yes" if row.is_intended else "no"

    def wording(self) -> Wording:
        """What was sent."""
        return Wording(
            title=self.title.data or "",
            language=self.language.data,
            level=self.level.data,
            direction=self.direction.data,
            is_intended=self.intended.data == "yes",
            significance=self.significance.data or "",
            others=self.others.data or "",
        )

    def after(self) -> UUID | None:
        """The wording that this one follows."""
        return based_on(self.based_on.data)


class EventForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What happened."""

    based_on = HiddenField()
    kind = RadioField(
        _l("What happened?"),
        [InputRequired(_l("Choose what happened."))],
        choices=choices(HAPPENED),
    )
    on = Day(_l("The day it happened"), [InputRequired(_l("Write the day it happened."))])
    until_on = Day(_l("Meant to last until"), [Optional()])
    source = StringField(_l("Source: a link, or how you know"), [Optional()])
    text = TextAreaField(_l("In words, for members"), [Optional()])

    def offer(self, kinds: Iterable[Happened]) -> None:
        """Offer what can be told."""
        self.kind.choices = choices({kind: HAPPENED[kind] for kind in kinds})

    def told(self) -> Told:
        """What was sent."""
        return Told(
            kind=self.kind.data or "",
            on=self.on.data,
            until_on=self.until_on.data,
            source=self.source.data or "",
            text=self.text.data or "",
        )

    def after(self) -> UUID | None:
        """The event that this one follows."""
        return based_on(self.based_on.data)


class NewForm(WordingForm, EventForm):
    """An outcome, with the first thing that happened."""

    reach = RadioField(
        _l("Who can read it"),
        choices=choices({r[0]: r[1] for r in REACHES[:2]}),
        default=Reach.OWN.value,
    )


class ReachForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Who can read it."""

    reach = RadioField(_l("Who can read it"), choices=choices({r[0]: r[1] for r in REACHES}))


class TapForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """One tap: it still holds."""

    based_on = HiddenField()

    def after(self) -> UUID | None:
        """The event that this one follows."""
        return based_on(self.based_on.data)


class AsOf(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """How it stood on a day."""

    class Meta:
        csrf = False

    on = Day(_l("How it stood on"), [Optional()])


# --- for the pages -------------------------------------------------------------------------------


def page(of: Outcome, form: FlaskForm, problem: Any, based_on: Any, **more: Any) -> dict[str, Any]:
    """What the page of a form about one outcome needs.

    based_on: the row that the reader sees now; a form that comes back late is based on it anew.
    """
    if "based_on" in form and (problem is None or problem.status == 409):
        form["based_on"].data = str(based_on.id) if based_on else ""
    return {
        "form": form,
        "problem": problem,
        "lead": of.title,
        "people": True,
        "options": {},
        "back": url_for("outcomes.detail", outcome_id=of.id),
        "back_label": _l("Outcome"),
        **more,
    }
