"""Pages of institutions: the list, and a form to add one."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for

from advocacy.access import policy
from advocacy.asks import queries as asks
from advocacy.institutions import actions, forms, queries
from advocacy.institutions.rules import is_duty_bearer
from advocacy.organisations import queries as organisations
from advocacy.web import gate, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("institutions", __name__, url_prefix="/institutions")
_EDIT = "recommendation:edit"


@bp.get("/in/<string:workspace_slug>")
def institutions(workspace_slug: str) -> Response:
    """Who can be asked, as far as this reader may know."""
    return _page(workspace_slug, forms.InstitutionForm())


@bp.post("/in/<string:workspace_slug>")
def institutions_submit(workspace_slug: str) -> Any:
    """Add one."""
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, workspace_slug)
    about = policy.About(organisation_id=actor.organisation_id, workspace_id=space.id)
    policy.require(actor, "recommendation:add", about)
    form = forms.InstitutionForm()
    form.offer(organisations.organisations(session, actor, workspace_id=space.id))
    return submit(
        form,
        lambda s, a: actions.add(
            s,
            a,
            workspace_id=space.id,
            name=form.name.data or "",
            kind=form.kind.data,
            country=(form.country.data or "").strip().upper(),
            aliases=[name.strip() for name in (form.aliases.data or "").split(",") if name.strip()],
            member_id=UUID(form.member.data) if form.member.data else None,
            is_sensitive=bool(form.is_sensitive.data),
        ),
        again=lambda problem: _page(workspace_slug, form, problem),
        done=lambda _made: url_for("institutions.institutions", workspace_slug=workspace_slug),
    )


def _page(slug: str, form: forms.InstitutionForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, slug)
    asks.must_work_here(actor, space.id)
    form.offer(organisations.organisations(session, actor, workspace_id=space.id))
    rows = [
        (one, forms.KINDS[one.kind], is_duty_bearer(one.kind))
        for one in queries.institutions(session, actor, workspace_id=space.id)
    ]
    return respond(
        "institutions/institutions.html",
        rows=rows,
        form=form,
        problem=problem,
        may_add=policy.allows(actor, "recommendation:add", policy.About(workspace_id=space.id)),
        back=url_for("recommendations.recommendations", workspace_slug=slug),
        action=url_for("institutions.institutions_submit", workspace_slug=slug),
    )


@bp.get("/<uuid:institution_id>")
def institution(institution_id: UUID) -> Response:
    """Its names, and what it became."""
    return _one_page(institution_id, forms.SuccessionForm(formdata=None))


@bp.post("/<uuid:institution_id>")
def institution_submit(institution_id: UUID) -> Any:
    """Say what it became, or take that back."""
    form = forms.SuccessionForm()
    _offer(institution_id, form)
    return submit(
        form,
        lambda s, a: actions.succeed(
            s,
            a,
            institution_id=institution_id,
            into_id=form.chosen(),
            note=form.note.data or "",
            after=form.after(),
        ),
        again=lambda problem: _one_page(institution_id, form, problem),
        done=lambda _made: url_for("institutions.institution", institution_id=institution_id),
    )


def _offer(institution_id: UUID, form: forms.SuccessionForm) -> Any:
    """The workspace of an institution that the reader works in; others are offered."""
    session, actor = gate.session(), gate.actor()
    space = queries.workspace_of(session, actor, institution_id)
    asks.must_work_here(actor, space)
    form.offer(queries.institutions(session, actor, workspace_id=space), but=institution_id)
    return space


def _one_page(
    institution_id: UUID, form: forms.SuccessionForm, problem: Problem | None = None
) -> Response:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace_by_id(session, actor, _offer(institution_id, form))
    of = queries.institution(session, actor, institution_id)
    told = queries.told(session, actor, institution_id)
    if problem is None or problem.status == 409:
        form.based_on.data = str(told[0].id) if told else ""
    about = policy.About(queries.owner_of(session, institution_id), space.id)
    may = (policy.allows(actor, one, about) for one in ("workspace:coordinate", _EDIT))
    return respond(
        "institutions/institution.html",
        of=of,
        kind=forms.KINDS[of.kind],
        now=queries.now(session, actor, institution_id),
        told=[(one, words.day_of(one.recorded_at, "d MMM y")) for one in told],
        asked=f"/recommendations/owners/{of.id}",
        form=form,
        problem=problem,
        may_say=any(may),
        back=url_for("institutions.institutions", workspace_slug=space.slug),
        action=url_for("institutions.institution_submit", institution_id=institution_id),
    )
