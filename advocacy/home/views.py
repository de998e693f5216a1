"""What needs you today."""

from datetime import date

from flask import Blueprint, Response, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from advocacy.ground import clock
from advocacy.home import queries
from advocacy.home.rows import Tally, TaskRow
from advocacy.organisations.rows import Task
from advocacy.positions import queries as positions
from advocacy.positions.forms import STAGES
from advocacy.web import filters, gate, nav, reasons, words
from advocacy.web.pages import drawn_once
from advocacy.web.respond import respond

bp = Blueprint("home", __name__)

_LISTS = (
    (_l("Sign or answer"), ("answer",)),
    (_l("Replies to you"), ("reply", "confirm")),
    (_l("Late or soon late"), ("late", "check")),
)
_LABELS = {
    "answer": _l("Read and answer"),
    "reply": _l("Read and reply"),
    "confirm": _l("Check and confirm"),
    "late": _l("Add an update"),
    "check": _l("Still true?"),
}
_UNDATED = {"reply": _l("Reply"), "confirm": _l("To confirm"), "": _l("Open")}


@bp.get("/")
@drawn_once
def today() -> Response:
    """The three short lists, and for leads their positions by stage."""
    on = clock.day_in(gate.now(), gate.zone())
    count, tasks = gate.once(("home.tasks", on), lambda: _tasks(on))
    return respond(
        "home/today.html",
        "home/_part.html",
        tasks=tasks,
        count=count,
        tallies=gate.once(("home.tallies", nav.workspace_slug()), _tallies),
        day=words.day(on, "EEEE d MMMM y"),
    )


def _tasks(on: date) -> tuple[int, Markup]:
    """How many things wait, and their lists."""
    actor = gate.actor()
    rows = [_row(t, on, actor.organisation_name) for t in queries.tasks(gate.session(), actor)]
    lists = [(title, [row for row in rows if row.kind in kinds]) for title, kinds in _LISTS]
    drawn = render_template("home/_tasks.html", lists=lists, count=len(rows))
    return len(rows), Markup(drawn)  # noqa: S704 - drawn by our own template, which escapes


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


def _row(task: Task, today: date, organisation: str) -> TaskRow:
    when, kind, icon = _when(task, today)
    return TaskRow(
        kind=task.kind,
        when=when,
        when_note=_exact(task),
        when_kind=kind,
        when_icon=icon,
        title=task.title,
        note=reasons.say(task.reason),
        organisation=organisation,
        href=nav.href(task.endpoint, **task.arguments),
        label=words.one(_LABELS, task.kind),
    )


def _when(task: Task, today: date) -> tuple[str, str, str]:
    """How long is left, the colour of it, and its icon."""
    due = task.due_on or (clock.day_in(task.due_at, gate.zone()) if task.due_at else None)
    if due is None:
        return words.one(_UNDATED, task.kind if task.kind in _UNDATED else ""), "info", "msg"
    days = (due - today).days
    if days < 0:
        return ngettext("Late, %(num)d day", "Late, %(num)d days", -days), "wait", "alert"
    if days == 0:
        return _("Today"), "wait", "clock"
    return ngettext("%(num)d day left", "%(num)d days left", days), _calm(days), "clock"


def _calm(days: int) -> str:
    return "wait" if days <= 2 else "quiet"


def _exact(task: Task) -> str:
    if task.due_at is not None:
        return words.moment(task.due_at, "EEE d MMM, HH:mm")
    return words.day(task.due_on, "d MMMM")
