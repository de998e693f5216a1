"""Pages of outcomes: the list, one outcome with its time line, and their forms."""

from collections import Counter
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.ground import clock
from advocacy.links import actions as linking
from advocacy.links import queries as links
from advocacy.organisations import queries as organisations
from advocacy.outcomes import actions, forms, queries, rules
from advocacy.outcomes.rows import EventRow, OutcomeRow
from advocacy.outcomes.rules import HOLDING, Happened, Level, Outcome
from advocacy.web import filters as address
from advocacy.web import gate, paging, standings
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day

bp = Blueprint("outcomes", __name__, url_prefix="/outcomes")
_SHAPE = "d MMM y"
_KIND = "outcome"  # as links call it
_ALLOWED: dict[str, Any] = {"standing": set(rules.COUNTED), "level": set(Level)}


# --- the list ------------------------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>")
def outcomes(workspace_slug: str) -> Response:
    """What changed and whether it holds, each count with its list behind it."""
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, workspace_slug)
    on = clock.day_in(actor.now, space.zone)
    rows = queries.listed(session, actor, workspace_id=space.id, on=on)
    chosen = address.chosen(request.args, _ALLOWED)
    shown = [row for row in rows if _is_in(row, chosen)]
    counted = Counter(rules.counted_as(row.standing) for row in rows)
    begin = _first(shown, request.args.get("after", ""))
    page, more = shown[begin : begin + paging.PAGE], shown[begin + paging.PAGE :]
    last = str(page[-1].id) if more else ""
    may_add = policy.allows(actor, "outcome:record", policy.About(workspace_id=space.id))
    return respond(
        "outcomes/outcomes.html",
        lines=[_line(row) for row in page],
        figures=[
            (forms.COUNTED[name], counted[name], address.address(request.path, {"standing": name}))
            for name in rules.COUNTED
        ],
        chosen=chosen,
        levels=forms.LEVELS,
        standings=forms.COUNTED,
        path=request.path,
        total=len(rows),
        next_href=address.address(request.path, chosen, after=last) if more else "",
        prev_href=address.address(request.path, chosen) if begin else "",
        new_href=f"{request.path}/new" if may_add else "",
        asked_href=f"/recommendations/in/{workspace_slug}",
    )


def _is_in(row: OutcomeRow, chosen: dict[str, str]) -> bool:
    wanted = chosen.get("standing", "")
    is_level = chosen.get("level", row.level) == row.level
    return is_level and (not wanted or rules.counted_as(row.standing) == wanted)


def _first(rows: list[OutcomeRow], after: str) -> int:
    """Where a page of the list begins: after the record that the page before ended with."""
    ids = [str(row.id) for row in rows]
    return ids.index(after) + 1 if after in ids else 0


def _line(row: OutcomeRow) -> dict[str, Any]:
    return {
        "href": f"/outcomes/{row.id}",
        "title": row.title,
        "language": row.language,
        "level": forms.LEVELS[row.level],
        "direction": forms.DIRECTIONS[row.direction],
        **standings.said(row.standing),
    }


# --- one outcome ---------------------------------------------------------------------------------


@bp.get("/<uuid:outcome_id>")
def detail(outcome_id: UUID) -> Response:
    """What changed, what happened to it, and who says what of it."""
    return _detail_page(queries.outcome(gate.session(), gate.actor(), outcome_id))


def _detail_page(of: Outcome, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace_by_id(session, actor, of.workspace_id)
    today = clock.day_in(actor.now, space.zone)
    asked = forms.AsOf(request.args)
    on = min(asked.on.data or today, today) if asked.validate() else today
    chain = queries.events(session, actor, [of.id])[of.id]
    about = queries.about(session, actor, of)
    standing, now = rules.state(chain, on=on), rules.state(chain, on=today)
    parts = queries.parts(session, actor, of.id)
    may_tell = policy.allows(actor, "outcome:record", about)
    return respond(
        "outcomes/outcome.html",
        of=of,
        base=f"/outcomes/{of.id}",
        said=standings.said(standing),
        is_past=on != today,
        on=day(on, _SHAPE),
        as_of=asked,
        short=_short(of),
        wording=queries.wording(session, actor, of.id),
        told=[_told(one, may_tell) for one in queries.history(session, actor, of.id)],
        parts=[one for one in parts if one.text],
        ours=actor.organisation_id,
        seconds=[(one, day(one.on, _SHAPE)) for one in queries.seconds(session, actor, of.id)],
        linked=links.linked(session, actor, _KIND, of.id),
        may_edit=policy.allows(actor, "outcome:edit", about),
        may_share=policy.allows(actor, "outcome:share", about),
        may_tell=may_tell,
        may_second=policy.allows(actor, "outcome:second", about),
        may_tap=may_tell and now.word in HOLDING,
        tap=forms.TapForm(formdata=None, based_on=str(chain[-1].id)),
        problem=problem,
        back=url_for("outcomes.outcomes", workspace_slug=space.slug),
    )


def _short(of: Outcome) -> list[tuple[str, Any]]:
    intended = forms.INTENDED["yes" if of.is_intended else "no"]
    reach = next(words for value, words, _more in forms.REACHES if value == of.reach)
    return [
        (_("Kind of change"), forms.LEVELS[of.level]),
        (_("Direction"), forms.DIRECTIONS[of.direction]),
        (_("Intended"), intended),
        (_("Who can read it"), reach),
    ]


def _told(one: EventRow, may_tell: bool) -> dict[str, Any]:  # noqa: FBT001 - a fact of the page
    mark = standings.MARKS.get(one.kind, ("quiet", "dot"))
    is_live = not one.is_taken_back and one.kind != Happened.TAKEN_BACK
    return {
        "when": day(one.on, _SHAPE),
        "iso": one.on.isoformat(),
        "what": forms.HAPPENED[one.kind],
        "who": one.organisation,
        "kind": mark[0] if is_live else "quiet",
        "icon": mark[1] if one.kind in standings.MARKS and is_live else "ring",
        "until": day(one.until_on, _SHAPE),
        "text": one.text,
        "source": one.source,
        "is_link": one.source.startswith(("https://", "http://")) and " " not in one.source,
        "is_taken_back": one.is_taken_back,
        "take_back_href": f"take-back?event={one.id}" if is_live and may_tell else "",
    }


# --- forms ---------------------------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>/new")
def new(workspace_slug: str) -> Response:
    """The form of an outcome."""
    return _new_page(workspace_slug, forms.NewForm())


@bp.post("/in/<string:workspace_slug>/new")
def new_submit(workspace_slug: str) -> Any:
    """Record it."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    form = forms.NewForm()
    form.offer([Happened.ACHIEVED, Happened.PARTLY])
    return submit(
        form,
        lambda s, a: actions.record(
            s,
            a,
            workspace_id=space.id,
            new=form.wording(),
            first=form.told(),
            reach=form.reach.data,
        ),
        again=lambda problem: _new_page(workspace_slug, form, problem),
        done=lambda made: url_for("outcomes.detail", outcome_id=made.id),
    )


def _new_page(slug: str, form: forms.NewForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, slug)
    policy.require(actor, "outcome:record", policy.About(workspace_id=space.id))
    form.offer([Happened.ACHIEVED, Happened.PARTLY])
    return respond(
        "outcomes/form.html",
        form=form,
        problem=problem,
        title=_("Record an outcome"),
        lead=_("An outcome is a change in what others say or do. It may also be for the worse."),
        fields=[*forms.FIELDS, "kind", "on", "until_on", "source", "text", "reach"],
        options={"reach": forms.REACHES[:2]},
        back=url_for("outcomes.outcomes", workspace_slug=slug),
        back_label=_("Outcomes"),
        action=url_for("outcomes.new_submit", workspace_slug=slug),
    )


def _own(outcome_id: UUID, permission: str) -> Outcome:
    """An outcome of one's own, asked for before its form is read."""
    found = queries.outcome(gate.session(), gate.actor(), outcome_id)
    about = policy.About(found.organisation_id, found.workspace_id)
    policy.require(gate.actor(), permission, about)
    return found


@bp.get("/<uuid:outcome_id>/share")
def share(outcome_id: UUID) -> Response:
    """Who can read it, and who shall."""
    form = forms.ReachForm(formdata=None, reach=_own(outcome_id, "outcome:share").reach)
    return _share_page(outcome_id, form)


@bp.post("/<uuid:outcome_id>/share")
def share_submit(outcome_id: UUID) -> Any:
    """Let others read it, or take it back; all that hangs on it follows at once."""
    form = forms.ReachForm()

    def act(session: Session, actor: Actor) -> None:
        actions.share(session, actor, outcome_id=outcome_id, reach=form.reach.data)
        linking.follow(session, actor, _KIND, outcome_id)

    return submit(
        form,
        act,
        again=lambda problem: _share_page(outcome_id, form, problem),
        done=lambda _none: url_for("outcomes.detail", outcome_id=outcome_id),
    )


def _share_page(
    outcome_id: UUID, form: forms.ReachForm, problem: Problem | None = None
) -> Response:
    of = _own(outcome_id, "outcome:share")
    page = forms.page(
        of, form, problem, None, title=_("Change who can read it"), fields=["reach"]
    ) | {
        "options": {"reach": forms.REACHES},
        "what": _("A change counts at once. Copies already taken stay taken."),
    }
    return respond("outcomes/form.html", **page, action=f"{page['back']}/share")
