"""Pages of one ask: take a step, withdraw evidence."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from advocacy.asks import actions, forms, queries
from advocacy.asks.rules import AXIS_OF, Kind
from advocacy.asks.schema import Ask, Axis
from advocacy.ground.errors import Denied, NotFound
from advocacy.ground.reasons import Reason
from advocacy.recommendations import queries as recommendations
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("asks", __name__, url_prefix="/recommendations/asks")


@bp.get("/<uuid:ask_id>/<string:kind>")
def step(ask_id: UUID, kind: str) -> Response:
    """The form of a step, for those who may take it now."""
    return _step_page(
        _ask(ask_id), _kind(kind), forms.StepForm(evidence=request.args.get("evidence", ""))
    )


@bp.post("/<uuid:ask_id>/<string:kind>")
def step_submit(ask_id: UUID, kind: str) -> Any:
    """Take the step."""
    form, ask, which = forms.StepForm(), _ask(ask_id), _kind(kind)
    to = queries.open_steps(gate.actor(), ask).get(which, frozenset())
    chosen = next(iter(to)) if len(to) == 1 else form.to.data or ""
    detail = url_for("recommendations.detail", recommendation_id=ask.recommendation_id)
    return submit(
        form,
        lambda s, a: actions.act(
            s, a, ask_id=ask_id, kind=which, to=chosen, given=form.given(), after=form.after()
        ),
        again=lambda problem: _step_page(_ask(ask_id), which, form, problem),
        done=lambda _made: f"{detail}#ask-{ask_id}",
    )


def _kind(words: str) -> Kind:
    """A kind of step out of an address. Raises NotFound."""
    found = next((kind for kind in forms.FIELDS if kind.replace("_", "-") == words), None)
    if found is None:
        raise NotFound
    return Kind(found)


def _ask(ask_id: UUID) -> Ask:
    found = queries.ask(gate.session(), gate.actor(), ask_id)
    queries.must_work_here(gate.actor(), found.workspace_id)
    return found


def _step_page(
    ask: Ask, kind: Kind, form: forms.StepForm, problem: Problem | None = None
) -> Response:
    session, actor = gate.session(), gate.actor()
    to = queries.open_steps(actor, ask).get(kind)
    # Who has no part in it is shown no form; who had one a moment ago keeps what they typed.
    if not to and (problem is None or not queries.roles_of(actor, ask)):
        raise Denied(Reason("asks.not-yours"))
    form.offer(kind, to or frozenset())
    last = queries.head(session, actor, ask.id, AXIS_OF.get(kind, Axis.PROGRESS))
    if problem is None or problem.status == 409:
        form.based_on.data = str(last.id) if last else ""
    of = recommendations.recommendation(session, actor, ask.recommendation_id)
    found = queries.evidence(session, actor, [ask.id])
    one = forms.known(form.evidence.data)
    return respond(
        "asks/step.html",
        form=form,
        problem=problem,
        ask=ask,
        of=of,
        title=forms.KINDS[kind],
        fields=[name for name in forms.FIELDS[kind] if name != "to" or len(to or ()) > 1],
        response=forms.RESPONSES[ask.response],
        progress=forms.PROGRESS[ask.progress],
        mark=forms.MARKS[ask.progress],
        evidence=[piece for piece in found if piece.is_live and one in {None, piece.id}],
        is_reply=kind is Kind.RESPONSE,
        back=url_for("recommendations.detail", recommendation_id=of.id),
        action=url_for("asks.step_submit", ask_id=ask.id, kind=kind.replace("_", "-")),
    )
