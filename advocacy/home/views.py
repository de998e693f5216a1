"""What needs you today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import Blueprint, Response, render_template, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from advocacy.calendars import rules as calendar
from advocacy.calendars.rules import Calendar
from advocacy.ground import clock
from advocacy.home import queries
from advocacy.home.rows import Moved, MovedRow, Tally, TaskRow
from advocacy.organisations.rows import Task
from advocacy.positions import queries as positions
from advocacy.positions.forms import STAGES
from advocacy.threats.forms import Words
from advocacy.web import filters, gate, nav, reasons, words
from advocacy.web.pages import drawn_once
from advocacy.web.respond import respond

bp = Blueprint("home", __name__)


@dataclass(frozen=True)
class Days:
    """Today, and the calendars that days are counted in."""

    today: date
    calendars: Mapping[UUID, Calendar]

    def due(self, task: Task) -> date | None:
        """The last day of a task, in the reader's zone."""
        return task.due_on or (clock.day_in(task.due_at, gate.zone()) if task.due_at else None)

    def left(self, task: Task) -> int | None:
        """How many working days come after today; None where plain days are counted."""
        counted = self.calendars.get(task.workspace_id) if task.workspace_id else None
        if counted is None or task.due_at is None:
            return None
        return calendar.whole_days(counted, self.today, counted.day_of(task.due_at))


_LISTS = (
    (_l("Sign or answer"), ("answer",)),
    (_l("Replies to you"), ("reply", "confirm")),
    (_l("Late or soon late"), ("late", "check", "list")),
)
_LABELS = {
    "answer": _l("Read and answer"),
    "reply": _l("Read and reply"),
    "confirm": _l("Check and confirm"),
    "late": _l("Add an update"),
    "check": _l("Still true?"),
    "list": _l("Open the list"),
}
_UNDATED = {"reply": _l("Reply"), "confirm": _l("To confirm"), "": _l("Open")}


@bp.get("/")
@drawn_once
def today() -> Response:
    """The three short lists, and for leads their positions by stage."""
    on = clock.day_in(gate.now(), gate.zone())
    count, first, tasks = gate.once(("home.tasks", on), lambda: _tasks(on))
    since = _since()
    return respond(
        "home/today.html",
        "home/_part.html",
        tasks=tasks,
        count=count,
        first=first,
        moved=gate.once(("home.moved", since), lambda: _moved(since)),
        since=words.day(clock.day_in(since, gate.zone()), "EEEE d MMMM"),
        tallies=gate.once(("home.tallies", nav.workspace_slug()), _tallies),
        day=words.day(on, "EEEE d MMMM y"),
    )


def _tasks(on: date) -> tuple[int, str, Markup]:
    """How many things wait, which closes first, and their lists."""
    session, actor = gate.session(), gate.actor()
    days = Days(on, queries.calendar_of(session, actor))
    tasks = queries.tasks(session, actor)
    rows = [_row(task, days, actor.organisation_name) for task in tasks]
    closing = [task for task in tasks if task.kind == "answer" and task.due_at]
    lists = [(title, [row for row in rows if row.kind in kinds]) for title, kinds in _LISTS]
    drawn = render_template("home/_tasks.html", lists=lists, count=len(rows))
    first = _first(closing[0], days) if closing else ""
    return len(rows), first, Markup(drawn)  # noqa: S704 - drawn by our own template, which escapes


def _first(task: Task, days: Days) -> str:
    """Which of the answers is due first, and how long that is."""
    when, left = _exact(task), days.left(task)
    if left is None or left <= 0:
        return str(_("The first answer is due on %(when)s.", when=when))
    said = ngettext("%(num)d working day is left.", "%(num)d working days are left.", left)
    return f"{_('The first answer is due on %(when)s.', when=when)} {said}"


def _since() -> datetime:
    found = gate.loaded()
    if found is None:  # the gate lets nobody in here without a session
        return gate.now()
    return queries.since(gate.session(), gate.actor(), found.bearer_id)


_DONE = {
    "implemented": ("ok", "checkc", _l("Confirmed")),
    "regressed": ("stop", "reversed", _l("Reversed")),
}
_OF_THREATS = {
    "reported": ("info", "flag", _l("New")),
    "closed": ("quiet", "check", _l("Closed")),
    "reopened": ("wait", "again", _l("Open again")),
    "worse": ("stop", "up", _l("Rising")),
    "better": ("ok", "down", _l("Falling")),
    "": ("info", "pencil", _l("Changed")),
}
_HREFS = {
    "threat": ("threats.threat", "threat_id"),
    "position": ("positions.position", "position_id"),
    "recommendation": ("recommendations.detail", "recommendation_id"),
}


def _moved(since: datetime) -> list[Moved]:
    """What others moved since then."""
    rows = queries.moved(gate.session(), gate.actor(), after=since)
    return [_moved_row(row) for row in rows]


def _moved_row(row: MovedRow) -> Moved:
    endpoint, name = _HREFS[row.kind]
    href, note = nav.href(endpoint, **{name: row.id}), ""
    if row.kind == "threat":
        kind, icon, word = _OF_THREATS[_way(row)]
        note = _severities(row)
    elif row.kind == "position":
        kind, icon, word = "info", "pencil", STAGES[row.what]
    else:
        kind, icon, word = _DONE[row.what]
    return Moved(kind, icon, str(word), row.title, note, href)


def _way(row: MovedRow) -> str:
    """Whether a threat got worse or better; else what was done to it."""
    if row.what in _OF_THREATS:
        return row.what
    before, after = row.changes.get("severity", (None, None))
    if before and after and before != after:
        return "worse" if after > before else "better"
    trend = row.changes.get("trend", ("", ""))[1]
    return {"worsening": "worse", "improving": "better"}.get(trend, "")


def _severities(row: MovedRow) -> str:
    before, after = row.changes.get("severity", (None, None))
    if not before or not after:
        return ""
    now = Words(str(get_locale()), {}, {}).severity(after)
    return str(_("%(number)s %(word)s, from %(before)s", number=after, word=now, before=before))


def _tallies() -> list[Tally]:
    """Texts one's organisation takes part in, by stage; each count opens exactly its list."""
    slug = nav.workspace_slug()
    if not slug:
        return []
    counts = positions.stages(gate.session(), gate.actor(), slug=slug)
    path = url_for("positions.positions", workspace_slug=slug)
    return [
        Tally(label, counts[stage], filters.address(path, {"stage": stage}))
        for stage, label in words.table(STAGES).items()
        if counts.get(stage)
    ]


def _row(task: Task, days: Days, organisation: str) -> TaskRow:
    when, kind, icon = _when(task, days)
    return TaskRow(
        kind=task.kind,
        when=when,
        when_note=_exact(task),
        when_kind=kind,
        when_icon=icon,
        # A list has no title but what it counts.
        title=task.title or reasons.say(task.reason),
        note=reasons.say(task.reason) if task.title else "",
        organisation=organisation,
        href=nav.href(task.endpoint, **task.arguments),
        label=words.one(_LABELS, task.kind),
    )


def _when(task: Task, counted: Days) -> tuple[str, str, str]:
    """How long is left, the colour of it, and its icon."""
    due = counted.due(task)
    if due is None:
        return words.one(_UNDATED, task.kind if task.kind in _UNDATED else ""), "info", "msg"
    days, working = (due - counted.today).days, counted.left(task)
    if days < 0:
        return ngettext("Late, %(num)d day", "Late, %(num)d days", -days), "wait", "alert"
    if days == 0:
        return _("Today"), "wait", "clock"
    if working:
        said = ngettext("%(num)d working day", "%(num)d working days", working)
        return said, _calm(working), "clock"
    return ngettext("%(num)d day left", "%(num)d days left", days), _calm(days), "clock"


def _calm(days: int) -> str:
    return "wait" if days <= 2 else "quiet"


def _exact(task: Task) -> str:
    if task.due_at is not None:
        return words.moment(task.due_at, "EEE d MMM, HH:mm")
    return words.day(task.due_on, "d MMMM")
