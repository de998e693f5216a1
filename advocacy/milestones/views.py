"""The page of an ask's milestones."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for

from advocacy.asks import queries as asks
from advocacy.asks.rules import Ask
from advocacy.milestones import actions, forms, queries, rules
from advocacy.milestones.rows import MilestoneRow
from advocacy.recommendations import queries as recommendations
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day, meant

bp = Blueprint("milestones", __name__, url_prefix="/milestones")


@bp.get("/<uuid:ask_id>")
def milestones(ask_id: UUID) -> Response:
    """The milestones of an ask, and a form for one more."""
    return _page(_ask(ask_id), forms.PutForm(formdata=None))


@bp.post("/<uuid:ask_id>")
def milestones_submit(ask_id: UUID) -> Any:
    """Set one more."""
    form = forms.PutForm()
    actions.must_write(gate.actor(), _ask(ask_id))
    return submit(
        form,
        lambda s, a: actions.put(s, a, ask_id=ask_id, said=form.said()),
        again=lambda problem: _page(_ask(ask_id), form, problem),
        done=lambda _made: url_for("milestones.milestones", ask_id=ask_id),
    )


@bp.post("/<uuid:milestone_id>/move")
def move_submit(milestone_id: UUID) -> Any:
    """Reach it, drop it, or open it again."""
    form = forms.MoveForm()
    of = _ask(queries.milestone(gate.session(), gate.actor(), milestone_id).ask_id)
    actions.must_write(gate.actor(), of)
    return submit(
        form,
        lambda s, a: actions.move(
            s, a, milestone_id=milestone_id, to=form.to.data or "", after=form.after()
        ),
        again=lambda problem: _page(of, forms.PutForm(formdata=None), problem),
        done=lambda _made: url_for("milestones.milestones", ask_id=of.id),
    )


def _ask(ask_id: UUID) -> Ask:
    found = asks.ask(gate.session(), gate.actor(), ask_id)
    asks.must_work_here(gate.actor(), found.workspace_id)
    return found


def _page(of: Ask, form: forms.PutForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    on = asks.today(session, actor, of.workspace_id)
    rows = queries.of_asks(session, actor, [of.id]).get(of.id, [])
    found = recommendations.recommendation(session, actor, of.recommendation_id)
    return respond(
        "milestones/milestones.html",
        of=of,
        title=found.title,
        language=found.language,
        lines=[_line(row, on) for row in rows],
        form=form if actions.may_write(actor, of) else None,
        problem=problem,
        back=url_for("recommendations.detail", recommendation_id=of.recommendation_id),
        action=url_for("milestones.milestones_submit", ask_id=of.id),
    )


def _line(row: MilestoneRow, on: date) -> dict[str, Any]:
    return {
        "row": row,
        "due": meant(row.due_on, row.due_precision, "d MMM y"),
        "reached": day(row.reached_on, "d MMM y"),
        "is_late": rules.is_late(row, on=on),
    }
