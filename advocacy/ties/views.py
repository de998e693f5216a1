"""Pages on which one ties recommendations together, and splits one into parts."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for

from advocacy.access import policy
from advocacy.asks import queries as asks
from advocacy.institutions import queries as institutions
from advocacy.recommendations import queries as recommendations
from advocacy.recommendations.forms import tied
from advocacy.ties import actions, forms, queries
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("ties", __name__, url_prefix="/ties")


@bp.get("/<uuid:recommendation_id>")
def ties(recommendation_id: UUID) -> Response:
    """What a recommendation is tied to, and a form for one more."""
    return _ties_page(_own(recommendation_id), forms.TieForm(formdata=None))


@bp.post("/<uuid:recommendation_id>")
def ties_submit(recommendation_id: UUID) -> Any:
    """Tie it to another."""
    form, of = forms.TieForm(), _own(recommendation_id)
    other = _named(of, form.other.data or "")
    return submit(
        form,
        lambda s, a: actions.tie(
            s,
            a,
            source_id=of.id,
            target_id=other,
            kind=form.kind.data,
            text=form.text.data or "",
            seen=form.count(),
        ),
        again=lambda problem: _ties_page(_own(recommendation_id), form, problem),
        done=lambda _made: url_for("ties.ties", recommendation_id=of.id),
    )


def _own(recommendation_id: UUID) -> Any:
    """A recommendation that the reader may change. Raises NotFound; Denied."""
    found = recommendations.recommendation(gate.session(), gate.actor(), recommendation_id)
    asks.must_work_here(gate.actor(), found.workspace_id)
    about = policy.About(found.organisation_id, found.workspace_id)
    policy.require(gate.actor(), "recommendation:edit", about)
    return found


def _named(of: Any, said: str) -> UUID | None:
    """The recommendation that was meant by a reference, or by the address of its page."""
    session, actor = gate.session(), gate.actor()
    return recommendations.named(session, actor, workspace_id=of.workspace_id, words=said)


def _ties_page(of: Any, form: forms.TieForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    on = asks.today(session, actor, of.workspace_id)
    if problem is None or problem.status == 409:
        form.seen.data = str(queries.count(session, actor, of.workspace_id))
    return respond(
        "ties/ties.html",
        form=form,
        problem=problem,
        of=of,
        kinds=[(kind, *words) for kind, words in forms.KINDS.items()],
        tied=tied(queries.of(session, actor, of.id), on),
        button=forms.Button(formdata=None),
        back=url_for("recommendations.detail", recommendation_id=of.id),
        action=url_for("ties.ties_submit", recommendation_id=of.id),
    )


@bp.post("/<uuid:tie_id>/end")
def end_submit(tie_id: UUID) -> Any:
    """End a tie."""
    found = queries.tie(gate.session(), gate.actor(), tie_id)
    of = _own(found.source_id)
    return submit(
        forms.Button(),
        lambda s, a: actions.end(s, a, tie_id),
        again=lambda problem: _ties_page(of, forms.TieForm(formdata=None), problem),
        done=lambda source_id: url_for("ties.ties", recommendation_id=source_id),
    )


@bp.get("/<uuid:recommendation_id>/part")
def part(recommendation_id: UUID) -> Response:
    """The form of one part of a recommendation."""
    return _part_page(_own(recommendation_id), forms.PartForm(formdata=None))


@bp.post("/<uuid:recommendation_id>/part")
def part_submit(recommendation_id: UUID) -> Any:
    """Make it a recommendation of its own."""
    of, form = _own(recommendation_id), forms.PartForm()
    _offer(of, form)
    return submit(
        form,
        lambda s, a: actions.split(
            s,
            a,
            recommendation_id=of.id,
            title=form.title.data or "",
            text=form.text.data or "",
            to=form.ask(),
        ),
        again=lambda problem: _part_page(_own(recommendation_id), form, problem),
        done=lambda _made: url_for("ties.ties", recommendation_id=of.id),
    )


def _offer(of: Any, form: forms.PartForm) -> None:
    session, actor = gate.session(), gate.actor()
    form.offer(institutions.institutions(session, actor, workspace_id=of.workspace_id))


def _part_page(of: Any, form: forms.PartForm, problem: Problem | None = None) -> Response:
    _offer(of, form)
    return respond(
        "ties/part.html",
        form=form,
        problem=problem,
        of=of,
        back=url_for("ties.ties", recommendation_id=of.id),
        action=url_for("ties.part_submit", recommendation_id=of.id),
    )
