"""The forms of the lead: open a round, keep it open, change whom it asks, give it up."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired, Length, Optional

from advocacy.ground import clock
from advocacy.ground.ids import as_id, based_on
from advocacy.rounds.rules import Terms
from advocacy.signoff.forms import Blamed, codes
from advocacy.signoff.rules import LONGEST_NOTE, USUAL, Blocks, Kind, Mode
from advocacy.tallies.rules import Silent

_short = Length(max=LONGEST_NOTE, message=_l("Shorten this to 4,000 characters."))
BLOCKS = {
    Blocks.OWN_NAME: (
        _l("Only its own name"),
        _l("The others can still sign and the text go out."),
    ),
    Blocks.WHOLE_TEXT: (
        _l("The whole text"),
        _l("The text cannot go out while a change is asked."),
    ),
}


HOUR = time(16, 0)
SILENT = {
    Silent.LAPSED: _l("Said nothing: not signed"),
    Silent.TACIT: _l("Said nothing: no objection by silence"),
    Silent.NOT_REACHED: _l("Not reached: its silence counts for nothing"),
}
MODES = {
    Mode.EXPLICIT: (
        _l("By signature"),
        _l("Only who says so stands behind the text. Silence is not an answer."),
    ),
    Mode.MIXED: (
        _l("By silence, with names for who signs"),
        _l("The text passes when nobody holds it back. Only who says so is named."),
    ),
    Mode.SILENCE: (
        _l("By silence alone"),
        _l(
            "The text passes when nobody holds it back. No name, no logo and no number. One "
            "request for a change ends it for all."
        ),
    ),
}


def mode_words(mode: str | None) -> tuple[Any, Any]:
    """A mode and what it means."""
    return MODES[Mode(mode)] if mode in set(Mode) else MODES[Mode.EXPLICIT]


def picks(empty: str, rows: Iterable[tuple[UUID, str]]) -> list[Any]:
    """Choices of a list, by name, with nothing chosen first."""
    named = sorted(rows, key=lambda row: row[1].casefold())
    return [SelectChoice("", empty), *(SelectChoice(str(i), name) for i, name in named)]


class Open(Blamed):
    """Put a version to organisations."""

    roster = SelectMultipleField(_l("Whom do you ask?"), validate_choice=False, validators=[])
    closes_on = DateField(_l("Last day"), [InputRequired(_l("Choose the last day."))], default=None)
    closes_time = TimeField(_l("Until"), [InputRequired(_l("Choose the hour."))], default=HOUR)
    zone = StringField(_l("Time zone"), [InputRequired(_l("Write a time zone, like Asia/Amman."))])
    mode = HiddenField(default=Mode.EXPLICIT)
    consulted = TextAreaField(
        _l("Where was this text consulted before?"), [Optional(), _short], default=""
    )
    short_reason = TextAreaField(
        _l("Why does silence get less than three working days?"), [Optional(), _short], default=""
    )
    body_id = SelectField(_l("In the name of a body?"), validate_choice=False, default="")
    logos = BooleanField(_l("Logos may stand under the text"), default=True)
    is_hidden = BooleanField(_l("Others’ answers show only after one’s own"))
    late_on = DateField(_l("Names can be added until"), [Optional()], default=None)
    blocks = RadioField(
        _l("What does asking for a change hold back?"),
        choices=codes(Blocks),
        default=Blocks.OWN_NAME,
    )
    answers = SelectMultipleField(
        _l("Which answers can be given?"), choices=codes(Kind), default=list(USUAL)
    )
    version_id = HiddenField()

    def asked(self) -> dict[str, Any]:
        """The fields as `actions.open_round` takes them."""
        return {
            "version_id": as_id(self.version_id.data or "") or UUID(int=0),
            "roster": [found for o in self.roster.data or [] if (found := as_id(o))],
            "closes_on": self.closes_on.data or date.min,
            "closes_time": self.closes_time.data or time(0),
            "zone": (self.zone.data or "").strip(),
            "blocks": self.blocks.data or "",
            "answers": self.allowed(),
            "terms": self.terms(),
        }

    def allowed(self) -> list[str]:
        """The answers that can be given; one more where the text goes out in a body's name."""
        chosen = list(self.answers.data or [])
        return [*chosen, Kind.NOT_ASSOCIATED.value] if self.body_id.data else chosen

    def terms(self) -> Terms:
        """How the round works. Late names are taken until the hour at which the round closes."""
        late, zone = self.late_on.data, (self.zone.data or "").strip()
        return Terms(
            mode=self.mode.data or "",
            logos=bool(self.logos.data),
            is_hidden=bool(self.is_hidden.data),
            late_until=clock.instant(late, self.closes_time.data, zone)
            if late and self.closes_time.data
            else None,
            body_id=as_id(self.body_id.data or ""),
            consulted=(self.consulted.data or "").strip(),
            short_reason=(self.short_reason.data or "").strip(),
        )


class Extend(Blamed):
    """Keep a round open longer. after: the extension the page was based on."""

    closes_on = DateField(_l("New last day"), [InputRequired(_l("Choose the last day."))])
    closes_time = TimeField(_l("Until"), [InputRequired(_l("Choose the hour."))], default=HOUR)
    reason = TextAreaField(
        _l("Why is there more time?"),
        [InputRequired(_l("Write why. Everybody who is asked will read it.")), _short],
        id="longer-reason",
    )
    after = HiddenField()

    def said(self) -> dict[str, Any]:
        """The fields as `actions.extend` takes them."""
        return {
            "closes_on": self.closes_on.data or date.min,
            "closes_time": self.closes_time.data or time(0),
            "reason": self.reason.data or "",
            "after": based_on(self.after.data),
        }


class Add(Blamed):
    """Ask one more organisation."""

    organisation = SelectField(
        _l("Ask one more organisation"), validate_choice=False, id="one-more"
    )

    def chosen(self) -> UUID:
        """The organisation."""
        return as_id(self.organisation.data or "") or UUID(int=0)


class TakeOff(Add):
    """Ask an organisation no longer."""

    organisation = SelectField(
        _l("Ask an organisation no longer"), validate_choice=False, id="no-longer"
    )
    reason = TextAreaField(
        _l("Why?"),
        [InputRequired(_l("Write why. The organisation will read it.")), _short],
        id="no-longer-reason",
    )


class Abandon(Blamed):
    """Give a round up."""

    reason = TextAreaField(
        _l("Why do you give this round up?"),
        [
            InputRequired(_l("Write why. Everybody in this text will read it.")),
            _short,
        ],
    )


class Press(Blamed):
    """A button alone."""
