"""Pages: who follows what up, the hand-over of many, and what was handed over."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.asks import queries as asks
from advocacy.assignments import actions, forms, queries
from advocacy.assignments.queries import Whose
from advocacy.assignments.rows import Held, Step
from advocacy.ground.ids import as_id
from advocacy.institutions import queries as institutions
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.recommendations import queries as recommendations
from advocacy.web import filters as address
from advocacy.web import gate, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("assignments", __name__, url_prefix="/assignments")

_SHAPE = "d MMM y"
_ALLOWED: dict[str, Any] = {"whose": set(Whose), "institution": None}


@bp.get("/in/<string:workspace_slug>")
def held(workspace_slug: str) -> Response:
    """What one's organisation follows up, and the form that hands it over."""
    return _page(workspace_slug, forms.HandForm(formdata=None))


@bp.post("/in/<string:workspace_slug>")
def held_submit(workspace_slug: str) -> Any:
    """Hand over what was marked."""
    space, form = _space(workspace_slug), forms.HandForm()
    _offer(space, form)

    def act(session: Session, actor: Actor) -> int:
        outside, to_id = form.taker()
        chosen, note = form.chosen(outside=outside), form.note.data or ""
        if outside and to_id:
            done = actions.hand_over(session, actor, chosen=chosen, to_id=to_id, note=note)
            return len(done)
        return len(actions.give(session, actor, chosen=chosen, to_id=to_id, note=note))

    def done(count: int) -> str:
        flash(ngettext("%(num)s ask was handed over.", "%(num)s asks were handed over.", count))
        return request.full_path.rstrip("?")

    again = lambda problem: _page(workspace_slug, form, problem)  # noqa: E731 - as on every page
    return submit(form, act, again=again, done=done)


def _space(slug: str) -> WorkspaceRow:
    space = organisations.workspace(gate.session(), gate.actor(), slug)
    asks.must_work_here(gate.actor(), space.id)
    policy.require(gate.actor(), "ask:record", policy.About(workspace_id=space.id))
    return space


def _offer(space: WorkspaceRow, form: forms.HandForm) -> None:
    session, actor = gate.session(), gate.actor()
    form.offer(queries.takers(session, actor, space.id), queries.people(session, actor))


def _page(slug: str, form: forms.HandForm, problem: Problem | None = None) -> Response:
    space, session, actor = _space(slug), gate.session(), gate.actor()
    _offer(space, form)
    chosen = address.chosen(request.args, _ALLOWED)
    whose = Whose(chosen.get("whose", Whose.OURS))
    of = as_id(chosen.get("institution", ""))
    who = institutions.institution(session, actor, of) if of else None
    rows = queries.held(session, actor, workspace_id=space.id, whose=whose, institution_id=of)
    names = organisations.names(session, (row.minder_id for row in rows))
    people = queries.people(session, actor)
    offered = [row for row in rows if queries.may_give(actor, row, space.id)]
    return respond(
        "assignments/held.html",
        form=form,
        problem=problem,
        records=[_record(row, names, people) for row in offered],
        unoffered=len(rows) - len(offered),
        who=who,
        told=[_told(step) for step in queries.told(session, actor, workspace_id=space.id)],
        path=request.path,
        chosen=chosen,
        whose=_ways(actor, space.id),
        action=address.address(request.path, chosen),
        back=url_for("recommendations.recommendations", workspace_slug=slug),
    )


def _ways(actor: Actor, workspace_id: UUID) -> list[tuple[str, Any]]:
    about = policy.About(workspace_id=workspace_id)
    coordinates = policy.allows(actor, "workspace:coordinate", about)
    return [(key, word) for key, word in forms.WHOSE.items() if coordinates or key != Whose.ALL]


def _record(row: Held, names: dict[UUID, str], people: dict[UUID, str]) -> tuple[str, str, str]:
    """What is sent when it is marked, its title, and what helps to know it."""
    due = words.due(row.due_on, row.due_precision, _SHAPE)
    minder = names.get(row.minder_id, "") if row.minder_id else ""
    parts = (
        _("Addressed to %(name)s", name=row.addressee),
        due.rstrip("."),
        _("follow-up by %(name)s", name=minder) if minder else _("Nobody follows it up"),
        _("in the hands of %(name)s", name=people[row.focal_id]) if row.focal_id in people else "",
    )
    value = f"{row.ask_id}:{row.last_id or ''}:{row.given_id or ''}"
    return value, row.title, " · ".join(part for part in parts if part)


def _told(step: Step) -> dict[str, Any]:
    return {
        "href": f"/recommendations/{step.recommendation_id}#ask-{step.ask_id}",
        "title": step.title,
        "language": step.language,
        "before": step.before,
        "after": step.after,
        "by": step.by,
        "note": step.note,
        "day": words.day_of(step.at, _SHAPE),
    }


@bp.get("/of/<uuid:recommendation_id>")
def history(recommendation_id: UUID) -> Response:
    """Who followed the asks of one recommendation up, one after the other."""
    session, actor = gate.session(), gate.actor()
    of = recommendations.recommendation(session, actor, recommendation_id)
    asks.must_work_here(actor, of.workspace_id)
    steps = queries.of_record(session, actor, of.id)
    return respond(
        "assignments/history.html",
        of=of,
        told=[_told(step) for step in steps],
        back=url_for("recommendations.detail", recommendation_id=of.id),
    )
