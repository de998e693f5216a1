"""Sign-on: the lead's page of what came by other ways, and the pages behind a link and a code."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.annexes import forms as annexing
from advocacy.answers.forms import clause_options, to_check
from advocacy.carries import actions as carries
from advocacy.clearances.rows import Standing
from advocacy.ground.ids import based_on
from advocacy.ground.reasons import Reason
from advocacy.objections.rules import tidy, wanted_faults
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.signoff import forms as words
from advocacy.signoff import queries as rounds
from advocacy.signoff import rules as answers
from advocacy.signoff.rows import AnswerRow, RoundRow
from advocacy.signons import actions, forms, queries, rules
from advocacy.versions import queries as versions
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("signons", __name__, url_prefix="/signons")

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# --- the lead ------------------------------------------------------------------------------------


@bp.get("/round/<uuid:round_id>")
def behalf(round_id: UUID) -> Response:
    """What was recorded on behalf, and the ways to record more."""
    return _lead_page(round_id)


def _lead_page(
    round_id: UUID,
    hear: forms.Hear | None = None,
    upload: forms.Upload | None = None,
    problem: Problem | None = None,
    bring: forms.Bring | None = None,
) -> Response:
    round_ = rounds.round_of(gate.session(), gate.actor(), round_id)
    policy.require(gate.actor(), "round:open", policy.About(organisation_id=round_.lead_id))
    listed = queries.of_round(gate.session(), gate.actor(), round_id)
    allowed = rules.PLAIN & set(round_.answers)
    return respond(
        "signons/behalf.html",
        hear=hear or forms.Hear(formdata=None),
        upload=upload or forms.Upload(formdata=None),
        bring=bring,
        sheet=upload.sheet if upload and bring else None,
        refused=[(r.line, reasons.say(r.reason)) for r in upload.sheet.refused]
        if bring and upload
        else [],
        sentences=problem.sentences if problem else [],
        rows=[forms.shown(row) for row in listed],
        kinds=words.options(words.KINDS, allowed),
        ways=words.options(forms.HOW, [rules.How.PHONE, rules.How.MAIL]),
        blank_href=url_for("signons.blank", round_id=round_id),
        round=round_,
        deadline=words.deadline(round_),
        back=url_for("rounds.round_page", round_id=round_id),
        hear_href=url_for("signons.behalf_submit", round_id=round_id),
        upload_href=url_for("signons.sheet_submit", round_id=round_id),
        bring_href=url_for("signons.bring_submit", round_id=round_id),
        status=problem.status if problem else 200,
    )


@bp.get("/round/<uuid:round_id>/sheet.xlsx")
def blank(round_id: UUID) -> Response:
    """A sheet to send round, in the reader's language: who is asked is in it, no answer is."""
    round_ = rounds.round_of(gate.session(), gate.actor(), round_id)
    policy.require(gate.actor(), "round:open", policy.About(organisation_id=round_.lead_id))
    asked = rounds.roll(gate.session(), gate.actor(), round_id)
    answer = make_response(forms.blank(round_, sorted(asked.values(), key=str.casefold)))
    answer.content_type = _XLSX
    # No title: the name of a file is read over shoulders.
    answer.headers["Content-Disposition"] = 'attachment; filename="sign-on-sheet.xlsx"'
    return answer


@bp.post("/round/<uuid:round_id>")
def behalf_submit(round_id: UUID) -> AnyResponse:
    """Record one."""
    form = forms.Hear()
    rounds.round_of(gate.session(), gate.actor(), round_id)
    return submit(
        form,
        lambda s, a: actions.note(s, a, round_id, form.heard()),
        again=lambda problem: _lead_page(round_id, hear=form, problem=problem),
        done=lambda _made: url_for("signons.behalf", round_id=round_id),
    )


@bp.post("/round/<uuid:round_id>/sheet")
def sheet_submit(round_id: UUID) -> AnyResponse:
    """Look at a sheet: what would be written, and the lines that cannot be. Writes nothing."""
    round_ = rounds.round_of(gate.session(), gate.actor(), round_id)
    form = forms.Upload()
    form.allowed = round_.answers
    if not form.validate():
        return _lead_page(round_id, upload=form, problem=Problem(422))
    if not form.sheet.heard:
        reason = Reason("signons.nothing")
        bring = forms.Bring(formdata=None)
        return _lead_page(round_id, upload=form, bring=bring, problem=Problem(422, (reason,)))
    bring = forms.Bring(formdata=None, rows=forms.Bring.packed(form.sheet.heard))
    return _lead_page(round_id, upload=form, bring=bring)


@bp.post("/round/<uuid:round_id>/bring")
def bring_submit(round_id: UUID) -> AnyResponse:
    """Write what was looked at, and ask each organisation to confirm."""
    form = forms.Bring()
    rounds.round_of(gate.session(), gate.actor(), round_id)
    return submit(
        form,
        lambda s, a: actions.bring_in(s, a, round_id, form.heard()),
        again=lambda problem: _lead_page(round_id, problem=_above(problem)),
        done=lambda _made: url_for("signons.behalf", round_id=round_id),
    )


def _above(problem: Problem) -> Problem:
    """Reasons about fields of a line stand above the page: the sheet has no such fields."""
    return Problem(problem.status, tuple(Reason(r.code, "", r.facts) for r in problem.reasons))


# --- a link, and a code --------------------------------------------------------------------------


@bp.get("/<string:token>")
def link(token: str) -> AnyResponse:
    """Ask for a code, or write the one that came. It says nothing of what the link is for."""
    return _link_page(token, forms.Enter(formdata=None))


def _link_page(token: str, form: forms.Enter, status: int = 200) -> AnyResponse:
    queries.opened(gate.session(), token, now=gate.now())
    return respond("signons/link.html", form=form, ask=forms.Ask(), token=token, status=status)


@bp.post("/<string:token>/code")
def code_submit(token: str) -> AnyResponse:
    """Send a code to the registered address."""
    return submit(
        forms.Ask(),
        lambda s, a: actions.ask_code(s, a, token=token, language=str(get_locale())),
        again=lambda _problem: _link_page(token, forms.Enter(formdata=None)),
        done=lambda _none: _sent(token),
        is_personal=True,
    )


def _sent(token: str) -> str:
    flash(
        _("A code is on its way to the registered address. It works once, for 15 minutes."), "info"
    )
    return url_for("signons.link", token=token, sent="yes")


@bp.post("/<string:token>")
def link_submit(token: str) -> AnyResponse:
    """Open the text with the code."""
    form = forms.Enter()
    return submit(
        form,
        lambda s, a: actions.enter(s, a, token=token, digits=form.digits.data or ""),
        again=lambda problem: _link_page(token, form, problem.status),
        done=lambda made: _entered(form, token, made),
        is_personal=True,
    )


def _entered(form: forms.Enter, token: str, made: str | None) -> AnyResponse:
    if made is not None:
        return gate.let_pass(made, url_for("signons.read"))
    form.digits.errors = [reasons.say(Reason("signons.code-wrong"))]
    return make_response(_link_page(token, form, 422), 422)


# --- behind the code -----------------------------------------------------------------------------


def _came_for() -> RoundRow | None:
    round_id = gate.passed_for()
    return rounds.round_of(gate.session(), gate.actor(), round_id) if round_id else None


def _again() -> Response:
    """There is no pass, or its half hour is over."""
    return make_response(render_template("signons/again.html"), 404)


def _shared(round_: RoundRow) -> dict[str, Any]:
    names = organisations.names(gate.session(), [round_.lead_id])
    mine = rounds.my_answer(gate.session(), gate.actor(), round_.id)
    return {
        "round": round_,
        "version": positions.version(gate.session(), gate.actor(), round_.version_id),
        "lead": names.get(round_.lead_id, ""),
        "deadline": words.deadline(round_),
        "us": gate.actor().organisation_name,
        "mine": words.words(mine) if mine else None,
        "takes": _takes(round_, mine),
        "is_shown": mine is not None and mine.outside != answers.Outside.PRIVATE,
        "read_href": url_for("signons.read"),
        "answer_href": url_for("signons.answer"),
        "confirm_href": url_for("signons.confirm_submit"),
        "lower_href": url_for("signons.lower_submit"),
    }


def _takes(round_: RoundRow, mine: AnswerRow | None) -> bool:
    return answers.takes(round_.state, mine.kind if mine else None, is_late=round_.is_late)


@bp.get("/text")
def read() -> Response:
    """Exactly the text, our answer if there is one, what was recorded for us."""
    round_ = _came_for()
    if round_ is None:
        return _again()
    given = _shared(round_)
    clauses, gone = versions.lines(given["version"], None)
    waits = queries.waiting(gate.session(), gate.actor(), round_.id)
    return respond(
        "signons/read.html",
        clauses=clauses,
        gone=gone,
        before=None,
        stale_notes=False,
        annexes=annexing.shown(given["version"].annexes, "/by-link"),
        fingerprint=round_.content_hash,
        waits=forms.shown(waits) if waits else None,
        lower=forms.Lower(formdata=None),
        **given,
    )


@bp.get("/answer")
def answer() -> AnyResponse:
    """The answers with their meanings, filled with what was recorded for us."""
    round_ = _came_for()
    if round_ is None:
        return _again()
    mine = rounds.my_answer(gate.session(), gate.actor(), round_.id)
    if not _takes(round_, mine):
        return redirect(url_for("signons.read"), 303)
    said: dict[str, Any] = {"shown_name": gate.actor().organisation_name}
    waits = queries.waiting(gate.session(), gate.actor(), round_.id)
    if mine:
        said = {**asdict(mine.said), "clauses": [str(a.clause_id) for a in mine.clauses]}
    elif waits:
        said |= waits.as_said
    after = str(mine.id) if mine else ""
    form = forms.ByLink(formdata=None, **said, seen_hash=round_.content_hash, after=after)
    return _answer_page(round_, form)


def _answer_page(round_: RoundRow, form: forms.ByLink, status: int = 200) -> Response:
    given = _shared(round_)
    return respond(
        "answers/answer.html",
        form=form,
        kinds=words.options(words.KINDS, round_.answers),
        outside=words.options(words.OUTSIDE, answers.Outside),
        inside=words.options(words.INSIDE, answers.Inside),
        clause_options=clause_options(given["version"]),
        guess=_(
            "Our pages alone do not reveal you. When most others are named, readers can guess."
        ),
        offer=None,
        clearance=Standing((), None, None, None),
        status=status,
        **given,
    )


@bp.post("/answer")
def answer_submit() -> AnyResponse:
    """Check what was chosen and show it again to be confirmed. Records nothing."""
    round_ = _came_for()
    if round_ is None:
        return _again()
    form = forms.ByLink()
    if form.is_back:
        return _answer_page(round_, form)
    version = positions.version(gate.session(), gate.actor(), round_.version_id)
    if form.validate():
        said, known = answers.tidy(form.said()), {clause.cid for clause in version.clauses}
        form.blame(answers.answer_faults(said, allowed=round_.answers, clauses=known))
        given = form.wording.data or ""
        form.blame(wanted_faults(said.kind, tidy(form.wanted()), version.clauses, given))
    if form.errors:
        return _answer_page(round_, form, 422)
    return _confirm_page(round_, form)


def _confirm_page(round_: RoundRow, form: forms.ByLink) -> Response:
    given = _shared(round_)
    return respond(
        "answers/confirm.html",
        person=f"{form.person.data}, {form.role.data}",
        **to_check(form, round_, given["version"]),
        **given,
    )


@bp.get("/confirm")
def confirm() -> AnyResponse:
    """A reload of the last step leads back: what was chosen was not recorded."""
    return redirect(url_for("signons.answer"), 303)


@bp.post("/confirm")
def confirm_submit() -> AnyResponse:
    """Record the answer."""
    round_ = _came_for()
    if round_ is None:
        return _again()
    form, round_id = forms.ByLink(), round_.id
    after = based_on(form.after.data)
    return submit(
        form,
        lambda s, a: actions.answer(
            s,
            a,
            round_id,
            form.said(),
            wanted=form.wanted(),
            seen_hash=form.seen_hash.data or "",
            after=after,
            by=(form.person.data or "", form.role.data or ""),
        ),
        again=lambda problem: _refused(round_id, form, problem),
        done=lambda _made: url_for("signons.done"),
    )


def _refused(round_id: UUID, form: forms.ByLink, problem: Problem) -> Response:
    round_ = rounds.round_of(gate.session(), gate.actor(), round_id)
    if problem.status != 409:
        return _answer_page(round_, form, problem.status)
    given = _shared(round_)
    return respond("signons/changed.html", sentences=problem.sentences, status=409, **given)


@bp.get("/done")
def done() -> Response:
    """What was recorded, and how to take our name off."""
    round_ = _came_for()
    if round_ is None:
        return _again()
    given = _shared(round_)
    by = (
        queries.by(gate.session(), gate.actor(), given["mine"]["row"].id) if given["mine"] else None
    )
    return respond("signons/done.html", by=by, lower=forms.Lower(formdata=None), **given)


@bp.post("/lower")
def lower_submit() -> AnyResponse:
    """Take our name off, at once, at any hour."""
    round_ = _came_for()
    if round_ is None:
        return _again()
    round_id = round_.id
    mine = rounds.must_answer(gate.session(), gate.actor(), round_id)
    return submit(
        forms.Lower(),
        lambda s, a: carries.lower(s, a, round_id, outside="private", inside=mine.inside),
        again=lambda _problem: _again(),
        done=lambda _made: url_for("signons.done"),
    )
