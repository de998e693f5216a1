"""What a recommendation is about: its page and form."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for

from advocacy.access import policy
from advocacy.asks import queries as asks
from advocacy.recommendations import queries as recommendations
from advocacy.subjects import actions, forms, queries, rules
from advocacy.taxonomies import forms as taxonomies
from advocacy.taxonomies.rules import Axis
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("subjects", __name__, url_prefix="/subjects")


@bp.get("/<uuid:recommendation_id>")
def subjects(recommendation_id: UUID) -> Response:
    """What is said of it, and for its lead the form that says it."""
    return _page(_one(recommendation_id), forms.SubjectForm(formdata=None))


@bp.post("/<uuid:recommendation_id>")
def subjects_submit(recommendation_id: UUID) -> Any:
    """Say it."""
    form, of = forms.SubjectForm(), _one(recommendation_id)
    return submit(
        form,
        lambda s, a: actions.say(s, a, recommendation_id=of.id, said=form.said(), seen=form.seen()),
        again=lambda problem: _page(_one(recommendation_id), form, problem),
        done=lambda _made: url_for("subjects.subjects", recommendation_id=of.id),
    )


def _one(recommendation_id: UUID) -> Any:
    found = recommendations.recommendation(gate.session(), gate.actor(), recommendation_id)
    asks.must_work_here(gate.actor(), found.workspace_id)
    return found


def _page(of: Any, form: forms.SubjectForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    about = queries.about(session, actor, of)
    if problem is None:
        form.show(about.items)
    if problem is None or problem.status == 409:
        form.see(queries.said(session, actor, of.id))
    form.review.choices = forms.reviews(form.review.data or "")
    may = policy.allows(
        actor, "recommendation:edit", policy.About(of.organisation_id, of.workspace_id)
    )
    return respond(
        "subjects/subjects.html",
        of=of,
        subject=taxonomies.told(about),
        form=form if may else None,
        groups=forms.offered(Axis.GROUP, form.group.data),
        clusters=forms.offered(Axis.CLUSTER, form.cluster.data),
        goals=forms.goals(form.sdg.data),
        ticks=[(code, *words) for code, words in taxonomies.TICKS.items()],
        hint=taxonomies.LEVELS.get(str(rules.hint(of.text))),
        many=queries.many_first(session, actor, of.workspace_id),
        problem=problem,
        back=url_for("recommendations.detail", recommendation_id=of.id),
        action=url_for("subjects.subjects_submit", recommendation_id=of.id),
    )
