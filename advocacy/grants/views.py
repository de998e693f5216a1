"""Until which day each donor takes part: all of them, and one."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for

from advocacy.grants import actions, forms, queries
from advocacy.organisations import queries as organisations
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day, day_of

bp = Blueprint("grants", __name__, url_prefix="/grants")
_SHAPE = "d MMM y"


@bp.get("/in/<string:workspace_slug>")
def grants(workspace_slug: str) -> Response:
    """The donors of a workspace, each with its last day."""
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, workspace_slug)
    rows = queries.donors(session, actor, workspace_id=space.id)
    return respond(
        "grants/grants.html",
        rows=[(row, _said(row.last_on), f"/grants/{row.membership_id}") for row in rows],
        back=url_for("organisations.directory", workspace_slug=workspace_slug),
        ask_in=url_for("admissions.admissions", workspace_slug=workspace_slug),
    )


@bp.get("/<uuid:membership_id>")
def grant(membership_id: UUID) -> Response:
    """One donor: its last day, and every time it was set."""
    _space, of = queries.donor(gate.session(), gate.actor(), membership_id)
    return _page(membership_id, forms.EndForm(formdata=None, data={"last_on": of.last_on}))


@bp.post("/<uuid:membership_id>")
def grant_submit(membership_id: UUID) -> Any:
    """Set it, move it, or take it away."""
    form = forms.EndForm()
    space, _of = queries.donor(gate.session(), gate.actor(), membership_id)
    return submit(
        form,
        lambda s, a: actions.set_end(
            s, a, membership_id=membership_id, said=form.said(), after=form.after()
        ),
        again=lambda problem: _page(membership_id, form, problem),
        done=lambda _made: url_for("grants.grants", workspace_slug=space.slug),
    )


def _page(membership_id: UUID, form: forms.EndForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    space, of = queries.donor(session, actor, membership_id)
    if problem is None or problem.status == 409:
        form.based_on.data = str(of.act_id or "")
    told = queries.history(session, actor, membership_id)
    names = organisations.names(session, (row.organisation_id for row in told))
    return respond(
        "grants/grant.html",
        name=of.organisation,
        said=_said(of.last_on),
        told=[
            (_said(row.last_on), row.reason, day_of(row.at, _SHAPE), names[row.organisation_id])
            for row in told
        ],
        form=form,
        problem=problem,
        back=url_for("grants.grants", workspace_slug=space.slug),
        action=url_for("grants.grant_submit", membership_id=membership_id),
    )


def _said(last_on: date | None) -> str:
    return day(last_on, _SHAPE) if last_on else ""
