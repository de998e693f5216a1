"""Pages of a text's annexes, and the files themselves, which are only ever handed over."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.annexes import actions, forms, queries, rules
from advocacy.annexes.rows import FileRow
from advocacy.annexes.schema import Annex
from advocacy.formats.attachment import MOST_BYTES
from advocacy.ground.errors import NotFound
from advocacy.positions import queries as positions
from advocacy.releases import queries as releases
from advocacy.signoff import queries as signoff
from advocacy.web import gate, uploads, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit, take_files

bp = Blueprint("annexes", __name__, url_prefix="/annexes")

take_files(bp, frozenset({"annexes.add_submit", "annexes.change_submit"}), most=MOST_BYTES)


@bp.get("/of/<uuid:position_id>")
def annexes(position_id: UUID) -> Response:
    """The annexes of the draft, and a form for one more."""
    return _list_page(position_id, forms.Add(formdata=None))


@bp.post("/of/<uuid:position_id>")
def add_submit(position_id: UUID) -> AnyResponse:
    """Add one at the end."""
    of = positions.position(gate.session(), gate.actor(), position_id)
    form = forms.Add()
    return submit(
        form,
        lambda s, a: actions.add(
            s, a, of.document_id, title=form.title.data or "", sent=form.sent()
        ),
        again=lambda problem: _list_page(position_id, form, problem),
        done=lambda _made: url_for("annexes.annexes", position_id=position_id),
    )


def _list_page(position_id: UUID, form: forms.Add, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    of = positions.position(session, actor, position_id)
    rows = queries.of_draft(session, actor, of.document_id)
    return respond(
        "annexes/annexes.html",
        form=form,
        of=of,
        rows=forms.shown(rows),
        can_change=queries.may_change(session, actor, of.document_id),
        are_scanned=uploads.are_scanned(),
        is_full=len(rows) >= rules.MOST,
        limits={
            "each": words.size(MOST_BYTES),
            "all": words.size(rules.MOST_TOTAL_BYTES),
            "many": rules.MOST,
        },
        sentences=problem.sentences if problem else [],
    )


@bp.get("/<uuid:annex_id>")
def annex(annex_id: UUID) -> Response:
    """One annex in a form: title, place, file; and the way to take it out."""
    return _form_page(annex_id)


@bp.post("/<uuid:annex_id>")
def change_submit(annex_id: UUID) -> AnyResponse:
    """Change it."""
    form, position_id = forms.Change(), _position_of(annex_id)
    return submit(
        form,
        lambda s, a: actions.change(
            s,
            a,
            annex_id,
            title=form.title.data or "",
            number=form.place(),
            sent=form.other(),
            based_on=form.based_on.data or "",
        ),
        again=lambda problem: _form_page(annex_id, form, problem),
        done=lambda _made: url_for("annexes.annexes", position_id=position_id),
    )


@bp.post("/<uuid:annex_id>/remove")
def remove_submit(annex_id: UUID) -> AnyResponse:
    """Take it out."""
    form, position_id = forms.Remove(), _position_of(annex_id)
    return submit(
        form,
        lambda s, a: actions.remove(s, a, annex_id, based_on=form.based_on.data or ""),
        again=lambda problem: _form_page(annex_id, None, problem),
        done=lambda _gone: url_for("annexes.annexes", position_id=position_id),
    )


def _draft_of(found: Annex) -> Any:
    return positions.of_document(gate.session(), gate.actor(), found.document_id)


def _position_of(annex_id: UUID) -> UUID:
    found = _draft_of(queries.annex(gate.session(), gate.actor(), annex_id))
    return UUID(str(found.id))


def _form_page(
    annex_id: UUID, form: forms.Change | None = None, problem: Problem | None = None
) -> Response:
    session, actor = gate.session(), gate.actor()
    found = queries.annex(session, actor, annex_id)
    rows = queries.of_draft(session, actor, found.document_id)
    based_on = rules.digest(rows)
    if form is None:
        form = forms.Change(formdata=None, title=found.title, number=str(found.number))
    # After a conflict the page shows today's list, so the next press is based on that.
    if form.based_on.data is None or (problem and problem.status == 409):
        form.based_on.data = based_on
    form.number.choices = [
        SelectChoice(str(row.number), f"{row.number}. {row.title}") for row in rows
    ]
    return respond(
        "annexes/annex.html",
        form=form,
        of=_draft_of(found),
        rows=forms.shown(rows),
        row=next(row for row in forms.shown(rows) if row["number"] == found.number),
        annex_id=annex_id,
        based_on=based_on,
        most=words.size(MOST_BYTES),
        can_change=queries.may_change(session, actor, found.document_id),
        sentences=problem.sentences if problem else [],
    )


# --- the files -----------------------------------------------------------------------------------


@bp.get("/files/<uuid:annex_file_id>")
def file(annex_file_id: UUID) -> Response:
    """A file of a draft or a version, for those who take part in its text."""
    session, actor = gate.session(), gate.actor()
    positions.of_document(session, actor, queries.document_of(session, actor, annex_file_id))
    return _handed_over(queries.file(session, actor, annex_file_id))


@bp.get("/files/<uuid:annex_file_id>/with/<uuid:release_id>")
def with_release(annex_file_id: UUID, release_id: UUID) -> Response:
    """A file that went out with a text, for who reads that now, and while it stands."""
    session, actor = gate.session(), gate.actor()
    of = releases.must_release(session, actor, release_id)
    ended = releases.end_of(session, actor, release_id)
    if ended is not None and ended.is_over:
        raise NotFound
    return _handed_over(queries.file_gone_out(session, actor, of.version_id, annex_file_id))


@bp.get("/files/<uuid:annex_file_id>/by-link")
def by_link(annex_file_id: UUID) -> Response:
    """A file of the text that who came by a link and a code is asked about."""
    session, actor, round_id = gate.session(), gate.actor(), gate.passed_for()
    if round_id is None:
        raise NotFound
    version_id = signoff.round_of(session, actor, round_id).version_id
    if annex_file_id not in {row.file_id for row in queries.of_version(session, actor, version_id)}:
        raise NotFound
    return _handed_over(queries.file(session, actor, annex_file_id))


def _handed_over(row: FileRow) -> Response:
    """Never shown by us, never kept on the way: a program on the reader's side opens it."""
    answer = make_response(row.data)
    answer.headers["Content-Type"] = row.media
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
