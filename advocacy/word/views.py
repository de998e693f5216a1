"""Pages of Word files: take one along, send one in, see what was found, place the rest."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.access import policy
from advocacy.drafting import queries as drafts
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.text.bounded import Budget
from advocacy.text.bounded import words as differ
from advocacy.web import gate, reasons, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit, take_files
from advocacy.word import actions, forms, queries
from advocacy.word.rows import Fate, FileRow, ItemRow, What
from advocacy.word.rules import MOST_BYTES

bp = Blueprint("word", __name__, url_prefix="/word")

take_files(bp, frozenset({"word.text_submit", "word.start_submit"}), most=MOST_BYTES)


# --- a text in Word ------------------------------------------------------------------------------


@bp.get("/<uuid:position_id>")
def text(position_id: UUID) -> Response:
    """Download the text, send a file back, see what became of earlier ones."""
    return _text_page(position_id, forms.Upload())


@bp.post("/<uuid:position_id>")
def text_submit(position_id: UUID) -> AnyResponse:
    """Read a file that came back, and keep what was found for one's own organisation."""
    queries.party(gate.session(), gate.actor(), position_id)
    form = forms.Upload()
    return submit(
        form,
        lambda s, a: actions.receive(s, a, position_id, paper=form.paper, digest=form.digest),
        again=lambda problem: _text_page(position_id, form, problem),
        done=lambda kept: url_for("word.file", file_id=kept),
    )


def _text_page(position_id: UUID, form: forms.Upload, problem: Problem | None = None) -> Response:
    of = positions.position(gate.session(), gate.actor(), position_id)
    return respond(
        "word/text.html",
        form=form,
        problem=problem,
        of=of,
        can_send=positions.may(gate.actor(), "amendment:propose", of),
        versions=positions.versions(gate.session(), gate.actor(), position_id),
        files=[_listed(row) for row in queries.files(gate.session(), gate.actor(), position_id)],
    )


def _listed(row: FileRow) -> dict[str, Any]:
    return {
        "href": url_for("word.file", file_id=row.id),
        "when": words.moment(row.at, "d MMM y, HH:mm"),
        "version": row.version_number,
        "is_sent": row.sent_at is not None,
        "waiting": row.waiting,
    }


# --- what was found ------------------------------------------------------------------------------


@bp.get("/files/<uuid:file_id>")
def file(file_id: UUID) -> Response:
    """All that was found in a file, counted; what becomes of it, or what became of it."""
    return _file_page(file_id)


@bp.post("/files/<uuid:file_id>/send")
def send_submit(file_id: UUID) -> AnyResponse:
    """Make proposals and comments of it."""
    queries.file(gate.session(), gate.actor(), file_id)
    return submit(
        forms.Send(),
        lambda s, a: actions.send(s, a, file_id),
        again=lambda problem: _file_page(file_id, problem),
        done=lambda _sent: url_for("word.file", file_id=file_id),
    )


def _file_page(file_id: UUID, problem: Problem | None = None) -> Response:
    row = queries.file(gate.session(), gate.actor(), file_id)
    of, numbers = _place_of(row)
    left = Budget()
    shown = [_shown(one, numbers, left) for one in row.items]
    groups = {state: [one for one in shown if one["state"] == state] for state in Fate}
    return respond(
        "word/file.html",
        form=forms.Send(),
        problem=problem,
        row=row,
        of=of,
        groups=groups,
        states=words.table(forms.STATES),
        ready=sum(one.state is Fate.READY and one.what is not What.COMMENT for one in row.items),
        comments=sum(one.state is Fate.READY and one.what is What.COMMENT for one in row.items),
        clauses=sum(len({one.cid} - {None}) for one in row.items if one.what is What.REPLACEMENT),
        when=words.moment(row.at, "d MMM y, HH:mm"),
        counted=sum(one.count for one in row.items),
    )


def _place_of(row: FileRow) -> tuple[Any, dict[UUID | None, int]]:
    """The text a file belongs to, and the numbers of its clauses; nothing where it has none."""
    if row.position_id is None:
        return None, {}
    of = positions.position(gate.session(), gate.actor(), row.position_id)
    found = drafts.clauses(gate.session(), gate.actor(), of.document_id)
    return of, {clause.cid: number for number, clause in enumerate(found, 1)}


_RESULTS = {What.COMMENT: "/discussion/"}


def _shown(one: ItemRow, numbers: dict[UUID | None, int], left: Budget) -> dict[str, Any]:
    is_change = one.what in (What.REPLACEMENT, What.DELETION)
    base = one.base_heading, one.base_text
    return {
        "href": url_for("word.item", item_id=one.id),
        "state": one.state,
        "what": words.one(forms.WHAT, one.what),
        "number": numbers.get(one.cid, 0) if one.cid else 0,
        "after": numbers.get(one.after, 0) if one.after else 0,
        "is_new": one.what in (What.INSERTION, What.MOVE),
        "why": reasons.say(Reason(one.why, facts=one.facts)) if one.why else "",
        "heading": differ(base[0], one.heading, left) if is_change else [("same", one.heading)],
        "words": differ(base[1], one.wording, left) if is_change else [("same", _told(one))],
        "quote": one.quote,
        "answers": one.what is What.COMMENT and "answers" in one.facts,
        "author": one.author,
        "is_untracked": one.is_untracked,
        "count": one.count,
        "result": f"{_RESULTS.get(one.what, '/amendments/')}{one.result_id}"
        if one.result_id and one.state is Fate.SENT
        else "",
    }


def _told(one: ItemRow) -> str:
    return one.base_text or one.base_heading if one.what is What.MISSING else one.wording


# --- what needs a person -------------------------------------------------------------------------


@bp.get("/items/<uuid:item_id>")
def item(item_id: UUID) -> Response:
    """One thing that had no place, with its words."""
    return _item_page(item_id, None)


@bp.post("/items/<uuid:item_id>")
def item_submit(item_id: UUID) -> AnyResponse:
    """Place it."""
    form = forms.Place()
    queries.item(gate.session(), gate.actor(), item_id)
    return submit(
        form,
        lambda s, a: actions.place(s, a, item_id, how=What(form.how.data), cid=form.cid()),
        again=lambda problem: _item_page(item_id, form, problem),
        done=lambda one: url_for("word.file", file_id=one.file_id),
    )


@bp.post("/items/<uuid:item_id>/dismiss")
def dismiss_submit(item_id: UUID) -> AnyResponse:
    """Say that nothing is to be done about it."""
    queries.item(gate.session(), gate.actor(), item_id)
    return submit(
        forms.Send(),
        lambda s, a: actions.dismiss(s, a, item_id),
        again=lambda problem: _item_page(item_id, None, problem),
        done=lambda one: url_for("word.file", file_id=one.file_id),
    )


def _item_page(item_id: UUID, form: forms.Place | None, problem: Problem | None = None) -> Response:
    one = queries.item(gate.session(), gate.actor(), item_id)
    row = queries.file(gate.session(), gate.actor(), one.file_id)
    of, numbers = _place_of(row)
    how = What.DELETION if one.what is What.MISSING else What.COMMENT
    chosen = str(one.cid) if one.cid in numbers else ""
    form = form or forms.Place(formdata=None, how=how.value, clause=chosen)
    names = [(str(cid), _("Clause %(number)d", number=n)) for cid, n in numbers.items()]
    listed = [("", _("The text as a whole, or its beginning")), *names]
    form.clause.choices = [SelectChoice(value, label) for value, label in listed]
    return respond(
        "word/item.html",
        form=form,
        problem=problem,
        one=_shown(one, numbers, Budget()),
        of=of,
        row=row,
    )


# --- a new text from a Word file -----------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>/start")
def start(workspace_slug: str) -> Response:
    """Choose a Word file to begin a text from."""
    return _start_page(workspace_slug, forms.Upload())


@bp.post("/in/<string:workspace_slug>/start")
def start_submit(workspace_slug: str) -> AnyResponse:
    """Read it and show what it would become."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    policy.require(gate.actor(), "position:start", policy.About(workspace_id=space.id))
    form = forms.Upload()
    return submit(
        form,
        lambda s, a: actions.take(s, a, space.id, paper=form.paper, digest=form.digest),
        again=lambda problem: _start_page(workspace_slug, form, problem),
        done=lambda kept: url_for("word.make", file_id=kept),
    )


def _start_page(slug: str, form: forms.Upload, problem: Problem | None = None) -> Response:
    space = organisations.workspace(gate.session(), gate.actor(), slug)
    policy.require(gate.actor(), "position:start", policy.About(workspace_id=space.id))
    back = url_for("positions.start", workspace_slug=slug)
    return respond("word/start.html", form=form, problem=problem, back=back)


@bp.get("/files/<uuid:file_id>/make")
def make(file_id: UUID) -> Response:
    """The clauses a file would become, and what else a text needs."""
    row = queries.file(gate.session(), gate.actor(), file_id)
    return _make_page(row, forms.Make(title=row.title, channel="public", sensitivity=2))


@bp.post("/files/<uuid:file_id>/make")
def make_submit(file_id: UUID) -> AnyResponse:
    """Begin the text."""
    row = queries.file(gate.session(), gate.actor(), file_id)
    form = forms.Make()
    return submit(
        form,
        lambda s, a: actions.make(
            s, a, file_id, kind=form.kind.data, language=form.language.data, details=form.details()
        ),
        again=lambda problem: _make_page(row, form, problem),
        done=lambda made: url_for("positions.position", position_id=made.id),
    )


def _make_page(row: FileRow, form: forms.Make, problem: Problem | None = None) -> Response:
    about = policy.About(workspace_id=row.workspace_id)
    policy.require(gate.actor(), "position:start", about)
    left = Budget()
    shown = [_shown(one, {}, left) for one in row.items if one.what is not What.CLAUSE]
    clauses = [one for one in row.items if one.what is What.CLAUSE]
    return respond(
        "word/make.html", form=form, problem=problem, row=row, clauses=clauses, rest=shown
    )
