"""Pages of one proposed wording."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import Actor
from advocacy.amendments import actions, queries, rules
from advocacy.amendments import forms as amendments
from advocacy.amendments.rows import AmendmentRow
from advocacy.decisions import forms
from advocacy.decisions.queries import cards
from advocacy.drafting import queries as drafts
from advocacy.positions import queries as positions
from advocacy.text.bounded import Budget
from advocacy.text.bounded import words as difference
from advocacy.text.hashes import Clause
from advocacy.versions import actions as versions
from advocacy.web import filters, gate, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("decisions", __name__, url_prefix="/decisions")


@bp.get("/<uuid:amendment_id>")
def amendment(amendment_id: UUID) -> Response:
    """One proposal: what it changes, who stands behind it, what became of it."""
    return _page(amendment_id)


@bp.post("/<uuid:amendment_id>/accept")
def accept_submit(amendment_id: UUID) -> AnyResponse:
    """Take it into the text; from the list back to the list."""
    row, form = _row(amendment_id), forms.Decide()
    return _do(row, form, actions.accept, "decide", done=_list(row), with_seen=True)


def _list(row: AmendmentRow) -> str:
    """The list that the button stood in, with its filters; empty = it stood on its own page."""
    if not request.args.get("list"):
        return ""
    chosen = filters.chosen(request.args, {"state": None, "ours": None, "clause": None})
    return filters.address(f"/amendments/about/{row.position_id}", chosen)


@bp.post("/<uuid:amendment_id>/offer")
def offer_submit(amendment_id: UUID) -> AnyResponse:
    """Accept with changes: other wording, for the proposer to agree to."""
    row, form = _row(amendment_id), forms.Offer()
    given = {name: form[name].data or "" for name in ("heading", "wording", "reason")}
    return _do(row, form, actions.offer, "offer", with_seen=True, **given)


@bp.post("/<uuid:amendment_id>/reject")
def reject_submit(amendment_id: UUID) -> AnyResponse:
    """Do not take it, and say why."""
    row, form = _row(amendment_id), forms.Reject()
    return _do(row, form, actions.reject, "reject", reason=form.reason.data or "")


@bp.post("/<uuid:amendment_id>/agree")
def agree_submit(amendment_id: UUID) -> AnyResponse:
    """The proposer agrees to the wording offered."""
    return _do(_row(amendment_id), forms.Decide(), actions.agree, "decide", with_seen=True)


@bp.post("/<uuid:amendment_id>/refuse")
def refuse_submit(amendment_id: UUID) -> AnyResponse:
    """The proposer does not agree; it waits again as it was proposed."""
    row, form = _row(amendment_id), forms.Answer()
    return _do(row, form, actions.refuse, "answer", reason=form.reason.data or "")


@bp.post("/<uuid:amendment_id>/withdraw")
def withdraw_submit(amendment_id: UUID) -> AnyResponse:
    """The proposer takes it back."""
    row, form = _row(amendment_id), forms.Decide()
    return _do(row, form, actions.withdraw, "decide")


@bp.post("/<uuid:amendment_id>/support")
def support_submit(amendment_id: UUID) -> AnyResponse:
    """Stand behind it in the organisation's name."""
    row, form = _row(amendment_id), forms.Support()
    return submit(
        form,
        lambda s, a: actions.support(s, a, row.id, on=form.on.data),
        again=lambda problem: _page(row.id, problem, support=form),
        done=lambda _done: _after(row.id),
    )


@bp.post("/<uuid:amendment_id>/unsupport")
def unsupport_submit(amendment_id: UUID) -> AnyResponse:
    """Stand behind it no longer."""
    row = _row(amendment_id)
    return submit(
        forms.Button(),
        lambda s, a: actions.unsupport(s, a, row.id),
        again=lambda problem: _page(row.id, problem),
        done=lambda _done: _after(row.id),
    )


def _row(amendment_id: UUID) -> AmendmentRow:
    return queries.amendment(gate.session(), gate.actor(), amendment_id)


def _after(amendment_id: UUID) -> str:
    return url_for("decisions.amendment", amendment_id=amendment_id)


def _do(
    row: AmendmentRow,
    form: FlaskForm,
    act: Callable[..., Any],
    name: str,
    *,
    done: str = "",
    with_seen: bool = False,
    **given: str,
) -> AnyResponse:
    """A decision or an answer; where something moved on, the page of today with what was typed."""
    if with_seen:
        given["seen"] = form.seen.data or ""

    def deed(session: Session, actor: Actor) -> None:
        act(session, actor, row.id, after=form.after.data, **given)
        versions.saw(session, actor, row.position_id)

    return submit(
        form,
        deed,
        again=lambda problem: _page(row.id, problem, **{name: form}),
        done=lambda _done: done or _after(row.id),
    )


def _page(amendment_id: UUID, problem: Problem | None = None, **typed: FlaskForm) -> Response:
    row = _row(amendment_id)
    of = positions.position(gate.session(), gate.actor(), row.position_id)
    clauses = drafts.clauses(gate.session(), gate.actor(), of.document_id)
    now = next((clause for clause in clauses if clause.cid == row.cid), None)
    (card,) = cards(gate.session(), gate.actor(), [row], clauses)
    behind = queries.supporters(gate.session(), gate.actor(), [row.id])
    return respond(
        "decisions/amendment.html",
        row=row,
        card=card,
        now=now,
        offer=_offer(row, now, clauses),
        supporters=[(line, words.day(line.on, "d MMM y")) for line in behind.get(row.id, [])],
        events=_events(row),
        problem=problem,
        of=of,
        lang=of.language,
        back=url_for("amendments.amendments", position_id=of.id),
        state_words=words.table(amendments.STATES),
        fit_words=words.table(amendments.CURRENCIES),
        kind_words=words.table(amendments.KINDS),
        when=_when,
        **_may(row, of),
        **_forms(row, clauses, typed),
    )


def _offer(row: AmendmentRow, now: Clause | None, clauses: list[Clause]) -> dict[str, Any] | None:
    """The wording offered, as a difference from today's words."""
    plan = queries.offer(gate.session(), gate.actor(), row)
    if plan is None:
        return None
    made, budget = rules.outcome(plan, clauses), Budget()
    return {
        "heading_words": difference(now.heading if now else "", made.heading, budget),
        "words": difference(now.text if now else "", made.wording, budget),
        "fits": made.currency in rules.PLACED,
    }


def _forms(
    row: AmendmentRow, clauses: list[Clause], typed: dict[str, FlaskForm]
) -> dict[str, FlaskForm]:
    """The forms of the page, as typed or new; all stand on what the page shows."""
    new = {"decide": forms.Decide, "reject": forms.Reject, "answer": forms.Answer}
    made = {name: typed.get(name) or form(formdata=None) for name, form in new.items()}
    words_now = row.outcome or row
    made["offer_form"] = typed.get("offer") or forms.Offer(
        formdata=None, heading=words_now.heading, wording=words_now.wording
    )
    for form in made.values():
        form.after.data, form.seen.data = row.head_id, rules.basis(row, clauses)
    made["support"] = typed.get("support") or forms.Support(formdata=None)
    for name, form in made.items():
        for field in form:  # several forms on one page
            field.id = f"{name}-{field.id}"
    return made


def _may(row: AmendmentRow, of: Any) -> dict[str, Any]:
    mine = gate.actor().organisation_id
    can_propose = positions.may(gate.actor(), "amendment:propose", of)
    may = rules.deeds(
        row.state,
        is_lead=positions.may(gate.actor(), "amendment:decide", of),
        is_proposer=can_propose and row.organisation_id == mine,
        kind=row.kind,
    )
    return {
        "may": {deed.value for deed in may},
        "is_ours": row.organisation_id == mine,
        "can_propose": can_propose,
        "can_support": can_propose and row.state in rules.UNDECIDED and row.organisation_id != mine,
        "mine": mine,
    }


def _events(row: AmendmentRow) -> list[dict[str, Any]]:
    """What was done, newest first; the reason of the proposal stands above already."""
    acts = queries.history(gate.session(), gate.actor(), row.id)
    return [
        {
            "when": _when(act.at),
            "iso": act.at.isoformat(),
            "what": words.one(forms.DEEDS, act.deed),
            "who": act.organisation_name,
            "note": act.reason if number else "",
        }
        for number, act in reversed(list(enumerate(acts)))
    ]


def _when(at: datetime) -> str:
    return words.moment(at, "d MMM y, HH:mm")
