"""Where copies of a text are; taking it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.deliveries import actions, forms, queries
from advocacy.deliveries.rows import Copy
from advocacy.deliveries.rules import How
from advocacy.ground.ids import based_on
from advocacy.organisations import queries as organisations
from advocacy.releases import queries as releases
from advocacy.releases.rows import ReleaseRow
from advocacy.web import gate, words
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("deliveries", __name__, url_prefix="/deliveries")


@bp.get("/<uuid:release_id>")
def copies(release_id: UUID) -> Response:
    """Who got a copy, and what followed."""
    form = forms.Record(formdata=None, by_name=gate.actor().person_name)
    return _page(release_id, form)


def _page(release_id: UUID, form: forms.Record, problem: Problem | None = None) -> Response:
    release = releases.release(gate.session(), gate.actor(), release_id)
    releases.must_part(gate.session(), gate.actor(), release)
    found = queries.copies(gate.session(), gate.actor(), release_id)
    return respond(
        "deliveries/copies.html",
        release=release,
        copies=[_line(copy, release) for copy in found],
        form=form,
        can_write=releases.may_end(gate.actor(), release),
        sentences=problem.sentences if problem else [],
        action=url_for("deliveries.record", release_id=release_id),
        back=url_for("releases.public", release_id=release_id),
        correct_href=url_for("deliveries.correct", release_id=release_id),
        withdraw_href=url_for("deliveries.withdraw", release_id=release_id),
        told=forms.Told(formdata=None),
    )


def _line(copy: Copy, release: ReleaseRow) -> dict[str, Any]:
    return {
        "given": copy,
        "how": words.one(forms.HOW, How(copy.how)),
        "when": words.moment(copy.given_at, "d MMMM y, HH:mm"),
        "replies": [(words.day(reply.on, "d MMMM y"), reply.words) for reply in copy.replies],
        "reply_href": url_for("deliveries.reply", delivery_id=copy.id),
        "tell_action": url_for("deliveries.tell", delivery_id=copy.id),
        "to_tell": release.end is not None and not copy.told and not copy.has_address,
    }


@bp.post("/<uuid:release_id>")
def record(release_id: UUID) -> AnyResponse:
    """Write down that a copy was given."""
    form = forms.Record()
    return submit(
        form,
        lambda s, a: actions.record(s, a, release_id, form.delivered(_zone(s, a, release_id))),
        again=lambda problem: _page(release_id, form, problem),
        done=lambda _made: url_for("deliveries.copies", release_id=release_id),
    )


def _zone(session: Any, actor: Any, release_id: UUID) -> str:
    row = releases.must_release(session, actor, release_id)
    return organisations.workspace_by_id(session, actor, row.workspace_id).zone


@bp.get("/copy/<uuid:delivery_id>/reply")
def reply(delivery_id: UUID) -> Response:
    """The form for what they answered."""
    return _reply_page(delivery_id, None)


def _reply_page(
    delivery_id: UUID, form: forms.Reply | None, problem: Problem | None = None
) -> Response:
    row = queries.delivery(gate.session(), gate.actor(), delivery_id)
    about = policy.About(row.organisation_id)
    policy.require(gate.actor(), "delivery:record", about)
    copy = next(
        c for c in queries.copies(gate.session(), gate.actor(), row.release_id) if c.id == row.id
    )
    after = str(copy.last) if copy.last else ""
    return respond(
        "deliveries/reply.html",
        copy=copy,
        form=form or forms.Reply(formdata=None, after=after),
        sentences=problem.sentences if problem else [],
        action=url_for("deliveries.reply_submit", delivery_id=delivery_id),
        back=url_for("deliveries.copies", release_id=row.release_id),
    )


@bp.post("/copy/<uuid:delivery_id>/reply")
def reply_submit(delivery_id: UUID) -> AnyResponse:
    """Write down what they answered."""
    form = forms.Reply()
    after = based_on(form.after.data)
    return submit(
        form,
        lambda s, a: _back(
            s,
            a,
            actions.reply(
                s, a, delivery_id, words=form.words.data or "", on=form.replied_on.data, after=after
            ),
        ),
        again=lambda problem: _reply_page(delivery_id, form, problem),
        done=lambda release_id: url_for("deliveries.copies", release_id=release_id),
    )


def _back(session: Any, actor: Any, made: Any) -> UUID:
    """The release that an act about a copy belongs to."""
    return queries.delivery(session, actor, made.delivery_id).release_id


@bp.post("/copy/<uuid:delivery_id>/told")
def tell(delivery_id: UUID) -> AnyResponse:
    """Note that they were told."""
    form = forms.Told()
    after = based_on(form.after.data)
    release_id = queries.delivery(gate.session(), gate.actor(), delivery_id).release_id
    return submit(
        form,
        lambda s, a: actions.tell(s, a, delivery_id, after=after),
        again=lambda problem: _page(release_id, forms.Record(formdata=None), problem),
        done=lambda _made: url_for("deliveries.copies", release_id=release_id),
    )


# --- taking it back ------------------------------------------------------------------------------


def _end_page(
    release_id: UUID, kind: str, form: forms.End | None, problem: Problem | None = None
) -> Response:
    release = releases.release(gate.session(), gate.actor(), release_id)
    about = policy.About(release.lead_id, release.workspace_id)
    policy.require(gate.actor(), "release:end", about)
    return respond(
        f"deliveries/{kind}.html",
        release=release,
        form=form or forms.End(formdata=None),
        number=len(queries.copies(gate.session(), gate.actor(), release_id)),
        sentences=problem.sentences if problem else [],
        action=url_for(f"deliveries.{kind}_submit", release_id=release_id),
        back=url_for("deliveries.copies", release_id=release_id),
    )


def _end(release_id: UUID, kind: str, action: Callable[..., object]) -> AnyResponse:
    form = forms.End()
    return submit(
        form,
        lambda s, a: action(s, a, release_id, reason=form.reason.data or ""),
        again=lambda problem: _end_page(release_id, kind, form, problem),
        done=lambda _made: url_for("releases.public", release_id=release_id),
    )


@bp.get("/<uuid:release_id>/correct")
def correct(release_id: UUID) -> Response:
    """What a correction does, and the form."""
    return _end_page(release_id, "correct", None)


@bp.post("/<uuid:release_id>/correct")
def correct_submit(release_id: UUID) -> AnyResponse:
    """Open the draft again."""
    return _end(release_id, "correct", actions.correct)


@bp.get("/<uuid:release_id>/withdraw")
def withdraw(release_id: UUID) -> Response:
    """What a withdrawal does, and the form."""
    return _end_page(release_id, "withdraw", None)


@bp.post("/<uuid:release_id>/withdraw")
def withdraw_submit(release_id: UUID) -> AnyResponse:
    """Withdraw the text."""
    return _end(release_id, "withdraw", actions.withdraw)
