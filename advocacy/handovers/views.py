"""Hand a record to another organisation, and answer such an offer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.ground.errors import NotFound
from advocacy.handovers import actions, forms, queries
from advocacy.links import actions as linking
from advocacy.organisations import queries as organisations
from advocacy.threats import queries as threats
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day_of

bp = Blueprint("handovers", __name__, url_prefix="/threats")


@bp.get("/<uuid:threat_id>/hand-over")
def hand_over(threat_id: UUID) -> AnyResponse:
    """For its owner: to whom it can go. For whom it is offered: what comes with it."""
    return _page(threat_id, forms.OfferForm(formdata=None))


def _page(threat_id: UUID, form: forms.OfferForm, problem: Problem | None = None) -> AnyResponse:
    session, actor = gate.session(), gate.actor()
    found = threats.threat(session, actor, threat_id)
    is_ours = found.organisation_id == actor.organisation_id
    waits = queries.offer(session, actor, threat_id)
    # Whose answer came too late reads why, where it was given.
    if waits is None and not is_ours and problem is None:
        raise NotFound
    takers = queries.takers(session, actor, threat_id) if is_ours else []
    form.fill(takers)
    names = organisations.names(session, [waits.owner_id, waits.to_id]) if waits else {}
    about = policy.About(actor.organisation_id, found.workspace_id)
    return respond(
        "handovers/hand-over.html",
        title=found.title,
        base=f"/threats/{threat_id}",
        is_ours=is_ours,
        waits=waits,
        on=day_of(waits.at, "d MMM y") if waits else "",
        owner=names[waits.owner_id] if waits else "",
        taker=names[waits.to_id] if waits else "",
        takers=takers,
        may=policy.allows(actor, "threat:share", about),
        form=form,
        plain=FlaskForm(formdata=None),
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
    )


@bp.post("/<uuid:threat_id>/hand-over")
def hand_over_submit(threat_id: UUID) -> AnyResponse:
    """Offer it."""
    form = forms.OfferForm()
    form.fill(queries.takers(gate.session(), gate.actor(), threat_id))
    return submit(
        form,
        lambda s, a: actions.offer(s, a, threat_id, to_id=form.chosen()),
        again=lambda problem: _page(threat_id, form, problem),
        done=lambda _row: f"/threats/{threat_id}/hand-over",
    )


@bp.post("/<uuid:threat_id>/hand-over/accept")
def accept_submit(threat_id: UUID) -> AnyResponse:
    """Take it over."""
    return _answer(threat_id, actions.accept)


@bp.post("/<uuid:threat_id>/hand-over/decline")
def decline_submit(threat_id: UUID) -> AnyResponse:
    """Leave it with its owner."""
    return _answer(threat_id, actions.decline)


@bp.post("/<uuid:threat_id>/hand-over/take-back")
def take_back_submit(threat_id: UUID) -> AnyResponse:
    """Take the offer back."""
    return _answer(threat_id, actions.take_back)


def _answer(threat_id: UUID, do: Callable[..., Any]) -> AnyResponse:
    form = forms.AnswerForm()

    def act(session: Session, actor: Actor) -> None:
        do(session, actor, threat_id, offer_id=form.chosen())
        if do is actions.accept:
            linking.follow(session, actor, "threat", threat_id)

    return submit(
        form,
        act,
        again=lambda problem: _page(threat_id, forms.OfferForm(formdata=None), problem),
        done=lambda _none: f"/threats/{threat_id}",
    )
