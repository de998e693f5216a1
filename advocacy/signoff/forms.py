"""What each answer and each dial means, in the words at the buttons."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.ground import clock
from advocacy.ground.reasons import Reason
from advocacy.signoff.rows import AnswerRow, RoundRow
from advocacy.signoff.rules import VOID, Inside, Kind, Outside
from advocacy.web import gate, reasons
from advocacy.web.words import moment, one, place

KINDS = {
    Kind.ENDORSE: (_l("Endorse"), _l("Our name may stand under exactly this text.")),
    Kind.RESERVATION: (
        _l("Endorse with a reservation"),
        _l("As above, and our note on a clause goes with it."),
    ),
    Kind.NO_OBJECTION: (_l("No objection"), _l("It may go out. Do not list us.")),
    Kind.CHANGE: (
        _l("Ask for a change"),
        _l("We cannot stand behind it as it is. We say what would fix it."),
    ),
    Kind.ABSTAIN: (_l("Abstain"), _l("We take no position on this text.")),
    Kind.DECLINE: (_l("We do not sign"), _l("We do not block it. No reason needed.")),
    Kind.NOT_ASSOCIATED: (
        _l("Do not issue it in the body’s name"),
        _l("We cannot be associated. The text cannot go out publicly until this is settled."),
    ),
    Kind.RECUSE: (
        _l("Do not count us"),
        _l(
            "It is outside our mandate, or we have an interest. We leave the number of those asked."
        ),
    ),
}
OUTSIDE = {
    Outside.PRIVATE: (_l("Private"), _l("We appear nowhere and in no number.")),
    Outside.COUNTED: (_l("Counted"), _l("Part of “n organisations”, without our name.")),
    Outside.CATEGORY: (
        _l("By category"),
        _l("Part of “n national organisations”, only when enough others share it."),
    ),
    Outside.NAMED: (_l("Named"), _l("With the name below. No logo unless we say so.")),
}
INSIDE = {
    Inside.NOBODY: (_l("Nobody but us"), _l("Until the round closes; then the lead.")),
    Inside.LEAD: (_l("Lead only"), _l("The lead organisation sees our answer.")),
    Inside.ALL: (_l("All members"), _l("Everybody invited to this text.")),
}


def codes(words: Iterable[str]) -> list[Any]:
    return [SelectChoice(str(code), str(code)) for code in words]


def options(
    words: dict[Any, tuple[Any, Any]], allowed: Iterable[str]
) -> list[tuple[str, Any, Any]]:
    """(value, label, meaning) of those allowed, in their own order."""
    wanted = set(allowed)
    return [(str(code), *said) for code, said in words.items() if code in wanted]


class Blamed(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form that shows reasons at its fields."""

    def blame(self, faults: Iterable[Reason]) -> None:
        """Put each reason at the field it is about."""
        for fault in faults:
            field = self._fields[fault.about]
            field.errors = [*field.errors, reasons.say(fault)]


def deadline(round_: RoundRow) -> str:
    """The deadline in the zone it was said in, and in the reader's where that differs.

    Of who came by a link and a code no zone is known: the first alone.
    """
    said = moment(round_.closes_at, "EEEE d MMMM, HH:mm", clock.zone(round_.zone))
    mine = moment(round_.closes_at, "EEEE d MMMM, HH:mm") if gate.loaded() else said
    here = _("%(time)s (%(zone)s)", time=said, zone=place(round_.zone))
    return str(here if mine == said else _("%(here)s; for you %(mine)s", here=here, mine=mine))


_KIND: dict[str, Any] = {VOID: _l("Taken out")} | {kind: said[0] for kind, said in KINDS.items()}
_OUTSIDE: dict[str, Any] = {dial: said[0] for dial, said in OUTSIDE.items()}
_INSIDE: dict[str, Any] = {dial: said[0] for dial, said in INSIDE.items()}


def words(row: AnswerRow) -> dict[str, Any]:
    """An answer as the pages say it."""
    return {
        "kind": one(_KIND, row.kind),
        "outside": one(_OUTSIDE, row.outside),
        "inside": one(_INSIDE, row.inside),
        "when": moment(row.recorded_at, "d MMMM y, HH:mm:ss"),
        "row": row,
    }
