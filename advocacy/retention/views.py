"""The button that erases what may be kept no longer."""

from uuid import UUID

from flask import Blueprint
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from advocacy.retention import actions, queries
from advocacy.threats import queries as threats
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day

bp = Blueprint("retention", __name__, url_prefix="/threats")


@bp.get("/<uuid:threat_id>/erase")
def erase(threat_id: UUID) -> AnyResponse:
    """What will be erased, and when; read before the button."""
    return _erase(threat_id)


def _erase(threat_id: UUID, problem: Problem | None = None) -> AnyResponse:
    session, actor = gate.session(), gate.actor()
    found = threats.own(session, actor, threat_id)
    return respond(
        "retention/erase.html",
        title=found.title,
        base=f"/threats/{threat_id}",
        stays=queries.panel(session, actor, found),
        day=lambda on: day(on, "d MMM y"),
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        form=FlaskForm(formdata=None),
    )


@bp.post("/<uuid:threat_id>/erase")
def erase_submit(threat_id: UUID) -> AnyResponse:
    """Erase it."""
    return submit(
        FlaskForm(),
        lambda s, a: actions.erase(s, a, threat_id),
        again=lambda problem: _erase(threat_id, problem),
        done=lambda _none: f"/threats/{threat_id}",
    )
