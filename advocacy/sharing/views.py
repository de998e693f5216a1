"""Who may see one's own record, its second person, and how others read it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import get_locale
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.ground import clock
from advocacy.ground.ids import as_id
from advocacy.links import actions as linking
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.reference import queries as reference
from advocacy.sharing import actions, forms, queries
from advocacy.sharing.rows import Waiting, Word
from advocacy.threats import forms as words
from advocacy.threats import queries as threats
from advocacy.threats import rules as limits
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day_of, moment

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
        area_href=f"/threats/{threat_id}/area" if queries.needs_word(found) else "",
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


@bp.get("/in/<string:workspace_slug>/areas")
def areas(workspace_slug: str) -> Any:
    """Which organisation coordinates each area of responsibility."""
    return _areas(_of_members(workspace_slug))


@bp.post("/in/<string:workspace_slug>/areas")
def areas_submit(workspace_slug: str) -> Any:
    """Say who coordinates them from now on."""
    space = _of_members(workspace_slug)
    form = forms.LeadsForm()
    form.fill(_members(space))

    def act(session: Session, actor: Actor) -> None:
        now = queries.leads(session, space.id)
        for area, (lead, after) in form.chosen().items():
            today = now[area].lead_id if area in now else None
            if lead != today:
                actions.put_lead(session, actor, space.id, area=area, lead_id=lead, after=after)

    return submit(
        form,
        act,
        again=lambda problem: _areas(space, form, problem),
        done=lambda _none: f"/threats/in/{space.slug}/areas",
    )


def _of_members(workspace_slug: str) -> WorkspaceRow:
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    queries.must_be_member(gate.actor(), space.id)
    return space


def _members(space: WorkspaceRow) -> list[Any]:
    rows = organisations.organisations(gate.session(), gate.actor(), workspace_id=space.id)
    return [row for row in rows if row.standing in limits.MEMBERS]


def _areas(space: WorkspaceRow, typed: Any = None, problem: Problem | None = None) -> Any:
    session, actor = gate.session(), gate.actor()
    known = queries.leads(session, space.id)
    given = forms.LeadsForm.given(known)
    form = typed or forms.LeadsForm(formdata=None, data=given)
    form.fill(_members(space))
    if problem and problem.status == 409:
        for name in form.FIELDS.values():
            form[f"after_{name}"].data = given[f"after_{name}"]
    names = organisations.names(session, [row.lead_id for row in known.values() if row.lead_id])
    lead = {area: names.get(row.lead_id) if row.lead_id else None for area, row in known.items()}
    about = policy.About(workspace_id=space.id)
    return respond(
        "sharing/areas.html",
        space=space,
        rows=[(label, lead.get(area)) for area, label in forms.AREAS.items()],
        may_change=policy.allows(actor, "workspace:coordinate", about),
        form=form,
        faults=_said(problem),
        action=f"/threats/in/{space.slug}/areas",
        back_href=f"/protocols/in/{space.slug}",
    )


def _said(problem: Problem | None) -> list[tuple[str, str]]:
    return [(sentence, "") for sentence in problem.sentences] if problem else []


@bp.get("/<uuid:threat_id>/area")
def area(threat_id: UUID) -> Any:
    """Ask who coordinates the area of one's own record, and read what was answered."""
    return _area(threat_id, forms.AskForm(formdata=None))


@bp.post("/<uuid:threat_id>/area")
def area_submit(threat_id: UUID) -> Any:
    """Ask that coordinator."""
    _found, space = _mine(threat_id)
    form = forms.AskForm()
    form.offer_readers(gate.session(), gate.actor(), space)
    return submit(
        form,
        lambda s, a: actions.ask_lead(
            s, a, threat_id, lead_id=form.chosen(), sharing=form.sharing()
        ),
        again=lambda problem: _area(threat_id, form, problem),
        done=lambda _row: f"/threats/{threat_id}/area",
    )


def _area(threat_id: UUID, form: forms.AskForm, problem: Problem | None = None) -> Any:
    session, actor = gate.session(), gate.actor()
    found, space = _mine(threat_id)
    said = sorted(queries.words(session, threat_id), key=lambda one: one.at, reverse=True)
    leads = queries.leads_of(session, found)
    names = organisations.names(session, [*leads, *(one.lead_id for one in said)])
    form.offer_readers(session, actor, space)
    form.fill({i: names[i] for i in leads})
    return respond(
        "sharing/area.html",
        title=found.title,
        base=f"/threats/{threat_id}",
        areas_href=f"/threats/in/{space.slug}/areas",
        needs=queries.needs_word(found),
        leads=leads,
        said=[
            {
                "word": one,
                "lead": names[one.lead_id],
                "on": day_of(one.at, "d MMM y"),
                "to": words.readers(session, actor, space, one.sharing),
                "holds": queries.is_agreed(session, found, one.sharing),
            }
            for one in said
        ],
        form=form,
        faults=_said(problem),
        plain=FlaskForm(formdata=None),
        **words.check_line(session, actor, space, form, is_shown=problem is not None),
    )


@bp.post("/<uuid:threat_id>/area/share")
def area_share_submit(threat_id: UUID) -> Any:
    """Share it as the coordinator agreed; a second person confirms, as for every record."""
    form = forms.WordForm()

    def act(session: Session, actor: Actor) -> UUID:
        waits = actions.share_as_agreed(session, actor, threat_id, word_id=form.chosen())
        linking.follow(session, actor, "threat", threat_id)
        return threat_id if waits is None else waits.id

    return submit(
        form,
        act,
        again=lambda problem: _area(threat_id, forms.AskForm(formdata=None), problem),
        done=lambda made: f"/threats/{threat_id}" + ("" if made == threat_id else "/waiting"),
    )


@bp.get("/area-words/<uuid:word_id>")
def area_word(word_id: UUID) -> Any:
    """What one's own organisation is asked as coordinator of an area: the safe part alone."""
    return _word(word_id, forms.AnswerForm(formdata=None))


@bp.post("/area-words/<uuid:word_id>")
def area_word_submit(word_id: UUID) -> Any:
    """Agree, or say why not."""
    form = forms.AnswerForm()
    return submit(
        form,
        lambda s, a: actions.answer(
            s, a, word_id, agrees=form.answer.data == "yes", reason=form.reason.data or ""
        ),
        again=lambda problem: _word(word_id, form, problem),
        done=lambda _row: "/",
    )


def _word(word_id: UUID, form: forms.AnswerForm, problem: Problem | None = None) -> Any:
    session, actor = gate.session(), gate.actor()
    one: Word = queries.word(session, actor, word_id)
    space = organisations.workspace_by_id(session, actor, one.workspace_id)
    language, risk = str(get_locale()), reference.risk(session, one.told["risk_code"])
    about = policy.About(organisation_id=one.lead_id)
    return respond(
        "sharing/word.html",
        told=one.told,
        owner=organisations.names(session, [one.owner_id])[one.owner_id],
        on=day_of(one.at, "d MMM y"),
        to=forms.would_read(session, actor, space, one),
        words=words.Words(language, {}, {risk.code: risk.label(language)}),
        may_answer=policy.allows(actor, "area:agree", about),
        form=form,
        faults=_said(problem),
        action=f"/threats/area-words/{word_id}",
    )
