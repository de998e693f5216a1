"""The form of a step, and the words of the two axes (practice D36)."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import Optional

from advocacy.asks.rules import Given, Kind, needs
from advocacy.asks.schema import Precision, Progress, Response

RESPONSES: dict[str, LazyString] = {
    Response.NONE: _l("No reply yet"),
    Response.CONSIDERING: _l("Considering it"),
    Response.ACCEPTED: _l("Accepted"),
    Response.IN_PART: _l("Accepted in part"),
    Response.NOTED: _l("Noted"),
    Response.REJECTED: _l("Rejected"),
    Response.NO_REPLY_EXPECTED: _l("No reply expected"),
}
PROGRESS: dict[str, LazyString] = {
    Progress.NOT_STARTED: _l("Not started"),
    Progress.IN_PROGRESS: _l("Under way"),
    Progress.PARTIAL: _l("Done in part"),
    Progress.CLAIMED: _l("Reported done, not confirmed"),
    Progress.IMPLEMENTED: _l("Confirmed"),
    Progress.REGRESSED: _l("Reversed"),
    Progress.CLOSED_UNMET: _l("Closed unmet"),
    Progress.SUPERSEDED: _l("Replaced by a newer one"),
    Progress.OVERTAKEN: _l("Overtaken by events"),
    "mixed": _l("Mixed"),
}
# Kind of status and its sign: state is never told by colour alone.
MARKS = {
    Progress.NOT_STARTED: ("quiet", "ring"),
    Progress.IN_PROGRESS: ("quiet", "half"),
    Progress.PARTIAL: ("quiet", "half"),
    Progress.CLAIMED: ("info", "checkc"),
    Progress.IMPLEMENTED: ("ok", "checkc"),
    Progress.REGRESSED: ("stop", "reversed"),
    Progress.CLOSED_UNMET: ("quiet", "minus"),
    Progress.SUPERSEDED: ("quiet", "minus"),
    Progress.OVERTAKEN: ("quiet", "minus"),
    "mixed": ("quiet", "half"),
}
KINDS: dict[str, LazyString] = {
    Kind.RESPONSE: _l("Record a reply"),
    Kind.UPDATE: _l("Report progress"),
    Kind.CLAIM: _l("Report it done"),
    Kind.VERIFY: _l("Confirm it"),
    Kind.REFUSE_VERIFY: _l("Say what is missing"),
    Kind.REVERSE: _l("Report that it was reversed"),
    Kind.WITHDRAW_EVIDENCE: _l("Withdraw evidence"),
    Kind.DATE_CHANGE: _l("Set or move the date"),
    Kind.RAISED: _l("Note that it was raised"),
    Kind.NO_CHANGE: _l("Checked: nothing has changed"),
}
DONE: dict[str, LazyString] = {
    Kind.RESPONSE: _l("Replied"),
    Kind.UPDATE: _l("Progress"),
    Kind.CLAIM: _l("Reported done"),
    Kind.VERIFY: _l("Confirmed"),
    Kind.REFUSE_VERIFY: _l("Not confirmed"),
    Kind.REVERSE: _l("Reversed"),
    Kind.WITHDRAW_EVIDENCE: _l("Evidence withdrawn"),
    Kind.DATE_CHANGE: _l("Date set"),
    Kind.RAISED: _l("Raised"),
    Kind.NO_CHANGE: _l("Checked, no change"),
}
PRECISIONS: dict[str, LazyString] = {
    Precision.DAY: _l("That day"),
    Precision.MONTH: _l("Some day of that month"),
    Precision.QUARTER: _l("Some day of that quarter"),
    Precision.YEAR: _l("Some day of that year"),
}
HOW: dict[str, LazyString] = {
    "fund": _l("Fund"),
    "diplomacy": _l("Diplomacy"),
    "convene": _l("Convene"),
}
_CONFIDENCE = {"low": _l("Low"), "medium": _l("Medium"), "high": _l("High")}
_DIRECTIONS = {
    "supports": _l("Speaks for it"),
    "contradicts": _l("Speaks against it"),
    "context": _l("Background"),
}
_EVIDENCE = ("url", "evidence_text", "evidence_on")
FIELDS: dict[str, tuple[str, ...]] = {
    Kind.RESPONSE: ("to", "text", "effective_on", *_EVIDENCE),
    Kind.UPDATE: ("to", "text", *_EVIDENCE),
    Kind.CLAIM: ("effective_on", "text", *_EVIDENCE),
    Kind.VERIFY: ("opened", "text", "confidence"),
    Kind.REFUSE_VERIFY: ("to", "text"),
    Kind.REVERSE: ("effective_on", "text", *_EVIDENCE, "direction"),
    Kind.DATE_CHANGE: ("due_on", "due_precision", "text"),
    Kind.RAISED: ("effective_on", "forum", "level", "text", "next_on"),
    Kind.NO_CHANGE: ("text",),
    Kind.WITHDRAW_EVIDENCE: ("text",),
}


def choices(words: dict[str, Any]) -> list[SelectChoice]:
    """The entries of a closed list, in its order."""
    return [SelectChoice(value, label) for value, label in words.items()]


class Day(DateField):
    """A date that says in words what is wrong with it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the date. Raises ValueError with the sentence people read."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write a date as year-month-day, like 2026-11-30.")) from None


class StepForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """One step on an ask; the page shows the fields that its kind needs."""

    based_on = HiddenField()
    evidence = HiddenField()
    to = RadioField(_l("What do we record?"), validate_choice=False)
    text = TextAreaField(_l("In words"), [Optional()])
    effective_on = Day(_l("The day it happened"), [Optional()])
    opened = BooleanField(_l("I have opened the evidence"))
    confidence = SelectField(
        _l("How sure are you?"), choices=choices(_CONFIDENCE), validate_choice=False
    )
    url = StringField(_l("Link to what shows it"), [Optional()])
    evidence_text = TextAreaField(_l("Or what shows it, in words"), [Optional()])
    evidence_on = Day(_l("Date of the evidence"), [Optional()])
    direction = SelectField(
        _l("What does the evidence say?"),
        choices=choices(_DIRECTIONS),
        default="supports",
        validate_choice=False,
    )
    due_on = Day(_l("By when"), [Optional()])
    due_precision = SelectField(
        _l("How exactly is it meant?"),
        choices=choices(PRECISIONS),
        default="day",
        validate_choice=False,
    )
    forum = StringField(_l("Where: for example Humanitarian Country Team, bilateral"), [Optional()])
    level = StringField(_l("With whom, by role"), [Optional()])
    next_on = Day(_l("When to raise it again"), [Optional()])

    def offer(self, kind: Kind, to: frozenset[str]) -> None:
        """Offer where this step may lead."""
        words = RESPONSES if kind is Kind.RESPONSE else PROGRESS
        self.to.choices = choices({code: words[code] for code in words if code in to})
        self._demand(kind)
        if len(to) == 1:
            self.to.data = next(iter(to))

    def _demand(self, kind: Kind) -> None:
        """Call no field optional that this step cannot do without.

        Evidence without its date is refused, so its date never is; the rules say so in words.
        """
        for name in needs(kind) & set(FIELDS[kind]) | {"evidence_on"}:
            self[name].flags.optional = False

    def given(self) -> Given:
        """What was sent, as the rules take it."""
        return Given(
            text=self.text.data or "",
            effective_on=self.effective_on.data,
            confidence=self.confidence.data or "",
            opened=bool(self.opened.data),
            url=self.url.data or "",
            evidence_text=self.evidence_text.data or "",
            evidence_on=self.evidence_on.data,
            direction=self.direction.data or "supports",
            due_on=self.due_on.data,
            due_precision=self.due_precision.data or "day",
            forum=self.forum.data or "",
            level=self.level.data or "",
            next_on=self.next_on.data,
            evidence_id=known(self.evidence.data),
        )

    def after(self) -> UUID | None:
        """The act that the form was based on; None = there was none."""
        return known(self.based_on.data)


def known(value: str | None) -> UUID | None:
    """An id out of a hidden field; what is not one is the id of nothing."""
    try:
        return UUID(value) if value else None
    except ValueError:
        return UUID(int=0)
