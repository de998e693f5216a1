"""The page of one request for change, and the one press that endorses once it is met."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.ground.ids import as_id, based_on
from advocacy.objections import actions, forms, queries, rules
from advocacy.objections.rows import RequestRow, WishRow
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionRow
from advocacy.releases import actions as releases
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import AnswerRow
from advocacy.signoff.rules import Kind
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

bp = Blueprint("objections", __name__, url_prefix="/objections")


@bp.get("/<uuid:answer_id>")
def request(answer_id: UUID) -> Response:
    """What is asked and why, what would settle it, and what was said since."""
    return _page(answer_id, forms.Say(formdata=None))


def _page(answer_id: UUID, form: forms.Say, problem: Problem | None = None) -> Response:
    row = queries.request(gate.session(), gate.actor(), answer_id)
    version = positions.version(gate.session(), gate.actor(), row.round.version_id)
    lead = frozenset({row.round.lead_id})
    about = policy.About(organisation_id=row.organisation_id, party_ids=lead)
    kind, word = forms.STATES[row.state]
    if problem is None or problem.status == 409:
        form.after.data = str(row.last_id or "")
    return respond(
        "objections/request.html",
        form=form,
        press=forms.Press(formdata=None, talk=str(row.last_id or "")),
        sentences=problem.sentences if problem else [],
        row=row,
        version=version,
        asked=[_asked(answer, wish, version) for answer, wish in row.asked],
        talk=[_said(talk) for talk in row.talk],
        mark=(kind, word),
        is_ours=row.organisation_id == gate.actor().organisation_id,
        head=forms.HEADS[Kind(row.answer.kind)],
        is_settled=row.state is rules.State.CLEARED,
        may_say=policy.allows(gate.actor(), "objection:say", about),
        may_clear=policy.allows(gate.actor(), "objection:clear", about),
        back=_back(row),
        answer_href=url_for("answers.answer", round_id=row.round.id),
        say_href=url_for("objections.say_submit", answer_id=answer_id),
        clear_href=url_for("objections.clear_submit", answer_id=answer_id),
        status=problem.status if problem else 200,
    )


def _back(row: RequestRow) -> str:
    is_lead = row.round.lead_id == gate.actor().organisation_id
    return url_for("rounds.round_page" if is_lead else "answers.read", round_id=row.round.id)


def _asked(answer: AnswerRow, wish: WishRow | None, version: VersionRow) -> dict[str, Any]:
    numbers = {c.cid: n for n, c in enumerate(version.clauses, 1)}
    about = [numbers[a.clause_id] for a in answer.clauses if a.clause_id in numbers]
    return {
        "why": answer.note,
        "when": moment(answer.recorded_at, "d MMMM y, HH:mm"),
        "clauses": sorted(about),
        "fix": wish.fix if wish else "",
        "wording": wish.wording if wish else "",
        "number": numbers.get(wish.clause_id, 0) if wish and wish.clause_id else 0,
    }


def _said(talk: Any) -> dict[str, Any]:
    return {
        "who": talk.organisation,
        "text": talk.text,
        "is_clearing": talk.kind == rules.Deed.CLEARED,
        "when": moment(talk.at, "d MMMM y, HH:mm"),
        "iso": talk.at.isoformat(),
    }


@bp.post("/<uuid:answer_id>")
def say_submit(answer_id: UUID) -> AnyResponse:
    """Reply."""
    form = forms.Say()
    after = based_on(form.after.data)
    return submit(
        form,
        lambda s, a: actions.say(s, a, answer_id, text=form.text.data or "", after=after),
        again=lambda problem: _page(answer_id, form, problem),
        done=lambda _made: url_for("objections.request", answer_id=answer_id),
    )


@bp.post("/<uuid:answer_id>/clear")
def clear_submit(answer_id: UUID) -> AnyResponse:
    """Say that it is settled."""
    form = forms.Press()
    after = based_on(form.talk.data)
    return submit(
        form,
        lambda s, a: actions.clear(s, a, answer_id, after=after),
        again=lambda problem: _page(answer_id, forms.Say(formdata=None), problem),
        done=lambda _made: url_for("objections.request", answer_id=answer_id),
    )


@bp.post("/offer/<uuid:round_id>")
def endorse_submit(round_id: UUID) -> AnyResponse:
    """Endorse, now that the clause reads as was asked."""
    form = forms.Press()
    of = as_id(form.of.data or "") or UUID(int=0)
    signoff.round_of(gate.session(), gate.actor(), round_id)
    return submit(
        form,
        lambda s, a: _endorse(s, a, round_id, of, form),
        again=lambda problem: _nothing(round_id, problem),
        done=lambda made: url_for("receipts.receipt", answer_id=made.id),
    )


def _endorse(session: Session, actor: Actor, round_id: UUID, of: UUID, form: forms.Press) -> Any:
    made = actions.endorse_as_said(session, actor, round_id, of=of, seen_hash=form.shown.data or "")
    releases.join(session, actor, round_id)
    return made


def _nothing(round_id: UUID, problem: Problem) -> Response:
    return respond(
        "objections/nothing.html",
        sentences=problem.sentences,
        read_href=url_for("answers.read", round_id=round_id),
        status=problem.status,
    )
