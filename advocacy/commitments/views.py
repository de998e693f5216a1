"""Pages: what the members of a body said about an ask, and the form of one of them."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for

from advocacy.access.actor import Standing
from advocacy.asks import queries as asks
from advocacy.asks.rules import Ask
from advocacy.bodies.rows import PartRow
from advocacy.commitments import actions, forms, queries, rules
from advocacy.commitments.rows import Line, Tally
from advocacy.ground.errors import Denied, NotFound
from advocacy.ground.reasons import Reason
from advocacy.recommendations import queries as recommendations
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day_of, meant

bp = Blueprint("commitments", __name__, url_prefix="/commitments")

_SHAPE = "d MMM y"


@bp.get("/<uuid:ask_id>")
def commitments(ask_id: UUID) -> Response:
    """The members of the body, each with what it said."""
    session, actor = gate.session(), gate.actor()
    of = asks.ask(session, actor, ask_id)
    asks.must_work_here(actor, of.workspace_id)
    on = asks.today(session, actor, of.workspace_id)
    rows = queries.lines(session, actor, [of.id], on=on).get(of.id, [])
    found = recommendations.recommendation(session, actor, of.recommendation_id)
    return respond(
        "commitments/commitments.html",
        of=of,
        title=found.title,
        language=found.language,
        tally=rules.tally(rows) if rows else Tally(0, 0, 0),
        lines=[_told(of, row) for row in rows if row.is_member],
        before=[_told(of, row) for row in rows if not row.is_member],
        may_say=actions.may_record(actor, of),
        back=url_for("recommendations.detail", recommendation_id=of.recommendation_id),
    )


def _told(of: Ask, row: Line) -> dict[str, Any]:
    return {
        "row": row,
        "reply": forms.REPLIES.get(row.reply, ""),
        "mark": forms.MARKS[row.reply],
        "done": forms.DONE.get(row.done, ""),
        "due": meant(row.due_on, row.due_precision, _SHAPE),
        "when": day_of(row.at, _SHAPE) if row.at else "",
        "href": url_for("commitments.commitment", ask_id=of.id, institution_id=row.part_id),
    }


@bp.get("/<uuid:ask_id>/<uuid:institution_id>")
def commitment(ask_id: UUID, institution_id: UUID) -> Response:
    """What one member said, and the form to say more."""
    return _page(ask_id, institution_id, forms.CommitmentForm(formdata=None))


@bp.post("/<uuid:ask_id>/<uuid:institution_id>")
def commitment_submit(ask_id: UUID, institution_id: UUID) -> Any:
    """Say it."""
    form = forms.CommitmentForm()
    of, _part, _on = _one(ask_id, institution_id)
    return submit(
        form,
        lambda s, a: actions.pledge(
            s, a, ask_id=ask_id, part_id=institution_id, said=form.said(), after=form.after()
        ),
        again=lambda problem: _page(ask_id, institution_id, form, problem),
        done=lambda _made: _back(of),
    )


def _one(ask_id: UUID, part_id: UUID) -> tuple[Ask, PartRow, date]:
    """An ask, and a member that this reader may speak for. Raises NotFound; Denied."""
    session, actor = gate.session(), gate.actor()
    of = asks.ask(session, actor, ask_id)
    on = asks.today(session, actor, of.workspace_id)
    part = queries.part(session, actor, of, part_id, on=on)
    if part is None:
        raise NotFound
    if not actions.may_say(actor, of, part):
        raise Denied(Reason("access.denied", facts={"permission": "ask:record"}))
    return of, part, on


def _back(of: Ask) -> str:
    """Donors have no page of all members."""
    if gate.actor().stands_as(of.workspace_id, Standing.DONOR):
        return url_for("home.today")
    return url_for("commitments.commitments", ask_id=of.id)


def _page(
    ask_id: UUID, part_id: UUID, form: forms.CommitmentForm, problem: Problem | None = None
) -> Response:
    session, actor = gate.session(), gate.actor()
    of, part, on = _one(ask_id, part_id)
    rows = queries.lines(session, actor, [of.id], on=on).get(of.id, [])
    row = next(one for one in rows if one.part_id == part_id)
    if problem is None:
        form.show(row)
    elif problem.status == 409:
        form.based_on.data = str(row.act_id or "")
    found = recommendations.recommendation(session, actor, of.recommendation_id)
    return respond(
        "commitments/commitment.html",
        of=of,
        part=part,
        line=_told(of, row),
        is_ours=part.member_id is not None and part.member_id == actor.organisation_id,
        found=found,
        form=form,
        problem=problem,
        back=_back(of),
        action=url_for("commitments.commitment_submit", ask_id=ask_id, institution_id=part_id),
    )
