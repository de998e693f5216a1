"""The page of what belongs to a body."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for

from advocacy.asks import queries as asks
from advocacy.bodies import actions, forms, queries
from advocacy.institutions import queries as institutions
from advocacy.institutions.rows import InstitutionRow
from advocacy.minders.queries import may_set
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day

bp = Blueprint("bodies", __name__, url_prefix="/bodies")

_SHAPE = "d MMM y"


@bp.get("/<uuid:institution_id>")
def parts(institution_id: UUID) -> Response:
    """What belongs to it and what did, and a form to say so."""
    return _page(institution_id, forms.PartForm(formdata=None))


@bp.post("/<uuid:institution_id>")
def parts_submit(institution_id: UUID) -> Any:
    """Say that an institution belongs to it, or until when."""
    form = forms.PartForm()
    _offer(institution_id, form)
    part_id, after = form.chosen()
    return submit(
        form,
        lambda s, a: actions.say(
            s,
            a,
            body_id=institution_id,
            part_id=part_id,
            from_on=form.from_on.data,
            until_on=form.until_on.data,
            note=form.note.data or "",
            after=after,
        ),
        again=lambda problem: _page(institution_id, form, problem),
        done=lambda _made: url_for("bodies.parts", institution_id=institution_id),
    )


def _offer(institution_id: UUID, form: forms.PartForm) -> InstitutionRow:
    session, actor = gate.session(), gate.actor()
    of = institutions.institution(session, actor, institution_id)
    asks.must_work_here(actor, of.workspace_id)
    known = institutions.institutions(session, actor, workspace_id=of.workspace_id)
    here = queries.parts(session, actor, [of.id]).get(of.id, [])
    form.offer(known, but=of.id, last={one.part_id: one.act_id for one in here})
    return of


def _page(institution_id: UUID, form: forms.PartForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    of = _offer(institution_id, form)
    on = asks.today(session, actor, of.workspace_id)
    rows = queries.parts(session, actor, [of.id]).get(of.id, [])
    told = [(row, day(row.from_on, _SHAPE), day(row.until_on, _SHAPE)) for row in rows]
    return respond(
        "bodies/parts.html",
        of=of,
        now=[one for one in told if one[0].belongs(on)],
        before=[one for one in told if not one[0].belongs(on)],
        form=form if may_set(actor, institutions.held(session, of.id)) else None,
        problem=problem,
        back=url_for("institutions.institution", institution_id=of.id),
        action=url_for("bodies.parts_submit", institution_id=of.id),
    )
