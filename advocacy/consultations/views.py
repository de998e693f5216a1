"""Pages of a consultation: all comments, the lead's decisions, the matrix, and our own."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.consultations import actions, forms, queries
from advocacy.consultations.rows import MatrixRow
from advocacy.discussion import actions as discussing
from advocacy.discussion import queries as discussion
from advocacy.discussion.forms import KINDS, OUTCOMES
from advocacy.discussion.rows import Reach, ThreadRow
from advocacy.drafting import queries as drafts
from advocacy.formats.xlsx import Column, Sheet, write
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.web import filters, gate, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("consultations", __name__, url_prefix="/consultations")

_FILTERS: dict[str, set[str]] = {
    "kind": set(KINDS) - {""},
    "state": {"open", "decided"},
    "whose": {"ours"},
    "reach": {*Reach},
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/<uuid:position_id>")
def points(position_id: UUID) -> Response:
    """Every comment on a text that one may read, with what became of it."""
    of = positions.position(gate.session(), gate.actor(), position_id)
    chosen = filters.chosen(request.args, _FILTERS)
    here = url_for("consultations.points", position_id=of.id)
    return respond(
        "consultations/points.html",
        "consultations/_points.html",
        talks=queries.points(gate.session(), gate.actor(), of, chosen),
        chosen=chosen,
        here=here,
        kinds={value: word for value, word in words.table(KINDS).items() if value},
        **_shared(of),
    )


@bp.get("/answer/<uuid:thread_id>")
def decide(thread_id: UUID) -> Response:
    """A comment, and what the lead does with it."""
    found = discussion.thread(gate.session(), gate.actor(), thread_id)
    done = found.disposition
    form = forms.Decide(based_on=str(done.id) if done else "")
    if done:
        form.outcome.data, form.reason.data = done.outcome, done.reason
    return _decide_page(thread_id, form)


@bp.post("/answer/<uuid:thread_id>")
def decide_submit(thread_id: UUID) -> AnyResponse:
    """Keep the decision, if nobody of the lead was faster."""
    found, form = discussion.thread(gate.session(), gate.actor(), thread_id), forms.Decide()
    return submit(
        form,
        lambda s, a: _dispose(s, a, found, form),
        again=lambda problem: _decide_again(thread_id, form, problem),
        done=lambda _act: url_for(
            "consultations.points",
            position_id=found.about_id,
            _anchor=f"discussion-talk-{found.id}",
        ),
    )


def _dispose(session: Session, actor: Actor, found: ThreadRow, form: forms.Decide) -> Any:
    positions.position(session, actor, found.about_id)
    return discussing.dispose(
        session,
        actor,
        found.id,
        outcome=form.outcome.data or "",
        reason=form.reason.data or "",
        after=form.after(),
    )


def _decide_again(thread_id: UUID, form: forms.Decide, problem: Problem) -> Response:
    """The form as typed; where somebody was faster it now follows what they decided."""
    if problem.status == 409 and problem.current is not None:
        form.based_on.data = str(problem.current.id)
    return _decide_page(thread_id, form, problem)


def _decide_page(thread_id: UUID, form: forms.Decide, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    found = discussion.thread(session, actor, thread_id)
    of = positions.position(session, actor, found.about_id)
    policy.require(actor, "comment:dispose", positions.about(of, frozenset()))
    clauses = drafts.clauses(session, actor, of.document_id)
    talk = discussion.talks(session, actor, [found], clauses)[0]
    clause = next((c for c in clauses if found.anchor and c.cid == found.anchor.clause_id), None)
    return respond(
        "consultations/decide.html",
        form=form,
        problem=problem,
        talk=talk,
        clause=clause,
        **{**_shared(of), "can_dispose": False},
    )


@bp.get("/<uuid:position_id>/matrix.xlsx")
def matrix(position_id: UUID) -> Response:
    """The comments of one kind of readers, as a table for a spreadsheet."""
    of = positions.position(gate.session(), gate.actor(), position_id)
    wanted = filters.chosen(request.args, {"reach": set(Reach)})
    reach = Reach(wanted.get("reach", Reach.CIRCLE))
    rows = queries.matrix(gate.session(), gate.actor(), of, reach)
    lead = organisations.names(gate.session(), [of.organisation_id])[of.organisation_id]
    file = write(_sheet(rows, _seen_by(reach, lead)), at=gate.actor().now)
    answer = make_response(file)
    answer.content_type = XLSX
    # No title: the name of a file is read over shoulders, and kept in many lists.
    answer.headers["Content-Disposition"] = 'attachment; filename="comments.xlsx"'
    return answer


def _seen_by(reach: Reach, lead: str) -> str:
    ours = gate.actor().organisation_name
    if reach is Reach.OWN:
        return str(_("Seen by %(names)s only", names=_apart(ours)))
    if reach is Reach.LEAD:
        only = _("Seen by the lead, %(lead)s, and by who wrote it only", lead=_apart(lead))
        return str(only)
    return str(_("Seen by all who take part in this text"))


def _apart(name: str) -> str:
    """A name whose direction does not turn the sentence around it (there is no <bdi> in a cell)."""
    return f"\u2068{name}\u2069"


def _sheet(rows: list[MatrixRow], seen_by: str) -> Sheet:
    columns = [
        Column(_("Number"), 8),
        Column(_("Organisation"), 24),
        Column(_("Clause"), 8),
        Column(_("What the clause says now"), 48),
        Column(_("Kind"), 14),
        Column(_("Comment"), 48),
        Column(_("Proposed change"), 48),
        Column(_("Decision"), 18),
        Column(_("Reason"), 36),
        Column(_("Date"), 12),
    ]
    locale = get_locale()
    return Sheet(
        name=_("Comments"),
        columns=columns,
        rows=[_cells(row) for row in rows],
        note=seen_by,
        right_to_left=locale is not None and locale.text_direction == "rtl",
    )


def _cells(row: MatrixRow) -> list[object]:
    return [
        row.number,
        row.organisation,
        row.place or _("none"),
        row.clause,
        words.one(KINDS, row.kind),
        row.comment,
        row.wording,
        words.one(OUTCOMES, row.outcome) if row.outcome else "",
        row.reason,
        row.at.date(),
    ]


@bp.get("/<uuid:position_id>/ours")
def ours(position_id: UUID) -> Response:
    """What we said among ourselves, and what of it goes to all."""
    return _ours_page(position_id, _send_form(position_id))


def _send_form(position_id: UUID) -> forms.Send:
    of = positions.position(gate.session(), gate.actor(), position_id)
    return forms.send(queries.ours(gate.session(), gate.actor(), of)[0])


@bp.post("/<uuid:position_id>/ours")
def ours_submit(position_id: UUID) -> AnyResponse:
    """Send the chosen ones, in the organisation's name."""
    form = _send_form(position_id)
    return submit(
        form,
        lambda s, a: actions.send(
            s, a, position_id, thread_ids=form.threads.data or (), said=form.said()
        ),
        again=lambda problem: _ours_page(position_id, form, problem),
        done=lambda _made: url_for("consultations.points", position_id=position_id, whose="ours"),
    )


def _ours_page(position_id: UUID, form: forms.Send, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    of = positions.position(session, actor, position_id)
    waits, others = queries.ours(session, actor, of)
    clauses = drafts.clauses(session, actor, of.document_id)
    shared = _shared(of)
    return respond(
        "consultations/ours.html",
        form=form,
        problem=problem,
        waits=discussion.talks(session, actor, waits, clauses),
        others=discussion.talks(session, actor, others, clauses),
        can_send=positions.may(actor, "comment:submit", of),
        lost=_without_a_field(form) if problem else [],
        **shared,
    )


def _without_a_field(form: forms.Send) -> list[str]:
    """What was typed for a comment that a colleague sent or settled meanwhile."""
    typed = ((name, words.strip()) for name, words in request.form.items())
    names = ("text_", "wording_")
    return [said for name, said in typed if said and name.startswith(names) and name not in form]


def _shared(of: Any) -> dict[str, Any]:
    actor = gate.actor()
    base = url_for("consultations.points", position_id=of.id)
    return {
        "title": of.title,
        "lang": of.language,
        "back": url_for("positions.position", position_id=of.id),
        "base": base,
        "us": actor.organisation_name,
        "can_settle": False,
        "can_dispose": positions.may(actor, "comment:dispose", of),
        "when": lambda at: words.moment(at, "d MMM y, HH:mm"),
    }
