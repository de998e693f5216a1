"""For whom our network signs: one page, for the network alone."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.ground.ids import based_on
from advocacy.mandates import actions, forms, queries
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("mandates", __name__, url_prefix="/mandates")


@bp.get("/<uuid:round_id>")
def mandate(round_id: UUID) -> Response:
    """For whom our network signs in a round, and by whose decision."""
    return _page(round_id, None)


def _page(round_id: UUID, form: forms.Record | None, problem: Problem | None = None) -> Response:
    queries.asked(gate.session(), gate.actor(), round_id)
    found = queries.mine(gate.session(), gate.actor(), round_id)
    who = forms.MEMBERS if found and found.for_members else forms.ITSELF
    head = str(found.id) if found else ""
    kept = forms.Record(
        formdata=None,
        who=who,
        mandate=found.mandate if found else "",
        decided_on=found.decided_on if found else None,
        after=head,
    )
    is_late = form is not None and problem is not None and problem.status == HTTPStatus.CONFLICT
    if form is not None and is_late:
        # What was typed stays; what is recorded now is said beside it, and the next press follows.
        form.after.data = head
    return respond(
        "mandates/mandate.html",
        form=form or kept,
        now=(forms.WORDS[who][0], kept.mandate.data) if is_late else None,
        ways=[(who, *words) for who, words in forms.WORDS.items()],
        us=gate.actor().organisation_name,
        sentences=problem.sentences if problem else [],
        back=url_for("answers.read", round_id=round_id),
        action=url_for("mandates.mandate_submit", round_id=round_id),
        status=problem.status if problem else 200,
    )


@bp.post("/<uuid:round_id>")
def mandate_submit(round_id: UUID) -> AnyResponse:
    """Keep it."""
    form = forms.Record()
    queries.asked(gate.session(), gate.actor(), round_id)
    after = based_on(form.after.data)
    return submit(
        form,
        lambda s, a: actions.record(
            s,
            a,
            round_id,
            for_members=form.who.data == forms.MEMBERS,
            mandate=form.mandate.data or "",
            decided_on=form.decided_on.data,
            after=after,
        ),
        again=lambda problem: _page(round_id, form, problem),
        done=lambda _made: _kept(round_id),
    )


def _kept(round_id: UUID) -> AnyResponse:
    flash(_("It was recorded."), "ok")
    return redirect(url_for("mandates.mandate", round_id=round_id), 303)
