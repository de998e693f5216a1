"""The words of a brief, section by section, and the form that takes it as a file."""

from collections.abc import Iterable
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types
from wtforms.validators import InputRequired

from advocacy.asks import forms as ask_forms
from advocacy.asks.rules import Kind, Progress
from advocacy.briefs.queries import Due, Moved
from advocacy.donors import rules as donors
from advocacy.donors.rows import PublicAsk, PublicFigures
from advocacy.extracts.rows import Full
from advocacy.ground import clock
from advocacy.reports import rules as files
from advocacy.reports.rows import Item, Part
from advocacy.web.words import day
from advocacy.web.words import due as due_words

SHAPE = "d MMM y"
MOST_ASKED, AHEAD_DAYS = 3, 90
_TRENDS = {
    "worsening": _l("getting worse"),
    "stable": _l("staying the same"),
    "improving": _l("getting better"),
}
_BACK = {Kind.REVERSE, Kind.CONFIRM_REVERSE}
KINDS = {
    files.Kind.DOCX: (_l("Word"), _l("To edit before you send it.")),
    files.Kind.PDF: (_l("PDF"), _l("To print or to send.")),
}


class Take(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Which file."""

    kind = RadioField(
        _l("Kind of file"),
        [InputRequired(_l("Choose a kind of file."))],
        choices=[SelectChoice(str(kind), words[0]) for kind, words in KINDS.items()],
        default=files.Kind.DOCX,
    )


def risks(rows: Iterable[Full], severities: dict[int, str]) -> Part:
    """The worst risks: how severe, and which way they go."""
    items = []
    for row in rows:
        said = [severities.get(row.severity or 0, ""), str(_TRENDS.get(row.trend, ""))]
        items.append(Item(row.title, row.language, (", ".join(filter(None, said)),)))
    return Part(str(_("The worst protection risks")), groups=(("", tuple(items)),))


def team(steps: list[Moved], ahead: list[Due], zone: str, on: date) -> tuple[Part, ...]:
    """For the country team: raised, replied, moved, undone, next."""
    raised = [one for one in steps if one.kind == Kind.RAISED]
    replied = [one for one in steps if one.kind == Kind.RESPONSE]
    undone = [one for one in steps if one.kind in _BACK]
    rest = [one for one in steps if one not in raised + replied + undone]
    parts = (
        (_("Asks that were raised"), raised),
        (_("Replies"), replied),
        (_("What moved"), rest),
        (_("What was undone"), undone),
    )
    told = [
        Part(str(title), groups=(("", tuple(_step(one, zone) for one in of)),))
        for title, of in parts
    ]
    return (*told, _next(ahead, on))


def _step(one: Moved, zone: str) -> Item:
    when = day(one.on or clock.day_in(one.recorded_at, zone), SHAPE)
    words = ask_forms.RESPONSES if one.kind == Kind.RESPONSE else ask_forms.PROGRESS
    value = "" if one.kind in {Kind.RAISED, *_BACK} else str(words.get(one.value, ""))
    what = str(ask_forms.DONE[one.kind])
    said = [when, "" if value.startswith(what) else what, value, str(one.facts.get("forum") or "")]
    whom = str(_("Addressed to %(name)s.", name=one.addressee))
    return Item(one.title, one.language, (". ".join(filter(None, said)) + ". " + whom,))


def outside(
    asks: list[PublicAsk], figures: PublicFigures, since: date, on: date
) -> tuple[Part, ...]:
    """For donors: what they can do, what moved, what was undone, how sure we are, next."""
    wanted = [one for one in asks if one.do_how and _is_open(one)]
    moved = [one for one in asks if _is_new(one, since) and one.progress != Progress.REGRESSED]
    undone = [one for one in asks if one.progress == Progress.REGRESSED]
    return (
        Part(str(_("What you can do")), groups=(("", tuple(map(_wish, wanted[:MOST_ASKED]))),)),
        Part(str(_("What moved")), groups=(("", tuple(_ask(one, on) for one in moved)),)),
        Part(str(_("What was undone")), groups=(("", tuple(_ask(one, on) for one in undone)),)),
        _sure(figures),
        _next(_due(asks, on + timedelta(days=AHEAD_DAYS)), on),
    )


def asked_of(ours: list[PublicAsk], on: date) -> Part:
    """What was published or delivered to the organisation that makes the brief, for itself."""
    note = _("Only your organisation reads this part. Take it out before you pass the brief on.")
    return Part(str(_("Asked of you")), (str(note),), (("", tuple(_ask(one, on) for one in ours)),))


def _wish(one: PublicAsk) -> Item:
    said = f"{ask_forms.HOW.get(one.do_how, '')}: {one.do_words}"
    by = str(_("By %(day)s.", day=day(one.do_by, SHAPE))) if one.do_by else ""
    return Item(one.title, one.language, (f"{said} {by}".strip(),))


def _ask(one: PublicAsk, on: date) -> Item:
    shown = ask_forms.shown(one.progress, is_alleged=one.is_alleged)
    said = [
        str(_("Addressed to %(name)s.", name=one.addressee)),
        f"{ask_forms.PROGRESS[shown]}, {day(one.progress_on, SHAPE)}.",
        str(_("Reply: %(reply)s.", reply=ask_forms.RESPONSES[one.response])),
    ]
    if late := donors.late_days(one, on):
        said.append(ngettext("Late, %(num)s day", "Late, %(num)s days", late) + ".")
    if one.held_from and one.held_to:
        first, last = day(one.held_from, SHAPE), day(one.held_to, SHAPE)
        said.append(str(_("Held from %(a)s to %(b)s", a=first, b=last)) + ".")
    return Item(one.title, one.language, (" ".join(said),))


def _sure(figures: PublicFigures) -> Part:
    """Every state with the whole beside it: closed, replaced and overtaken ones count too."""
    rows = [
        Item(f"{ask_forms.PROGRESS[state]}: {figures.by_progress[state]}")
        for state in Progress
        if figures.by_progress.get(state)
    ]
    whole = ngettext("%(num)s ask in all.", "%(num)s asks in all.", figures.total)
    note = str(_("“Confirmed” means by a second organisation."))
    return Part(str(_("How sure we are")), (f"{whole} {note}",), (("", tuple(rows)),))


def _due(asks: list[PublicAsk], until: date) -> list[Due]:
    due = [(one.due_on, one) for one in asks if _is_open(one) and one.due_on]
    due.sort(key=lambda pair: (pair[0], str(pair[1].id)))
    return [
        Due(
            one.title,
            one.language,
            one.addressee,
            on,
            one.due_precision,
            one.original_end_on or on,
        )
        for on, one in due
        if on <= until
    ]


def _next(due: list[Due], on: date) -> Part:
    """What is late first, under that word, then what is due soon."""
    late = tuple(_date(one) for one in due if one.late_after < on)
    soon = tuple(_date(one) for one in due if one.late_after >= on)
    groups = ((str(_("Late")), late), (str(_("Due soon")), soon)) if late else (("", soon),)
    return Part(str(_("What comes next")), groups=groups)


def _date(one: Due) -> Item:
    whom = str(_("Addressed to %(name)s.", name=one.addressee))
    when = due_words(one.due_on, one.due_precision, SHAPE)
    waits = [str(_("Waits for: %(title)s", title=title)) for title in one.waits_for]
    return Item(one.title, one.language, (f"{whom} {when}", *waits))


def _is_open(one: PublicAsk) -> bool:
    over = {Progress.IMPLEMENTED, Progress.CLOSED_UNMET, Progress.SUPERSEDED, Progress.OVERTAKEN}
    return one.progress not in over


def _is_new(one: PublicAsk, since: date) -> bool:
    return any(when is not None and when >= since for when in (one.progress_on, one.response_on))
