"""Where our name is left out: one page, for one's own organisation."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.channels import actions, forms, queries
from advocacy.channels.rules import Readers
from advocacy.ground.ids import based_on
from advocacy.signoff import queries as signoff
from advocacy.signoff.rules import Outside
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("channels", __name__, url_prefix="/channels")


@bp.get("/<uuid:round_id>")
def names(round_id: UUID) -> Response:
    """Where our name stands and where it does not; for who answered in the round."""
    return _page(round_id, None)


@bp.get("/ours")
def ours() -> Response:
    """The same for who came by a link and a code, about the round they came for."""
    round_id = gate.passed_for()
    return _page(round_id, None) if round_id else _again()


def _again() -> Response:
    """There is no pass, or its half hour is over."""
    return respond("signons/again.html", status=404)


def _page(round_id: UUID, form: forms.Leave | None, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    answer = signoff.must_answer(session, actor, round_id)
    round_ = signoff.round_of(session, actor, round_id)
    found = queries.mine(session, actor, round_.position_id)
    kept, head = found.left_out if found else [], str(found.id) if found else ""
    now = None
    if form is None:
        form = forms.Leave(formdata=None, left_out=kept, after=head)
    elif problem and problem.status == HTTPStatus.CONFLICT:
        # What was ticked stays; what is kept now is said beside it, and the next press follows it.
        form.after.data, now = head, [forms.WORDS[who][0] for who in Readers if who in kept]
    return respond(
        "channels/names.html",
        form=form,
        now=now,
        readers=[(str(who), *words) for who, words in forms.WORDS.items()],
        us=actor.organisation_name,
        is_named=answer.outside == Outside.NAMED,
        sentences=problem.sentences if problem else [],
        status=problem.status if problem else 200,
        **_around(round_id, answer.id),
    )


def _around(round_id: UUID, answer_id: UUID) -> dict[str, Any]:
    """Where the page leads, on either path."""
    if gate.passed_for():
        action, back = url_for("channels.ours_submit"), url_for("signons.done")
        return {"by_link": True, "action": action, "back": back}
    action = url_for("channels.names_submit", round_id=round_id)
    back = url_for("receipts.receipt", answer_id=answer_id)
    return {"by_link": False, "action": action, "back": back}


@bp.post("/<uuid:round_id>")
def names_submit(round_id: UUID) -> AnyResponse:
    """Keep it. It works at once."""
    return _keep(round_id, url_for("channels.names", round_id=round_id))


@bp.post("/ours")
def ours_submit() -> AnyResponse:
    """Keep it, for who came by a link and a code."""
    round_id = gate.passed_for()
    return _keep(round_id, url_for("channels.ours")) if round_id else _again()


def _keep(round_id: UUID, where: str) -> AnyResponse:
    form = forms.Leave()
    signoff.must_answer(gate.session(), gate.actor(), round_id)
    wanted, after = form.left_out.data or [], based_on(form.after.data)
    return submit(
        form,
        lambda s, a: actions.choose(s, a, round_id, left_out=wanted, after=after),
        again=lambda problem: _page(round_id, form, problem),
        done=lambda _made: _kept(where),
    )


def _kept(where: str) -> AnyResponse:
    flash(_("Your choice was kept. It works at once in everything shown here."), "ok")
    return redirect(where, 303)
