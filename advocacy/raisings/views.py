"""The page on which one notes that an ask was raised."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for

from advocacy.access import policy
from advocacy.asks import queries as asks
from advocacy.asks.rules import Ask, Axis
from advocacy.raisings import actions, forms, queries
from advocacy.recommendations import queries as recommendations
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("raisings", __name__, url_prefix="/raisings")


@bp.get("/<uuid:ask_id>")
def raising(ask_id: UUID) -> Response:
    """The form, with where and with whom it was raised before."""
    ask, form = _ask(ask_id), forms.RaisingForm(formdata=None)
    session, actor = gate.session(), gate.actor()
    before = queries.latest(session, actor, asks.acts(session, actor, [ask.id]))
    form.begin(replace(before, on=asks.today(session, actor, ask.workspace_id)))
    return _page(ask, form)


@bp.post("/<uuid:ask_id>")
def raising_submit(ask_id: UUID) -> Any:
    """Note it."""
    form, ask = forms.RaisingForm(), _ask(ask_id)
    detail = url_for("recommendations.detail", recommendation_id=ask.recommendation_id)
    return submit(
        form,
        lambda s, a: actions.note(s, a, ask_id=ask_id, of=form.raised(), after=form.after()),
        again=lambda problem: _page(_ask(ask_id), form, problem),
        done=lambda _made: f"{detail}#ask-{ask_id}",
    )


def _ask(ask_id: UUID) -> Ask:
    found = asks.ask(gate.session(), gate.actor(), ask_id)
    asks.must_work_here(gate.actor(), found.workspace_id)
    policy.require(gate.actor(), "ask:record", policy.About(workspace_id=found.workspace_id))
    return found


def _page(ask: Ask, form: forms.RaisingForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    last = asks.head(session, actor, ask.id, Axis.TALK)
    if problem is None or problem.status == 409:
        form.based_on.data = str(last.id) if last else ""
    of = recommendations.recommendation(session, actor, ask.recommendation_id)
    return respond(
        "raisings/raising.html",
        form=form,
        problem=problem,
        ask=ask,
        of=of,
        back=url_for("recommendations.detail", recommendation_id=of.id),
        action=url_for("raisings.raising_submit", ask_id=ask.id),
    )
