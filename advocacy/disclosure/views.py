"""The page where a coordinator says how small a number may be outside."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.disclosure import actions, forms, queries
from advocacy.ground.ids import based_on
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("disclosure", __name__, url_prefix="/disclosure")


@bp.get("/in/<string:workspace_slug>")
def limit(workspace_slug: str) -> Response:
    """Read the limit; with the form for who coordinates."""
    return _page(_space(workspace_slug))


@bp.post("/in/<string:workspace_slug>")
def limit_submit(workspace_slug: str) -> AnyResponse:
    """Set it."""
    form, space = forms.LimitForm(), _space(workspace_slug)
    return submit(
        form,
        lambda s, a: actions.set_limit(
            s, a, space.id, form.limit(), after=based_on(form.after.data)
        ),
        again=lambda problem: _page(space, form, problem),
        done=lambda _made: f"/disclosure/in/{space.slug}",
    )


def _space(slug: str) -> WorkspaceRow:
    return organisations.workspace(gate.session(), gate.actor(), slug)


def _page(
    space: WorkspaceRow, form: forms.LimitForm | None = None, problem: Problem | None = None
) -> Response:
    session, actor = gate.session(), gate.actor()
    now = queries.limit(session, actor, space.id)
    after = str(queries.based_on(session, actor, space.id) or "")
    if form is None:
        given = {"smallest_cell": now.smallest_cell, "tells_zero": now.tells_zero}
        form = forms.LimitForm(formdata=None, after=after, **given)
    elif problem and problem.status == 409:
        form.after.data = after
    return respond(
        "disclosure/limit.html",
        form=form,
        now=now,
        space=space,
        sentences=problem.sentences if problem else [],
        may=policy.allows(actor, "workspace:coordinate", policy.About(workspace_id=space.id)),
        action=f"/disclosure/in/{space.slug}",
        back_href=f"/threats/in/{space.slug}",
        status=problem.status if problem else 200,
    )
