"""The protocol's page, its form, and the door that asks for it before the register."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.access.actor import Standing
from advocacy.ground import clock
from advocacy.ground.ids import based_on
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.protocols import actions, forms, queries, rules
from advocacy.protocols.rows import ProtocolRow
from advocacy.threats import queries as threats
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day as in_words

bp = Blueprint("protocols", __name__, url_prefix="/protocols")


@bp.before_app_request
def _ask_first() -> Response | None:
    """Before any page of the register: what has to be accepted, with the button for who may."""
    if not request.path.startswith("/threats/") or gate.loaded() is None:
        return None
    session, actor = gate.session(), gate.actor()
    waits = queries.waits(session, actor)
    here = _workspace() if waits else None
    if here is None or here.id not in waits:
        return None
    return _page(here, queries.in_force(session, actor, here.id), status=403)


def _workspace() -> WorkspaceRow | None:
    """The workspace that an address of the register leads to, as far as the reader may know."""
    session, actor, told = gate.session(), gate.actor(), request.view_args or {}
    found = organisations.workspaces(session, actor)
    if "workspace_slug" in told:
        return next((space for space in found if space.slug == told["workspace_slug"]), None)
    if "threat_id" in told:
        of = threats.space_of(session, told["threat_id"])
        return next((space for space in found if space.id == of), None)
    return found[0] if len(found) == 1 else None


@bp.get("/in/<string:workspace_slug>")
def protocol(workspace_slug: str) -> Response:
    """The protocol in force on one page: who keeps the data, where, who reads it, how long."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    return _page(space, queries.in_force(gate.session(), gate.actor(), space.id))


def _page(space: WorkspaceRow, now: ProtocolRow | None, status: int = 200) -> Response:
    session, actor = gate.session(), gate.actor()
    about = policy.About(workspace_id=space.id)
    versions = queries.versions(session, actor, space.id)
    coming = next((row for row in versions if not now or row.number > now.number), None)
    accepted = queries.acceptances(session, actor, now.id) if now else []
    return respond(
        "protocols/protocol.html",
        space=space,
        now=now,
        coming=coming,
        waits=now is not None and not rules.is_open(versions, actor.now),
        may_accept=policy.allows(actor, "protocol:accept", about),
        may_change=policy.allows(actor, "workspace:coordinate", about),
        is_member=not actor.stands_as(space.id, Standing.OBSERVER, Standing.DONOR),
        whom=queries.who_accepts(session, actor),
        accepted=[
            (name, in_words(clock.day_in(at, space.zone), "d MMM y")) for name, at in accepted
        ],
        levels=_levels(now),
        reaches=forms.REACH_WORDS,
        day=lambda value: in_words(value, "d MMM y"),
        on=lambda at: in_words(clock.day_in(at, space.zone), "d MMM y"),
        form=FlaskForm(),
        base="/protocols",
        status=status,
    )


def _levels(row: ProtocolRow | None) -> list[tuple[str, Any]]:
    levels = row.terms.levels if row else {}
    return [(label, forms.REACH_WORDS[widest]) for _n, (label, widest) in sorted(levels.items())]


@bp.post("/<uuid:protocol_id>/accept")
def accept_submit(protocol_id: UUID) -> AnyResponse:
    """Accept it for one's organisation."""
    session, actor = gate.session(), gate.actor()
    found = queries.version(session, actor, protocol_id)
    space = organisations.workspace_by_id(session, actor, found.workspace_id)
    return submit(
        FlaskForm(),
        lambda s, a: actions.accept(s, a, protocol_id),
        again=lambda _problem: protocol(space.slug),
        done=lambda _row: f"/protocols/in/{space.slug}",
    )


@bp.get("/in/<string:workspace_slug>/change")
def change(workspace_slug: str) -> Response:
    """Write the next version; it begins with what the last one says."""
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, workspace_slug)
    versions = queries.versions(session, actor, space.id)
    last = versions[0] if versions else None
    said = {**forms.given(last.terms), "after": str(last.id)} if last else forms.blank()
    return _change(space, forms.ProtocolForm(formdata=None, data=said))


@bp.post("/in/<string:workspace_slug>/change")
def change_submit(workspace_slug: str) -> AnyResponse:
    """Put it in place."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    form = forms.ProtocolForm()
    return submit(
        form,
        lambda s, a: actions.put(s, a, space.id, form.terms(), after=based_on(form.after.data)),
        again=lambda problem: _change(space, form, problem),
        done=lambda _row: f"/protocols/in/{workspace_slug}",
    )


def _change(space: WorkspaceRow, form: Any, problem: Problem | None = None) -> Response:
    about = policy.About(workspace_id=space.id)
    policy.require(gate.actor(), "workspace:coordinate", about)
    if problem and problem.status == 409:
        versions = queries.versions(gate.session(), gate.actor(), space.id)
        form.after.data = str(versions[0].id) if versions else ""
    return respond(
        "protocols/change.html",
        form=form,
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        action=request.path,
        back=f"/protocols/in/{space.slug}",
        space=space,
    )
