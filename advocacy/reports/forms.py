"""The form of a file, and the words of a paper."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired

from advocacy.asks import forms as ask_forms
from advocacy.asks.rules import Progress, Response, is_late
from advocacy.deadlines.rules import first_precision
from advocacy.outcomes.rows import OutcomeRow
from advocacy.reports.rows import Item, Line, Part
from advocacy.reports.rules import Kind
from advocacy.taxonomies.forms import words
from advocacy.taxonomies.rules import LISTS, Axis
from advocacy.web import standings
from advocacy.web.words import day, meant
from advocacy.web.words import due as due_words

SHAPE = "d MMM y"
AHEAD_DAYS = 90
KINDS = {
    Kind.XLSX: (_l("Excel"), _l("One line for each ask.")),
    Kind.CSV: (_l("CSV"), _l("One line for each ask. Every spreadsheet opens it.")),
    Kind.DOCX: (_l("Word"), _l("A report in sections. At most 300 asks.")),
    Kind.PDF: (_l("PDF"), _l("The same report, to print or to send. At most 300 asks.")),
    Kind.JSON: (_l("JSON"), _l("For other systems.")),
}
_SET_BACK = {"reversed", "suspended", "expired", "overtaken", "unconfirmed"}


class Take(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Which file."""

    kind = RadioField(
        _l("Kind of file"),
        [InputRequired(_l("Choose a kind of file."))],
        choices=[SelectChoice(str(kind), words[0]) for kind, words in KINDS.items()],
        default=Kind.XLSX,
    )

    def sort(self) -> Kind:
        """How it is written."""
        return Kind(self.kind.data or Kind.XLSX)


def parts(lines: list[Line], came: Iterable[OutcomeRow], on: date) -> tuple[Part, ...]:
    """The sections of a paper: what it covers, standing, by state, changes, setbacks, next."""
    asked = [one for one in lines if one.progress]
    outcomes = list(came)
    return (
        _covered(lines, asked),
        _standing(asked, on),
        _by_state(asked, on),
        Part(str(_("What changed, and whether it holds")), groups=_came(outcomes, on, lost=False)),
        _setbacks(asked, outcomes, on),
        _ahead(asked, on),
    )


def _covered(lines: list[Line], asked: list[Line]) -> Part:
    texts = len({one.recommendation_id for one in lines})
    whom = len({one.addressee for one in asked})
    days = sorted(one.issued_on for one in lines if one.issued_on)
    said = [
        ngettext("%(num)s recommendation.", "%(num)s recommendations.", texts),
        ngettext("%(num)s ask in all.", "%(num)s asks in all.", len(asked)),
        ngettext("Addressed to %(num)s.", "Addressed to %(num)s different ones.", whom),
    ]
    if days:
        first, last = day(days[0], SHAPE), day(days[-1], SHAPE)
        said.append(str(_("Put between %(first)s and %(last)s.", first=first, last=last)))
    return Part(str(_("What this report covers")), (" ".join(said),))


def _standing(asked: list[Line], on: date) -> Part:
    """Every count with the whole beside it, closed ones too; never a percentage."""
    total = len(asked)

    def counted(word: Any, number: int) -> str:
        return str(_("%(word)s: %(number)s of %(total)s", word=word, number=number, total=total))

    rows = [
        Item(counted(ask_forms.PROGRESS[state], sum(one.progress == state for one in asked)))
        for state in Progress
    ]
    refused = sum(
        one.response in {Response.NOTED, Response.REJECTED} and _is_open(one) for one in asked
    )
    late = sum(bool(_late(one, on)) for one in asked)
    rows += [Item(counted(_("Late"), late)), Item(counted(_("Refused, still open"), refused))]
    return Part(str(_("Where it stands")), groups=(("", tuple(rows) if asked else ()),))


def _by_state(asked: list[Line], on: date) -> Part:
    groups = []
    for state in Progress:
        mine = [one for one in asked if one.progress == state]
        if mine:
            groups.append((str(ask_forms.PROGRESS[state]), tuple(_item(one, on) for one in mine)))
    return Part(str(_("Recommendations by state")), groups=tuple(groups))


def _by(one: Line) -> str:
    return meant(one.due_on, one.due_precision or "day", SHAPE)


def _first(one: Line) -> str:
    return meant(one.original_due_on, first_precision(one), SHAPE)


def _item(one: Line, on: date) -> Item:
    said = [
        str(_("Addressed to %(name)s.", name=one.addressee)),
        str(_("Reply: %(reply)s.", reply=ask_forms.RESPONSES[one.response or ""])),
    ]
    if one.due_on:
        said.append(due_words(one.due_on, one.due_precision or "day", SHAPE))
    if one.moves:
        said.append(str(_("First date %(day)s.", day=_first(one))))
    if of := one.tally:
        told = {"a": of.committed, "b": of.members, "c": of.done}
        said.append(str(_("%(a)s of %(b)s members committed, %(c)s done", **told)) + ".")
    if late := _late(one, on):
        said.append(ngettext("Late, %(num)s day", "Late, %(num)s days", late) + ".")
    if one.alleged_by:
        said.append(str(ask_forms.PROGRESS["alleged"]) + ".")
    return Item(
        f"{one.title} ({one.ref})", one.language, (" ".join(said), *_about(one), *_held(one))
    )


def _about(one: Line) -> tuple[str, ...]:
    """What it is about, in one sentence, and whether it comes first."""
    said = [word for axis in LISTS for word in words(axis, (one.subjects or {}).get(axis, ()))]
    told = [str(_("About: %(words)s.", words=", ".join(said)))] if said else []
    if (one.judged or {}).get(Axis.PRIORITY):
        told.append(str(_("A priority.")))
    return (" ".join(told),) if told else ()


def _held(one: Line) -> tuple[str, ...]:
    if not (one.held_from and one.held_to):
        return ()
    first, last = day(one.held_from, SHAPE), day(one.held_to, SHAPE)
    return (str(_("Held from %(a)s to %(b)s", a=first, b=last)),)


def _late(one: Line, on: date) -> int:
    late = one.late_after if is_late(one.late_after, one.progress or "", on=on) else None
    return (on - late).days if late else 0


def _is_open(one: Line) -> bool:
    over = {Progress.IMPLEMENTED, Progress.CLOSED_UNMET, Progress.SUPERSEDED, Progress.OVERTAKEN}
    return one.progress not in over


def _came(
    outcomes: list[OutcomeRow], on: date, *, lost: bool
) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    items = []
    for one in outcomes:
        if (one.standing.shown in _SET_BACK) == lost and one.standing.word:
            word = standings.WORDS[one.standing.shown]
            since = day(one.standing.since, SHAPE)
            held = ngettext("Held %(num)s day", "Held %(num)s days", one.standing.days_held)
            items.append(Item(one.title, one.language, (f"{word}, {since}. {held}.",)))
    return (("", tuple(items)),)


def _setbacks(asked: list[Line], outcomes: list[OutcomeRow], on: date) -> Part:
    reversed_ = tuple(_item(one, on) for one in asked if one.progress == Progress.REGRESSED)
    groups = ((str(_("Reversed")), reversed_),) if reversed_ else ()
    lost = _came(outcomes, on, lost=True)
    more = ((str(_("What changed, and was undone")), lost[0][1]),) if lost[0][1] else ()
    return Part(str(_("Setbacks")), groups=(*groups, *more))


def _ahead(asked: list[Line], on: date) -> Part:
    until = on + timedelta(days=AHEAD_DAYS)
    due = [one for one in asked if _is_open(one) and one.due_on and one.due_on <= until]
    due.sort(key=lambda one: (one.due_on or on, one.ref))
    return Part(
        str(_("What comes next")),
        (str(_("Late, or due by %(day)s.", day=day(until, SHAPE))),),
        (("", tuple(_item(one, on) for one in due)),),
    )


def nothing(part: Part) -> Part:
    """A section that has nothing to tell says so."""
    if part.lines or any(items for _title, items in part.groups):
        return part
    return Part(part.title, (str(_("Nothing.")),))
