"""Open a round, follow it, end it: the pages of the lead."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.clearances import queries as clearances
from advocacy.delegations import queries as delegations
from advocacy.objections import queries as objections
from advocacy.objections.forms import STATES
from advocacy.objections.rows import RequestRow
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.rounds import actions, forms
from advocacy.rounds import queries as own
from advocacy.signoff import forms as words
from advocacy.signoff import queries, rules
from advocacy.signoff.rows import RosterLine
from advocacy.web import gate, reasons
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day

bp = Blueprint("rounds", __name__, url_prefix="/rounds")


@bp.get("/open/<uuid:position_id>")
def open_round(position_id: UUID) -> Response:
    """The form that puts the newest version to organisations."""
    of = positions.position(gate.session(), gate.actor(), position_id)
    space = organisations.workspace_by_id(gate.session(), gate.actor(), of.workspace_id)
    version = positions.latest(gate.session(), gate.actor(), position_id)
    form = forms.Open(formdata=None, zone=space.zone, version_id=str(version.id) if version else "")
    return _open_page(position_id, form)


def _open_page(position_id: UUID, form: forms.Open, problem: Problem | None = None) -> Response:
    of = positions.position(gate.session(), gate.actor(), position_id)
    circle = positions.participants(gate.session(), gate.actor(), of)
    policy.require(gate.actor(), "round:open", positions.about(of, circle))
    names = organisations.names(gate.session(), circle)
    return respond(
        "rounds/open.html",
        form=form,
        position=of,
        version=positions.latest(gate.session(), gate.actor(), position_id),
        sentences=problem.sentences if problem else [],
        choices=[(str(i), name, "") for i, name in sorted(names.items(), key=lambda n: n[1])],
        kinds=words.options(words.KINDS, rules.Kind),
        blocks=words.options(forms.BLOCKS, rules.Blocks),
        back=url_for("positions.position", position_id=position_id),
        action=url_for("rounds.open_round_submit", position_id=position_id),
    )


@bp.post("/open/<uuid:position_id>")
def open_round_submit(position_id: UUID) -> AnyResponse:
    """Open the round."""
    form = forms.Open()
    return submit(
        form,
        lambda s, a: actions.open_round(s, a, position_id, **form.asked()),
        again=lambda problem: _open_page(position_id, form, problem),
        done=lambda made: url_for("rounds.round_page", round_id=made.id),
    )


@bp.get("/<uuid:round_id>")
def round_page(round_id: UUID) -> Response:
    """Who was asked, what the lead may see of the answers, what is still missing."""
    return _roster_page(round_id)


def _roster_page(
    round_id: UUID, form: forms.Abandon | None = None, problem: Problem | None = None
) -> Response:
    round_ = queries.round_of(gate.session(), gate.actor(), round_id)
    about = policy.About(organisation_id=round_.lead_id)
    policy.require(gate.actor(), "round:open", about)
    version = positions.version(gate.session(), gate.actor(), round_.version_id)
    of = positions.position(gate.session(), gate.actor(), round_.position_id)
    lines = queries.roster(gate.session(), gate.actor(), round_id)
    vacant = delegations.vacant(
        gate.session(), [line.organisation_id for line in lines], now=gate.now()
    )
    missing = own.missing(gate.session(), gate.actor(), round_id)
    return respond(
        "rounds/round.html",
        form=form or forms.Abandon(formdata=None),
        sentences=problem.sentences if problem else [],
        lines=[_line(line, vacant=line.organisation_id in vacant) for line in lines],
        missing=[reasons.say(reason) for reason in missing],
        expected={
            organisation: day(on, "EEEE d MMMM")
            for organisation, on in clearances.expected(
                gate.session(), gate.actor(), round_id
            ).items()
        },
        requests=[
            _request(row) for row in objections.of_round(gate.session(), gate.actor(), round_)
        ],
        all_seen=all(line.answer for line in lines),
        is_over=round_.state == rules.State.ABANDONED or of.stage != "signoff",
        release_href=url_for("releases.before_release", position_id=round_.position_id),
        position_href=url_for("positions.position", position_id=round_.position_id),
        abandon_href=url_for("rounds.abandon", round_id=round_id),
        close_href=url_for("rounds.close", round_id=round_id),
        round=round_,
        version=version,
        deadline=words.deadline(round_),
    )


def _request(row: RequestRow) -> dict[str, Any]:
    kind, word = STATES[row.state]
    href = url_for("objections.request", answer_id=row.answer.id)
    return {"name": row.organisation, "href": href, "kind": kind, "word": word}


def _line(line: RosterLine, *, vacant: bool) -> dict[str, Any]:
    said = words.words(line.answer) if line.answer else None
    return {
        "name": line.name,
        "us": line.us,
        "said": said,
        "vacant": vacant and not said,
        "id": line.organisation_id,
    }


@bp.post("/<uuid:round_id>/abandon")
def abandon(round_id: UUID) -> AnyResponse:
    """Give the round up."""
    form = forms.Abandon()
    return submit(
        form,
        lambda s, a: actions.abandon(s, a, round_id, reason=form.reason.data or ""),
        again=lambda problem: _roster_page(round_id, form, problem),
        done=lambda _made: url_for("rounds.round_page", round_id=round_id),
    )


@bp.post("/<uuid:round_id>/close")
def close(round_id: UUID) -> AnyResponse:
    """Close early, when an answer from everybody is in sight."""
    return submit(
        forms.Press(),
        lambda s, a: actions.close(s, a, round_id),
        again=lambda problem: _roster_page(round_id, None, problem),
        done=lambda _made: url_for("rounds.round_page", round_id=round_id),
    )
