"""What needs you today."""

from flask import Blueprint, Response, url_for
from flask_babel import format_date, format_datetime, ngettext
from flask_babel import gettext as _

from advocacy.ground import clock
from advocacy.home import queries
from advocacy.home.rows import Tally, TaskRow
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
from advocacy.positions import queries as positions
from advocacy.positions.forms import STAGES
from advocacy.web import filters, gate, nav, reasons
from advocacy.web.respond import respond

bp = Blueprint("home", __name__)

_LISTS = (("answer",), ("reply", "confirm"), ("late", "check"))


@bp.get("/")
def today() -> Response:
    """The three short lists, and for leads their positions by stage."""
    session, actor = gate.session(), gate.actor()
    found = queries.tasks(session, actor)
    rows = [_row(task) for task in found]
    lists = [[row for row in rows if row.kind in kinds] for kinds in _LISTS]
    return respond(
        "home/today.html",
        "home/_tasks.html",
        lists=lists,
        count=len(rows),
        first=found[0] if found else None,
        tallies=_tallies(),
        day=format_date(clock.day_in(gate.now(), _zone()), "EEEE d MMMM y"),
    )


def _zone() -> str:
    loaded = gate.loaded()
    return loaded.zone if loaded else "UTC"


def _tallies() -> list[Tally]:
    """Texts one's organisation takes part in, by stage; each count opens exactly its list."""
    slug = nav.workspace_slug()
    if not slug:
        return []
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, slug)
    counts = positions.stages(session, actor, workspace_id=space.id)
    path = url_for("positions.positions", workspace_slug=slug)
    return [
        Tally(str(words), counts[stage], filters.address(path, {"stage": stage}))
        for stage, words in STAGES.items()
        if counts.get(stage)
    ]


def _row(task: Task) -> TaskRow:
    when, kind, icon = _when(task)
    return TaskRow(
        kind=task.kind,
        when=when,
        when_note=_exact(task),
        when_kind=kind,
        when_icon=icon,
        title=task.title,
        note=reasons.say(task.reason),
        organisation=gate.actor().organisation_name,
        href=url_for(task.endpoint, **task.arguments),
        label=_label(task.kind),
    )


def _label(kind: str) -> str:
    labels: dict[str, str] = {
        "answer": _("Read and answer"),
        "reply": _("Read and reply"),
        "confirm": _("Check and confirm"),
        "late": _("Add an update"),
        "check": _("Still true?"),
    }
    return labels[kind]


def _when(task: Task) -> tuple[str, str, str]:
    """How long is left, the colour of it, and its icon."""
    due = task.due_on or (clock.day_in(task.due_at, _zone()) if task.due_at else None)
    if due is None:
        words = {"reply": _("Reply"), "confirm": _("To confirm")}
        return words.get(task.kind, _("Open")), "info", "msg"
    days = (due - clock.day_in(gate.now(), _zone())).days
    if days < 0:
        return ngettext("Late, %(num)d day", "Late, %(num)d days", -days), "wait", "alert"
    if days == 0:
        return _("Today"), "wait", "clock"
    return ngettext("%(num)d day left", "%(num)d days left", days), _calm(days), "clock"


def _calm(days: int) -> str:
    return "wait" if days <= 2 else "quiet"


def _exact(task: Task) -> str:
    if task.due_at is not None:
        return str(format_datetime(task.due_at, "EEE d MMM, HH:mm"))
    return str(format_date(task.due_on, "d MMMM")) if task.due_on else ""
