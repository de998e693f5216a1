"""Pages of recommendations: the list, one recommendation, and its forms."""

import json
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import get_locale
from markupsafe import Markup
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.asks import forms as ask_forms
from advocacy.asks import queries as asks
from advocacy.asks.rows import ActRow, AskRow
from advocacy.asks.rules import is_stale
from advocacy.assignments import queries as assignments
from advocacy.audit.queries import trail
from advocacy.beside import actions as others
from advocacy.beside import queries as beside
from advocacy.commitments import queries as commitments
from advocacy.deadlines.rules import ONGOING
from advocacy.disputes.rules import Dispute
from advocacy.ground import clock
from advocacy.institutions import queries as institutions
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.raisings import queries as raisings
from advocacy.recommendations import actions, forms, queries, rules
from advocacy.recommendations.rows import Filters, ListRow
from advocacy.recommendations.schema import Recommendation
from advocacy.setbacks import queries as setbacks
from advocacy.taxonomies import forms as taxonomies
from advocacy.taxonomies.queries import reads_all
from advocacy.web import events, gate, paging, standings, words
from advocacy.web import filters as address
from advocacy.web.pages import drawn_once
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("recommendations", __name__, url_prefix="/recommendations")

# --- the list ------------------------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>")
@drawn_once
def recommendations(workspace_slug: str) -> Response:
    """What was asked, as far as this reader may see it. The address keeps the filters."""
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, workspace_slug)
    asks.must_work_here(actor, space.id)
    on = clock.day_in(actor.now, space.zone)
    chosen = address.chosen(request.args, forms.ALLOWED)
    wanted: dict[str, Any] = {"workspace_id": space.id, "filters": Filters(**chosen), "on": on}
    after = paging.unpack_place(request.args.get("after", ""))
    found = queries.found(session, actor, **wanted)
    rows = queries.listed(session, actor, **wanted, of=found, after=after, most=paging.PAGE + 1)
    may_add = policy.allows(actor, "recommendation:add", policy.About(workspace_id=space.id))
    language, used = str(get_locale()), tuple(chosen.items())
    return respond(
        "recommendations/recommendations.html",
        "recommendations/_list.html",
        listing=_rows_html(*_tallied(rows[: paging.PAGE], on), on, language),
        bar=_bar_html(request.path, used, language, is_inside=reads_all(actor, space.id)),
        count=len(found.places) if found.is_all else f"{rules.COUNTED_TO:,}+",
        is_filtered=bool(chosen),
        next_href=_next(request.path, chosen, rows),
        prev_href=address.address(request.path, chosen) if after else "",
        new_href=f"{request.path}/new" if may_add else "",
    )


def _next(path: str, chosen: dict[str, str], rows: list[ListRow]) -> str:
    if len(rows) <= paging.PAGE:
        return ""
    last = rows[paging.PAGE - 1]
    after = paging.pack(last.created_at.isoformat(), str(last.id))
    return address.address(path, chosen, after=after)


@lru_cache(maxsize=64)
def _bar_html(
    path: str, used: tuple[tuple[str, str], ...], language: str, *, is_inside: bool
) -> Markup:
    """The filters as drawn for these choices: the same for every member, or for all others."""
    return Markup(  # noqa: S704 - made by our own template
        render_template(
            "recommendations/_bar.html",
            path=path,
            chosen=dict(used),
            responses=list(ask_forms.RESPONSES.items()),
            progress=[one for one in ask_forms.PROGRESS.items() if one[0] != "mixed"],
            specificity=list(forms.SPECIFICITY.items())[1:],
            subjects=taxonomies.filters(is_inside=is_inside),
        )
    )


@lru_cache(maxsize=64)
def _rows_html(
    rows: tuple[ListRow, ...], tallies: tuple[Any, ...], on: date, language: str
) -> Markup:
    """The rows as drawn. Made of these alone: whoever gets the same gets the same words."""
    lines = [_line(row, tally, on) for row, tally in zip(rows, tallies, strict=True)]
    return Markup(  # noqa: S704 - made by our own template
        render_template("recommendations/_rows.html", rows=lines)
    )


def _tallied(rows: list[ListRow], on: date) -> tuple[tuple[ListRow, ...], tuple[Any, ...]]:
    """Rows, and of each what members said of the body that it was put to first, or None."""
    leads = [row.first for row in rows]
    put = {one.id: one.institution_id for one in leads if one}
    found = commitments.tallies_of(gate.session(), gate.actor(), put, on=on)
    return tuple(rows), tuple(found.get(one.id) if one else None for one in leads)


def _line(row: ListRow, tally: Any, on: date) -> dict[str, Any]:
    lead = row.first
    issuers = json.loads(row.issuers)
    return {
        "href": f"/recommendations/{row.id}",
        "ref": row.ref,
        "title": row.title,
        "language": row.language,
        "issuers": ", ".join(issuers[:3]),
        "more_issuers": len(issuers[3:]),
        "session": row.session or "",
        "owner": lead.addressee if lead else "",
        "owners": len(row.asks),
        "tally": tally,
        **(ask_forms.stands(lead, row.asks, on) if lead else {}),
    }


def day(on: date | None) -> str:
    """A date in words, in the reader's language."""
    return words.day(on, "d MMM y")


# --- one recommendation --------------------------------------------------------------------------


@bp.get("/<uuid:recommendation_id>")
def detail(recommendation_id: UUID) -> Response:
    """The text, whom it was put to, and what came of it."""
    return _detail_page(_one(recommendation_id))


def _one(recommendation_id: UUID) -> Recommendation:
    found = queries.recommendation(gate.session(), gate.actor(), recommendation_id)
    asks.must_work_here(gate.actor(), found.workspace_id)
    return found


def _detail_page(of: Recommendation, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace_by_id(session, actor, of.workspace_id)
    on = clock.day_in(actor.now, space.zone)
    rows = asks.asks_of(session, actor, [of.id]).get(of.id, ())
    acts = raisings.told(session, actor, asks.acts(session, actor, [row.id for row in rows]))
    open_ = asks.disputed(session, actor, [row.id for row in rows])
    who = [one for row in rows for one in (row.minder_id, row.closing_by, row.alleged_by)]
    who += [one for of_ask in open_.values() for one in (of_ask.by, of_ask.other)]
    told = [one for one in trail(session, actor, of) if events.say(one.name, one.detail)]
    names = organisations.names(session, [of.organisation_id, *who])
    titles = queries.titles(session, actor, (act.facts.get("newer", "") for act in acts))
    source = of.position_id and positions.versions(session, actor, of.position_id)
    about = policy.About(of.organisation_id, of.workspace_id)
    more = beside.of(session, actor, of, [row.id for row in rows])
    return respond(
        "recommendations/detail.html",
        came=standings.told(setbacks.of_record(session, actor, "recommendation", of.id, on=on)),
        more=more,
        subject=taxonomies.told(more["subjects"]),
        tied=forms.tied(more["ties"], on),
        day=day,
        languages=forms.LANGUAGES,
        of=of,
        issued=day(of.issued_on),
        lead=names.get(of.organisation_id, ""),
        is_everybody=audience.is_everybody(session, of.audience_id),
        is_members=assignments.is_for_members(session, actor, space.id, of.audience_id),
        asks=[_ask(row, acts, names, titles, open_.get(row.id), on) for row in rows],
        told=[(events.say(one.name, one.detail), words.day_of(one.at, "d MMM y")) for one in told],
        mixed=len({row.progress for row in rows}) > 1,
        source_href=f"/positions/{of.position_id}" if source else "",
        may_edit=policy.allows(actor, "recommendation:edit", about),
        problem=problem,
        form=forms.Button(),
        back=url_for("recommendations.recommendations", workspace_slug=space.slug),
    )


def _ask(
    row: AskRow,
    acts: list[ActRow],
    names: dict[UUID, str],
    titles: dict[str, str],
    dispute: Dispute | None,
    on: date,
) -> dict[str, Any]:
    actor = gate.actor()
    held = asks.ask(gate.session(), actor, row.id)
    may = asks.open_steps(actor, held, on=on, dispute=dispute)
    mine = [act for act in acts if act.ask_id == row.id]
    may_record = policy.allows(actor, "ask:record", policy.About(workspace_id=held.workspace_id))
    offered = [kind for kind in _OFFERED if may_record and kind in may]
    return {
        **asdict(row),
        **ask_forms.stands(row, (row,), on),
        **ask_forms.look(mine),
        "dispute": ask_forms.sides(dispute, names),
        "now": institutions.now(gate.session(), actor, row.institution_id),
        "is_stale": row.due_precision not in ONGOING
        and is_stale(row.touched_on, row.progress, on=on),
        "review_over": row.due_precision in ONGOING and bool(row.due_on and row.due_on < on),
        "touched": day(row.touched_on),
        "response_day": day(row.response_on),
        "progress_day": day(row.progress_on),
        "held": (day(row.held_from), day(row.held_to)),
        "minder": names.get(row.minder_id, "") if row.minder_id else "",
        "alleged": names.get(row.alleged_by, "") if row.alleged_by else "",
        "proposal": ask_forms.PROGRESS.get(row.closing_to or ""),
        "proposer": names.get(row.closing_by, "") if row.closing_by else "",
        "proposed": day(row.closing_on),
        "delivered": day(row.delivered_on),
        "how": ask_forms.HOW.get(row.do_how, ""),
        "do_day": day(row.do_by),
        "can_publish": row.is_sensitive and held.organisation_id == actor.organisation_id,
        "steps": [(ask_forms.KINDS[kind], ask_forms.step_href(row.id, kind)) for kind in offered],
        "acts": [ask_forms.told(act, actor.organisation_id, titles) for act in mine],
    }


_OFFERED = [k for k in ask_forms.KINDS if k != "withdraw_evidence"]


# --- recording -----------------------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>/new")
def new(workspace_slug: str) -> Response:
    """The form of a recommendation by hand."""
    return _new_page(workspace_slug, forms.TextForm())


@bp.post("/in/<string:workspace_slug>/new")
def new_submit(workspace_slug: str) -> Any:
    """Record it."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    form = forms.TextForm()
    form.offer(institutions.institutions(gate.session(), gate.actor(), workspace_id=space.id))
    return submit(
        form,
        lambda s, a: actions.add(
            s, a, workspace_id=space.id, new=form.new(), to=form.ask(), reach=form.reach.data
        ),
        again=lambda problem: _new_page(workspace_slug, form, problem),
        done=lambda made: url_for("recommendations.detail", recommendation_id=made.id),
    )


def _new_page(slug: str, form: forms.TextForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, slug)
    policy.require(actor, "recommendation:add", policy.About(workspace_id=space.id))
    form.offer(institutions.institutions(session, actor, workspace_id=space.id))
    return respond(
        "recommendations/new.html",
        form=form,
        problem=problem,
        reaches=forms.REACHES,
        institutions_href=url_for("institutions.institutions", workspace_slug=slug),
        back=url_for("recommendations.recommendations", workspace_slug=slug),
        action=url_for("recommendations.new_submit", workspace_slug=slug),
    )


@bp.get("/<uuid:recommendation_id>/ask")
def ask(recommendation_id: UUID) -> Response:
    """One more addressee."""
    return _ask_page(_one(recommendation_id), forms.AskForm())


@bp.post("/<uuid:recommendation_id>/ask")
def ask_submit(recommendation_id: UUID) -> Any:
    """Address it to one more."""
    of, form = _one(recommendation_id), forms.AskForm()
    known = institutions.institutions(gate.session(), gate.actor(), workspace_id=of.workspace_id)
    form.offer(known)
    return submit(
        form,
        lambda s, a: actions.add_ask(s, a, recommendation_id=recommendation_id, to=form.ask()),
        again=lambda problem: _ask_page(_one(recommendation_id), form, problem),
        done=lambda _made: url_for("recommendations.detail", recommendation_id=recommendation_id),
    )


def _ask_page(of: Recommendation, form: forms.AskForm, problem: Problem | None = None) -> Response:
    about = policy.About(of.organisation_id, of.workspace_id)
    policy.require(gate.actor(), "recommendation:edit", about)
    form.offer(
        institutions.institutions(gate.session(), gate.actor(), workspace_id=of.workspace_id)
    )
    return respond(
        "recommendations/ask.html",
        form=form,
        problem=problem,
        quoted=of.text,
        language=of.language,
        with_title=False,
        back=url_for("recommendations.detail", recommendation_id=of.id),
        action=url_for("recommendations.ask_submit", recommendation_id=of.id),
    )


# --- readers -------------------------------------------------------------------------------------


@bp.get("/<uuid:recommendation_id>/share")
def share(recommendation_id: UUID) -> Response:
    """Who can read it, and who shall."""
    return _share_page(_one(recommendation_id), forms.ReachForm())


@bp.post("/<uuid:recommendation_id>/share")
def share_submit(recommendation_id: UUID) -> Any:
    """Let others read it, or take it back; all that hangs on it follows at once."""
    form = forms.ReachForm()

    def act(session: Session, actor: Actor) -> None:
        actions.share(session, actor, recommendation_id=recommendation_id, reach=form.reach.data)
        others.follow(session, actor, recommendation_id=recommendation_id)

    return submit(
        form,
        act,
        again=lambda problem: _share_page(_one(recommendation_id), form, problem),
        done=lambda _made: url_for("recommendations.detail", recommendation_id=recommendation_id),
    )


def _share_page(
    of: Recommendation, form: forms.ReachForm, problem: Problem | None = None
) -> Response:
    about = policy.About(of.organisation_id, of.workspace_id)
    policy.require(gate.actor(), "recommendation:edit", about)
    return respond(
        "recommendations/share.html",
        form=form,
        problem=problem,
        of=of,
        reaches=forms.REACHES[:1] if of.position_id else forms.REACHES,
        back=url_for("recommendations.detail", recommendation_id=of.id),
        action=url_for("recommendations.share_submit", recommendation_id=of.id),
    )


@bp.post("/publish/<uuid:ask_id>")
def publish_submit(ask_id: UUID) -> Any:
    """Let an ask to a sensitive institution be read as widely as its recommendation."""
    found = asks.ask(gate.session(), gate.actor(), ask_id)
    of_id = found.recommendation_id
    return submit(
        forms.Button(),
        lambda s, a: actions.publish_ask(s, a, ask_id=ask_id),
        again=lambda problem: _detail_page(_one(of_id), problem),
        done=lambda _made: url_for("recommendations.detail", recommendation_id=of_id),
    )
