"""Link a threat to a position, see what it is linked to, and end a link."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from advocacy.access import policy
from advocacy.drafting import queries as drafts
from advocacy.links import actions, queries
from advocacy.links.forms import CiteForm, LinkForm
from advocacy.links.schema import End
from advocacy.positions import queries as positions
from advocacy.web import gate, words
from advocacy.web.respond import is_part, respond
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


# --- citing --------------------------------------------------------------------------------------


@bp.get("/cite/<uuid:clause_id>")
def cite(clause_id: UUID) -> Any:
    """Records that may be cited in a clause, each with who of its circle cannot see it."""
    place = drafts.place(gate.session(), gate.actor(), clause_id)
    form = CiteForm(formdata=None, based_on=place.clause.hash, here="y" if is_part() else "")
    form.label.data = _("Protection monitoring, %(day)s", day=_today())
    return _cite_page(clause_id, form)


@bp.post("/cite/<uuid:clause_id>")
def cite_submit(clause_id: UUID) -> Any:
    """Note what the words stand for; at the end of the clause unless the page has put them in."""
    place = drafts.place(gate.session(), gate.actor(), clause_id)
    of = positions.of_document(gate.session(), gate.actor(), place.document_id)
    form = CiteForm()
    return submit(
        form,
        lambda s, a: _cite(s, a, clause_id, of.id, form),
        again=lambda problem: _cite_page(clause_id, form, problem),
        done=lambda _token: _after(clause_id, form),
    )


def _cite(session: Any, actor: Any, clause_id: UUID, position_id: UUID, form: CiteForm) -> str:
    record, label, basis = form.chosen(), form.label.data or "", form.based_on.data or ""
    if form.here.data:
        return actions.cite(session, actor, position_id=position_id, record=record, label=label)
    return actions.cite_at_end(
        session,
        actor,
        cid=clause_id,
        position_id=position_id,
        record=record,
        label=label,
        based_on=basis,
    )


def _after(clause_id: UUID, form: CiteForm) -> str:
    return f"/links/cite/{clause_id}?done=1" if form.here.data else f"/drafting/{clause_id}/edit"


def _today() -> str:
    return words.day_of(gate.now(), "d MMMM y")


def _cite_page(clause_id: UUID, form: CiteForm, problem: Problem | None = None) -> Any:
    session, actor = gate.session(), gate.actor()
    place = drafts.place(session, actor, clause_id)
    of = positions.of_document(session, actor, place.document_id)
    policy.require(actor, "link:make", policy.About(workspace_id=of.workspace_id))
    return respond(
        "links/cite.html",
        "links/_cite.html",
        form=form,
        problem=problem,
        sources=queries.sources(session, actor, of),
        number=place.number,
        action=f"/links/cite/{clause_id}",
        box=f"links-cite-{clause_id}",
        back=f"/drafting/{clause_id}/edit",
        is_done=request.args.get("done") == "1",
    )
