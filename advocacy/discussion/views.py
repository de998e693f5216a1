"""Pages of the talk about a clause."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import format_datetime
from werkzeug.wrappers import Response as AnyResponse

from advocacy.discussion import actions, forms, queries
from advocacy.discussion.rows import ThreadRow
from advocacy.drafting import queries as drafts
from advocacy.positions import queries as positions
from advocacy.text.anchor import Anchor
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("discussion", __name__, url_prefix="/discussion")


@bp.get("/about/<uuid:clause_id>")
def clause(clause_id: UUID) -> Response:
    """A clause, and what was said about it; the part is the margin beside the clause."""
    found = drafts.place(gate.session(), gate.actor(), clause_id)
    form = forms.Say(based_on=found.clause.hash)
    return _clause_page(clause_id, form)


@bp.post("/about/<uuid:clause_id>")
def clause_submit(clause_id: UUID) -> AnyResponse:
    """Begin a thread about a clause, as it read when the comment was written."""
    found = drafts.place(gate.session(), gate.actor(), clause_id)
    of = positions.of_document(gate.session(), gate.actor(), found.document_id)
    form = forms.Say()
    where = {"about_id": of.id, "lead_id": of.organisation_id, "audience_id": of.audience_id}
    return submit(
        form,
        lambda s, a: actions.say(
            s, a, text=form.comment.data or "", anchor=_anchor(clause_id, form), **where
        ),
        again=lambda problem: _clause_page(clause_id, form, problem),
        done=lambda _thread: url_for("discussion.clause", clause_id=clause_id),
    )


def _anchor(clause_id: UUID, form: forms.Say) -> Anchor:
    return Anchor(clause_id, form.based_on.data or "", form.quote.data or "")


def _clause_page(clause_id: UUID, form: forms.Say, problem: Problem | None = None) -> Response:
    found = drafts.place(gate.session(), gate.actor(), clause_id)
    of = positions.of_document(gate.session(), gate.actor(), found.document_id)
    rows = queries.of_clause(gate.session(), gate.actor(), of.id, clause_id)
    now = [found.clause] if found.number else []
    return respond(
        "discussion/clause.html",
        "discussion/_clause.html",
        form=form,
        problem=problem,
        talks=queries.talks(gate.session(), gate.actor(), rows, now),
        c=positions.desk_clause(gate.session(), gate.actor(), of, found),
        **_shared(of),
    )


@bp.get("/<uuid:thread_id>")
def thread(thread_id: UUID) -> Response:
    """One thread, with a form to answer."""
    return _thread_page(thread_id, forms.Reply())


@bp.post("/<uuid:thread_id>/reply")
def reply_submit(thread_id: UUID) -> AnyResponse:
    """Say something in a thread."""
    found, form = queries.thread(gate.session(), gate.actor(), thread_id), forms.Reply()
    return submit(
        form,
        lambda s, a: actions.reply(s, a, thread_id, text=form.comment.data or ""),
        again=lambda problem: _thread_page(thread_id, form, problem),
        done=lambda _comment: _after(found),
    )


@bp.post("/<uuid:thread_id>/resolve")
def resolve_submit(thread_id: UUID) -> AnyResponse:
    """Mark a thread as settled."""
    return _settle(thread_id, actions.resolve)


@bp.post("/<uuid:thread_id>/reopen")
def reopen_submit(thread_id: UUID) -> AnyResponse:
    """Open a settled thread again."""
    return _settle(thread_id, actions.reopen)


def _settle(thread_id: UUID, act: Any) -> AnyResponse:
    found = queries.thread(gate.session(), gate.actor(), thread_id)
    return submit(
        forms.Settle(),
        lambda s, a: act(s, a, thread_id),
        again=lambda problem: _thread_page(thread_id, forms.Reply(formdata=None), problem),
        done=lambda _done: _after(found),
    )


def _after(found: ThreadRow) -> str:
    if found.anchor is None:
        return url_for("discussion.thread", thread_id=found.id)
    return url_for("discussion.clause", clause_id=found.anchor.clause_id)


def _thread_page(thread_id: UUID, form: forms.Reply, problem: Problem | None = None) -> Response:
    found = queries.thread(gate.session(), gate.actor(), thread_id)
    of = positions.position(gate.session(), gate.actor(), found.about_id)
    clauses = drafts.clauses(gate.session(), gate.actor(), of.document_id)
    talk = queries.talks(gate.session(), gate.actor(), [found], clauses)[0]
    clause_id = found.anchor.clause_id if found.anchor else None
    about = drafts.place(gate.session(), gate.actor(), clause_id) if clause_id else None
    return respond(
        "discussion/thread.html",
        form=form,
        problem=problem,
        talk=talk,
        about=about,
        c=positions.desk_clause(gate.session(), gate.actor(), of, about) if about else None,
        **_shared(of),
    )


def _shared(of: Any) -> dict[str, Any]:
    return {
        "title": of.title,
        "lang": of.language,
        "back": url_for("positions.position", position_id=of.id),
        "can_talk": positions.may(gate.actor(), "comment:write", of),
        "can_settle": positions.may(gate.actor(), "comment:resolve", of),
        "when": lambda at: format_datetime(at, "d MMM y, HH:mm"),
    }
