"""The form of a step on an ask; each kind shows the fields that it needs."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from advocacy.asks.forms import PROGRESS, RESPONSES, Day, choices
from advocacy.asks.rules import DISPUTES, Given, Kind, needs
from advocacy.ground.ids import based_on
from advocacy.recommendations.forms import MEANT

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
    **dict.fromkeys(
        (Kind.NO_CHANGE, Kind.CANNOT_ASSESS, Kind.WITHDRAW_EVIDENCE, *DISPUTES), ("text",)
    ),
    Kind.CONFIRM_REVERSE: ("opened", "text"),
    Kind.PROPOSE_CLOSE: ("to", "text", *_EVIDENCE),
    Kind.KEEP_OPEN: ("text",),
    Kind.CLOSE: ("to", "newer", "text"),
    Kind.REOPEN: ("text", *_EVIDENCE),
}


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
        choices=choices(MEANT),
        default="day",
        validate_choice=False,
    )
    newer = StringField(_l("Reference or address of the newer recommendation"), [Optional()])

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
        needed = {"text" if name == "why" else name for name in needs(kind)}
        for name in needed & set(FIELDS[kind]) | {"evidence_on"}:
            self[name].flags.optional = False

    def given(self, newer_id: UUID | None = None) -> Given:
        """What was sent, as the rules take it. newer_id: of the recommendation that was named."""
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
            evidence_id=based_on(self.evidence.data),
            newer_id=newer_id,
        )

    def after(self) -> UUID | None:
        """The act that the form was based on; None = there was none."""
        return based_on(self.based_on.data)
