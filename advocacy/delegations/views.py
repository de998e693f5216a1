"""Who acts for whom in one's own organisation."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than types

from advocacy.access import policy
from advocacy.access.actor import Delegated
from advocacy.delegations import actions, forms, queries
from advocacy.delegations.rows import DelegationRow, State
from advocacy.organisations import queries as organisations
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

bp = Blueprint("delegations", __name__, url_prefix="/delegations")


@bp.get("")
def delegations() -> Response:
    """What is lent now, what was, and the form to lend."""
    form = forms.Give(formdata=None, from_on=gate.today())
    return _page(form)


def _page(form: forms.Give, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    of = organisations.organisation(session, actor)
    about = policy.About(organisation_id=of.id)
    form.delegate.choices = _colleagues()
    return respond(
        "delegations/delegations.html",
        form=form,
        us=of.name,
        rows=[_row(row) for row in queries.delegations(session, actor)],
        scopes=[(str(code), *said) for code, said in forms.SCOPES.items()],
        may_give=policy.allows(actor, "delegation:give", about),
        may_end=policy.allows(actor, "delegation:end", about),
        sentences=problem.sentences if problem else [],
        back=url_for("organisations.mine"),
        action=url_for("delegations.give_submit"),
    )


def _colleagues() -> list[Any]:
    """Those of one's organisation who do not sign by a seat of their own."""
    session, actor = gate.session(), gate.actor()
    signs = queries.mandated(session, actor.must_organisation(), now=actor.now)
    people = {row.person_id: row.person_name for row in organisations.seat_holders(session, actor)}
    listed = sorted((name, person) for person, name in people.items() if person not in signs)
    return [SelectChoice(str(person), name) for name, person in listed]


def _row(row: DelegationRow) -> dict[str, Any]:
    return {
        "delegate": row.delegate,
        "principal": row.principal,
        "scope": forms.SCOPES[Delegated(row.scope)][0],
        "from": moment(row.from_at, "d MMM y, HH:mm"),
        "until": moment(row.until_at, "d MMM y, HH:mm"),
        "state": forms.STATES[row.state],
        "is_live": row.state is not State.OVER,
        "after": str(row.head_id),
        "end_href": url_for("delegations.end_submit", delegation_id=row.id),
    }


@bp.post("")
def give_submit() -> AnyResponse:
    """Lend one's signature."""
    form = forms.Give()
    organisations.organisation(gate.session(), gate.actor())
    form.delegate.choices = _colleagues()
    return submit(
        form,
        lambda s, a: actions.give(s, a, form.terms(gate.zone())),
        again=lambda problem: _page(form, problem),
        done=lambda _made: url_for("delegations.delegations"),
    )


@bp.post("/<uuid:delegation_id>/end")
def end_submit(delegation_id: UUID) -> AnyResponse:
    """Take it back."""
    form = forms.End()
    queries.delegation(gate.session(), gate.actor(), delegation_id)
    again = forms.Give(formdata=None, from_on=gate.today())
    return submit(
        form,
        lambda s, a: actions.end(s, a, delegation_id, after=form.head()),
        again=lambda problem: _page(again, problem),
        done=lambda _none: url_for("delegations.delegations"),
    )
