"""Pages of a round: read, answer, confirm, the receipt; and the lead's pages."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.accounts import queries as accounts
from advocacy.ground import clock
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionRow
from advocacy.releases import queries as releases
from advocacy.signoff import actions, forms, queries, rules
from advocacy.signoff.rows import AnswerRow, RosterLine, RoundRow
from advocacy.text import anchor, diff
from advocacy.text.diff import Change, ClauseChange
from advocacy.text.hashes import short
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("signoff", __name__, url_prefix="/signoff")


# --- what every page of a round shows ------------------------------------------------------------


def _deadline(round_: RoundRow) -> str:
    """The deadline in the zone it was said in, and in the reader's where that differs."""
    local = round_.closes_at.astimezone(clock.zone(round_.zone))
    said = format_datetime(local, "EEEE d MMMM, HH:mm", rebase=False)
    mine = format_datetime(round_.closes_at, "EEEE d MMMM, HH:mm")
    here = _("%(time)s (%(zone)s)", time=said, zone=round_.zone)
    return str(here if mine == said else _("%(here)s; for you %(mine)s", here=here, mine=mine))


def _shared(round_: RoundRow, version: VersionRow | None = None) -> dict[str, Any]:
    names = organisations.names(gate.session(), [round_.lead_id])
    return {
        "round": round_,
        "version": version,
        "lead": names.get(round_.lead_id, ""),
        "deadline": _deadline(round_),
        "us": gate.actor().organisation_name,
        "is_lead": round_.lead_id == gate.actor().organisation_id,
        "read_href": url_for("signoff.read", round_id=round_.id),
        "answer_href": url_for("signoff.answer", round_id=round_.id),
        "confirm_href": url_for("signoff.confirm", round_id=round_.id),
        "lower_href": url_for("signoff.lower", round_id=round_.id),
        "roster_href": url_for("signoff.roster", round_id=round_.id),
    }


def _words(row: AnswerRow) -> dict[str, Any]:
    """An answer as the pages say it."""
    return {
        "kind": forms.KINDS[rules.Kind(row.kind)][0],
        "outside": forms.OUTSIDE[rules.Outside(row.outside)][0],
        "inside": forms.INSIDE[rules.Inside(row.inside)][0],
        "when": format_datetime(row.recorded_at, "d MMMM y, HH:mm:ss"),
        "row": row,
    }


# --- step 1: read --------------------------------------------------------------------------------


@bp.get("/<uuid:round_id>")
def read(round_id: UUID) -> Response:
    """The exact text, and what changed since one's own organisation last answered."""
    round_ = queries.round_of(gate.session(), gate.actor(), round_id)
    version = positions.version(gate.session(), gate.actor(), round_.version_id)
    before = queries.answer_before(gate.session(), gate.actor(), round_)
    mine = queries.my_answer(gate.session(), gate.actor(), round_id)
    changes = _changes(before, version)
    return respond(
        "signoff/read.html",
        clauses=_clauses(version, changes),
        gone=[_clause(change) for change in changes if change.after is None],
        stale_notes=_stale(before, version),
        changed=sum(c.kind != Change.UNCHANGED for c in changes),
        before=_words(before) if before else None,
        mine=_words(mine) if mine else None,
        invited=queries.is_invited(gate.session(), gate.actor(), round_id),
        can_answer=gate.actor().holds(*actions.ANSWER_SEATS),
        **_shared(round_, version),
    )


def _changes(before: AnswerRow | None, version: VersionRow) -> list[ClauseChange]:
    if before is None or before.version_id == version.id:
        return []
    signed = positions.version(gate.session(), gate.actor(), before.version_id)
    return diff.compare(signed.clauses, version.clauses)


def _clauses(version: VersionRow, changes: list[ClauseChange]) -> list[dict[str, Any]]:
    """The clauses as they fold open, each with its change since we signed."""
    changed = {change.cid: change for change in changes}
    return [
        {
            "no": number,
            "title": clause.heading or _("Clause %(number)d", number=number),
            "html": Markup(version.html[clause.cid]),  # noqa: S704 - the stored, cleaned copy
            "lang": clause.lang or version.language,
            **(_clause(changed[clause.cid]) if clause.cid in changed else _AS_SIGNED),
        }
        for number, clause in enumerate(version.clauses, 1)
    ]


_AS_SIGNED = {"change": "", "words": [], "heading_words": []}


def _clause(change: ClauseChange) -> dict[str, Any]:
    is_same = change.kind == Change.UNCHANGED
    return {
        "change": "" if is_same else change.kind.value,
        "number_before": change.number_before,
        "words": change.words if change.kind in {Change.CHANGED, Change.REMOVED} else [],
        "heading_words": change.heading_words if change.kind == Change.CHANGED else [],
    }


def _stale(before: AnswerRow | None, version: VersionRow) -> bool:
    """True when a clause we had a reservation on is not the one it was on."""
    noted = before.clauses if before else ()
    return any(anchor.place(a, version.clauses) != anchor.Placement.SAME for a in noted)


# --- step 2: answer, and how we are shown --------------------------------------------------------


@bp.get("/<uuid:round_id>/answer")
def answer(round_id: UUID) -> AnyResponse:
    """The answers with their meanings, and the two dials, narrow unless we said otherwise."""
    round_ = queries.round_of(gate.session(), gate.actor(), round_id)
    _may_answer(round_)
    mine = queries.my_answer(gate.session(), gate.actor(), round_id)
    if not round_.is_open:
        return redirect(url_for("signoff.read", round_id=round_id), 303)
    said: dict[str, Any] = {"shown_name": gate.actor().organisation_name}
    if mine:
        said = {**asdict(mine.said), "clauses": [str(a.clause_id) for a in mine.clauses]}
    form = forms.Answer(
        formdata=None, **said, seen_hash=round_.content_hash, after=str(mine.id) if mine else ""
    )
    return _answer_page(round_, form)


def _may_answer(round_: RoundRow) -> None:
    party = queries.is_invited(gate.session(), gate.actor(), round_.id)
    mine = frozenset({gate.actor().must_organisation()} if party else ())
    policy.require(gate.actor(), "answer:give", policy.About(party_ids=mine))


def _answer_page(round_: RoundRow, form: forms.Answer, status: int = 200) -> Response:
    version = positions.version(gate.session(), gate.actor(), round_.version_id)
    guess = queries.guess(gate.session(), gate.actor(), round_)
    return respond(
        "signoff/answer.html",
        form=form,
        kinds=forms.options(forms.KINDS, round_.answers),
        outside=forms.options(forms.OUTSIDE, rules.Outside),
        inside=forms.options(forms.INSIDE, rules.Inside),
        clause_options=[
            (str(c.cid), _("Clause %(number)d", number=n), c.heading or c.text[:80])
            for n, c in enumerate(version.clauses, 1)
        ],
        guess=reasons.say(guess),
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
    if form.errors:
        return _answer_page(round_, form, 422)
    return _confirm_page(round_, version, form)


def _stale_reason(round_: RoundRow, form: forms.Answer) -> Any:
    mine = queries.my_answer(gate.session(), gate.actor(), round_.id)
    return rules.stale(
        round_.state,
        is_text_same=form.seen_hash.data == round_.content_hash,
        is_answer_same=(form.after.data or "") == (str(mine.id) if mine else ""),
    )


# --- step 3: check and confirm -------------------------------------------------------------------


def _confirm_page(round_: RoundRow, version: VersionRow, form: forms.Answer) -> Response:
    said = rules.tidy(form.said())
    numbers = {c.cid: n for n, c in enumerate(version.clauses, 1)}
    return respond(
        "signoff/confirm.html",
        form=form,
        said=said,
        kind=forms.KINDS[rules.Kind(said.kind)],
        outside=forms.OUTSIDE[rules.Outside(said.outside)][0],
        inside=forms.INSIDE[rules.Inside(said.inside)][0],
        clause_numbers=sorted(numbers[cid] for cid in said.clauses),
        person=gate.actor().person_name,
        hash=short(round_.content_hash),
        carried=form.carried(),
        holds_all=round_.blocks == rules.Blocks.WHOLE_TEXT,
        **_shared(round_, version),
    )


@bp.get("/<uuid:round_id>/confirm")
def confirm(round_id: UUID) -> AnyResponse:
    """A reload of step 3 leads back to step 2: what was chosen was not recorded."""
    return redirect(url_for("signoff.answer", round_id=round_id), 303)


@bp.post("/<uuid:round_id>/confirm")
def confirm_submit(round_id: UUID) -> AnyResponse:
    """Record the answer."""
    round_ = queries.round_of(gate.session(), gate.actor(), round_id)
    form = forms.Answer()
    after = forms.as_uuid(form.after.data or "")
    return submit(
        form,
        lambda s, a: actions.answer(
            s, a, round_id, form.said(), seen_hash=form.seen_hash.data or "", after=after
        ),
        again=lambda problem: _again(round_, form, problem),
        done=lambda made: url_for("signoff.receipt", answer_id=made.id),
    )


def _again(round_: RoundRow, form: forms.Answer, problem: Problem) -> Response:
    if problem.status == 409:
        return _changed_page(round_, problem)
    return _answer_page(round_, form, problem.status)


def _changed_page(round_: RoundRow, problem: Problem) -> Response:
    """Nothing was recorded: what changed, and what our answer is now."""
    mine = queries.my_answer(gate.session(), gate.actor(), round_.id)
    return respond(
        "signoff/changed.html",
        sentences=problem.sentences,
        mine=_words(mine) if mine else None,
        status=problem.status,
        **_shared(round_),
    )


# --- the receipt, and taking our name off --------------------------------------------------------


@bp.get("/receipts/<uuid:answer_id>")
def receipt(answer_id: UUID) -> Response:
    """What one's own organisation answered, to which text, when."""
    row = queries.receipt(gate.session(), gate.actor(), answer_id)
    round_ = queries.round_of(gate.session(), gate.actor(), row.round_id)
    people = accounts.names(gate.session(), {row.person_id} if row.person_id else set())
    mine = queries.my_answer(gate.session(), gate.actor(), row.round_id)
    return respond(
        "signoff/receipt.html",
        mine=_words(row),
        is_current=mine is not None and mine.id == row.id,
        is_shown=row.outside != rules.Outside.PRIVATE,
        person=people.get(row.person_id, "") if row.person_id else "",
        **_copies(round_),
        **_shared(round_),
    )


def _copies(round_: RoundRow) -> dict[str, Any]:
    """Where copies went: what lowering cannot reach (practice A10)."""
    release_id = releases.of_position(gate.session(), gate.actor(), round_.position_id)
    if release_id is None:
        return {"release": None}
    release = releases.release(gate.session(), gate.actor(), release_id)
    return {
        "release": release,
        "released_on": format_datetime(release.released_at, "d MMMM y, HH:mm"),
        "release_href": url_for("releases.public", release_id=release_id),
    }


@bp.get("/<uuid:round_id>/lower")
def lower(round_id: UUID) -> Response:
    """The dials as they stand, with nothing above them to choose."""
    return _lower_page(round_id, None)


def _lower_page(
    round_id: UUID, form: forms.Lower | None, problem: Problem | None = None
) -> Response:
    round_ = queries.round_of(gate.session(), gate.actor(), round_id)
    mine = queries.must_answer(gate.session(), gate.actor(), round_id)
    policy.require(gate.actor(), "answer:lower", policy.About(organisation_id=mine.organisation_id))
    below = rules.at_most(mine.outside, mine.inside)
    return respond(
        "signoff/lower.html",
        form=form or forms.Lower(formdata=None, outside=mine.outside, inside=mine.inside),
        outside=forms.options(forms.OUTSIDE, below[0]),
        inside=forms.options(forms.INSIDE, below[1]),
        mine=_words(mine),
        sentences=problem.sentences if problem else [],
        **_copies(round_),
        **_shared(round_),
    )


@bp.post("/<uuid:round_id>/lower")
def lower_submit(round_id: UUID) -> AnyResponse:
    """Lower at once, in every output."""
    form = forms.Lower()
    return submit(
        form,
        lambda s, a: actions.lower(
            s, a, round_id, outside=form.outside.data or "", inside=form.inside.data or ""
        ),
        again=lambda problem: _lower_page(round_id, form, problem),
        done=lambda made: url_for("signoff.receipt", answer_id=made.id),
    )


# --- the lead ------------------------------------------------------------------------------------


@bp.get("/open/<uuid:position_id>")
def open_round(position_id: UUID) -> Response:
    """The form that puts the newest version to organisations."""
    of = positions.position(gate.session(), gate.actor(), position_id)
    space = organisations.workspace_by_id(gate.session(), gate.actor(), of.workspace_id)
    version = positions.latest(gate.session(), gate.actor(), position_id)
    form = forms.Open(formdata=None, zone=space.zone, version_id=str(version.id) if version else "")
    return _open_page(position_id, form)


def _open_page(position_id: UUID, form: forms.Open, problem: Problem | None = None) -> Response:
    of = positions.position(gate.session(), gate.actor(), position_id)
    circle = positions.participants(gate.session(), gate.actor(), of)
    policy.require(gate.actor(), "round:open", positions.about(of, circle))
    names = organisations.names(gate.session(), circle)
    return respond(
        "signoff/open.html",
        form=form,
        position=of,
        version=positions.latest(gate.session(), gate.actor(), position_id),
        sentences=problem.sentences if problem else [],
        choices=[(str(i), name, "") for i, name in sorted(names.items(), key=lambda n: n[1])],
        kinds=forms.options(forms.KINDS, rules.Kind),
        blocks=forms.options(forms.BLOCKS, rules.Blocks),
        back=url_for("positions.position", position_id=position_id),
        action=url_for("signoff.open_round_submit", position_id=position_id),
    )


@bp.post("/open/<uuid:position_id>")
def open_round_submit(position_id: UUID) -> AnyResponse:
    """Open the round."""
    form = forms.Open()
    return submit(
        form,
        lambda s, a: actions.open_round(s, a, position_id, **form.asked()),
        again=lambda problem: _open_page(position_id, form, problem),
        done=lambda made: url_for("signoff.roster", round_id=made.id),
    )


@bp.get("/<uuid:round_id>/roster")
def roster(round_id: UUID) -> Response:
    """Who was asked, what the lead may see of the answers, what is still missing."""
    return _roster_page(round_id)


def _roster_page(
    round_id: UUID, form: forms.Abandon | None = None, problem: Problem | None = None
) -> Response:
    round_ = queries.round_of(gate.session(), gate.actor(), round_id)
    about = policy.About(organisation_id=round_.lead_id)
    policy.require(gate.actor(), "round:open", about)
    version = positions.version(gate.session(), gate.actor(), round_.version_id)
    lines = queries.roster(gate.session(), gate.actor(), round_id)
    missing = queries.missing(gate.session(), gate.actor(), round_id)
    return respond(
        "signoff/roster.html",
        form=form or forms.Abandon(formdata=None),
        sentences=problem.sentences if problem else [],
        lines=[_line(line) for line in lines],
        missing=[reasons.say(reason) for reason in missing],
        all_seen=all(line.answer for line in lines),
        release_href=url_for("releases.before_release", position_id=round_.position_id),
        position_href=url_for("positions.position", position_id=round_.position_id),
        abandon_href=url_for("signoff.abandon", round_id=round_id),
        close_href=url_for("signoff.close", round_id=round_id),
        **_shared(round_, version),
    )


def _line(line: RosterLine) -> dict[str, Any]:
    said = _words(line.answer) if line.answer else None
    return {"name": line.name, "us": line.us, "said": said}


@bp.post("/<uuid:round_id>/abandon")
def abandon(round_id: UUID) -> AnyResponse:
    """Give the round up."""
    form = forms.Abandon()
    return submit(
        form,
        lambda s, a: actions.abandon(s, a, round_id, reason=form.reason.data or ""),
        again=lambda problem: _roster_page(round_id, form, problem),
        done=lambda _made: url_for("signoff.roster", round_id=round_id),
    )


@bp.post("/<uuid:round_id>/close")
def close(round_id: UUID) -> AnyResponse:
    """Close early, when an answer from everybody is in sight."""
    return submit(
        forms.Press(),
        lambda s, a: actions.close(s, a, round_id),
        again=lambda problem: _roster_page(round_id, None, problem),
        done=lambda _made: url_for("signoff.roster", round_id=round_id),
    )
