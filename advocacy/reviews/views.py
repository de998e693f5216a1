"""The taps of who looks again, and the form that closes a record."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.reviews import actions, forms
from advocacy.threats import queries as threats
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("reviews", __name__, url_prefix="/threats")


@bp.get("/<uuid:threat_id>/close")
def close(threat_id: UUID) -> Any:
    """Say that a threat is over."""
    return _close(threat_id, forms.CloseForm(formdata=None))


@bp.post("/<uuid:threat_id>/close")
def close_submit(threat_id: UUID) -> Any:
    """Close it."""
    form = forms.CloseForm()
    return submit(
        form,
        lambda s, a: actions.close(s, a, threat_id, ended_on=form.ended_on.data).id,
        again=lambda problem: _close(threat_id, form, problem),
        done=lambda _id: f"/threats/{threat_id}",
    )


def _close(threat_id: UUID, form: forms.CloseForm, problem: Problem | None = None) -> Any:
    found = threats.own(gate.session(), gate.actor(), threat_id)
    return respond(
        "reviews/close.html",
        form=form,
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        title=found.title,
        base=f"/threats/{threat_id}",
    )


@bp.post("/<uuid:threat_id>/still-true")
def still_true_submit(threat_id: UUID) -> Any:
    """One tap: we looked again, and it is as it was."""
    return _tap(threat_id, actions.still_true)


@bp.post("/<uuid:threat_id>/reopen")
def reopen_submit(threat_id: UUID) -> Any:
    """It is there again."""
    return _tap(threat_id, actions.reopen)


def _tap(threat_id: UUID, act: Callable[[Session, Actor, UUID], Any]) -> Any:
    return submit(
        FlaskForm(),
        lambda s, a: act(s, a, threat_id).id,
        again=lambda problem: _answer(threat_id, problem),
        done=lambda _id: f"/threats/{threat_id}",
    )


def _answer(threat_id: UUID, problem: Problem) -> Any:
    """Why a tap was not taken; the record as it stands is one link away."""
    found = threats.own(gate.session(), gate.actor(), threat_id)
    base = f"/threats/{threat_id}"
    return respond("reviews/late.html", sentences=problem.sentences, title=found.title, base=base)
