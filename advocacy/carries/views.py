"""What changed since we signed, taking ourselves out, and a spelling that needs two people."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.carries import actions, forms, queries, rules
from advocacy.carries.schema import How, What
from advocacy.positions import queries as positions
from advocacy.signoff import forms as words
from advocacy.signoff import queries as signoff
from advocacy.signoff.rules import VOID
from advocacy.versions import queries as versions
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

bp = Blueprint("carries", __name__, url_prefix="/carries")


@bp.get("/<uuid:round_id>")
def since(round_id: UUID) -> Response:
    """For one's own organisation: what it signed, what differs now, and what was carried."""
    return _since_page(round_id)


def _since_page(
    round_id: UUID, form: forms.Void | None = None, problem: Problem | None = None
) -> Response:
    session, actor = gate.session(), gate.actor()
    round_ = signoff.round_of(session, actor, round_id)
    found = queries.since(session, actor, round_)
    mine = signoff.my_answer(session, actor, round_id)
    now = positions.version(session, actor, round_.version_id)
    clauses, gone = versions.lines(now, found.signed)
    stands, until = found.carried, found.carried.recall_until if found.carried else None
    of = policy.About(organisation_id=mine.organisation_id if mine else None)
    return respond(
        "carries/since.html",
        form=form or forms.Void(formdata=None, after=str(mine.id) if mine else ""),
        why=[(reasons.say(reason), "") for reason in found.why],
        before=words.words(found.answer) if found.answer else None,
        signed_number=found.signed.number if found.signed else 0,
        changed=[line for line in clauses if line.change] + gone,
        mine=words.words(mine) if mine else None,
        is_void=mine is not None and mine.kind == VOID,
        carried=stands,
        is_spelling=stands is not None and stands.how == How.SPELLING,
        until=moment(until, "EEEE d MMMM, HH:mm"),
        can_recall=stands is not None
        and (round_.is_open or (until is not None and gate.now() < until)),
        can_void=mine is not None and policy.allows(actor, "answer:void", of),
        sentences=problem.sentences if problem else [],
        version=now,
        round=round_,
        us=actor.organisation_name,
        read_href=url_for("answers.read", round_id=round_id),
        recall_href=url_for("carries.recall_submit", round_id=round_id),
        void_href=url_for("carries.void_submit", round_id=round_id),
    )


@bp.post("/<uuid:round_id>/recall")
def recall_submit(round_id: UUID) -> AnyResponse:
    """Take ourselves out of what was carried."""
    form = forms.Based()
    return submit(
        form,
        lambda s, a: actions.recall(s, a, round_id),
        again=lambda problem: _since_page(round_id, None, problem),
        done=lambda _made: url_for("answers.read", round_id=round_id),
    )


@bp.post("/<uuid:round_id>/void")
def void_submit(round_id: UUID) -> AnyResponse:
    """Take an answer out that was given without a mandate."""
    form = forms.Void()
    return submit(
        form,
        lambda s, a: actions.void(s, a, round_id, reason=form.reason.data or "", after=form.head()),
        again=lambda problem: _since_page(round_id, form, problem),
        done=lambda _made: url_for("answers.read", round_id=round_id),
    )


# --- a spelling, for the lead --------------------------------------------------------------------


@bp.get("/<uuid:round_id>/spelling")
def spelling(round_id: UUID) -> Response:
    """What differs from the round before, what the machine finds, and who has said so."""
    return _spelling_page(round_id)


def _spelling_page(round_id: UUID, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    round_ = signoff.round_of(session, actor, round_id)
    policy.require(actor, "round:open", policy.About(organisation_id=round_.lead_id))
    before = queries.before_round(session, actor, round_)
    now = positions.version(session, actor, round_.version_id)
    last = queries.spelling(session, actor, round_id)
    clauses, gone = versions.lines(now, before)
    return respond(
        "carries/spelling.html",
        before=before,
        why=[(reasons.say(r), "") for r in (rules.differences(before, now) if before else [])],
        changed=[line for line in clauses if line.change] + gone,
        is_spelling=before is not None and rules.is_only_spelling(before, now),
        is_proposed=last is not None and last.what == What.PROPOSED,
        is_confirmed=last is not None and last.what == What.CONFIRMED,
        is_ours=last is not None and last.person_id == actor.person_id,
        after=str(last.id) if last else "",
        sentences=problem.sentences if problem else [],
        version=now,
        round=round_,
        back=url_for("rounds.round_page", round_id=round_id),
        propose_href=url_for("carries.propose_submit", round_id=round_id),
        confirm_href=url_for("carries.confirm_submit", round_id=round_id),
    )


@bp.post("/<uuid:round_id>/spelling")
def propose_submit(round_id: UUID) -> AnyResponse:
    """The first of two people."""
    return _said(round_id, forms.Based(), lambda s, a: actions.propose(s, a, round_id))


@bp.post("/<uuid:round_id>/spelling/confirm")
def confirm_submit(round_id: UUID) -> AnyResponse:
    """The second of two people: it is carried."""
    form = forms.Based()
    return _said(round_id, form, lambda s, a: actions.confirm(s, a, round_id, after=form.head()))


def _said(round_id: UUID, form: forms.Based, act: Any) -> AnyResponse:
    return submit(
        form,
        act,
        again=lambda problem: _spelling_page(round_id, problem),
        done=lambda _made: url_for("carries.spelling", round_id=round_id),
    )
