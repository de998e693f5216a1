"""The calendar of a workspace: what counts as a working day."""

from typing import Any

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.calendars import actions, forms, queries, rules
from advocacy.calendars.rows import DayRow
from advocacy.ground.ids import based_on
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day as in_words

bp = Blueprint("calendars", __name__, url_prefix="/calendars")


@bp.get("/in/<string:workspace_slug>")
def calendar(workspace_slug: str) -> Response:
    """Weekend, zone and days off; with the forms for who coordinates."""
    return _page(_space(workspace_slug))


def _space(slug: str) -> WorkspaceRow:
    return organisations.workspace(gate.session(), gate.actor(), slug)


def _page(
    space: WorkspaceRow,
    terms: forms.Terms | None = None,
    days: forms.Days | None = None,
    problem: Problem | None = None,
) -> Response:
    session, actor = gate.session(), gate.actor()
    now = queries.calendar(session, actor, space.id)
    after = queries.terms(session, actor, space.id)
    given = {"zone": now.zone, "weekend": [str(day) for day in sorted(now.weekend)]}
    coming = [
        _line(day)
        for day in queries.days(session, actor, space.id)
        if day.falls_on >= now.day_of(actor.now)
    ]
    return respond(
        "calendars/calendar.html",
        space=space,
        zone=now.zone,
        weekend=[forms.WEEKDAYS[number] for number in sorted(now.weekend)],
        coming=coming,
        may=policy.allows(actor, "workspace:coordinate", policy.About(workspace_id=space.id)),
        terms=terms or forms.Terms(formdata=None, **given, after=str(after) if after else ""),
        days=days or forms.Days(formdata=None),
        weekdays=[(str(number), word, "") for number, word in forms.WEEKDAYS.items()],
        kinds=[(str(kind), *words) for kind, words in forms.KINDS.items()],
        sentences=problem.sentences if problem else [],
        back=url_for("organisations.directory", workspace_slug=space.slug),
        terms_href=url_for("calendars.set_terms", workspace_slug=space.slug),
        again_href=url_for("calendars.again", workspace_slug=space.slug),
        days_href=url_for("calendars.set_days", workspace_slug=space.slug),
        status=problem.status if problem else 200,
    )


def _line(day: DayRow) -> dict[str, Any]:
    return {
        "when": in_words(day.falls_on, "EEEE d MMMM y"),
        "name": day.name,
        "kind": forms.KINDS[rules.DayKind(day.kind)][0],
        "day": day.falls_on.isoformat(),
    }


@bp.post("/in/<string:workspace_slug>/terms")
def set_terms(workspace_slug: str) -> AnyResponse:
    """Set zone and weekend."""
    form, space = forms.Terms(), _space(workspace_slug)
    return submit(
        form,
        lambda s, a: actions.set_terms(
            s,
            a,
            space.id,
            zone=(form.zone.data or "").strip(),
            weekend=form.days(),
            after=based_on(form.after.data),
        ),
        again=lambda problem: _page(space, terms=form, problem=problem),
        done=lambda _made: url_for("calendars.calendar", workspace_slug=workspace_slug),
    )


@bp.post("/in/<string:workspace_slug>/days")
def set_days(workspace_slug: str) -> AnyResponse:
    """Put holidays or blackout days in."""
    form, space = forms.Days(), _space(workspace_slug)
    return submit(
        form,
        lambda s, a: actions.set_days(s, a, space.id, **form.said()),
        again=lambda problem: _page(space, days=form, problem=problem),
        done=lambda _made: url_for("calendars.calendar", workspace_slug=workspace_slug),
    )


@bp.post("/in/<string:workspace_slug>/again")
def again(workspace_slug: str) -> AnyResponse:
    """Make a day a working day again."""
    form, space = forms.Again(), _space(workspace_slug)
    return submit(
        form,
        lambda s, a: actions.set_days(
            s, a, space.id, first=form.on(), last=form.on(), kind=rules.DayKind.WORKING
        ),
        again=lambda problem: _page(space, problem=problem),
        done=lambda _made: url_for("calendars.calendar", workspace_slug=workspace_slug),
    )
