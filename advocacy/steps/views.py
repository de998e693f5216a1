"""Pages of one ask: take a step, withdraw evidence."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from advocacy.asks import actions, queries
from advocacy.asks import forms as words
from advocacy.asks.rules import AXIS_OF, Ask, Axis, Kind, Progress
from advocacy.disputes.rules import Dispute
from advocacy.ground.errors import Denied, NotFound
from advocacy.ground.ids import based_on
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.recommendations import queries as recommendations
from advocacy.steps import forms
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day

bp = Blueprint("steps", __name__, url_prefix="/recommendations/asks")


@bp.get("/<uuid:ask_id>/<string:kind>")
def step(ask_id: UUID, kind: str) -> Response:
    """The form of a step, for those who may take it now."""
    given = {name: request.args.get(name, "") for name in ("evidence", "to")}
    return _step_page(_ask(ask_id), _kind(kind), forms.StepForm(formdata=None, data=given))


@bp.post("/<uuid:ask_id>/<string:kind>")
def step_submit(ask_id: UUID, kind: str) -> Any:
    """Take the step."""
    form, ask, which = forms.StepForm(), _ask(ask_id), _kind(kind)
    to = _open_steps(ask).get(which, frozenset())
    chosen = next(iter(to)) if len(to) == 1 else form.to.data or ""
    newer = _named(ask, form.newer.data or "") if chosen == Progress.SUPERSEDED else None
    detail = url_for("recommendations.detail", recommendation_id=ask.recommendation_id)
    return submit(
        form,
        lambda s, a: actions.act(
            s, a, ask_id=ask_id, kind=which, to=chosen, given=form.given(newer), after=form.after()
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


def _open_steps(ask: Ask) -> dict[Kind, frozenset[str]]:
    today = queries.today(gate.session(), gate.actor(), ask.workspace_id)
    return queries.open_steps(gate.actor(), ask, on=today, dispute=_dispute(ask))


def _dispute(ask: Ask) -> Dispute | None:
    return queries.disputed(gate.session(), gate.actor(), [ask.id]).get(ask.id)


def _named(ask: Ask, said: str) -> UUID | None:
    """The recommendation that was meant by a reference, or by the address of its page."""
    if not said.strip():
        return None
    found = recommendations.named(
        gate.session(), gate.actor(), workspace_id=ask.workspace_id, words=said
    )
    return found or UUID(int=0)


def _step_page(
    ask: Ask, kind: Kind, form: forms.StepForm, problem: Problem | None = None
) -> Response:
    session, actor = gate.session(), gate.actor()
    to = _open_steps(ask).get(kind)
    # Who has no part in it is shown no form; who had one a moment ago keeps what they typed.
    if not to and (problem is None or not queries.roles_of(actor, ask)):
        raise Denied(Reason("asks.not-yours"))
    form.offer(kind, to or frozenset())
    last = queries.head(session, actor, ask.id, AXIS_OF.get(kind, Axis.PROGRESS))
    if problem is None or problem.status == 409:
        form.based_on.data = str(last.id) if last else ""
    of = recommendations.recommendation(session, actor, ask.recommendation_id)
    found = queries.evidence(session, actor, [ask.id])
    one, dispute = based_on(form.evidence.data), _dispute(ask)
    names = organisations.names(session, [dispute.by, dispute.other] if dispute else [])
    return respond(
        "steps/step.html",
        form=form,
        problem=problem,
        ask=ask,
        of=of,
        title=words.KINDS[kind],
        fields=_fields(kind, to or frozenset()),
        response=words.RESPONSES[ask.response],
        progress=words.PROGRESS[_shown(ask)],
        mark=words.MARKS[_shown(ask)],
        proposal=words.PROGRESS.get(ask.closing_to or ""),
        evidence=[
            (piece, day(piece.dated_on, "d MMM y"))
            for piece in found
            if piece.is_live and one in {None, piece.id}
        ],
        is_reply=kind is Kind.RESPONSE,
        sides=words.sides(dispute, names),
        back=url_for("recommendations.detail", recommendation_id=of.id),
        action=url_for("steps.step_submit", ask_id=ask.id, kind=kind.replace("_", "-")),
    )


def _shown(ask: Ask) -> str:
    return words.shown(ask.progress, is_alleged=ask.alleged_by is not None)


def _fields(kind: Kind, to: frozenset[str]) -> list[str]:
    """The fields of a form that this step may need: no choice of one, no newer one for no end."""
    left_out = set() if len(to) > 1 else {"to"}
    left_out |= set() if Progress.SUPERSEDED in to else {"newer"}
    return [name for name in forms.FIELDS[kind] if name not in left_out]
