"""Pages of windows of opportunity: all of them, one, and those of one recommendation."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for

from advocacy.access import policy
from advocacy.asks import queries as asks
from advocacy.organisations import queries as organisations
from advocacy.recommendations import queries as recommendations
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day
from advocacy.windows import actions, forms, queries, rules
from advocacy.windows.rows import WindowRow

bp = Blueprint("windows", __name__, url_prefix="/windows")

_SHAPE = "d MMM y"


@bp.get("/in/<string:workspace_slug>")
def windows(workspace_slug: str) -> Response:
    """All windows of a workspace, and a form for one more."""
    on = asks.today(gate.session(), gate.actor(), _space(workspace_slug).id)
    return _windows_page(workspace_slug, forms.NewForm(formdata=None, data={"begins_on": on}))


@bp.post("/in/<string:workspace_slug>")
def windows_submit(workspace_slug: str) -> Any:
    """Tell of one more."""
    space, form = _space(workspace_slug), forms.NewForm()
    return submit(
        form,
        lambda s, a: actions.add(
            s, a, workspace_id=space.id, said=form.said(), reach=form.reach.data or ""
        ),
        again=lambda problem: _windows_page(workspace_slug, form, problem),
        done=lambda made: url_for("windows.window", window_id=made.window_id),
    )


def _space(slug: str) -> Any:
    found = organisations.workspace(gate.session(), gate.actor(), slug)
    asks.must_work_here(gate.actor(), found.id)
    return found


def _windows_page(slug: str, form: forms.NewForm, problem: Problem | None = None) -> Response:
    session, actor, space = gate.session(), gate.actor(), _space(slug)
    on = asks.today(session, actor, space.id)
    rows = queries.windows(session, actor, workspace_id=space.id)
    may_add = policy.allows(actor, "recommendation:add", policy.About(workspace_id=space.id))
    return respond(
        "windows/windows.html",
        coming=[_line(row, on) for row in rows if rules.days_until(row, on=on) >= 0],
        past=[_line(row, on) for row in reversed(rows) if rules.days_until(row, on=on) < 0],
        form=form if may_add else None,
        problem=problem,
        reaches=forms.REACHES,
        back=url_for("recommendations.recommendations", workspace_slug=slug),
        action=url_for("windows.windows_submit", workspace_slug=slug),
    )


def _line(row: WindowRow, on: date) -> dict[str, Any]:
    """A window in words, on a day. days: until it opens, 0 = open, below = over."""
    return {
        "row": row,
        "days": rules.days_until(row, on=on),
        "begins": day(row.begins_on, _SHAPE),
        "ends": day(row.ends_on, _SHAPE) if row.ends_on != row.begins_on else "",
    }


@bp.get("/<uuid:window_id>")
def window(window_id: UUID) -> Response:
    """One window, and what is to be raised in it."""
    return _window_page(window_id, forms.ChangeForm.of(_one(window_id)))


@bp.post("/<uuid:window_id>")
def window_submit(window_id: UUID) -> Any:
    """Say it anew."""
    form = forms.ChangeForm()
    _one(window_id)
    return submit(
        form,
        lambda s, a: actions.change(
            s, a, window_id=window_id, said=form.said(), after=form.after()
        ),
        again=lambda problem: _window_page(window_id, form, problem),
        done=lambda _made: url_for("windows.window", window_id=window_id),
    )


def _one(window_id: UUID) -> WindowRow:
    found = queries.window(gate.session(), gate.actor(), window_id)
    asks.must_work_here(gate.actor(), found.workspace_id)
    return found


def _window_page(
    window_id: UUID, form: forms.ChangeForm, problem: Problem | None = None
) -> Response:
    session, actor, of = gate.session(), gate.actor(), _one(window_id)
    space = organisations.workspace_by_id(session, actor, of.workspace_id)
    about = policy.About(of.organisation_id, of.workspace_id)
    if problem is not None and problem.status == 409:
        form.based_on.data = str(of.act_id)
    uses = queries.uses(session, actor, window_id)
    return respond(
        "windows/window.html",
        line=_line(of, asks.today(session, actor, space.id)),
        uses=[(one, one.organisation_id == actor.organisation_id) for one in uses],
        teller=organisations.names(session, [of.organisation_id]).get(of.organisation_id, ""),
        form=form if policy.allows(actor, "recommendation:edit", about) else None,
        problem=problem,
        button=forms.Button(formdata=None),
        back=url_for("windows.windows", workspace_slug=space.slug),
        action=url_for("windows.window_submit", window_id=window_id),
    )


@bp.get("/for/<uuid:recommendation_id>")
def of(recommendation_id: UUID) -> Response:
    """In which windows a recommendation is to be raised, and a form for one more."""
    return _of_page(recommendation_id, forms.UseForm(formdata=None))


@bp.post("/for/<uuid:recommendation_id>")
def of_submit(recommendation_id: UUID) -> Any:
    """It is to be raised there."""
    form = forms.UseForm()
    _offer(_own(recommendation_id), form)
    return submit(
        form,
        lambda s, a: actions.use(
            s, a, window_id=form.chosen(), recommendation_id=recommendation_id
        ),
        again=lambda problem: _of_page(recommendation_id, form, problem),
        done=lambda _made: url_for("recommendations.detail", recommendation_id=recommendation_id),
    )


def _own(recommendation_id: UUID) -> Any:
    """A recommendation that the reader may change. Raises NotFound; Denied."""
    found = recommendations.recommendation(gate.session(), gate.actor(), recommendation_id)
    asks.must_work_here(gate.actor(), found.workspace_id)
    about = policy.About(found.organisation_id, found.workspace_id)
    policy.require(gate.actor(), "recommendation:edit", about)
    return found


def _offer(found: Any, form: forms.UseForm) -> None:
    session, actor = gate.session(), gate.actor()
    on = asks.today(session, actor, found.workspace_id)
    rows = queries.windows(session, actor, workspace_id=found.workspace_id)
    form.offer(row for row in rows if rules.days_until(row, on=on) >= 0)


def _of_page(
    recommendation_id: UUID, form: forms.UseForm, problem: Problem | None = None
) -> Response:
    session, actor, found = gate.session(), gate.actor(), _own(recommendation_id)
    _offer(found, form)
    on = asks.today(session, actor, found.workspace_id)
    space = organisations.workspace_by_id(session, actor, found.workspace_id)
    return respond(
        "windows/of.html",
        of=found,
        lines=[_line(row, on) for row in queries.of(session, actor, found.id)],
        form=form,
        problem=problem,
        new_href=url_for("windows.windows", workspace_slug=space.slug),
        back=url_for("recommendations.detail", recommendation_id=found.id),
        action=url_for("windows.of_submit", recommendation_id=found.id),
    )


@bp.post("/uses/<uuid:use_id>/end")
def leave_submit(use_id: UUID) -> Any:
    """It is not to be raised there."""
    window_id = queries.use(gate.session(), gate.actor(), use_id).window_id
    return submit(
        forms.Button(),
        lambda s, a: actions.leave(s, a, use_id),
        again=lambda problem: _window_page(
            window_id, forms.ChangeForm.of(_one(window_id)), problem
        ),
        done=lambda found: url_for("windows.window", window_id=found),
    )
