"""The receipt of an answer, and taking our name off."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.accounts import queries as accounts
from advocacy.carries import actions
from advocacy.delegations import queries as delegations
from advocacy.deliveries import queries as deliveries
from advocacy.mandates.rules import is_network
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.receipts import forms
from advocacy.releases import queries as releases
from advocacy.signoff import forms as words
from advocacy.signoff import queries, rules
from advocacy.signoff.rows import AnswerRow, RoundRow
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

bp = Blueprint("receipts", __name__, url_prefix="/receipts")


def _shared(round_: RoundRow) -> dict[str, Any]:
    return {
        "round": round_,
        "deadline": words.deadline(round_),
        "us": gate.actor().organisation_name,
        "read_href": url_for("answers.read", round_id=round_.id),
        "answer_href": url_for("answers.answer", round_id=round_.id),
        "lower_href": url_for("receipts.lower", round_id=round_.id),
    }


@bp.get("/<uuid:answer_id>")
def receipt(answer_id: UUID) -> Response:
    """What one's own organisation answered, to which text, when."""
    row = queries.receipt(gate.session(), gate.actor(), answer_id)
    round_ = queries.round_of(gate.session(), gate.actor(), row.round_id)
    people = accounts.names(gate.session(), {row.person_id} if row.person_id else set())
    mine = queries.my_answer(gate.session(), gate.actor(), row.round_id)
    lent = delegations.behind(
        gate.session(), gate.actor(), person_id=row.person_id, at=row.recorded_at
    )
    copies = _copies(round_)
    return respond(
        "receipts/receipt.html",
        since=_since(round_, row, copies["release"]),
        principal=lent.principal if lent else "",
        is_network=is_network(organisations.organisation(gate.session(), gate.actor()).kind),
        mine=words.words(row),
        is_current=mine is not None and mine.id == row.id,
        is_shown=row.outside != rules.Outside.PRIVATE,
        person=people.get(row.person_id, "") if row.person_id else "",
        **copies,
        **_shared(round_),
    )


def _since(round_: RoundRow, row: AnswerRow, release: Any) -> list[str]:
    """Three lines on what happened since: to the text, on its way out, in its list (B24)."""
    heads = positions.versions(gate.session(), gate.actor(), round_.position_id)
    number = next((head.number for head in heads if head.id == row.version_id), 0)
    text = _("The text is still the one we answered.")
    if heads and heads[0].id != row.version_id:
        text = _(
            "We answered version %(ours)d. There is a version %(now)d: our answer is not to it.",
            ours=number,
            now=heads[0].number,
        )
    if release is None:
        return [text, _("It has not gone out."), _("No list has been shown.")]
    out = moment(release.out_at, "d MMMM y")
    way = _("It went out on %(day)s.", day=out)
    if release.end is not None and not release.stands:
        way = _("It went out on %(day)s, and does not stand any more.", day=out)
    names = len(release.signed_by.names) + len(release.joined)
    named = ngettext(
        "%(num)d name stands under it now.", "%(num)d names stand under it now.", names
    )
    return [text, way, named if release.stands else _("Its list is not shown any more.")]


def _copies(round_: RoundRow) -> dict[str, Any]:
    """Where copies went: what lowering cannot reach (practice A10)."""
    release_id = releases.of_position(gate.session(), gate.actor(), round_.position_id)
    if release_id is None:
        return {"release": None, "copies": []}
    release = releases.release(gate.session(), gate.actor(), release_id)
    return {
        "release": release,
        "released_on": moment(release.out_at, "d MMMM y, HH:mm"),
        "is_early": release.out_at > gate.now(),
        "copies": [
            (copy.to_name, copy.to_role, moment(copy.given_at, "d MMMM y, HH:mm"))
            for copy in deliveries.where(gate.session(), gate.actor(), round_.position_id)
        ],
        "release_href": url_for("releases.public", release_id=release_id),
    }


@bp.get("/lower/<uuid:round_id>")
def lower(round_id: UUID) -> Response:
    """The dials as they stand, with nothing above them to choose."""
    return _lower_page(round_id, None)


def _lower_page(
    round_id: UUID, form: forms.Lower | None, problem: Problem | None = None
) -> Response:
    round_ = queries.round_of(gate.session(), gate.actor(), round_id)
    mine = queries.must_answer(gate.session(), gate.actor(), round_id)
    policy.require(gate.actor(), "answer:lower", policy.About(organisation_id=mine.organisation_id))
    below = rules.at_most(mine.outside, mine.inside)
    return respond(
        "receipts/lower.html",
        form=form or forms.Lower(formdata=None, outside=mine.outside, inside=mine.inside),
        outside=words.options(words.OUTSIDE, below[0]),
        inside=words.options(words.INSIDE, below[1]),
        mine=words.words(mine),
        sentences=problem.sentences if problem else [],
        **_copies(round_),
        **_shared(round_),
    )


@bp.post("/lower/<uuid:round_id>")
def lower_submit(round_id: UUID) -> AnyResponse:
    """Lower at once, in every output."""
    form = forms.Lower()
    return submit(
        form,
        lambda s, a: actions.lower(
            s, a, round_id, outside=form.outside.data or "", inside=form.inside.data or ""
        ),
        again=lambda problem: _lower_page(round_id, form, problem),
        done=lambda made: url_for("receipts.receipt", answer_id=made.id),
    )
