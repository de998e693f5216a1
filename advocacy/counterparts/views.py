"""The public and the private edition of a text."""

from uuid import UUID

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.counterparts import actions, forms, queries
from advocacy.positions import queries as positions
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("counterparts", __name__, url_prefix="/counterparts")


@bp.get("/<uuid:position_id>")
def editions(position_id: UUID) -> Response:
    """Which edition this text is, and where the other is."""
    return _page(position_id)


def _page(position_id: UUID, problem: Problem | None = None) -> Response:
    of = positions.position(gate.session(), gate.actor(), position_id)
    other = queries.other(gate.session(), gate.actor(), position_id)
    return respond(
        "counterparts/editions.html",
        of=of,
        other=other,
        other_href=url_for("positions.position", position_id=other.id) if other else "",
        can_begin=other is None and positions.may(gate.actor(), "position:lead", of),
        form=forms.Press(formdata=None),
        sentences=problem.sentences if problem else [],
        action=url_for("counterparts.begin", position_id=position_id),
        back=url_for("positions.position", position_id=position_id),
    )


@bp.post("/<uuid:position_id>")
def begin(position_id: UUID) -> AnyResponse:
    """Begin the other edition."""
    return submit(
        forms.Press(),
        lambda s, a: actions.begin(s, a, position_id),
        again=lambda problem: _page(position_id, problem),
        done=lambda made: url_for("positions.position", position_id=made.id),
    )
