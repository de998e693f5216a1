"""Bring a sheet in: send it, match its columns, look at the plan, write it; take a run back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.ground.errors import NotFound
from advocacy.importing import queries as runs
from advocacy.importing.rows import RunRow
from advocacy.intake import actions, forms, queries, rules
from advocacy.intake.schema import IntakeSheet
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.text import personal
from advocacy.web import gate, reasons
from advocacy.web.personal import said
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit, take_files
from advocacy.web.words import moment

bp = Blueprint("intake", __name__, url_prefix="/threats/in/<string:workspace_slug>/sheets")
take_files(bp, frozenset({"intake.sheets_submit"}), most=rules.MOST_BYTES)
_SHOWN = 100
_LOOKED = 5_000
"""Rows whose words are looked into for one person's data: more would take a minute."""


def _space(slug: str) -> WorkspaceRow:
    """A workspace in which the reader reports risks. Raises NotFound, Denied."""
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, slug)
    policy.require(actor, "threat:report", policy.About(actor.organisation_id, space.id))
    return space


def _sheet(space: WorkspaceRow, sheet_id: UUID) -> IntakeSheet:
    found = queries.sheet(gate.session(), gate.actor(), sheet_id)
    if found.workspace_id != space.id:
        raise NotFound
    return found


@bp.get("")
def sheets(workspace_slug: str) -> Response:
    """Send a sheet; below it those that came in before."""
    return _sheets(_space(workspace_slug), forms.Upload(formdata=None))


@bp.post("")
def sheets_submit(workspace_slug: str) -> AnyResponse:
    """Keep a sheet until its columns are matched. Nothing comes in yet."""
    space, form = _space(workspace_slug), forms.Upload()
    return submit(
        form,
        lambda s, a: actions.receive(s, a, space, form.table),
        again=lambda problem: _sheets(space, form, problem),
        done=lambda made: f"{_base(space)}/{made.id}",
    )


@bp.get("/<uuid:sheet_id>")
def columns(workspace_slug: str, sheet_id: UUID) -> Response:
    """Which column is which field, as guessed."""
    space = _space(workspace_slug)
    of = _sheet(space, sheet_id)
    given = {f"c{n}": of.matched.get(column, "") for n, column in enumerate(of.header)}
    return _columns(space, of, forms.match(of.header, formdata=None, data=given))


@bp.post("/<uuid:sheet_id>")
def columns_submit(workspace_slug: str, sheet_id: UUID) -> AnyResponse:
    """Confirm it."""
    space = _space(workspace_slug)
    of = _sheet(space, sheet_id)
    form, header = forms.match(of.header), list(of.header)
    return submit(
        form,
        lambda s, a: actions.match(
            s, a, sheet_id, forms.matched(form, header), order=form.order.data or ""
        ),
        again=lambda problem: _columns(space, of, form, problem),
        done=lambda _made: f"{_base(space)}/{sheet_id}/plan",
    )


@bp.get("/<uuid:sheet_id>/plan")
def plan(workspace_slug: str, sheet_id: UUID) -> Response:
    """What would come in, row by row. Nothing is written yet."""
    return _plan(_space(workspace_slug), sheet_id, forms.Write(formdata=None))


@bp.post("/<uuid:sheet_id>/plan")
def plan_submit(workspace_slug: str, sheet_id: UUID) -> AnyResponse:
    """Write it, all or nothing."""
    space, form = _space(workspace_slug), forms.Write()

    def act(session: Session, actor: Actor) -> UUID:
        of = queries.sheet(session, actor, sheet_id)
        table = queries.table(of)
        found = actions.plan(session, actor, space, table, of.matched, order=of.order)
        run = actions.write(session, actor, space, table, found, basis=form.basis.data or "")
        actions.done(session, actor, sheet_id)
        return run

    return submit(
        form,
        act,
        again=lambda problem: _plan(space, sheet_id, form, problem),
        done=lambda _run: _base(space),
    )


@bp.post("/<uuid:run_id>/back")
def back_submit(workspace_slug: str, run_id: UUID) -> AnyResponse:
    """Take a run back."""
    space = _space(workspace_slug)
    return submit(
        FlaskForm(),
        lambda s, a: actions.take_back(s, a, run_id),
        again=lambda problem: _sheets(space, forms.Upload(formdata=None), problem),
        done=lambda _number: _base(space),
    )


def _base(space: WorkspaceRow) -> str:
    return f"/threats/in/{space.slug}/sheets"


def _sheets(space: WorkspaceRow, form: Any, problem: Problem | None = None) -> Response:
    found = runs.runs(gate.session(), gate.actor(), workspace_id=space.id)
    return respond(
        "intake/sheets.html",
        form=form,
        space=space,
        runs=[_run(row, space) for row in found if row.kind == rules.KIND],
        most=rules.MOST_ROWS,
        sentences=problem.sentences if problem else [],
        action=_base(space),
        back_href=f"/threats/in/{space.slug}",
        status=problem.status if problem else 200,
    )


def _run(row: RunRow, space: WorkspaceRow) -> dict[str, Any]:
    until = row.at + timedelta(hours=rules.UNDO_HOURS)
    may = row.state == "applied" and gate.now() <= until
    return {
        "when": moment(row.at, "d MMM y, HH:mm"),
        "name": row.file_name,
        "counts": row.counts,
        "is_back": row.state == "undone",
        "until": moment(until, "d MMM, HH:mm"),
        "back": f"{_base(space)}/{row.id}/back" if may else "",
    }


def _columns(
    space: WorkspaceRow, of: IntakeSheet, form: forms.Match, problem: Problem | None = None
) -> Response:
    first = [cells for _line, cells in of.lines[:3]]
    return respond(
        "intake/columns.html",
        form=form,
        space=space,
        name=of.name,
        rows=len(of.lines),
        columns=[
            (form[f"c{n}"], " · ".join(cells[n][:40] for cells in first if cells[n].strip()))
            for n, _column in enumerate(of.header)
        ],
        faults=[reasons.say(reason) for reason in problem.reasons] if problem else [],
        action=f"{_base(space)}/{of.id}",
        back_href=_base(space),
        status=problem.status if problem else 200,
    )


def _looked_at(items: list[Any]) -> list[tuple[str, bool, str]]:
    """Title, whether it is new, words that look like one person's data; with such words first."""
    found = []
    for n, item in enumerate(items):
        entry = item.record.entry
        texts = (entry.title, entry.summary, entry.narrative) if n < _LOOKED else ()
        marks = [mark for text in texts for mark in personal.marks(text)]
        found.append((entry.title, item.existing is None, said(marks)))
    return sorted(found, key=lambda row: not row[2])


def _plan(
    space: WorkspaceRow, sheet_id: UUID, form: forms.Write, problem: Problem | None = None
) -> Response:
    session, actor = gate.session(), gate.actor()
    of = _sheet(space, sheet_id)
    found, _made = actions.plan(
        session, actor, space, queries.table(of), of.matched, order=of.order
    )
    form.basis.data = found.basis
    counts = found.counts()
    rows = _looked_at([*found.new, *found.changed])
    return respond(
        "intake/plan.html",
        form=form,
        space=space,
        name=of.name,
        counts=counts,
        rows=rows[:_SHOWN],
        persons=sum(bool(words) for _title, _is_new, words in rows),
        looked=min(len(rows), _LOOKED),
        is_all=len(rows) <= _LOOKED,
        refused=[(row.line, reasons.say(row.reason)) for row in found.refused[:_SHOWN]],
        may_write=bool(found.new or found.changed),
        sentences=problem.sentences if problem else [],
        action=f"{_base(space)}/{sheet_id}/plan",
        back_href=f"{_base(space)}/{sheet_id}",
        status=problem.status if problem else 200,
    )
