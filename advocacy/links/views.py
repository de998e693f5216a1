"""Link a threat to a position, see what it is linked to, and end a link."""

from typing import Any
from uuid import UUID

from flask import Blueprint
from flask_wtf import FlaskForm

from advocacy.access import policy
from advocacy.links import actions, queries
from advocacy.links.forms import LinkForm
from advocacy.links.schema import End
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("links", __name__, url_prefix="/links")


@bp.get("/threat/<uuid:threat_id>")
def threat(threat_id: UUID) -> Any:
    """What a threat is linked to, and a form to link it to a position."""
    return _page(threat_id, LinkForm(formdata=None))


@bp.post("/threat/<uuid:threat_id>")
def threat_submit(threat_id: UUID) -> Any:
    """Link it."""
    form = LinkForm()
    _offer(threat_id, form)
    return submit(
        form,
        lambda s, a: actions.link(
            s, a, source=(End.THREAT, threat_id), target=(End.POSITION, UUID(form.target.data))
        ),
        again=lambda problem: _page(threat_id, form, problem),
        done=lambda _id: f"/links/threat/{threat_id}",
    )


def _offer(threat_id: UUID, form: LinkForm) -> Any:
    session, actor = gate.session(), gate.actor()
    found = queries.end(session, actor, End.THREAT, threat_id)
    rows = queries.candidates(session, actor, End.POSITION, workspace_id=found.workspace_id)
    form.offer([(i, title) for i, title in rows])
    return found


def _page(threat_id: UUID, form: LinkForm, problem: Problem | None = None) -> Any:
    found, actor = _offer(threat_id, form), gate.actor()
    policy.require(actor, "link:make", policy.About(workspace_id=found.workspace_id))
    rows = []
    for row in queries.linked(gate.session(), actor, End.THREAT, threat_id):
        owners = frozenset({found.organisation_id})
        about = policy.About(row.organisation_id, found.workspace_id, party_ids=owners)
        may_end = policy.allows(actor, "link:end", about)
        rows.append((row.title, row.href, f"/links/{row.link_id}/end" if may_end else ""))
    return respond(
        "links/threat.html",
        form=form,
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        title=found.title,
        rows=rows,
        action=f"/links/threat/{threat_id}",
        back_href=f"/threats/{threat_id}",
        end_form=FlaskForm(),
        has_choice=form.has_choice(),
    )


@bp.post("/<uuid:link_id>/end")
def end_submit(link_id: UUID) -> Any:
    """End a link."""
    return submit(
        FlaskForm(),
        lambda s, a: actions.unlink(s, a, link_id),
        again=lambda _problem: respond("errors/422.html"),
        done=lambda source: f"/{source[0]}s/{source[1]}",
    )
