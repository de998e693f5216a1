"""One page: the saved views, and the form that keeps one more."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_wtf import FlaskForm

from advocacy.organisations import queries as organisations
from advocacy.savedviews import actions, queries, rules
from advocacy.savedviews.forms import PLACES, SaveForm
from advocacy.savedviews.rows import SavedRow
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("savedviews", __name__, url_prefix="/threats")


@bp.get("/in/<string:workspace_slug>/saved")
def saved(workspace_slug: str) -> Any:
    """One's saved views; with `view` in the address also the form that saves that one."""
    asked = {"view": request.args.get("view", ""), "query": request.query_string.decode()}
    return _saved(workspace_slug, SaveForm(formdata=None, data=asked))


@bp.post("/in/<string:workspace_slug>/saved")
def saved_submit(workspace_slug: str) -> Any:
    """Save it, and go back to what was looked at."""
    form = SaveForm()
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    return submit(
        form,
        lambda s, a: actions.save(
            s,
            a,
            workspace_id=space.id,
            name=form.name.data or "",
            view=form.view.data or "",
            query=form.query.data or "",
            is_shared=bool(form.is_shared.data),
        ),
        again=lambda problem: _saved(workspace_slug, form, problem),
        done=lambda made: _address(workspace_slug, made.view, made.query),
    )


@bp.post("/in/<string:workspace_slug>/saved/<uuid:saved_id>/forget")
def forget_submit(workspace_slug: str, saved_id: UUID) -> Any:
    """Take one of one's own away."""
    return submit(
        FlaskForm(),
        lambda s, a: actions.forget(s, a, saved_id),
        again=lambda _problem: saved(workspace_slug),
        done=lambda _workspace: f"/threats/in/{workspace_slug}/saved",
    )


def _saved(workspace_slug: str, form: SaveForm, problem: Problem | None = None) -> Any:
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    rows = queries.saved(gate.session(), gate.actor(), space.id)
    base, view = f"/threats/in/{space.slug}", form.view.data or ""
    queries.must_open(gate.actor(), space.id, view)
    is_asks = view.startswith("asks")
    return respond(
        "savedviews/saved.html",
        form=form if view in PLACES else None,
        view=str(PLACES[view][1]) if view in PLACES else "",
        is_asks=is_asks,
        back_href=f"/recommendations/in/{space.slug}" if is_asks else base,
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        rows=[_row(row, space.slug, base) for row in rows],
        base=base,
        empty_form=FlaskForm(formdata=None),
    )


def _row(row: SavedRow, slug: str, base: str) -> dict[str, Any]:
    return {
        "name": row.name,
        "view": str(PLACES[row.view][1]) if row.view in PLACES else "",
        "href": _address(slug, row.view, row.query),
        "forget": f"{base}/saved/{row.id}/forget" if row.is_ours else "",
        "is_shared": row.is_shared,
    }


def _address(slug: str, view: str, query: str) -> str:
    path = PLACES.get(view, ("/threats/in/%s", ""))[0] % slug
    question = rules.question(query)
    return path + (f"?{question}" if question else "")
