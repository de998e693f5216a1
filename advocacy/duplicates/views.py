"""Records that may be the same: the list, two side by side, and the way back."""

from typing import Any
from uuid import UUID

from flask import Blueprint
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from advocacy.access import policy
from advocacy.duplicates import actions, forms, queries
from advocacy.ground.ids import based_on
from advocacy.links import actions as linking
from advocacy.organisations import queries as organisations
from advocacy.threats import queries as threats
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("duplicates", __name__, url_prefix="/threats")


@bp.get("/in/<string:workspace_slug>/duplicates")
def duplicates(workspace_slug: str) -> Any:
    """Pairs that look alike, of which one is ours."""
    return _list(workspace_slug)


def _list(workspace_slug: str, problem: Problem | None = None) -> Any:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, workspace_slug)
    about = policy.About(actor.organisation_id, space.id)
    policy.require(actor, "threat:report", about)
    found = queries.suggested(session, actor, space.id)
    return respond(
        "duplicates/duplicates.html",
        pairs=[
            {
                "ours": pair.ours,
                "other": pair.other,
                "likeness": pair.likeness,
                "both": pair.other.is_ours,
                "merge_href": f"/threats/{pair.ours.id}/merge/{pair.other.id}",
                "distinct_href": f"/threats/{pair.ours.id}/distinct/{pair.other.id}",
            }
            for pair in found
        ],
        sentences=problem.sentences if problem else [],
        register_href=f"/threats/in/{space.slug}",
        form=FlaskForm(),
    )


@bp.post("/<uuid:threat_id>/distinct/<uuid:other_id>")
def distinct_submit(threat_id: UUID, other_id: UUID) -> Any:
    """These two are not the same."""
    slug = _slug(threat_id)
    return submit(
        FlaskForm(),
        lambda s, a: actions.say_distinct(s, a, threat_id, other_id),
        again=lambda problem: _list(slug, problem),
        done=lambda _none: f"/threats/in/{slug}/duplicates",
    )


def _slug(threat_id: UUID) -> str:
    session, actor = gate.session(), gate.actor()
    found = threats.threat(session, actor, threat_id)
    return organisations.workspace_by_id(session, actor, found.workspace_id).slug


@bp.get("/<uuid:threat_id>/merge/<uuid:other_id>")
def merge(threat_id: UUID, other_id: UUID) -> Any:
    """Two records of one's own, side by side."""
    return _merge(threat_id, other_id, forms.MergeForm(formdata=None))


@bp.post("/<uuid:threat_id>/merge/<uuid:other_id>")
def merge_submit(threat_id: UUID, other_id: UUID) -> Any:
    """Put them together."""
    form = forms.MergeForm()
    _offer(form, threat_id, other_id)

    def act(session: Any, actor: Any) -> UUID:
        stays = threat_id if form.survivor.data == str(threat_id) else other_id
        goes = other_id if stays == threat_id else threat_id
        actions.merge(session, actor, stays, goes)
        for one in (stays, goes):
            linking.follow(session, actor, "threat", one)
        return stays

    return submit(
        form,
        act,
        again=lambda problem: _merge(threat_id, other_id, form, problem),
        done=lambda stays: f"/threats/{stays}",
    )


def _offer(form: forms.MergeForm, threat_id: UUID, other_id: UUID) -> list[Any]:
    """Both records. Raises NotFound, Denied: only their owner puts them together."""
    session, actor = gate.session(), gate.actor()
    both = [threats.own(session, actor, i) for i in (threat_id, other_id)]
    form.offer({str(row.id): row.title for row in both})
    return both


def _merge(
    threat_id: UUID, other_id: UUID, form: forms.MergeForm, problem: Problem | None = None
) -> Any:
    both = _offer(form, threat_id, other_id)
    return respond(
        "duplicates/merge.html",
        form=form,
        both=[queries.card(gate.actor(), row) for row in both],
        faults=[(sentence, "") for sentence in problem.sentences] if problem else [],
        action=f"/threats/{threat_id}/merge/{other_id}",
        back_href=f"/threats/in/{_slug(threat_id)}/duplicates",
    )


@bp.post("/<uuid:threat_id>/unmerge")
def unmerge_submit(threat_id: UUID) -> Any:
    """Take apart again what was put together."""
    found = threats.own(gate.session(), gate.actor(), threat_id)
    form = forms.UndoForm()

    def act(session: Any, actor: Any) -> UUID:
        done = actions.undo(session, actor, threat_id, after=based_on(form.after.data))
        for one in (done.survivor_id, done.absorbed_id):
            linking.follow(session, actor, "threat", one)
        return done.absorbed_id

    return submit(
        form,
        act,
        again=lambda problem: respond(
            "reviews/late.html",
            sentences=problem.sentences or [_("Nothing was recorded.")],
            title=found.title,
            base=f"/threats/{threat_id}",
        ),
        done=lambda _id: f"/threats/{threat_id}",
    )
