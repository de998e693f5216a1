"""Where our name is left out: one page, for one's own organisation."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.channels import actions, forms, queries
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


def _page(round_id: UUID, form: forms.Leave | None, problem: Problem | None = None) -> Response:
    answer = signoff.must_answer(gate.session(), gate.actor(), round_id)
    round_ = signoff.round_of(gate.session(), gate.actor(), round_id)
    found = queries.mine(gate.session(), gate.actor(), round_.position_id)
    head = str(found.id) if found else ""
    kept = forms.Leave(formdata=None, left_out=found.left_out if found else [], after=head)
    return respond(
        "channels/names.html",
        form=form or kept,
        readers=[(str(who), *words) for who, words in forms.WORDS.items()],
        us=gate.actor().organisation_name,
        is_named=answer.outside == Outside.NAMED,
        sentences=problem.sentences if problem else [],
        back=url_for("receipts.receipt", answer_id=answer.id),
        action=url_for("channels.names_submit", round_id=round_id),
        status=problem.status if problem else 200,
    )


@bp.post("/<uuid:round_id>")
def names_submit(round_id: UUID) -> AnyResponse:
    """Keep it. It works at once."""
    form = forms.Leave()
    signoff.must_answer(gate.session(), gate.actor(), round_id)
    wanted, after = form.left_out.data or [], based_on(form.after.data)
    return submit(
        form,
        lambda s, a: actions.choose(s, a, round_id, left_out=wanted, after=after),
        again=lambda problem: _page(round_id, form, problem),
        done=lambda _made: _kept(round_id),
    )


def _kept(round_id: UUID) -> AnyResponse:
    flash(_("Your choice was kept. It works at once in everything shown here."), "ok")
    return redirect(url_for("channels.names", round_id=round_id), 303)
