"""Two briefs, each as a page to copy from and as a file."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import Standing
from advocacy.asks import queries as asks
from advocacy.boards.rules import day as day_said
from advocacy.briefs import forms, queries
from advocacy.donors import queries as donors
from advocacy.donors.rows import PublicAsk
from advocacy.extracts import queries as extracts
from advocacy.ground import clock
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.reports import actions, mapper
from advocacy.reports.forms import nothing
from advocacy.reports.rows import Account, Part
from advocacy.reports.rules import ENDS, Kind
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day

bp = Blueprint("briefs", __name__)

_QUARTER_DAYS = 91
_MEMBERS = (Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER)


@bp.get("/recommendations/in/<string:workspace_slug>/brief")
def team(workspace_slug: str) -> Response:
    """For the country team, of what every member may read: made by members."""
    return _page(workspace_slug, forms.Take(formdata=None), is_team=True)


@bp.post("/recommendations/in/<string:workspace_slug>/brief")
def team_submit(workspace_slug: str) -> AnyResponse:
    """The same as a file."""
    return _taken(workspace_slug, is_team=True)


@bp.get("/donors/in/<string:workspace_slug>/brief")
def donor(workspace_slug: str) -> Response:
    """For donors, of published facts alone: for whoever sees the donor page."""
    return _page(workspace_slug, forms.Take(formdata=None), is_team=False)


@bp.post("/donors/in/<string:workspace_slug>/brief")
def donor_submit(workspace_slug: str) -> AnyResponse:
    """The same as a file."""
    return _taken(workspace_slug, is_team=False)


def _taken(slug: str, *, is_team: bool) -> AnyResponse:
    space, form = _space(slug, is_team=is_team), forms.Take()
    account, asked = _account(space, is_team=is_team), {"brief": "team" if is_team else "donors"}
    return submit(
        form,
        lambda s, a: actions.note(s, a, space, kind=Kind(form.kind.data), asked=asked, lines=0),
        again=lambda problem: _page(slug, form, is_team=is_team, problem=problem),
        done=lambda made: _file(account, Kind(made.kind), f"brief-{space.slug}-{made.at:%Y-%m-%d}"),
    )


def _file(account: Account, kind: Kind, name: str) -> Response:
    answer = Response(mapper.told(kind, account), content_type=ENDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _space(slug: str, *, is_team: bool) -> WorkspaceRow:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, slug)
    if is_team:
        asks.must_work_here(actor, space.id)
        if not actor.stands_as(space.id, *_MEMBERS):
            raise NotFound
    return space


def _since(on: date) -> date:
    """The day from which a brief tells: the one in the address, else a quarter ago."""
    said = day_said(request.args.get("since", ""))
    return said if said and said <= on else on - timedelta(days=_QUARTER_DAYS)


def _account(space: WorkspaceRow, *, is_team: bool) -> Account:
    session, actor = gate.session(), gate.actor()
    on = clock.day_in(actor.now, space.zone)
    since, language = _since(on), str(get_locale())
    worst = queries.risks(session, actor, space, is_for_donors=not is_team)
    severities = dict(extracts.words(session, space, language).severities)
    if is_team:
        steps = queries.moved(session, actor, space, since)
        ahead = queries.ahead(session, actor, space, on + timedelta(days=forms.AHEAD_DAYS))
        parts: tuple[Part, ...] = forms.team(steps, ahead, space.zone, on)
        title = _("Brief for the country team: %(workspace)s", workspace=space.name)
    else:
        known = donors.published(session, actor, workspace_id=space.id)
        figures = donors.figures(session, actor, workspace_id=space.id, on=on)
        parts = forms.outside(known, figures, since, on)
        title = _("Brief for donors: %(workspace)s", workspace=space.name)
    about = (
        str(_("As of %(day)s.", day=day(on, forms.SHAPE))),
        str(_("What moved is told since %(day)s.", day=day(since, forms.SHAPE))),
    )
    parts = (forms.risks(worst, severities), *parts)
    if not is_team and (ours := _ours(space)):
        parts = (forms.asked_of(ours, on), *parts)
    return Account(str(title), language, about, tuple(map(nothing, parts)), foot=str(title))


def _ours(space: WorkspaceRow) -> list[PublicAsk]:
    """What was asked of a donor, in its own brief alone: others make one to hand it out."""
    if space.standing != Standing.DONOR:
        return []
    return donors.asked_of(gate.session(), gate.actor(), workspace_id=space.id)


def _page(slug: str, form: Any, *, is_team: bool, problem: Problem | None = None) -> Response:
    space = _space(slug, is_team=is_team)
    account = _account(space, is_team=is_team)
    on = clock.day_in(gate.actor().now, space.zone)
    return respond(
        "briefs/brief.html",
        account=account,
        form=form,
        kinds=[(str(kind), *words) for kind, words in forms.KINDS.items()],
        is_team=is_team,
        since=_since(on).isoformat(),
        path=request.path,
        action=request.full_path.rstrip("?"),
        sentences=problem.sentences if problem else [],
        back=f"/recommendations/in/{slug}" if is_team else f"/donors/in/{slug}",
    )
