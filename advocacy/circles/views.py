"""The page of who takes part in a text."""

from uuid import UUID

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.circles import forms, queries
from advocacy.positions import actions
from advocacy.positions import queries as positions
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("circles", __name__, url_prefix="/positions")


@bp.get("/<uuid:position_id>/circle")
def circle(position_id: UUID) -> Response:
    """Who takes part; the list is for the lead."""
    return _page(position_id, forms.Invite())


@bp.post("/<uuid:position_id>/circle")
def circle_submit(position_id: UUID) -> AnyResponse:
    """Let an organisation in."""
    form = forms.Invite()
    return submit(
        form,
        lambda s, a: actions.invite(s, a, position_id, form.organisation.data),
        again=lambda problem: _page(position_id, form, problem),
        done=lambda _done: url_for("circles.circle", position_id=position_id),
    )


@bp.post("/<uuid:position_id>/circle/remove")
def uninvite_submit(position_id: UUID) -> AnyResponse:
    """Take an organisation out, at once."""
    form = forms.Invite()
    return submit(
        form,
        lambda s, a: actions.uninvite(s, a, position_id, form.organisation.data),
        again=lambda problem: _page(position_id, forms.Invite(formdata=None), problem),
        done=lambda _done: url_for("circles.circle", position_id=position_id),
    )


def _page(position_id: UUID, form: forms.Invite, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    of = positions.face(session, actor, position_id)
    is_lead, circle = of.organisation_id == actor.organisation_id, of.others + 1
    rows = queries.can_invite(session, actor, position_id)
    form.organisation.choices = [SelectChoice(str(row.id), row.name) for row in rows]
    return respond(
        "circles/circle.html",
        form=form,
        problem=problem,
        of=of,
        base=url_for("positions.position", position_id=position_id),
        lead=of.lead,
        members=queries.members(session, actor, position_id),
        is_lead=is_lead,
        can_lead=positions.may(actor, "position:lead", of),
        # Small numbers tell who is meant; the lead knows its own list.
        circle=circle if is_lead or circle >= of.smallest_cell else 0,
    )
