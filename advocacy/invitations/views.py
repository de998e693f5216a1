"""Pages of an invitation on its way: taking it back, and the second word for a signatory.

Accepting one is a page of the organisation it leads into.
"""

from uuid import UUID

from flask import Blueprint, flash, make_response, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.accounts import queries as accounts
from advocacy.invitations import actions, forms, queries
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import submit

bp = Blueprint("invitations", __name__, url_prefix="/invitations")


@bp.post("/<uuid:invitation_id>/withdraw")
def withdraw_submit(invitation_id: UUID) -> AnyResponse:
    """Takes an invitation back."""
    return submit(
        forms.Plain(),
        lambda s, a: actions.withdraw(s, a, invitation_id=invitation_id),
        again=lambda _problem: _spent(),
        done=lambda _nothing: _taken_back(),
    )


def _taken_back() -> str:
    flash(_("The invitation was taken back."), "ok")
    return url_for("organisations.mine")


def _spent() -> str:
    return render_template("organisations/spent.html")


@bp.get("/confirmations/<string:token>")
def confirm(token: str) -> AnyResponse:
    """Who is to sign for the organisation; opening the page confirms nothing."""
    found = queries.asked_to_confirm(gate.session(), token, now=gate.now())
    if found is None:
        return make_response(_spent(), 404)
    by = accounts.by_id(gate.session(), found.invited_by) if found.invited_by else None
    return respond(
        "invitations/confirm.html",
        form=forms.Plain(),
        token=token,
        name=found.name,
        email=found.email,
        organisation=found.organisation_name,
        by=by.name if by else "",
    )


@bp.post("/confirmations/<string:token>")
def confirm_submit(token: str) -> AnyResponse:
    """Gives the second word: the link goes to the person, and all holders are told."""
    return submit(
        forms.Plain(),
        lambda s, a: actions.confirm(s, a, token=token),
        again=lambda _problem: _spent(),
        done=lambda _nothing: make_response(render_template("invitations/confirmed.html")),
        is_personal=True,
    )
