"""Pages of positions: the list, the desk, terms, versions and what happened."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.amendments import queries as amendments
from advocacy.annexes import forms as annexes
from advocacy.annexes.queries import of_draft, reading
from advocacy.discussion import queries as discussion
from advocacy.drafting import queries as drafts
from advocacy.links import actions as linking
from advocacy.links import queries as links
from advocacy.organisations import queries as organisations
from advocacy.positions import actions, forms, queries
from advocacy.positions.rows import Desk, PositionRow
from advocacy.positions.schema import Position, Stage
from advocacy.releases import queries as releases
from advocacy.tallies import queries as tallies
from advocacy.threats import queries as threats
from advocacy.web import events, filters, gate, paging, words
from advocacy.web.pages import drawn_once
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("positions", __name__, url_prefix="/positions")


# --- the list ------------------------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>")
def positions(workspace_slug: str) -> Response:
    """Texts of a workspace that one's organisation takes part in."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    chosen = filters.chosen(request.args, {"stage": set(Stage), "q": None})
    rows = queries.positions(
        gate.session(),
        gate.actor(),
        workspace_id=space.id,
        stage=chosen.get("stage", ""),
        words=chosen.get("q", ""),
        after=paging.unpack_place(request.args.get("after", "")),
        most=paging.PAGE + 1,
    )
    here = url_for("positions.positions", workspace_slug=workspace_slug)
    return respond(
        "positions/positions.html",
        "positions/_list.html",
        rows=[_listed(row) for row in rows[: paging.PAGE]],
        next_href=_next(here, chosen, rows),
        chosen=chosen,
        here=here,
        stages=forms.STAGES,
        can_start=queries.may_start(gate.actor(), space.id),
    )


def _next(here: str, chosen: dict[str, str], rows: list[PositionRow]) -> str:
    if len(rows) <= paging.PAGE:
        return ""
    last = rows[paging.PAGE - 1]
    after = paging.pack(last.created_at.isoformat(), str(last.id))
    return filters.address(here, chosen, after=after)


def _listed(row: PositionRow) -> dict[str, Any]:
    return {
        "href": f"/positions/{row.id}",
        "title": row.title,
        "kind": words.one(forms.KINDS, row.kind),
        "lead": row.lead,
        "version": row.version,
        "stage": row.stage,
        "word": words.one(forms.STAGES, row.stage),
        "when": words.day_of(row.created_at, "d MMM y"),
    }


# --- starting ------------------------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>/start")
def start(workspace_slug: str) -> Response:
    """The form of a new text; `?threat=` begins it from a protection risk."""
    form = forms.Start(threat=request.args.get("threat", ""), channel="public", sensitivity=2)
    return _start_page(workspace_slug, form)


@bp.post("/in/<string:workspace_slug>/start")
def start_submit(workspace_slug: str) -> AnyResponse:
    """Begin the text, seen by one's own organisation only."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    form = forms.Start()
    return submit(
        form,
        lambda s, a: _begin(s, a, space.id, form),
        again=lambda problem: _start_page(workspace_slug, form, problem),
        done=lambda made: url_for("positions.position", position_id=made.id),
    )


def _begin(session: Session, actor: Actor, workspace_id: UUID, form: forms.Start) -> Position:
    made = actions.start(
        session,
        actor,
        workspace_id=workspace_id,
        kind=form.kind.data,
        language=form.language.data,
        **asdict(form.details()),
    )
    if (threat_id := form.threat_id()) is not None:
        linking.link(session, actor, source=("threat", threat_id), target=("position", made.id))
    return made


def _start_page(slug: str, form: forms.Start, problem: Problem | None = None) -> Response:
    space = organisations.workspace(gate.session(), gate.actor(), slug)
    policy.require(gate.actor(), "position:start", policy.About(workspace_id=space.id))
    threat_id = form.threat_id()
    threat = threats.threat(gate.session(), gate.actor(), threat_id) if threat_id else None
    return respond(
        "positions/start.html",
        form=form,
        problem=problem,
        threat=threat,
        back=url_for("positions.positions", workspace_slug=slug),
        action=url_for("positions.start_submit", workspace_slug=slug),
    )


# --- the desk ------------------------------------------------------------------------------------


@bp.get("/<uuid:position_id>")
@drawn_once
def position(position_id: UUID) -> Response:
    """The desk: clauses, what waits beside them, where we stand."""
    return _desk_page(position_id)


def _desk_page(position_id: UUID, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    of = queries.face(session, actor, position_id)
    desk, versions = queries.desk(session, actor, of), queries.versions(session, actor, of.id)
    can_edit = queries.may(actor, "clause:edit", of) and not desk.is_closed
    # Recommendations follow a release: before it there is nothing to ask for.
    kinds = ("threat", "recommendation") if of.stage in _RELEASED else ("threat",)
    linked = links.linked_to(session, actor, "position", [of.id], kinds=kinds)
    return respond(
        "positions/position.html",
        problem=problem,
        desk=desk,
        panel=tallies.panel(session, actor, of.id),
        can_edit=can_edit,
        rows=gate.once(("positions.rows", of.id), lambda: _rows(of, desk, can_edit=can_edit)),
        writer=actor,
        versions=versions,
        dated=[(f"/positions/versions/{v.id}", v.number, _when(v.frozen_at)) for v in versions[:5]],
        linked=[(f"/{row.kind}s/{row.id}", row.title) for row in linked.get(of.id, [])],
        out=releases.went_out(session, actor, of.id) if versions else [],
        sensitivity=words.one(forms.SENSITIVITY, of.sensitivity),
        **_around(of),
    )


def _rows(of: Any, desk: Desk, *, can_edit: bool) -> Markup:
    session, actor = gate.session(), gate.actor()
    drawn = render_template(
        "positions/_rows.html",
        of=of,
        desk=desk,
        can_edit=can_edit,
        proposed=amendments.counts(session, actor, of.id),
        wrote=drafts.written_by(session, actor, of.document_id),
    )
    return Markup(drawn)  # noqa: S704 - drawn by our own template, which escapes


_RELEASED = frozenset({Stage.PUBLISHED, Stage.DELIVERED})


def _shared(of: Position) -> dict[str, Any]:
    """What the pages of one position share."""
    return {**_around(queries.face(gate.session(), gate.actor(), of.id)), "of": of}


def _around(of: Any) -> dict[str, Any]:
    """The same from `queries.face`."""
    is_lead, circle = of.organisation_id == gate.actor().organisation_id, of.others + 1
    return {
        "of": of,
        "base": f"/positions/{of.id}",
        "list_href": f"/positions/in/{of.slug}",
        "kind": words.one(forms.KINDS, of.kind),
        "stages": words.table(forms.STAGES),
        "channel": words.one(forms.CHANNELS, of.channel),
        "lead": of.lead,
        "is_lead": is_lead,
        "can_lead": queries.may(gate.actor(), "position:lead", of),
        # Small numbers tell who is meant; the lead knows its own list.
        "circle": circle if is_lead or circle >= of.smallest_cell else 0,
        "when": _when,
    }


def _when(at: datetime) -> str:
    return words.moment(at, "d MMM y, HH:mm")


@bp.post("/<uuid:position_id>/stage")
def stage_submit(position_id: UUID) -> AnyResponse:
    """A step along the table of stages, by the lead."""
    form, _seen = forms.Step(), queries.position(gate.session(), gate.actor(), position_id)
    return submit(
        form,
        lambda s, a: actions.step(s, a, position_id, to=Stage(form.to.data)),
        again=lambda problem: _desk_page(position_id, problem),
        done=lambda _done: url_for("positions.position", position_id=position_id),
    )


# --- title, purpose, terms -----------------------------------------------------------------------


@bp.get("/<uuid:position_id>/terms")
def terms(position_id: UUID) -> Response:
    """What is said about the text, in a form for the lead."""
    of = queries.position(gate.session(), gate.actor(), position_id)
    now = queries.details(of)
    return _terms_page(of, forms.Terms(data=asdict(now), based_on=now.hash))


@bp.post("/<uuid:position_id>/terms")
def terms_submit(position_id: UUID) -> AnyResponse:
    """Save them, if they still read as they did."""
    of, form = queries.position(gate.session(), gate.actor(), position_id), forms.Terms()
    return submit(
        form,
        lambda s, a: actions.describe(
            s, a, position_id, details=form.details(), based_on=form.based_on.data or ""
        ),
        again=lambda problem: _terms_page(of, form, problem),
        done=lambda _made: url_for("positions.position", position_id=position_id),
    )


def _terms_page(of: Position, form: forms.Terms, problem: Problem | None = None) -> Response:
    if problem and problem.current is not None:
        form.based_on.data = problem.current.hash
    return respond("positions/terms.html", form=form, problem=problem, **_shared(of))


# --- versions ------------------------------------------------------------------------------------


@bp.get("/<uuid:position_id>/freeze")
def freeze(position_id: UUID) -> Response:
    """The whole text with its terms, to be read once more before it is frozen."""
    return _freeze_page(position_id)


@bp.post("/<uuid:position_id>/freeze")
def freeze_submit(position_id: UUID) -> AnyResponse:
    """Freeze what the lead has read, and nothing else."""
    form = forms.Freeze()
    return submit(
        form,
        lambda s, a: actions.freeze(s, a, position_id, based_on=form.based_on.data or ""),
        again=lambda problem: _freeze_page(position_id, problem),
        done=lambda made: url_for("positions.version", version_id=made.id),
    )


def _freeze_page(position_id: UUID, problem: Problem | None = None) -> Response:
    of = queries.position(gate.session(), gate.actor(), position_id)
    desk = queries.desk(gate.session(), gate.actor(), of)
    clauses = drafts.clauses(gate.session(), gate.actor(), of.document_id)
    read = reading(gate.session(), gate.actor(), of.document_id, clauses)
    form = forms.Freeze(formdata=None, based_on=read)
    return respond(
        "positions/freeze.html",
        form=form,
        problem=problem,
        desk=desk,
        annexed=annexes.shown(of_draft(gate.session(), gate.actor(), of.document_id)),
        **_shared(of),
    )


@bp.get("/versions/<uuid:version_id>")
def version(version_id: UUID) -> Response:
    """A frozen version as it is signed."""
    found = queries.version(gate.session(), gate.actor(), version_id)
    of = queries.position(gate.session(), gate.actor(), found.position_id)
    return respond(
        "positions/version.html",
        version=found,
        clauses=queries.shown(found),
        annexed=annexes.shown(found.annexes),
        channels=forms.CHANNELS,
        **_shared(of),
    )


# --- what was said, what happened ----------------------------------------------------------------


@bp.get("/<uuid:position_id>/comments")
def comments(position_id: UUID) -> Response:
    """Everything that was said about the text, also about clauses that were removed."""
    of = queries.position(gate.session(), gate.actor(), position_id)
    clauses = drafts.clauses(gate.session(), gate.actor(), of.document_id)
    rows = discussion.threads(gate.session(), gate.actor(), of.id)
    numbers = {clause.cid: number for number, clause in enumerate(clauses, 1)}
    talks = discussion.talks(gate.session(), gate.actor(), rows, clauses)
    places = [numbers.get(row.anchor.clause_id, 0) if row.anchor else 0 for row in rows]
    return respond(
        "positions/comments.html",
        talks=sorted(zip(places, talks, strict=True), key=lambda item: item[0] or 999),
        **_shared(of),
    )


@bp.get("/<uuid:position_id>/activity")
def activity(position_id: UUID) -> Response:
    """What happened to the text, in words. Who was invited is for the lead."""
    of = queries.position(gate.session(), gate.actor(), position_id)
    entries = queries.activity(gate.session(), gate.actor(), of)
    names = organisations.names(gate.session(), (entry.organisation_id for entry in entries))
    lines = [
        {
            "when": _when(entry.at),
            "iso": entry.at.isoformat(),
            "what": events.say(entry.name, entry.detail),
            "who": names.get(entry.organisation_id) if entry.organisation_id else "",
        }
        for entry in entries
    ]
    shown = [line for line in lines if line["what"]]
    return respond("positions/activity.html", events=shown, **_shared(of))
