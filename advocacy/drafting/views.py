"""Pages of one clause. The position it belongs to gives the way back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.discussion import queries as discussion
from advocacy.drafting import actions, forms, queries
from advocacy.drafting.rows import Place
from advocacy.drafting.rules import Edit, Insert, Move, Remove, Replace
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.redlines import queries as redlines
from advocacy.text.hashes import Clause
from advocacy.web import gate
from advocacy.web.respond import is_part, respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

bp = Blueprint("drafting", __name__, url_prefix="/drafting")


@bp.get("/<uuid:clause_id>")
def clause(clause_id: UUID) -> Response:
    """One clause as it reads now, with its history."""
    found = queries.place(gate.session(), gate.actor(), clause_id)
    history = queries.history(gate.session(), gate.actor(), clause_id)
    names = organisations.names(gate.session(), (row.organisation_id for row in history))
    events = [
        {
            "when": _when(row.at),
            "iso": row.at.isoformat(),
            "what": forms.EDITS[row.what],
            "who": names[row.organisation_id],
            "note": row.text if row.what != "moved" else "",
        }
        for row in history
    ]
    return respond("drafting/clause.html", "drafting/_clause.html", events=events, **_about(found))


@bp.get("/<uuid:clause_id>/edit")
def edit(clause_id: UUID) -> Response:
    """The clause with its words in a form."""
    found = queries.place(gate.session(), gate.actor(), clause_id)
    words = found.clause
    form = forms.Words(heading=words.heading, text=words.text, based_on=words.hash)
    return _edit_page(found, form)


@bp.post("/<uuid:clause_id>/edit")
def edit_submit(clause_id: UUID) -> AnyResponse:
    """Save the words, if the clause still reads as it did."""
    found, form = queries.place(gate.session(), gate.actor(), clause_id), forms.Words()
    change = Replace(clause_id, form.heading.data or "", form.text.data or "")
    return submit(
        form,
        lambda s, a: _change(s, a, found, change, form),
        again=lambda problem: _edit_again(clause_id, form, problem),
        done=lambda _cids: _after(found, clause_id),
    )


def _edit_again(clause_id: UUID, form: forms.Words, problem: Problem) -> Response:
    """The form as typed. Where others changed the clause: both texts, and their basis now."""
    found = queries.place(gate.session(), gate.actor(), clause_id)
    if problem.status == 409:
        form.based_on.data = found.clause.hash
    return _edit_page(found, form, problem)


def _edit_page(found: Place, form: forms.Words, problem: Problem | None = None) -> Response:
    clauses = queries.clauses(gate.session(), gate.actor(), found.document_id)
    of = positions.of_document(gate.session(), gate.actor(), found.document_id)
    rows = discussion.of_clause(gate.session(), gate.actor(), of.id, found.clause.cid)
    talks = discussion.talks(gate.session(), gate.actor(), rows, clauses)
    move = forms.Move(formdata=None, based_on=queries.order_hash(clauses))
    move.after.choices = _places(clauses, without=found.clause.cid)
    for field in (*form, *move):
        # Several clauses may be open on one page.
        field.id = f"{field.id}-{found.number}"
    return respond(
        "drafting/edit.html",
        "drafting/_edit.html",
        form=form,
        move=move,
        problem=problem,
        talks=talks,
        is_last=found.number == len(clauses),
        **_about(found, of),
    )


@bp.post("/<uuid:clause_id>/move")
def move_submit(clause_id: UUID) -> AnyResponse:
    """One place up or down, or to a place of the list."""
    found, form = queries.place(gate.session(), gate.actor(), clause_id), forms.Move()
    clauses = queries.clauses(gate.session(), gate.actor(), found.document_id)
    change = Move(clause_id, _target(form, clauses, found.number))
    return submit(
        form,
        lambda s, a: _change(s, a, found, change, form),
        again=lambda problem: _problem_page(found, problem),
        done=lambda _cids: _after_all(found.document_id, clause_id),
    )


def _target(form: forms.Move, clauses: list[Clause], number: int) -> UUID | None:
    """After which clause it goes."""
    to = {"up": number - 2, "down": number + 1}.get(form.to.data or "")
    if to is None:
        after: UUID | None = form.after.data
        return after
    return clauses[min(to, len(clauses)) - 1].cid if to > 0 else None


@bp.get("/<uuid:clause_id>/remove")
def remove(clause_id: UUID) -> Response:
    """What is about to be removed."""
    found = queries.place(gate.session(), gate.actor(), clause_id)
    form = forms.Remove(based_on=found.clause.hash)
    return respond("drafting/remove.html", form=form, problem=None, **_about(found))


@bp.post("/<uuid:clause_id>/remove")
def remove_submit(clause_id: UUID) -> AnyResponse:
    """Take the clause out of the text; its history stays."""
    found, form = queries.place(gate.session(), gate.actor(), clause_id), forms.Remove()
    return submit(
        form,
        lambda s, a: _change(s, a, found, Remove(clause_id), form),
        again=lambda problem: _problem_page(found, problem),
        done=lambda _cids: _after_all(found.document_id),
    )


@bp.get("/<uuid:document_id>/add")
def add(document_id: UUID) -> Response:
    """The form of a new clause, at the end unless another place is chosen."""
    clauses = queries.clauses(gate.session(), gate.actor(), document_id)
    form = forms.Add(based_on=queries.order_hash(clauses))
    form.after.data = clauses[-1].cid if clauses else None
    return _add_page(document_id, form)


@bp.post("/<uuid:document_id>/add")
def add_submit(document_id: UUID) -> AnyResponse:
    """Put a new clause into the text."""
    queries.document(gate.session(), gate.actor(), document_id)
    form = forms.Add()
    new = Insert(
        form.after.data, form.kind.data or "", form.heading.data or "", form.text.data or ""
    )
    return submit(
        form,
        lambda s, a: actions.change(s, a, document_id, [new], based_on=form.based_on.data or ""),
        again=lambda problem: _add_page(document_id, form, problem),
        done=lambda cids: _after_all(document_id, cids[0]),
    )


def _add_page(document_id: UUID, form: forms.Add, problem: Problem | None = None) -> Response:
    clauses = queries.clauses(gate.session(), gate.actor(), document_id)
    if problem and problem.status == 409:
        form.based_on.data = queries.order_hash(clauses)
    form.after.choices = _places(clauses)
    of = positions.of_document(gate.session(), gate.actor(), document_id)
    kinds = [(kind, word, forms.KINDS_MEAN[kind]) for kind, word in forms.KINDS.items()]
    return respond(
        "drafting/add.html",
        form=form,
        problem=problem,
        kinds=kinds,
        action=url_for("drafting.add_submit", document_id=document_id),
        **_position(of),
    )


def _problem_page(found: Place, problem: Problem) -> Response:
    now = queries.place(gate.session(), gate.actor(), found.clause.cid)
    form = forms.Remove(formdata=None, based_on=now.clause.hash)
    return respond("drafting/remove.html", form=form, problem=problem, **_about(now))


def _change(session: Any, actor: Any, found: Place, change: Edit, form: FlaskForm) -> list[UUID]:
    based_on = form.based_on.data or ""
    return actions.change(session, actor, found.document_id, [change], based_on=based_on)


def _after(found: Place, clause_id: UUID) -> str:
    """Back to the clause in its place: the part alone, or the page it stands on."""
    if is_part():
        return url_for("drafting.clause", clause_id=clause_id)
    return _after_all(found.document_id, clause_id)


def _after_all(document_id: UUID, clause_id: UUID | None = None) -> str:
    of = positions.of_document(gate.session(), gate.actor(), document_id)
    place = f"drafting-{clause_id}" if clause_id else None
    return url_for("positions.position", position_id=of.id, _anchor=place)


def _about(found: Place, of: Any = None) -> dict[str, Any]:
    """What the pages of one clause share."""
    of = of or positions.of_document(gate.session(), gate.actor(), found.document_id)
    return {
        "c": positions.desk_clause(gate.session(), gate.actor(), of, found),
        "aids": redlines.of_clause(gate.session(), gate.actor(), of, found.clause, found.number),
        "found": found,
        "kind_words": forms.KINDS,
        "wrote": queries.written_by(gate.session(), gate.actor(), found.document_id),
        "can_edit": positions.may(gate.actor(), "clause:edit", of) and not found.is_closed,
        "changed": _when(found.changed_at),
        **_position(of),
    }


def _position(of: Any) -> dict[str, Any]:
    return {
        "title": of.title,
        "lang": of.language,
        "back": url_for("positions.position", position_id=of.id),
        "when": _when,
    }


def _places(clauses: list[Clause], without: UUID | None = None) -> list[SelectChoice]:
    """The places a clause can go to."""
    first = SelectChoice("", _("First"))
    return [first] + [
        SelectChoice(str(c.cid), _("After %(number)d. %(words)s", number=n, words=_short(c)))
        for n, c in enumerate(clauses, 1)
        if c.cid != without
    ]


def _short(clause: Clause) -> str:
    words = clause.heading or clause.text
    return words if len(words) <= 60 else f"{words[:59]}…"


def _when(at: Any) -> str:
    return moment(at, "d MMM y, HH:mm")
