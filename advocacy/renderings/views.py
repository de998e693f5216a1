"""Pages of a text in other languages: live, side by side, and frozen, to be read."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.renderings import actions, forms, queries
from advocacy.renderings.rows import Progress, Side, State
from advocacy.web import gate, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("renderings", __name__, url_prefix="/renderings")


@bp.get("/<uuid:position_id>")
def renderings(position_id: UUID) -> Response:
    """How far a text has come in each language."""
    session, actor = gate.session(), gate.actor()
    of = positions.position(session, actor, position_id)
    rows = queries.progress(session, actor, of)
    return respond(
        "renderings/renderings.html",
        rows=[_progress(row, f"/renderings/{of.id}/{row.language}") for row in rows],
        **_about(of),
    )


def _progress(row: Progress, href: str) -> dict[str, Any]:
    return {
        "href": href,
        "name": forms.NAMES[row.language],
        "language": row.language,
        "word": words.one(forms.LANGUAGES, row.language),
        "clauses": row.clauses,
        "checked": row.checked,
        "drafts": row.drafts,
        "outdated": row.outdated,
    }


def _about(of: Any) -> dict[str, Any]:
    """What the pages of one text share."""
    record = of.language.partition("-")[0].lower()
    return {
        "title": of.title,
        "record": words.table(forms.LANGUAGES).get(record, of.language),
        "record_lang": of.language,
        "back": f"/positions/{of.id}",
        "base": f"/renderings/{of.id}",
        "can_edit": positions.may(gate.actor(), "clause:edit", of),
    }


@bp.get("/<uuid:position_id>/<string:language>")
def sides(position_id: UUID, language: str) -> Response:
    """The live text and its translation, clause by clause."""
    session, actor = gate.session(), gate.actor()
    of = positions.position(session, actor, position_id)
    rows = queries.sides(session, actor, of, language)
    names = organisations.names(session, (row.rendering.written_for for row in rows))
    base = f"/renderings/{of.id}/{language}"
    return respond(
        "renderings/sides.html",
        rows=[_side(row, names, f"{base}/{row.clause.cid}") for row in rows],
        language=language,
        name=forms.NAMES[language],
        **_about(of),
    )


def _side(row: Side, names: dict[UUID, str], href: str = "") -> dict[str, Any]:
    found = row.rendering
    return {
        "number": row.number,
        "cid": row.clause.cid,
        "heading": row.clause.heading,
        # Both come from text.markdown, the one road to HTML.
        "html": Markup(row.html),  # noqa: S704
        "their_heading": found.heading,
        "their_html": Markup(found.html),  # noqa: S704
        "state": found.state,
        "is_there": found.state is not State.MISSING,
        "word": words.one(forms.STATES, found.state),
        "sign": forms.KINDS[found.state],
        "by": names.get(found.written_for, "") if found.written_for else "",
        "when": words.moment(found.checked_at or found.written_at, "d MMM y, HH:mm"),
        "href": href,
    }


@bp.get("/<uuid:position_id>/<string:language>/<uuid:clause_id>")
def side(position_id: UUID, language: str, clause_id: UUID) -> Response:
    """One clause with its translation in a form."""
    of, now = _now(position_id, language, clause_id)
    found = now.rendering
    form = forms.Words(
        formdata=None,
        heading=found.heading,
        text=found.text,
        source=now.clause.hash,
        based_on=str(found.head_id or ""),
    )
    return _side_page(of, now, language, form)


def _now(position_id: UUID, language: str, clause_id: UUID) -> tuple[Any, Side]:
    of = positions.position(gate.session(), gate.actor(), position_id)
    return of, queries.side(gate.session(), gate.actor(), of, language, clause_id)


@bp.post("/<uuid:position_id>/<string:language>/<uuid:clause_id>")
def side_submit(position_id: UUID, language: str, clause_id: UUID) -> AnyResponse:
    """Save the words, if neither they nor the clause were changed meanwhile."""
    form = forms.Words()
    return submit(
        form,
        lambda s, a: actions.write(
            s,
            a,
            position_id,
            language,
            clause_id,
            heading=form.heading.data or "",
            text=form.text.data or "",
            source_hash=form.source.data or "",
            based_on=form.basis(),
        ),
        again=lambda problem: _side_again(position_id, language, clause_id, form, problem),
        done=lambda _act: _place(position_id, language, clause_id),
    )


def _place(position_id: UUID, language: str, clause_id: UUID) -> str:
    return f"/renderings/{position_id}/{language}#renderings-{clause_id}"


def _side_again(
    position_id: UUID, language: str, clause_id: UUID, form: forms.Words, problem: Problem
) -> Response:
    """The form as typed; where somebody was faster, both texts and their basis now."""
    of, now = _now(position_id, language, clause_id)
    if problem.status == 409:
        form.based_on.data = str(now.rendering.head_id or "")
        form.source.data = now.clause.hash
    return _side_page(of, now, language, form, problem)


@bp.post("/<uuid:position_id>/<string:language>/<uuid:clause_id>/check")
def check_submit(position_id: UUID, language: str, clause_id: UUID) -> AnyResponse:
    """Say that the translation says what the clause says."""
    form = forms.Check()
    return submit(
        form,
        lambda s, a: actions.check(s, a, position_id, language, clause_id, based_on=form.basis()),
        again=lambda problem: _check_again(position_id, language, clause_id, problem),
        done=lambda _act: _place(position_id, language, clause_id),
    )


def _check_again(position_id: UUID, language: str, clause_id: UUID, problem: Problem) -> Response:
    of, now = _now(position_id, language, clause_id)
    found = now.rendering
    form = forms.Words(
        formdata=None,
        heading=found.heading,
        text=found.text,
        source=now.clause.hash,
        based_on=str(found.head_id or ""),
    )
    return _side_page(of, now, language, form, problem)


def _side_page(
    of: Any, now: Side, language: str, form: forms.Words, problem: Problem | None = None
) -> Response:
    found = now.rendering
    who = organisations.names(gate.session(), (found.written_for, found.checked_for))
    may_check = found.state is State.DRAFT and found.written_by != gate.actor().person_id
    return respond(
        "renderings/side.html",
        row=_side(now, who, f"/renderings/{of.id}/{language}/{now.clause.cid}"),
        form=form,
        problem=problem,
        now_text=found.text,
        may_check=may_check,
        is_own=found.state is State.DRAFT and not may_check,
        head=found.head_id or "",
        language=language,
        name=forms.NAMES[language],
        **_about(of),
    )


@bp.get("/versions/<uuid:version_id>")
def versions(version_id: UUID) -> Response:
    """In which languages a frozen version can be read."""
    session, actor = gate.session(), gate.actor()
    found = positions.version(session, actor, version_id)
    of = positions.position(session, actor, found.position_id)
    rows = queries.version_progress(session, actor, found)
    here = f"/renderings/versions/{version_id}"
    return respond(
        "renderings/versions.html",
        rows=[_progress(row, f"{here}/{row.language}") for row in rows],
        number=found.number,
        version_href=f"/positions/versions/{version_id}",
        **_about(of),
    )


@bp.get("/versions/<uuid:version_id>/<string:language>")
def version(version_id: UUID, language: str) -> Response:
    """A frozen version, read in another language. What is signed is the text of record."""
    session, actor = gate.session(), gate.actor()
    found = positions.version(session, actor, version_id)
    of = positions.position(session, actor, found.position_id)
    rows = queries.of_version(session, actor, found, language)
    here = f"/renderings/versions/{version_id}"
    return respond(
        "renderings/version.html",
        rows=[_side(row, {}) for row in rows],
        number=found.number,
        content_hash=found.content_hash,
        choices=_choices(here, found.language, language, f"/positions/versions/{version_id}"),
        language=language,
        name=forms.NAMES[language],
        **_about(of),
    )


def _choices(here: str, record: str, language: str, record_href: str) -> list[Any]:
    """The languages a reader can choose: where each leads, and the one that is read now."""
    first = record.partition("-")[0].lower()
    others = [one for one in forms.NAMES if one != first]
    return [
        (forms.NAMES.get(first, record), record_href, False, "", record),
        *((forms.NAMES[one], f"{here}/{one}", one == language, "", one) for one in others),
    ]
