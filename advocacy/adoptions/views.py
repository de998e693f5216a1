"""Which bodies adopt a text, in which order, and what they decided; who is in a body."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.access import policy
from advocacy.access.actor import Standing
from advocacy.adoptions import actions, forms, queries, rules
from advocacy.adoptions.rows import StepRow
from advocacy.ground.ids import as_id, based_on
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day

bp = Blueprint("adoptions", __name__, url_prefix="/adoptions")


@bp.get("/of/<uuid:position_id>")
def adoption(position_id: UUID) -> Response:
    """The steps of the newest version, and the forms of the lead."""
    return _page(position_id)


def _page(
    position_id: UUID,
    form: forms.Plan | forms.Outcome | None = None,
    problem: Problem | None = None,
) -> Response:
    session, actor = gate.session(), gate.actor()
    of = positions.position(session, actor, position_id)
    version = positions.latest(session, actor, position_id)
    found = queries.steps(session, actor, version.id) if version else []
    may = policy.allows(actor, "adoption:record", positions.about(of, frozenset()))
    bodies = organisations.bodies(session, actor, workspace_id=of.workspace_id)
    last = found[-1].id if found else version and version.id
    plan = form if isinstance(form, forms.Plan) else forms.Plan(formdata=None, last=last)
    taken = {row.body_id for row in found}
    plan.body_id.choices = [
        SelectChoice("", _("Choose a body")),
        *(SelectChoice(str(b.id), b.name) for b in bodies if b.id not in taken),
    ]
    names = organisations.names(session, {o for row in found for o in _roster(row)})
    return respond(
        "adoptions/adoption.html",
        position=of,
        version=version,
        steps=[_step(row, names) for row in found],
        open_step=_open(found, form) if may else None,
        kinds=[(str(kind), *words) for kind, words in forms.KINDS.items()],
        deeds=[(str(deed), *words) for deed, words in forms.DEEDS.items()],
        plan=plan,
        may=may,
        can_plan=may and version is not None and of.stage in {"frozen", "signoff"},
        sentences=problem.sentences if problem else [],
        back=url_for("positions.position", position_id=position_id),
        plan_href=url_for("adoptions.plan", position_id=position_id),
        status=problem.status if problem else 200,
    )


def _roster(row: StepRow) -> tuple[UUID, ...]:
    return row.outcome.roster if row.outcome else ()


def _step(row: StepRow, names: dict[UUID, str]) -> dict[str, Any]:
    kind, word = forms.STATES[row.state]
    outcome = row.outcome if row.state not in {rules.State.WAITING, rules.State.OPEN} else None
    return {
        "number": row.number,
        "body": row.body,
        "deed": forms.DEEDS[rules.Deed(row.deed)][0],
        "kind": kind,
        "word": word,
        "outcome": outcome,
        "met": day(outcome.met_on, "d MMMM y") if outcome else "",
        "roster": sorted(names[o] for o in _roster(row) if o in names) if outcome else [],
        "href": url_for("adoptions.body", body_id=row.body_id),
    }


def _open(found: list[StepRow], form: Any) -> dict[str, Any] | None:
    """The step that is to be decided now, or the last one, whose outcome can be corrected."""
    last = next((row for row in reversed(found) if row.state is not rules.State.WAITING), None)
    if last is None:
        return None
    before = last.outcome
    filled: dict[str, Any] = {"after": str(before.id) if before else ""}
    if before is None:
        filled["chair"] = queries.body(gate.session(), gate.actor(), last.body_id).chair
    shown = form if isinstance(form, forms.Outcome) else forms.Outcome(formdata=None, **filled)
    return {
        "body": last.body,
        "is_correction": before is not None,
        "form": shown,
        "href": url_for("adoptions.record", step_id=last.id),
    }


@bp.post("/of/<uuid:position_id>")
def plan(position_id: UUID) -> AnyResponse:
    """Ask one more body."""
    form = forms.Plan()
    return submit(
        form,
        lambda s, a: actions.plan(
            s,
            a,
            position_id,
            body_id=as_id(form.body_id.data or "") or UUID(int=0),
            deed=form.deed.data or "",
            after=based_on(form.last.data),
        ),
        again=lambda problem: _page(position_id, form, problem),
        done=lambda _made: url_for("adoptions.adoption", position_id=position_id),
    )


@bp.post("/steps/<uuid:step_id>")
def record(step_id: UUID) -> AnyResponse:
    """Write down what a body decided."""
    form = forms.Outcome()
    of = queries.step(gate.session(), gate.actor(), step_id)
    return submit(
        form,
        lambda s, a: actions.record(s, a, step_id, form.said(), after=based_on(form.after.data)),
        again=lambda problem: _page(of.position_id, form, problem),
        done=lambda _made: url_for("adoptions.adoption", position_id=of.position_id),
    )


@bp.get("/bodies/<uuid:body_id>")
def body(body_id: UUID) -> Response:
    """A body: who chairs it, who is in it; with the form for who coordinates."""
    return _body_page(body_id)


def _body_page(
    body_id: UUID, form: forms.Body | None = None, problem: Problem | None = None
) -> Response:
    session, actor = gate.session(), gate.actor()
    found = queries.body(session, actor, body_id)
    space = organisations.workspace_by_id(session, actor, found.workspace_id)
    members = organisations.organisations(session, actor, workspace_id=space.id)
    filled = {
        "chair": found.chair,
        "roster": [str(who) for who, _name in found.roster],
        "after": str(found.chair_id) if found.chair_id else "",
    }
    return respond(
        "adoptions/body.html",
        body=found,
        space=space,
        form=form or forms.Body(formdata=None, **filled),
        choices=[
            (str(row.id), row.name, "")
            for row in members
            if row.standing not in {Standing.DONOR, Standing.OBSERVER}
        ],
        may=policy.allows(actor, "workspace:coordinate", policy.About(workspace_id=space.id)),
        sentences=problem.sentences if problem else [],
        back=url_for("organisations.directory", workspace_slug=space.slug),
        action=url_for("adoptions.body_submit", body_id=body_id),
        status=problem.status if problem else 200,
    )


@bp.post("/bodies/<uuid:body_id>")
def body_submit(body_id: UUID) -> AnyResponse:
    """Say who chairs a body and who is in it."""
    form = forms.Body()
    return submit(
        form,
        lambda s, a: actions.set_body(
            s,
            a,
            body_id,
            chair=form.chair.data or "",
            roster=form.chosen(),
            after=based_on(form.after.data),
        ),
        again=lambda problem: _body_page(body_id, form, problem),
        done=lambda _made: url_for("adoptions.body", body_id=body_id),
    )
