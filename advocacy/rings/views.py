"""Sharing circles: those one owns or is in."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import OrganisationRow, WorkspaceRow
from advocacy.rings import actions, forms, queries
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("rings", __name__, url_prefix="/rings")
_INSIDE = {"coordinator", "co_coordinator", "member"}


def _others(space_id: UUID) -> list[OrganisationRow]:
    """Members of the workspace besides one's own organisation."""
    session, actor = gate.session(), gate.actor()
    rows = organisations.organisations(session, actor, workspace_id=space_id)
    return [r for r in rows if r.standing in _INSIDE and r.id != actor.organisation_id]


def _faults(problem: Problem | None) -> list[tuple[str, str]]:
    return [(sentence, "") for sentence in problem.sentences] if problem else []


@bp.get("/in/<string:workspace_slug>")
def rings(workspace_slug: str) -> Response:
    """Circles that one owns or is in, and the form for a new one."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    return _rings(space, forms.MakeForm(formdata=None))


def _rings(space: WorkspaceRow, form: Any, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    form.fill(_others(space.id))
    return respond(
        "rings/rings.html",
        space=space,
        rings=queries.rings(session, actor, space.id),
        may_make=policy.allows(actor, "ring:make", policy.About(workspace_id=space.id)),
        form=form,
        faults=_faults(problem),
        action=f"/rings/in/{space.slug}",
    )


@bp.post("/in/<string:workspace_slug>")
def rings_submit(workspace_slug: str) -> AnyResponse:
    """Make a circle."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    form = forms.MakeForm()
    form.fill(_others(space.id))
    return submit(
        form,
        lambda s, a: actions.make(
            s,
            a,
            space.id,
            name=form.name.data or "",
            members=form.ids(),
            hides_roster=form.hides_roster.data,
        ),
        again=lambda problem: _rings(space, form, problem),
        done=lambda row: f"/rings/{row.id}",
    )


@bp.get("/<uuid:ring_id>")
def ring(ring_id: UUID) -> Response:
    """One circle: who is in it, as far as one may know."""
    return _ring(ring_id)


def _ring(ring_id: UUID, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    row = queries.ring(session, actor, ring_id)
    space = organisations.workspace_by_id(session, actor, row.workspace_id)
    form, known = forms.AddForm(formdata=None), {member.id for member in row.members}
    form.fill(other for other in _others(space.id) if other.id not in known)
    may_lead = policy.allows(actor, "ring:leave", policy.About(actor.organisation_id))
    return respond(
        "rings/ring.html",
        space=space,
        ring=row,
        form=form,
        plain=FlaskForm(formdata=None),
        us=actor.organisation_id,
        may_lead=may_lead,
        faults=_faults(problem),
        base=f"/rings/{row.id}",
    )


def _done(ring_id: UUID) -> Any:
    return lambda _none: f"/rings/{ring_id}"


@bp.post("/<uuid:ring_id>/add")
def add_submit(ring_id: UUID) -> AnyResponse:
    """Put an organisation in."""
    row = queries.ring(gate.session(), gate.actor(), ring_id)
    form = forms.AddForm()
    form.fill(_others(row.workspace_id))
    return submit(
        form,
        lambda s, a: actions.add(s, a, ring_id, form.chosen(), extends=form.extends.data),
        again=lambda problem: _ring(ring_id, problem),
        done=_done(ring_id),
    )


@bp.post("/<uuid:ring_id>/remove")
def remove_submit(ring_id: UUID) -> AnyResponse:
    """Take an organisation out."""
    form = forms.OutForm()
    return submit(
        form,
        lambda s, a: actions.remove(s, a, ring_id, act=form.based_on()),
        again=lambda problem: _ring(ring_id, problem),
        done=_done(ring_id),
    )


@bp.post("/<uuid:ring_id>/leave")
def leave_submit(ring_id: UUID) -> AnyResponse:
    """Leave it. Who does not own it knows no more of it from then on."""
    row = queries.ring(gate.session(), gate.actor(), ring_id)
    space = organisations.workspace_by_id(gate.session(), gate.actor(), row.workspace_id)
    return submit(
        FlaskForm(),
        lambda s, a: actions.leave(s, a, ring_id),
        again=lambda problem: _ring(ring_id, problem),
        done=lambda _none: f"/rings/in/{space.slug}",
    )
