"""Pages that lead from a text that is out to what becomes of its recommendations."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from advocacy.access import policy
from advocacy.ground.errors import NotFound
from advocacy.institutions import queries as institutions
from advocacy.positions import queries as positions
from advocacy.recommendations import actions, forms
from advocacy.recommendations import queries as recommendations
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("followups", __name__, url_prefix="/followups")


@bp.get("/<uuid:version_id>")
def clauses(version_id: UUID) -> Response:
    """The recommendation clauses of a text that is out, and which are followed up already."""
    session, actor = gate.session(), gate.actor()
    version = positions.version(session, actor, version_id)
    of = positions.position(session, actor, version.position_id)
    followed = recommendations.followed(session, actor, version_id)
    found = [
        {
            "heading": clause.heading,
            "text": clause.text,
            "href": url_for("followups.clause", version_id=version_id, clause_id=clause.cid),
            "followed": [f"/recommendations/{one}" for one in followed.get(clause.cid, [])],
        }
        for clause in version.clauses
        if clause.kind == "recommendation"
    ]
    return respond(
        "followups/clauses.html",
        of=of,
        version=version,
        clauses=found,
        is_out=of.stage in {"published", "delivered"},
        may_follow=of.organisation_id == actor.organisation_id,
        back=url_for("positions.position", position_id=of.id),
    )


@bp.get("/<uuid:version_id>/<uuid:clause_id>")
def clause(version_id: UUID, clause_id: UUID) -> Response:
    """To whom a clause is addressed, and by when."""
    return _clause_page(version_id, clause_id, forms.ClauseForm())


@bp.post("/<uuid:version_id>/<uuid:clause_id>")
def clause_submit(version_id: UUID, clause_id: UUID) -> Any:
    """Follow it up."""
    form = forms.ClauseForm()
    version = positions.version(gate.session(), gate.actor(), version_id)
    of = positions.position(gate.session(), gate.actor(), version.position_id)
    known = institutions.institutions(gate.session(), gate.actor(), workspace_id=of.workspace_id)
    form.offer(known)
    return submit(
        form,
        lambda s, a: actions.add_from_clause(
            s,
            a,
            version_id=version_id,
            clause_id=clause_id,
            title=form.title.data or "",
            to=form.ask(),
        ),
        again=lambda problem: _clause_page(version_id, clause_id, form, problem),
        done=lambda made: url_for("recommendations.detail", recommendation_id=made.id),
    )


def _clause_page(
    version_id: UUID, clause_id: UUID, form: forms.ClauseForm, problem: Problem | None = None
) -> Response:
    session, actor = gate.session(), gate.actor()
    version = positions.version(session, actor, version_id)
    of = positions.position(session, actor, version.position_id)
    found = next((one for one in version.clauses if one.cid == clause_id), None)
    if found is None or found.kind != "recommendation":
        raise NotFound
    policy.require(actor, "recommendation:edit", policy.About(of.organisation_id, of.workspace_id))
    form.offer(institutions.institutions(session, actor, workspace_id=of.workspace_id))
    if not request.form:
        form.title.data = found.heading or forms.first_words(found.text)
    return respond(
        "recommendations/ask.html",
        form=form,
        problem=problem,
        quoted=found.text,
        language=version.language,
        with_title=True,
        back=url_for("followups.clauses", version_id=version_id),
        action=url_for("followups.clause_submit", version_id=version_id, clause_id=clause_id),
    )
