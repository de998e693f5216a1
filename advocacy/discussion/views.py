"""Pages of the talk about a clause."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import Actor
from advocacy.discussion import actions, forms, queries
from advocacy.discussion.rows import ThreadRow
from advocacy.drafting import queries as drafts
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.text.anchor import Anchor
from advocacy.web import gate, words
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
    form.offer(_mentionable(of))
    return submit(
        form,
        lambda s, a: _say(s, a, of.id, clause_id, form),
        again=lambda problem: _clause_page(clause_id, form, problem),
        done=lambda _thread: url_for("discussion.clause", clause_id=clause_id),
    )


def _say(session: Session, actor: Actor, about_id: UUID, clause_id: UUID, form: forms.Say) -> Any:
    # Asked again inside the writing transaction: a circle that was left a moment ago hears nothing.
    of = positions.position(session, actor, about_id)
    return actions.say(
        session,
        actor,
        about_id=of.id,
        lead_id=of.organisation_id,
        audience_id=of.audience_id,
        text=form.comment.data or "",
        anchor=Anchor(clause_id, form.based_on.data or "", form.quote.data or ""),
        more=form.more(),
    )


def _mentionable(of: Any) -> Any:
    return queries.mentionable(
        gate.session(),
        gate.actor(),
        about_id=of.id,
        lead_id=of.organisation_id,
        audience_id=of.audience_id,
    )


def _clause_page(clause_id: UUID, form: forms.Say, problem: Problem | None = None) -> Response:
    found = drafts.place(gate.session(), gate.actor(), clause_id)
    of = positions.of_document(gate.session(), gate.actor(), found.document_id)
    rows = queries.of_clause(gate.session(), gate.actor(), of.id, clause_id)
    now = [found.clause] if found.number else []
    form.offer(_mentionable(of))
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
    form.offer(queries.mentionable_in(gate.session(), gate.actor(), found, found.reach))
    return submit(
        form,
        lambda s, a: _reply(s, a, found, form),
        again=lambda problem: _thread_page(thread_id, form, problem),
        done=lambda _comment: _after(found),
    )


def _reply(session: Session, actor: Actor, found: ThreadRow, form: forms.Reply) -> Any:
    positions.position(session, actor, found.about_id)
    text = form.comment.data or ""
    return actions.reply(session, actor, found.id, text=text, mentions=form.mentions())


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

    def settle(session: Session, actor: Actor) -> None:
        positions.position(session, actor, found.about_id)
        act(session, actor, thread_id)

    return submit(
        forms.Settle(),
        settle,
        again=lambda problem: _thread_page(thread_id, forms.Reply(formdata=None), problem),
        done=lambda _done: _after(found),
    )


def _after(found: ThreadRow) -> str:
    if found.anchor is None:
        return url_for("discussion.thread", thread_id=found.id)
    return url_for("discussion.clause", clause_id=found.anchor.clause_id)


def _thread_page(thread_id: UUID, form: forms.Reply, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    found = queries.thread(session, actor, thread_id)
    of = positions.position(session, actor, found.about_id)
    clauses = drafts.clauses(session, actor, of.document_id)
    talk = queries.talks(session, actor, [found], clauses)[0]
    clause_id = found.anchor.clause_id if found.anchor else None
    about = drafts.place(session, actor, clause_id) if clause_id else None
    form.offer(queries.mentionable_in(session, actor, found, found.reach))
    return respond(
        "discussion/thread.html",
        form=form,
        problem=problem,
        talk=talk,
        about=about,
        c=positions.desk_clause(session, actor, of, about) if about else None,
        **_shared(of),
    )


def _shared(of: Any) -> dict[str, Any]:
    actor = gate.actor()
    names = organisations.names(gate.session(), [of.organisation_id, actor.organisation_id])
    return {
        "title": of.title,
        "lang": of.language,
        "back": url_for("positions.position", position_id=of.id),
        "lead": names.get(of.organisation_id),
        "ours": actor.organisation_name,
        "is_lead": of.organisation_id == actor.organisation_id,
        "can_talk": positions.may(actor, "comment:write", of),
        "can_settle": positions.may(actor, "comment:resolve", of),
        "can_dispose": positions.may(actor, "comment:dispose", of),
        "consult": url_for("consultations.points", position_id=of.id),
        "when": lambda at: words.moment(at, "d MMM y, HH:mm"),
    }
