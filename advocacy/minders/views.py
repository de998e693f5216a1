"""The page of who follows up what an institution is asked."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for

from advocacy.asks import queries as asks
from advocacy.institutions import queries as institutions
from advocacy.minders import actions, forms, queries
from advocacy.organisations import queries as organisations
from advocacy.web import gate, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("minders", __name__, url_prefix="/minders")


@bp.get("/<uuid:institution_id>")
def minder(institution_id: UUID) -> Response:
    """Who follows up new asks to an institution, and who did before."""
    return _page(institution_id, forms.MinderForm(formdata=None))


@bp.post("/<uuid:institution_id>")
def minder_submit(institution_id: UUID) -> Any:
    """Say who does from now on."""
    form = forms.MinderForm()
    _offer(institution_id, form)
    return submit(
        form,
        lambda s, a: actions.mind(
            s,
            a,
            institution_id=institution_id,
            minder_id=form.chosen(),
            note=form.note.data or "",
            after=form.after(),
        ),
        again=lambda problem: _page(institution_id, form, problem),
        done=lambda _made: url_for("minders.minder", institution_id=institution_id),
    )


def _offer(institution_id: UUID, form: forms.MinderForm) -> Any:
    """The institution, which the reader knows of and works with; organisations are offered."""
    session, actor = gate.session(), gate.actor()
    of = institutions.institution(session, actor, institution_id)
    asks.must_work_here(actor, of.workspace_id)
    form.offer(queries.offered(session, actor, of.workspace_id), but=of.member_id)
    return of


def _page(institution_id: UUID, form: forms.MinderForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    of = _offer(institution_id, form)
    space = organisations.workspace_by_id(session, actor, of.workspace_id)
    told = queries.told(session, actor, of.id)
    if problem is None or problem.status == 409:
        form.based_on.data = str(told[0].id) if told else ""
    if problem is None:
        form.minder.data = str(told[0].minder_id or "") if told else ""
    held = url_for("assignments.held", workspace_slug=space.slug, institution=of.id)
    return respond(
        "minders/minder.html",
        of=of,
        now=told[0].minder if told else "",
        told=[(one, words.day_of(one.recorded_at, "d MMM y")) for one in told],
        form=form,
        problem=problem,
        may_say=queries.may_set(actor, institutions.held(session, of.id)),
        held=held,
        back=url_for("institutions.institution", institution_id=of.id),
        action=url_for("minders.minder_submit", institution_id=of.id),
    )
