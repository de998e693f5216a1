"""Pages of an organisation's red lines, and of what helps with a text."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.drafting import queries as drafts
from advocacy.links import queries as links
from advocacy.positions import queries as positions
from advocacy.redlines import actions, forms, queries
from advocacy.redlines.rows import typed
from advocacy.web import gate, words
from advocacy.web.respond import is_part, respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("redlines", __name__, url_prefix="/redlines")


@bp.get("")
def redlines() -> Response:
    """The words one's organisation does not use, and a form for one more."""
    return _list_page(forms.RedLineForm(formdata=None))


@bp.post("")
def redlines_submit() -> AnyResponse:
    """Keep one more."""
    form = forms.RedLineForm()
    return submit(
        form,
        lambda s, a: actions.keep(s, a, form.said()),
        again=lambda problem: _list_page(form, problem),
        done=lambda _made: url_for("redlines.redlines"),
    )


def _list_page(form: forms.RedLineForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    return respond(
        "redlines/redlines.html",
        rows=queries.ours(session, actor),
        unshown=queries.unshown(session, actor),
        may_keep=queries.may(actor, "redline:keep"),
        may_show=queries.may(actor, "redline:show"),
        form=form,
        options=_options(),
        problem=problem,
    )


def _options() -> list[tuple[str, str, str]]:
    """How it may be shown, as this seat may choose."""
    may_show = queries.may(gate.actor(), "redline:show")
    return [
        (value, word, words.one(forms.SHOWN_MEAN, value))
        for value, word in words.table(forms.SHOWN).items()
        if may_show or value == "us"
    ]


@bp.post("/show")
def show_submit() -> AnyResponse:
    """Let texts that one came to since see the words."""
    return submit(
        FlaskForm(),
        lambda s, a: actions.show(s, a),
        again=lambda problem: _list_page(forms.RedLineForm(formdata=None), problem),
        done=lambda _none: url_for("redlines.redlines"),
    )


@bp.get("/<uuid:red_line_id>")
def red_line(red_line_id: UUID) -> Response:
    """One word in a form."""
    row = queries.red_line(gate.session(), gate.actor(), red_line_id)
    policy.require(gate.actor(), "redline:keep", policy.About(organisation_id=row.organisation_id))
    basis = queries.said(row).hash
    form = forms.RedLineForm(formdata=None, based_on=basis, **_typed(row))
    return _form_page(red_line_id, form)


@bp.post("/<uuid:red_line_id>")
def red_line_submit(red_line_id: UUID) -> AnyResponse:
    """Say it otherwise."""
    queries.red_line(gate.session(), gate.actor(), red_line_id)
    form = forms.RedLineForm()
    return submit(
        form,
        lambda s, a: actions.change(
            s, a, red_line_id, form.said(), based_on=form.based_on.data or ""
        ),
        again=lambda problem: _form_page(red_line_id, form, problem),
        done=lambda _row: url_for("redlines.redlines"),
    )


@bp.post("/<uuid:red_line_id>/remove")
def remove_submit(red_line_id: UUID) -> AnyResponse:
    """Take it away, here and where it was shown."""
    row = queries.red_line(gate.session(), gate.actor(), red_line_id)
    form = forms.Removal()
    again = forms.RedLineForm(formdata=None, **_typed(row))
    return submit(
        form,
        lambda s, a: actions.remove(s, a, red_line_id, based_on=form.based_on.data or ""),
        again=lambda problem: _form_page(red_line_id, again, problem),
        done=lambda _none: url_for("redlines.redlines"),
    )


def _typed(row: Any) -> dict[str, str]:
    shown = "writers" if row.is_shown else "us"
    return {"words": row.words, "instead": row.instead, "why": row.why, "shown": shown}


def _form_page(
    red_line_id: UUID, form: forms.RedLineForm, problem: Problem | None = None
) -> Response:
    row = queries.red_line(gate.session(), gate.actor(), red_line_id)
    now = queries.said(row).hash
    if problem and problem.status == 409:
        form.based_on.data = now
    return respond(
        "redlines/red-line.html",
        row=row,
        form=form,
        options=_options(),
        problem=problem,
        based_on=now,
    )


@bp.get("/of/<uuid:position_id>")
def of(position_id: UUID) -> Response:
    """Red lines met in a text, its length, how it reads, what it cites."""
    session, actor = gate.session(), gate.actor()
    found = positions.position(session, actor, position_id)
    if request.args.get("live") and is_part():
        return _live_part(found)
    clauses, aids = queries.of_text(session, actor, found)
    readings = [
        (number, f"/drafting/{clause.cid}", clause.heading, aids.readings[clause.cid])
        for number, clause in enumerate(clauses, 1)
    ]
    return respond(
        "redlines/of.html",
        "redlines/_of.html",
        aids=aids,
        readings=readings,
        cited=links.cited(session, actor, position_id),
        title=found.title,
        position_id=position_id,
        back=f"/positions/{position_id}",
        aids_href=f"/redlines/of/{position_id}#clauses",
    )


def _live_part(of: Any) -> Response:
    """What helps while a text is written together: the page itself does the looking."""
    session, actor = gate.session(), gate.actor()
    clauses = drafts.clauses(session, actor, of.document_id)
    return respond(
        "redlines/_live.html",
        typed=typed(queries.beside(session, actor, of.id)),
        first=clauses[0].cid if clauses else None,
        position_id=of.id,
    )
