"""Bring recommendations in: send, match, name the owners, look, write; take a run back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.asks import queries as asks
from advocacy.batches import actions, forms, mapper, queries, rules
from advocacy.batches.schema import Batch
from advocacy.ground.errors import NotFound
from advocacy.importing import queries as runs
from advocacy.importing.rows import Item, RunRow
from advocacy.institutions import queries as institutions
from advocacy.institutions.rules import compared
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.recommendations.forms import REACHES
from advocacy.runs import actions as taking
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit, take_files
from advocacy.web.words import moment

bp = Blueprint("batches", __name__, url_prefix="/batches/in/<string:workspace_slug>")
take_files(bp, frozenset({"batches.batches_submit"}), most=rules.MOST_BYTES)
_SHOWN = 100


def _space(slug: str) -> WorkspaceRow:
    """A workspace in which the reader records recommendations. Raises NotFound, Denied."""
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, slug)
    asks.must_work_here(actor, space.id)
    policy.require(actor, "recommendation:add", policy.About(actor.organisation_id, space.id))
    return space


def _batch(space: WorkspaceRow, batch_id: UUID) -> Batch:
    found = queries.batch(gate.session(), gate.actor(), batch_id)
    if found.workspace_id != space.id:
        raise NotFound
    return found


def _known(space: WorkspaceRow) -> list[Any]:
    return institutions.institutions(gate.session(), gate.actor(), workspace_id=space.id)


@bp.get("")
def batches(workspace_slug: str) -> Response:
    """Send a file or paste a text; below it what came in before."""
    return _batches(_space(workspace_slug))


@bp.post("")
def batches_submit(workspace_slug: str) -> AnyResponse:
    """Keep a file until its columns are matched. Nothing comes in yet."""
    space, form = _space(workspace_slug), forms.Upload()
    return submit(
        form,
        lambda s, a: actions.receive(s, a, space, form.sheet),
        again=lambda problem: _batches(space, form, problem=problem),
        done=lambda made: f"{_base(space)}/{made.id}",
    )


@bp.post("/paste")
def paste_submit(workspace_slug: str) -> AnyResponse:
    """Keep a piece of a report until somebody says whom it is addressed to."""
    space, form = _space(workspace_slug), forms.Paste()
    return submit(
        form,
        lambda s, a: actions.receive(s, a, space, mapper.pasted(form.words.data or "")),
        again=lambda problem: _batches(space, paste=form, problem=problem),
        done=lambda made: f"{_base(space)}/{made.id}",
    )


@bp.get("/<uuid:batch_id>")
def columns(workspace_slug: str, batch_id: UUID) -> Response:
    """Which column is which field, as guessed."""
    space = _space(workspace_slug)
    of = _batch(space, batch_id)
    given = {f"c{n}": of.matched.get(column, "") for n, column in enumerate(of.header)}
    data = {**of.about, **given}
    return _columns(space, of, forms.match(of.header, _known(space), formdata=None, data=data))


@bp.post("/<uuid:batch_id>")
def columns_submit(workspace_slug: str, batch_id: UUID) -> AnyResponse:
    """Confirm it; then owners that are not known are asked about."""
    space = _space(workspace_slug)
    of = _batch(space, batch_id)
    header = list(of.header)
    form = forms.match(header, _known(space))
    return submit(
        form,
        lambda s, a: actions.match(s, a, batch_id, forms.matched(form, header), form.about()),
        again=lambda problem: _columns(space, of, form, problem),
        done=lambda strange: f"{_base(space)}/{batch_id}/{'owners' if strange else 'plan'}",
    )


@bp.get("/<uuid:batch_id>/owners")
def owners(workspace_slug: str, batch_id: UUID) -> Response:
    """Owners that are no institution here: who are they?"""
    space = _space(workspace_slug)
    of = _batch(space, batch_id)
    names = actions.unknown(gate.session(), gate.actor(), of)
    usual = "new:state" if rules.is_upr(of.header) else ""
    data = {f"o{n}": of.owners.get(compared(name), usual) for n, name in enumerate(names)}
    return _owners(space, of, forms.owners(names, _known(space), formdata=None, data=data))


@bp.post("/<uuid:batch_id>/owners")
def owners_submit(workspace_slug: str, batch_id: UUID) -> AnyResponse:
    """Say who they are."""
    space = _space(workspace_slug)
    of = _batch(space, batch_id)
    names = actions.unknown(gate.session(), gate.actor(), of)
    form = forms.owners(names, _known(space))
    return submit(
        form,
        lambda s, a: actions.answer(s, a, batch_id, forms.answers(form, names)),
        again=lambda problem: _owners(space, of, form, problem),
        done=lambda _none: f"{_base(space)}/{batch_id}/plan",
    )


@bp.get("/<uuid:batch_id>/plan")
def plan(workspace_slug: str, batch_id: UUID) -> Response:
    """What would come in, record by record. Nothing is written yet."""
    return _plan(_space(workspace_slug), batch_id, forms.Write(formdata=None))


@bp.post("/<uuid:batch_id>/plan")
def plan_submit(workspace_slug: str, batch_id: UUID) -> AnyResponse:
    """Write what is ticked, all of it or nothing."""
    space, form = _space(workspace_slug), forms.Write()
    kept = frozenset(form.keep.data or ()) if form.is_ticked.data else None

    def act(session: Session, actor: Actor) -> UUID:
        return actions.keep(session, actor, batch_id, basis=form.basis.data or "", kept=kept)

    return submit(
        form,
        act,
        again=lambda problem: _plan(space, batch_id, form, problem),
        done=lambda _run: _base(space),
    )


@bp.post("/<uuid:run_id>/back")
def back_submit(workspace_slug: str, run_id: UUID) -> AnyResponse:
    """Take a run back."""
    space = _space(workspace_slug)
    return submit(
        FlaskForm(),
        lambda s, a: taking.take_back(s, a, run_id),
        again=lambda problem: _batches(space, problem=problem),
        done=lambda _number: _base(space),
    )


def _base(space: WorkspaceRow) -> str:
    return f"/batches/in/{space.slug}"


def _batches(
    space: WorkspaceRow,
    form: Any = None,
    *,
    paste: Any = None,
    problem: Problem | None = None,
) -> Response:
    found = runs.runs(gate.session(), gate.actor(), workspace_id=space.id)
    return respond(
        "batches/batches.html",
        form=form or forms.Upload(formdata=None),
        paste=paste or forms.Paste(formdata=None),
        space=space,
        runs=[_run(row, space) for row in found if row.kind in rules.KINDS],
        most=rules.MOST_ROWS,
        sentences=problem.sentences if problem else [],
        action=_base(space),
        back_href=f"/recommendations/in/{space.slug}",
        status=problem.status if problem else 200,
    )


def _run(row: RunRow, space: WorkspaceRow) -> dict[str, Any]:
    return {
        "when": moment(row.at, "d MMM y, HH:mm"),
        "name": row.file_name or _("Pasted text"),
        "counts": row.counts,
        "is_back": row.state == "undone",
        "back": f"{_base(space)}/{row.id}/back" if row.state == "applied" else "",
    }


def _columns(
    space: WorkspaceRow, of: Batch, form: forms.Match, problem: Problem | None = None
) -> Response:
    first = [cells for _line, cells in of.lines[:3]]
    return respond(
        "batches/columns.html",
        form=form,
        name=of.name or _("Pasted text"),
        rows=len(of.lines),
        notes=[reasons.say(note) for note in queries.sheet(of).notes],
        columns=[
            (form[f"c{n}"], " · ".join(cells[n][:60] for cells in first if cells[n].strip()))
            for n, _column in enumerate(of.header)
        ],
        reaches=REACHES[:2],
        faults=[reasons.say(reason) for reason in problem.reasons] if problem else [],
        action=f"{_base(space)}/{of.id}",
        back_href=_base(space),
        status=problem.status if problem else 200,
    )


def _owners(
    space: WorkspaceRow, of: Batch, form: FlaskForm, problem: Problem | None = None
) -> Response:
    return respond(
        "batches/owners.html",
        form=form,
        name=of.name or _("Pasted text"),
        fields=[field for field in form if field.short_name.startswith("o")],
        action=f"{_base(space)}/{of.id}/owners",
        back_href=f"{_base(space)}/{of.id}",
        status=problem.status if problem else 200,
    )


def _plan(
    space: WorkspaceRow, batch_id: UUID, form: forms.Write, problem: Problem | None = None
) -> Response:
    of = _batch(space, batch_id)
    found, _mapper = actions.plan(gate.session(), gate.actor(), of)
    coming = [*found.new, *found.changed]
    form.basis.data = found.basis
    form.is_ticked.data = "1" if len(coming) <= rules.MOST_TICKED else ""
    shown = coming[: rules.MOST_TICKED if form.is_ticked.data else _SHOWN]
    return respond(
        "batches/plan.html",
        form=form,
        name=of.name or _("Pasted text"),
        counts=found.counts(),
        rows=[_row(item) for item in shown],
        refused=[(row.line, reasons.say(row.reason)) for row in found.refused[:_SHOWN]],
        odds=[
            (one.field, [(said[:200], ", ".join(map(str, at))) for said, at in one.values])
            for one in found.conflicts[:_SHOWN]
        ],
        reach=of.about["reach"],
        sentences=problem.sentences if problem else [],
        action=f"{_base(space)}/{batch_id}/plan",
        back_href=f"{_base(space)}/{batch_id}",
        status=problem.status if problem else 200,
    )


def _row(item: Item[Any]) -> dict[str, Any]:
    record = item.record
    return {
        "key": item.key,
        "text": record.text,
        "is_new": item.existing is None,
        "ref": record.ref,
        "owners": ", ".join(owner.name for owner in record.owners),
        "issuers": ", ".join(record.issuers),
        "source": record.source,
        "lines": ", ".join(map(str, record.lines)),
    }
