"""Answering on a phone, without script: read, answer, confirm."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.annexes import forms as annexing
from advocacy.answers import forms
from advocacy.carries import actions as carries
from advocacy.carries import rules as carrying
from advocacy.clearances import queries as clearances
from advocacy.clearances.forms import MARKS
from advocacy.delegations import queries as delegations
from advocacy.ground.ids import based_on
from advocacy.objections import actions as objections
from advocacy.objections import queries as offers
from advocacy.objections.forms import Press
from advocacy.objections.rules import tidy, wanted_faults
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionRow
from advocacy.releases import actions as releases
from advocacy.rosters import queries as rosters
from advocacy.rounds import queries as rounds
from advocacy.signoff import actions, queries, rules
from advocacy.signoff import forms as words
from advocacy.signoff.rows import AnswerRow, RoundRow
from advocacy.signons import queries as signons
from advocacy.tallies import queries as tallies
from advocacy.text import anchor
from advocacy.versions import queries as versions
from advocacy.web import gate, nav, reasons
from advocacy.web.pages import drawn_once
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

HOW = {
    "phone": _l("by phone"),
    "mail": _l("by mail"),
    "sheet": _l("on a sign-on sheet"),
}
bp = Blueprint("answers", __name__, url_prefix="/signoff")


# --- what every page of a round shows ------------------------------------------------------------


def _shared(round_: RoundRow, version: VersionRow | None = None) -> dict[str, Any]:
    names = organisations.names(gate.session(), [round_.lead_id])
    href = {"round_id": round_.id}
    return {
        "round": round_,
        "version": version,
        "lead": names.get(round_.lead_id, ""),
        "extension": _extension(round_),
        "deadline": words.deadline(round_),
        "us": gate.actor().organisation_name,
        "is_lead": round_.lead_id == gate.actor().organisation_id,
        "read_href": nav.href("answers.read", **href),
        "answer_href": nav.href("answers.answer", **href),
        "confirm_href": nav.href("answers.confirm", **href),
        "lower_href": nav.href("receipts.lower", **href),
        "roster_href": nav.href("rounds.round_page", **href),
    }


def _extension(round_: RoundRow) -> Any:
    """Who gave more time, and why, if anybody did."""
    if not round_.is_extended:
        return None
    return rounds.extensions(gate.session(), gate.actor(), round_.id)[0]


# --- step 1: read --------------------------------------------------------------------------------


@bp.get("/<uuid:round_id>")
@drawn_once
def read(round_id: UUID) -> Response:
    """The exact text, and what changed since one's own organisation last answered."""
    round_ = queries.round_of(gate.session(), gate.actor(), round_id)
    version = positions.version(gate.session(), gate.actor(), round_.version_id)
    before = queries.answer_before(gate.session(), gate.actor(), round_)
    mine = queries.my_answer(gate.session(), gate.actor(), round_id)
    of, is_whole = before.id if before else None, "whole" in request.args
    question = ("answers.text", version.id, round_.content_hash, of, is_whole)
    return respond(
        "answers/read.html",
        drawn=gate.once(question, lambda: _text(round_, version, before, is_whole=is_whole)),
        mine=words.words(mine) if mine else None,
        receipt_href=nav.href("receipts.receipt", answer_id=mine.id) if mine else "",
        invited=queries.is_invited(gate.session(), gate.actor(), round_id),
        taken_off=[
            row.reason
            for row in rosters.changes(gate.session(), gate.actor(), round_id)
            if row.organisation_id == gate.actor().organisation_id and not row.is_on
        ][:1],
        can_answer=gate.actor().holds(*actions.ANSWER_SEATS),
        offer=_offer(round_, version),
        request_href=_request_href(mine),
        waits=_recorded(signons.waiting(gate.session(), gate.actor(), round_id)),
        **_clearance(round_id),
        **_shared(round_, version),
    )


def _text(
    round_: RoundRow, version: VersionRow, before: AnswerRow | None, *, is_whole: bool
) -> Markup:
    """The text as it folds open, and what changed in it since we answered."""
    session, actor = gate.session(), gate.actor()
    signed = positions.version(session, actor, before.version_id) if before else None
    clauses, gone = versions.lines(version, signed)
    drawn = render_template(
        "answers/_text.html",
        is_whole=is_whole,
        read_href=nav.href("answers.read", round_id=round_.id),
        clauses=clauses,
        gone=gone,
        stale_notes=_stale(before, version),
        before=words.words(before) if before else None,
        why=[reasons.say(r) for r in carrying.terms(signed, version)] if signed else [],
        since_href=nav.href("carries.since", round_id=round_.id),
        annexes=annexing.shown(version.annexes),
        fingerprint=round_.content_hash,
    )
    return Markup(drawn)  # noqa: S704 - drawn by our own template, which escapes


def _stale(before: AnswerRow | None, version: VersionRow) -> bool:
    """True when a clause we had a reservation on is not the one it was on."""
    noted = before.clauses if before else ()
    return any(anchor.place(a, version.clauses) != anchor.Placement.SAME for a in noted)


def _clearance(round_id: UUID) -> dict[str, Any]:
    """Where the text stands inside our own organisation."""
    return {
        "clearance": clearances.standing(gate.session(), gate.actor(), round_id),
        "clearance_marks": MARKS,
        "clearance_href": nav.href("clearances.standing", round_id=round_id),
    }


def _recorded(row: Any) -> dict[str, Any] | None:
    """What the lead wrote down for us, which waits for our own word."""
    if row is None:
        return None
    when = moment(row.recorded_at, "d MMMM y, HH:mm")
    return {"kind": words.KINDS[rules.Kind(row.kind)][0], "how": HOW[row.how], "when": when}


def _request_href(mine: AnswerRow | None) -> str:
    """The page of what we hold the text back for."""
    asks = mine is not None and mine.kind in rules.HOLDING
    return nav.href("objections.request", answer_id=mine.id) if mine and asks else ""


def _offer(round_: RoundRow, version: VersionRow) -> dict[str, Any] | None:
    """The endorsement we said we would give, now that the clause reads so."""
    found = offers.offer(gate.session(), gate.actor(), round_, version)
    if found is None or not gate.actor().holds(*actions.ANSWER_SEATS):
        return None
    numbers: dict[UUID | None, int] = {c.cid: n for n, c in enumerate(version.clauses, 1)}
    form = Press(formdata=None, of=str(found.answer.id), shown=round_.content_hash)
    return {
        "form": form,
        "href": nav.href("objections.endorse_submit", round_id=round_.id),
        "number": numbers[found.wish.clause_id],
        "outside": words.OUTSIDE[rules.Outside(found.wish.outside or "private")][0],
        "shown_name": found.wish.shown_name if found.wish.outside == "named" else "",
    }


# --- step 2: answer, and how we are shown --------------------------------------------------------


@bp.get("/<uuid:round_id>/answer")
def answer(round_id: UUID) -> AnyResponse:
    """The answers with their meanings, and the two dials, narrow unless we said otherwise."""
    round_ = queries.round_of(gate.session(), gate.actor(), round_id)
    _may_answer(round_)
    mine = queries.my_answer(gate.session(), gate.actor(), round_id)
    if not rules.takes(round_.state, mine.kind if mine else None, is_late=round_.is_late):
        return redirect(url_for("answers.read", round_id=round_id), 303)
    said: dict[str, Any] = {"shown_name": gate.actor().organisation_name}
    waits = signons.waiting(gate.session(), gate.actor(), round_id)
    if waits and not mine:
        said |= waits.as_said
    if mine:
        said = {**asdict(mine.said), "clauses": [str(a.clause_id) for a in mine.clauses]}
        said |= _wished(mine)
    form = forms.Answer(
        formdata=None, **said, seen_hash=round_.content_hash, after=str(mine.id) if mine else ""
    )
    return _answer_page(round_, form)


def _wished(mine: AnswerRow) -> dict[str, str]:
    """What we said would settle it, to be said again."""
    if mine.kind != rules.Kind.CHANGE:
        return {}
    wish = offers.request(gate.session(), gate.actor(), mine.id).asked[-1][1]
    if wish is None:
        return {}
    dials = {"outside": wish.outside} if wish.outside else {}
    return {
        "fix": wish.fix,
        "condition": str(wish.clause_id or ""),
        "wording": wish.wording,
    } | dials


def _may_answer(round_: RoundRow) -> None:
    delegations.signing(gate.session(), gate.actor())
    party = queries.is_invited(gate.session(), gate.actor(), round_.id)
    mine = frozenset({gate.actor().must_organisation()} if party else ())
    policy.require(gate.actor(), "answer:give", policy.About(party_ids=mine))


def _answer_page(round_: RoundRow, form: forms.Answer, status: int = 200) -> Response:
    version = positions.version(gate.session(), gate.actor(), round_.version_id)
    guess = tallies.guess(gate.session(), gate.actor(), round_)
    return respond(
        "answers/answer.html",
        form=form,
        kinds=words.options(words.KINDS, round_.answers),
        outside=words.options(words.OUTSIDE, rules.Outside),
        inside=words.options(words.INSIDE, rules.Inside),
        clause_options=forms.clause_options(version),
        guess=reasons.say(guess),
        offer=_offer(round_, version),
        **_clearance(round_.id),
        status=status,
        **_shared(round_, version),
    )


@bp.post("/<uuid:round_id>/answer")
def answer_submit(round_id: UUID) -> AnyResponse:
    """Check what was chosen and show it again to be confirmed. Records nothing."""
    round_ = queries.round_of(gate.session(), gate.actor(), round_id)
    _may_answer(round_)
    form = forms.Answer()
    stale = _stale_reason(round_, form)
    if stale:
        return _changed_page(round_, Problem(409, (stale,)))
    if form.is_back:
        return _answer_page(round_, form)
    version = positions.version(gate.session(), gate.actor(), round_.version_id)
    known = {clause.cid for clause in version.clauses}
    if form.validate():
        said = rules.tidy(form.said())
        form.blame(rules.answer_faults(said, allowed=round_.answers, clauses=known))
        wanted, given = tidy(form.wanted()), form.wording.data or ""
        form.blame(wanted_faults(said.kind, wanted, version.clauses, given))
    if form.errors:
        return _answer_page(round_, form, 422)
    return _confirm_page(round_, version, form)


def _stale_reason(round_: RoundRow, form: forms.Answer) -> Any:
    mine = queries.my_answer(gate.session(), gate.actor(), round_.id)
    takes = rules.takes(round_.state, mine.kind if mine else None, is_late=round_.is_late)
    return rules.stale(
        rules.State.OPEN if takes else round_.state,
        is_text_same=form.seen_hash.data == round_.content_hash,
        is_answer_same=(form.after.data or "") == (str(mine.id) if mine else ""),
    )


# --- step 3: check and confirm -------------------------------------------------------------------


def _confirm_page(round_: RoundRow, version: VersionRow, form: forms.Answer) -> Response:
    return respond(
        "answers/confirm.html",
        person=gate.actor().person_name,
        **forms.to_check(form, round_, version),
        **_shared(round_, version),
    )


@bp.get("/<uuid:round_id>/confirm")
def confirm(round_id: UUID) -> AnyResponse:
    """A reload of step 3 leads back to step 2: what was chosen was not recorded."""
    return redirect(url_for("answers.answer", round_id=round_id), 303)


@bp.post("/<uuid:round_id>/confirm")
def confirm_submit(round_id: UUID) -> AnyResponse:
    """Record the answer."""
    round_ = queries.round_of(gate.session(), gate.actor(), round_id)
    form = forms.Answer()
    return submit(
        form,
        lambda s, a: _record(s, a, round_id, form),
        again=lambda problem: _again(round_, form, problem),
        done=lambda made: url_for("receipts.receipt", answer_id=made.id),
    )


def _record(session: Session, actor: Actor, round_id: UUID, form: forms.Answer) -> Any:
    """The answer, and what was ticked beside it."""
    made = objections.answer(
        session,
        actor,
        round_id,
        form.said(),
        wanted=form.wanted(),
        seen_hash=form.seen_hash.data or "",
        after=based_on(form.after.data),
    )
    ticked = {f.name: bool(f.data) for f in (form.spelling, form.translations)}
    carries.choose(session, actor, made.id, **ticked)
    releases.join(session, actor, round_id)
    return made


def _again(round_: RoundRow, form: forms.Answer, problem: Problem) -> Response:
    if problem.status == 409:
        return _changed_page(round_, problem)
    return _answer_page(round_, form, problem.status)


def _changed_page(round_: RoundRow, problem: Problem) -> Response:
    """Nothing was recorded: what changed, and what our answer is now."""
    mine = queries.my_answer(gate.session(), gate.actor(), round_.id)
    return respond(
        "answers/changed.html",
        sentences=problem.sentences,
        mine=words.words(mine) if mine else None,
        status=problem.status,
        **_shared(round_),
    )
