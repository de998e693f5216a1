"""Open one's own draft, or put it aside."""

from typing import Any
from uuid import UUID

from flask import Blueprint
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.drafts import actions, forms, queries
from advocacy.links import actions as linking
from advocacy.organisations import queries as organisations
from advocacy.threats import forms as words
from advocacy.threats import queries as threats
from advocacy.threats.rows import Sharing
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("drafts", __name__, url_prefix="/threats")


@bp.get("/<uuid:threat_id>/open")
def open_draft(threat_id: UUID) -> Any:
    """Choose whom one's own draft is opened to, and read who that is."""
    found = queries.draft(gate.session(), gate.actor(), threat_id)
    asked = queries.chosen(gate.session(), threat_id)
    chosen = {
        "based_on": str(found.edition),
        "level": asked.level,
        "organisations": [str(i) for i in asked.organisation_ids],
        "circles": [str(i) for i in asked.circle_ids],
        "narrative_for": [str(i) for i in asked.narrative_ids],
    }
    return _open(threat_id, forms.OpenForm(formdata=None, data=chosen))


@bp.post("/<uuid:threat_id>/open")
def open_submit(threat_id: UUID) -> Any:
    """Open it."""
    session, actor, form = gate.session(), gate.actor(), forms.OpenForm()
    found = threats.own(session, actor, threat_id)
    space = organisations.workspace_by_id(session, actor, found.workspace_id)
    form.offer_readers(session, actor, space)

    def act(session: Session, actor: Actor) -> UUID:
        actions.open_to(session, actor, threat_id, form.sharing(), based_on=form.version())
        linking.follow(session, actor, "threat", threat_id)
        return threat_id

    return submit(
        form,
        act,
        again=lambda problem: _open(threat_id, form, problem),
        done=lambda _id: f"/threats/{threat_id}",
    )


def _open(threat_id: UUID, form: forms.OpenForm, problem: Problem | None = None) -> Any:
    session, actor = gate.session(), gate.actor()
    found = threats.own(session, actor, threat_id)
    space = organisations.workspace_by_id(session, actor, found.workspace_id)
    form.offer_readers(session, actor, space)
    if problem and problem.status == 409:
        form.based_on.data = str(found.edition)
    is_first = problem is None and form.sharing() != Sharing()
    return respond(
        "drafts/open.html",
        form=form,
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        title=found.title,
        action=f"/threats/{threat_id}/open",
        back_href=f"/threats/{threat_id}",
        **words.check_line(session, actor, space, form, is_shown=problem is not None or is_first),
    )


@bp.get("/<uuid:threat_id>/put-aside")
def aside(threat_id: UUID) -> Any:
    """What it means to put one's own draft aside, before it is done."""
    found = queries.draft(gate.session(), gate.actor(), threat_id)
    return _aside(threat_id, forms.AsideForm(formdata=None, data={"based_on": str(found.edition)}))


@bp.post("/<uuid:threat_id>/put-aside")
def aside_submit(threat_id: UUID) -> Any:
    """Put it aside."""
    form = forms.AsideForm()
    session, actor = gate.session(), gate.actor()
    found = threats.own(session, actor, threat_id)
    space = organisations.workspace_by_id(session, actor, found.workspace_id)
    return submit(
        form,
        lambda s, a: actions.put_aside(s, a, threat_id, based_on=form.version()),
        again=lambda problem: _aside(threat_id, form, problem),
        done=lambda _none: f"/threats/in/{space.slug}/table?state=draft",
    )


def _aside(threat_id: UUID, form: forms.AsideForm, problem: Problem | None = None) -> Any:
    found = threats.own(gate.session(), gate.actor(), threat_id)
    if problem and problem.status == 409:
        form.based_on.data = str(found.edition)
    return respond(
        "drafts/aside.html",
        form=form,
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        title=found.title,
        base=f"/threats/{threat_id}",
    )
