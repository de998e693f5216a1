"""The taps of who looks again, and the form that closes a record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.ground import clock
from advocacy.ground.ids import as_id
from advocacy.picture import forms as pictures
from advocacy.picture import queries as picture
from advocacy.picture.rows import Line
from advocacy.picture.rules import Sort
from advocacy.reviews import actions, forms, queries
from advocacy.threats import queries as threats
from advocacy.threats.forms import Words
from advocacy.web import gate, paging
from advocacy.web.filters import address
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("reviews", __name__, url_prefix="/threats")

_SAID = 20


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


@bp.get("/in/<string:workspace_slug>/check")
def many(workspace_slug: str) -> Any:
    """One's own records, the oldest check first: mark those that are still true, in one go."""
    return _many(workspace_slug, forms.ManyForm(formdata=None))


@bp.post("/in/<string:workspace_slug>/check")
def many_submit(workspace_slug: str) -> Any:
    """Mark them. What changed since the page was made is left, and said."""
    form = forms.ManyForm()

    def done(told: tuple[list[UUID], list[UUID]]) -> str:
        marked, left = told
        said = {"marked": str(len(marked)), "left": ".".join(str(i) for i in left[:_SAID])}
        return address(request.path, said)

    return submit(
        form,
        lambda s, a: actions.all_still_true(s, a, form.seen()),
        again=lambda problem: _many(workspace_slug, form, problem),
        done=done,
    )


def _many(workspace_slug: str, form: forms.ManyForm, problem: Problem | None = None) -> Any:
    session, actor = gate.session(), gate.actor()
    here = pictures.scene(session, actor, workspace_slug)
    about = policy.About(actor.organisation_id, here.space.id)
    policy.require(actor, "threat:edit", about)
    policy.require(actor, "threat:report", about)
    status = forms.looked_at(here.filters.status)
    own = replace(here.filters, is_own=True, status=status)
    lines = picture.lines(session, actor, here.space, own, sort=Sort.OLDEST, limit=paging.PAGE)
    editions = queries.editions(session, actor, (line.id for line in lines))
    words, today = here.words(), clock.day_in(actor.now, here.space.zone)
    left = {i for i in map(as_id, request.args.get("left", "").split(".")[:_SAID]) if i}
    marked = request.args.get("marked", "")
    return respond(
        "reviews/many.html",
        form=form,
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        records=[
            (
                f"{line.id}:{editions.get(line.id, 0)}",
                line.title,
                _checked(line, words, today, here.space.zone),
            )
            for line in lines
        ],
        marked=int(marked) if marked.isdecimal() and len(marked) < 5 else None,
        left=sorted(threats.titles(session, actor, left).items(), key=lambda one: one[1]),
        missing=len(left),
        action=address(request.path, here.where),
        back_href=f"{here.base}/table",
    )


def _checked(line: Line, words: Words, today: date, zone: str) -> str:
    """What helps to know a record again, and when it was looked at last."""
    days = (today - clock.day_in(line.checked_at, zone)).days
    ago = ngettext("%(num)s day ago", "%(num)s days ago", days) if days > 0 else _("Today")
    parts = (words.area(line.area_id), words.severity(line.severity), str(ago))
    return " · ".join(part for part in parts if part)


@bp.post("/<uuid:threat_id>/still-true")
def still_true_submit(threat_id: UUID) -> Any:
    """One tap: we looked again, and it is as it was."""
    return _tap(threat_id, actions.still_true)


@bp.post("/<uuid:threat_id>/monitor")
def monitor_submit(threat_id: UUID) -> Any:
    """Nothing new, and not over: we keep an eye on it."""
    return _tap(threat_id, actions.monitor)


@bp.post("/<uuid:threat_id>/resume")
def resume_submit(threat_id: UUID) -> Any:
    """It goes on, more than something one keeps an eye on."""
    return _tap(threat_id, actions.resume)


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
