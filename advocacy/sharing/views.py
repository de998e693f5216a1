"""Who may see one's own record, its second person, and how others read it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import get_locale
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground import clock
from advocacy.ground.ids import as_id
from advocacy.links import actions as linking
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.reference import queries as reference
from advocacy.sharing import actions, forms, queries
from advocacy.sharing.rows import Waiting
from advocacy.threats import forms as words
from advocacy.threats import queries as threats
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

bp = Blueprint("sharing", __name__, url_prefix="/threats")


def _mine(threat_id: UUID) -> tuple[Any, WorkspaceRow]:
    session, actor = gate.session(), gate.actor()
    found = threats.own(session, actor, threat_id)
    return found, organisations.workspace_by_id(session, actor, found.workspace_id)


@bp.get("/<uuid:threat_id>/share")
def share(threat_id: UUID) -> Any:
    """Choose who may see one's own threat."""
    session, actor = gate.session(), gate.actor()
    seen, told = threats.named(session, actor, threat_id)
    chosen = {
        "level": threats.detail(session, actor, threat_id).level,
        "organisations": [str(i) for i in seen - {actor.organisation_id}],
        "circles": [str(i) for i in seen],
        "narrative_for": [str(i) for i in told - {actor.organisation_id}],
    }
    return _share(threat_id, words.SharingForm(formdata=None, data=chosen))


@bp.post("/<uuid:threat_id>/share")
def share_submit(threat_id: UUID) -> Any:
    """Share it so: narrower at once, wider once a second person confirms."""
    _found, space = _mine(threat_id)
    form = words.SharingForm()
    form.offer_readers(gate.session(), gate.actor(), space)

    def act(session: Session, actor: Actor) -> UUID:
        waits = actions.share(session, actor, threat_id, form.sharing())
        linking.follow(session, actor, "threat", threat_id)
        return threat_id if waits is None else waits.id

    return submit(
        form,
        act,
        again=lambda problem: _share(threat_id, form, problem),
        done=lambda made: f"/threats/{threat_id}" + ("" if made == threat_id else "/waiting"),
    )


def _share(threat_id: UUID, form: words.SharingForm, problem: Problem | None = None) -> Any:
    found, space = _mine(threat_id)
    session, actor = gate.session(), gate.actor()
    form.offer_readers(session, actor, space)
    return respond(
        "threats/share.html",
        form=form,
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        title=found.title,
        action=f"/threats/{threat_id}/share",
        back_href=f"/threats/{threat_id}",
        preview_href=f"/threats/{threat_id}/preview",
        **words.check_line(session, actor, space, form, is_shown=problem is not None),
    )


@bp.get("/<uuid:threat_id>/waiting")
def waiting(threat_id: UUID) -> Any:
    """The wider audience that waits for its second person."""
    return _waiting(threat_id)


def _waiting(threat_id: UUID, problem: Problem | None = None) -> Any:
    session, actor = gate.session(), gate.actor()
    found = threats.threat(session, actor, threat_id)
    space = organisations.workspace_by_id(session, actor, found.workspace_id)
    is_ours = found.organisation_id == actor.organisation_id
    waits = queries.waiting(session, actor, threat_id) if is_ours else None
    return respond(
        "sharing/waiting.html",
        title=found.title,
        base=f"/threats/{threat_id}",
        waits=waits,
        names=words.readers(session, actor, space, waits.sharing) if waits else [],
        times=_times(waits, space) if waits else {},
        whom=queries.others_who_confirm(session, actor) if is_ours else [],
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        form=FlaskForm(formdata=None),
    )


def _times(waits: Waiting, space: WorkspaceRow) -> dict[str, str]:
    said = "EEEE d MMMM, HH:mm"
    return {
        "until": moment(waits.until, said),
        "alone_from": moment(waits.alone_from, said) if waits.alone_from else "",
    }


@bp.post("/<uuid:threat_id>/confirm")
def confirm_submit(threat_id: UUID) -> Any:
    """Be the second person."""
    form = forms.ConfirmForm()

    def act(session: Session, actor: Actor) -> UUID:
        actions.confirm(session, actor, threat_id, widening_id=form.chosen())
        linking.follow(session, actor, "threat", threat_id)
        return threat_id

    return submit(
        form,
        act,
        again=lambda problem: _waiting(threat_id, problem),
        done=lambda _id: f"/threats/{threat_id}",
    )


@bp.post("/<uuid:threat_id>/take-back")
def take_back_submit(threat_id: UUID) -> Any:
    """Take it back before it holds."""
    return submit(
        FlaskForm(),
        lambda s, a: actions.take_back(s, a, threat_id),
        again=lambda problem: _waiting(threat_id, problem),
        done=lambda _none: f"/threats/{threat_id}",
    )


@bp.get("/<uuid:threat_id>/preview")
def preview(threat_id: UUID) -> Any:
    """One's own record as another organisation reads it now."""
    session, actor = gate.session(), gate.actor()
    found, space = _mine(threat_id)
    others = _offered(session, actor, space, threat_id)
    whom = as_id(request.args.get("as", ""))
    chosen = next((row for row in others if row.id == whom), None)
    seen = queries.preview(session, actor, threat_id, chosen.id) if chosen else None
    language, risk = str(get_locale()), reference.risk(session, found.risk_code)
    areas = {i: reference.area(session, i).label(language) for i in [found.area_id] if i}
    if seen and seen.members and seen.members.area_id:
        area_id = seen.members.area_id
        areas[area_id] = reference.area(session, area_id).label(language)
    return respond(
        "sharing/preview.html",
        threat=found,
        base=f"/threats/{threat_id}",
        others=[(row.id, row.name) for row in others],
        chosen=chosen,
        seen=seen,
        owner=actor.organisation_name,
        checked=clock.day_in(found.checked_at, space.zone),
        words=words.Words(language, areas, {risk.code: risk.label(language)}),
        forms=words,
    )


def _offered(session: Session, actor: Actor, space: WorkspaceRow, threat_id: UUID) -> list[Any]:
    """Organisations whose eyes one may use. Where a circle's list is kept by its owner, not those
    that might be in it: the answer would tell who is."""
    named, _told = threats.named(session, actor, threat_id)
    others = words.others(session, actor, space)
    if not queries.has_hidden_circle(session, actor, space.id, named):
        return others
    return [row for row in others if row.id in named or row.standing in {"observer", "donor"}]
