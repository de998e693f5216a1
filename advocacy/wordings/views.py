"""The page of what a recommendation says in other languages."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for

from advocacy.access import policy
from advocacy.asks import queries as asks
from advocacy.recommendations import queries as recommendations
from advocacy.recommendations.forms import LANGUAGES
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day_of
from advocacy.wordings import actions, forms, queries

bp = Blueprint("wordings", __name__, url_prefix="/wordings")


@bp.get("/<uuid:recommendation_id>")
def wordings(recommendation_id: UUID) -> Response:
    """The texts there are, and for its lead a form for one more."""
    return _page(_one(recommendation_id), forms.WordingForm(formdata=None))


@bp.post("/<uuid:recommendation_id>")
def wordings_submit(recommendation_id: UUID) -> Any:
    """Write one."""
    form, of = forms.WordingForm(), _one(recommendation_id)
    form.offer(of.language)
    return submit(
        form,
        lambda s, a: actions.word(
            s,
            a,
            recommendation_id=of.id,
            said=form.said(),
            after=form.after(),
        ),
        again=lambda problem: _page(_one(recommendation_id), form, problem),
        done=lambda _made: url_for("wordings.wordings", recommendation_id=of.id),
    )


def _one(recommendation_id: UUID) -> Any:
    found = recommendations.recommendation(gate.session(), gate.actor(), recommendation_id)
    asks.must_work_here(gate.actor(), found.workspace_id)
    return found


def _page(of: Any, form: forms.WordingForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    rows = queries.of(session, actor, of.id)
    form.offer(of.language)
    if problem is None or problem.status == 409:
        form.see(rows)
    about = policy.About(of.organisation_id, of.workspace_id)
    return respond(
        "wordings/wordings.html",
        of=of,
        own_name=LANGUAGES.get(of.language, of.language),
        lines=[(row, LANGUAGES[row.language], day_of(row.recorded_at, "d MMM y")) for row in rows],
        form=form if policy.allows(actor, "recommendation:edit", about) else None,
        states=forms.STATES,
        problem=problem,
        back=url_for("recommendations.detail", recommendation_id=of.id),
        action=url_for("wordings.wordings_submit", recommendation_id=of.id),
    )
