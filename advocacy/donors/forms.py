"""The words of the page, and the reply of an organisation that was asked."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Optional

from advocacy.asks import forms as ask_forms
from advocacy.asks.forms import RESPONSES, Day, choices
from advocacy.asks.rules import Given
from advocacy.asks.schema import Progress, Response
from advocacy.deadlines.rules import first_precision
from advocacy.donors import rules
from advocacy.donors.rows import Line, PublicAsk
from advocacy.ground.ids import based_on
from advocacy.outcomes.forms import DIRECTIONS, HAPPENED, LEVELS
from advocacy.outcomes.rows import PublicOutcome
from advocacy.web import filters as address
from advocacy.web import standings
from advocacy.web.words import day, meant
from advocacy.web.words import due as due_words

_SHAPE = "d MMM y"
_OFFERED = (
    Response.CONSIDERING,
    Response.ACCEPTED,
    Response.IN_PART,
    Response.NOTED,
    Response.REJECTED,
)


class ReplyForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What we answer to an ask."""

    based_on = HiddenField()
    to = RadioField(
        _l("Our reply"),
        [InputRequired(_l("Choose one reply."))],
        choices=choices({one: RESPONSES[one] for one in _OFFERED}),
    )
    text = TextAreaField(_l("In words"), [Optional()])
    effective_on = Day(_l("The day we decided"), [InputRequired(_l("Write the day."))])

    def given(self) -> Given:
        """What was sent, as the rules take it."""
        return Given(text=self.text.data or "", effective_on=self.effective_on.data)

    def after(self) -> UUID | None:
        """The reply that this one follows."""
        return based_on(self.based_on.data)


def line(one: PublicAsk, on: date, first: date | None = None, last: date | None = None) -> Line:
    """An ask in words. first, last: of the drawing; without them nothing of it is drawn."""
    return Line(
        id=one.id,
        title=one.title,
        language=one.language,
        addressee=one.addressee,
        progress=ask_forms.shown(one.progress, is_alleged=one.is_alleged),
        late_days=rules.late_days(one, on),
        response=str(ask_forms.RESPONSES[one.response]),
        published=day(one.published_on, _SHAPE),
        first=meant(one.original_due_on, first_precision(one), _SHAPE),
        moved=meant(one.due_on, one.due_precision, _SHAPE) if one.moves else "",
        due=meant(one.due_on, one.due_precision, _SHAPE),
        by_when=due_words(one.due_on, one.due_precision, _SHAPE),
        note=_note(one, on),
        how=str(ask_forms.HOW.get(one.do_how, "")),
        do_words=one.do_words,
        do_by=day(one.do_by, _SHAPE),
        marks=tuple(rules.marks(one, on, first, last)) if first and last and first != last else (),
    )


def _note(one: PublicAsk, on: date) -> str:
    """What stands behind the state: since when, for how long; never who confirmed."""
    when = day(one.progress_on, _SHAPE)
    if one.progress == Progress.IMPLEMENTED:
        return str(_("by a second organisation, %(day)s", day=when))
    if one.progress == Progress.CLAIMED:
        return str(_("%(day)s. Nobody else has confirmed it yet.", day=when))
    if one.progress == Progress.REGRESSED and one.held_from and one.held_to:
        days = (one.held_to - one.held_from).days
        held = ngettext("Held %(num)s day", "Held %(num)s days", days)
        return f"{held}, {day(one.held_from, _SHAPE)} – {day(one.held_to, _SHAPE)}"
    if rules.late_days(one, on):
        moved = ngettext("Moved %(num)s time.", "Moved %(num)s times.", one.moves)
        said = _(
            "First date %(day)s.", day=meant(one.original_due_on, first_precision(one), _SHAPE)
        )
        return f"{said} {moved}" if one.moves else str(said)
    return ""


def outcome(one: PublicOutcome) -> dict[str, Any]:
    """An outcome in words: its dates and where it stands; never a name."""
    told = [f"{HAPPENED[kind]}, {day(when, _SHAPE)}" for when, kind in one.events]
    return {
        "title": one.title,
        "language": one.language,
        "level": LEVELS[one.level],
        "direction": DIRECTIONS[one.direction],
        "is_intended": one.is_intended,
        "is_seconded": one.is_seconded,
        "told": told,
        **standings.said(one.standing),
    }


def narrower(path: str, chosen: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Where each figure leads: to the asks that it counts. Not where its filter is in use."""
    states = () if chosen.get("standing") else tuple(of[0].value for of in rules.TOGETHER)
    found = [(one, address.address(path, chosen, standing=one)) for one in states]
    if not chosen.get("late"):
        found.append(("late", address.address(path, chosen, late="1")))
    return tuple(found)


_MEANINGS = (
    (
        _l("Confirmed"),
        _l("An organisation other than the one that reported it has looked at the evidence."),
    ),
    (
        _l("Reported done, not confirmed"),
        _l("Those who did it, or who follow it up, say so. Nobody else has looked yet."),
    ),
    (
        _l("Reversed"),
        _l("It was done, and then undone. The days it held are given."),
    ),
    (
        _l("Said to be reversed, not confirmed"),
        _l("One organisation says that it was undone. No second one has confirmed that yet."),
    ),
    (
        _l("Late"),
        _l("The first date has passed. A later date does not change that."),
    ),
    (
        _l("Noted or rejected"),
        _l("An answer, not an end: it stays open and counted."),
    ),
)


def meanings() -> list[tuple[str, str]]:
    """How to read the words: each with what it means."""
    return [(str(word), str(meaning)) for word, meaning in _MEANINGS]
