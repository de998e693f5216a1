"""Propose a change of somebody else's record; answer what others propose for one's own."""

from typing import Any
from uuid import UUID

from flask import Blueprint
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground.errors import Denied
from advocacy.ground.reasons import Reason
from advocacy.links import actions as linking
from advocacy.organisations import queries as organisations
from advocacy.proposals import actions, forms, queries, rules
from advocacy.proposals.rows import FieldRow, ProposalRow
from advocacy.proposals.rules import Mark, State
from advocacy.reference import queries as reference
from advocacy.threats import queries as threats
from advocacy.threats.forms import FIELDS, PARTIES, Words
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day

bp = Blueprint("proposals", __name__, url_prefix="/threats")

STATES = {
    State.OPEN: ("wait", _l("Waits for an answer")),
    State.STALE: ("quiet", _l("The record has changed since")),
    State.ACCEPTED: ("ok", _l("Accepted")),
    State.PARTLY: ("ok", _l("Accepted in part")),
    State.DECLINED: ("stop", _l("Declined")),
    State.WITHDRAWN: ("quiet", _l("Taken back")),
}
MARKS = {
    Mark.FRESH: "",
    Mark.DONE: _l("The record says so already."),
    Mark.MOVED: _l("This was changed since. It cannot be taken over."),
}
NAMES = {**FIELDS, "area_id": _l("Where")}


@bp.get("/<uuid:threat_id>/propose")
def propose(threat_id: UUID) -> Any:
    """The record in a form, to be changed where one would change it."""
    _other(threat_id)
    now = queries.values(gate.session(), gate.actor(), threat_id)
    data = {**forms.given(now), "based_on": rules.digest(now)}
    return _propose(threat_id, forms.ProposeForm(formdata=None, data=data))


@bp.post("/<uuid:threat_id>/propose")
def propose_submit(threat_id: UUID) -> Any:
    """Send it to the owner."""
    found = _other(threat_id)
    form = forms.ProposeForm()
    _offer(form, found)
    return submit(
        form,
        lambda s, a: (
            actions.propose(
                s,
                a,
                threat_id,
                form.wanted(),
                reason=form.reason.data or "",
                based_on=form.based_on.data or "",
            ).id
        ),
        again=lambda problem: _propose(threat_id, form, problem),
        done=lambda _id: f"/threats/{threat_id}/proposals",
    )


def _other(threat_id: UUID) -> Any:
    """Somebody else's record, for who may propose a change. Raises NotFound, Denied."""
    session, actor = gate.session(), gate.actor()
    found = threats.threat(session, actor, threat_id)
    if not queries.may_propose(actor, found):
        raise Denied(Reason("access.denied", facts={"permission": "proposal:make"}))
    return found


def _offer(form: forms.ProposeForm, found: Any) -> None:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace_by_id(session, actor, found.workspace_id)
    areas = reference.areas(session, space.country, level=None) if space.country else ()
    form.offer(reference.risks(session), areas, str(get_locale()))


def _propose(threat_id: UUID, form: forms.ProposeForm, problem: Problem | None = None) -> Any:
    found = _other(threat_id)
    _offer(form, found)
    newer = problem.current if problem and problem.status == 409 else None
    if newer:
        form.based_on.data = rules.digest(newer)
    return respond(
        "proposals/propose.html",
        form=form,
        faults=_faults(problem),
        title=found.title,
        base=f"/threats/{threat_id}",
        newer=[(NAMES[name], _value(_words(found), name, value)) for name, value in newer.items()]
        if newer
        else [],
    )


def _faults(problem: Problem | None) -> list[tuple[str, str]]:
    return [(sentence, "") for sentence in problem.sentences] if problem else []


@bp.get("/<uuid:threat_id>/proposals")
def proposals(threat_id: UUID) -> Any:
    """What was proposed for a record, by us or to us."""
    return _list(threat_id)


def _list(threat_id: UUID, problem: Problem | None = None, typed: str = "") -> Any:
    session, actor = gate.session(), gate.actor()
    found = threats.threat(session, actor, threat_id)
    rows = queries.proposals(session, actor, threat_id)
    words = _words(found)
    return respond(
        "proposals/proposals.html",
        title=found.title,
        base=f"/threats/{threat_id}",
        rows=[_shown(row, words) for row in rows],
        is_owner=found.organisation_id == actor.organisation_id,
        may_propose=queries.may_propose(actor, found),
        sentences=problem.sentences if problem else [],
        typed=typed,
        form=FlaskForm(),
    )


def _words(found: Any) -> Words:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace_by_id(session, actor, found.workspace_id)
    language = str(get_locale())
    areas = reference.areas(session, space.country, level=None) if space.country else ()
    return Words(
        language,
        {area.id: area.label(language) for area in areas},
        {risk.code: risk.label(language) for risk in reference.risks(session)},
    )


def _shown(row: ProposalRow, words: Words) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "href": f"/threats/proposals/{row.id}",
        "name": row.name,
        "is_ours": row.is_ours,
        "is_open": row.state in {State.OPEN, State.STALE},
        "state": STATES[State(row.state)],
        "when": day(row.at.date(), "d MMM y"),
        "reason": row.reason,
        "answer": row.answer,
        "fields": [_field(field, words) for field in row.fields],
    }


def _field(field: FieldRow, words: Words) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": NAMES[field.name],
        "before": _value(words, field.name, field.before),
        "after": _value(words, field.name, field.after),
        "is_fresh": field.mark == Mark.FRESH,
        "is_taken": field.is_taken,
        "note": MARKS[Mark(field.mark)],
    }


def _value(words: Words, name: str, value: Any) -> str:
    """A proposed value in words."""
    if name == "area_id":
        return words.area(UUID(value) if value else None)
    if name == "severity":
        return words.severity(value)
    if value is None or value == "":
        return str(_("not given"))
    if name == "trend":
        return words.choice("trend", value)
    tables: dict[str, Any] = {"risk_code": words.risks, "party": PARTIES}
    return str(tables.get(name, {}).get(value, value))


@bp.post("/proposals/<uuid:proposal_id>/accept")
def accept_submit(proposal_id: UUID) -> Any:
    """Take it over, or what was ticked of it."""
    form = forms.DecideForm()

    def act(session: Session, actor: Actor) -> UUID:
        actions.accept(
            session,
            actor,
            proposal_id,
            taken=frozenset(form.taken.data or ()),
            reason=form.reason.data or "",
        )
        found, _row = queries.proposal(session, actor, proposal_id)
        linking.follow(session, actor, "threat", found.threat_id)
        return found.threat_id

    return _decided(proposal_id, form, act)


@bp.post("/proposals/<uuid:proposal_id>/decline")
def decline_submit(proposal_id: UUID) -> Any:
    """Leave the record as it is."""
    form = forms.DecideForm()
    return _decided(
        proposal_id,
        form,
        lambda s, a: actions.decline(s, a, proposal_id, reason=form.reason.data or "").threat_id,
    )


@bp.post("/proposals/<uuid:proposal_id>/withdraw")
def withdraw_submit(proposal_id: UUID) -> Any:
    """Take one's own back."""
    return _decided(
        proposal_id, forms.DecideForm(), lambda s, a: actions.withdraw(s, a, proposal_id).threat_id
    )


def _decided(proposal_id: UUID, form: forms.DecideForm, act: Any) -> Any:
    found, _row = queries.proposal(gate.session(), gate.actor(), proposal_id)
    threat_id = found.threat_id
    return submit(
        form,
        act,
        again=lambda problem: _list(threat_id, _said(problem, form), form.reason.data or ""),
        done=lambda _id: f"/threats/{threat_id}/proposals",
    )


def _said(problem: Problem, form: forms.DecideForm) -> Problem:
    """With what was wrong with a field: the list has many forms and shows it above them."""
    plain = tuple(Reason(reason.code, facts=reason.facts) for reason in problem.reasons)
    return Problem(problem.status, plain, problem.current)
