"""The page that donors read, and their reply."""

from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask import session as cookie
from flask_babel import get_locale
from markupsafe import Markup
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor, Standing
from advocacy.asks import actions
from advocacy.asks import forms as ask_forms
from advocacy.asks import queries as asks
from advocacy.asks.rules import Axis, Kind, Progress
from advocacy.commitments import queries as commitments
from advocacy.commitments.forms import REPLIES
from advocacy.donors import forms, queries, rules
from advocacy.donors.rows import Body, PublicAsk, PublicFigures, View
from advocacy.grants import queries as grants
from advocacy.ground import clock
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.outcomes import queries as outcomes
from advocacy.shares import queries as shares
from advocacy.shares import rules as share_rules
from advocacy.web import filters as address
from advocacy.web import gate
from advocacy.web.db import database, end_reading
from advocacy.web.pages import drawn_once
from advocacy.web.paging import pack, unpack_key
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day, moment

_SHAPE = "d MMM y"
bp = Blueprint("donors", __name__, url_prefix="/donors")


@bp.get("/in/<string:workspace_slug>")
@drawn_once
def donors(workspace_slug: str) -> Response:
    """What was asked, and what moved: exactly what every donor of the workspace reads."""
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, workspace_slug)
    on = clock.day_in(actor.now, space.zone)
    chosen = address.chosen(request.args, rules.FILTERS)
    known = queries.figures(session, actor, workspace_id=space.id, on=on).addressees
    ours = queries.asked_of(session, actor, workspace_id=space.id)
    some, last = rules.part(ours, _turn("asked"), rules.FEW)
    shared = commitments.asked_of_us(session, actor, on=on) if space.standing == "donor" else []
    about = policy.About(workspace_id=space.id)
    may_share = policy.allows(actor, "donor-page:publish", about)
    return respond(
        "donors/donors.html",
        title=space.name,
        on=day(on, _SHAPE),
        ours=_ours_html(tuple(some), on, str(get_locale())) if ours else "",
        ours_older=_next(chosen, asked=last),
        ours_total=len(ours),
        shared=[(one, REPLIES.get(one.reply, "")) for one in shared],
        body=_drawn(session, actor, space.id, View(**chosen), on, chosen),
        ends=_ends(session, actor, space.id) if space.standing == Standing.DONOR else "",
        path=request.path,
        chosen=chosen,
        standings=[(of[0].value, ask_forms.PROGRESS[of[0]]) for of in rules.TOGETHER],
        addressees=[
            (name, name) for name in sorted({*known, *filter(None, [chosen.get("addressee")])})
        ],
        files_href=address.address(f"{request.path}/files", chosen),
        share_href=address.address(f"/shares/in/{workspace_slug}/new", chosen) if may_share else "",
        shares_href=f"/shares/in/{workspace_slug}" if may_share else "",
    )


def _ends(session: Session, actor: Actor, space: UUID) -> str:
    """The last day of the reader's own access, once it is near."""
    return day(grants.near(session, actor, workspace_id=space), _SHAPE)


@bp.get("/shared")
def shared() -> Response:
    """The view of a link that was opened on this device, read as the link and nobody else."""
    came = shares.opened(gate.session(), str(cookie.get("share") or ""), now=gate.now())
    reader, on = share_rules.reader(came, gate.now()), clock.day_in(gate.now(), came.zone)
    view = View(**address.chosen(came.view, rules.FILTERS))
    end_reading()
    with database().reading(reader) as session:
        body = _drawn(session, reader, came.workspace_id, view, on)
    return respond(
        "donors/shared.html",
        title=came.workspace,
        on=day(on, _SHAPE),
        until=moment(came.until_at, f"{_SHAPE}, HH:mm", clock.zone(came.zone)),
        body=body,
    )


def _turn(name: str) -> UUID | None:
    """The last row of the page before, in one of the lists."""
    return unpack_key(request.args.get(name, ""))


def _next(chosen: dict[str, str], **last: UUID | None) -> str:
    """The address of what follows these rows in their lists; nothing at the end of them."""
    behind = {name: pack(str(row)) for name, row in last.items() if row}
    return address.address(request.path, chosen, **behind) if behind else ""


def _drawn(
    session: Session,
    actor: Actor,
    space: UUID,
    view: View,
    on: date,
    chosen: dict[str, str] | None = None,
) -> Markup:
    """The body for one view; outcomes stand in a view of all asks alone, on its first page.

    chosen: the filters in the address; None where the view cannot be another.
    """
    after, is_all = _turn("after"), view == View()
    found = queries.published(
        session, actor, workspace_id=space, view=view, on=on, after=after, most=rules.PAGE
    )
    asks, last = rules.part(found, None, rules.PAGE)
    figures = queries.figures(session, actor, workspace_id=space, on=on, view=view)
    is_first = is_all and after is None
    came = outcomes.released(session, actor, workspace_id=space, on=on) if is_first else []
    some, last_came = rules.part(came, _turn("changed"), rules.FEW)
    is_open = chosen is not None and figures.total > len(asks)
    body = Body(
        asks=tuple(asks),
        counted=tuple(sorted(figures.by_progress.items())),
        late=figures.late,
        came=tuple(some),
        came_total=len(came),
        is_later=after is not None,
        older=_next(chosen or {}, after=last),
        came_older=_next(chosen or {}, changed=last_came),
        narrower=forms.narrower(request.path, chosen or {}) if is_open else (),
    )
    return _body_html(body, on, str(get_locale()))


@lru_cache(maxsize=64)
def _body_html(of: Body, on: date, language: str) -> Markup:
    """The body as drawn, made of published rows alone: the same for whoever gets these rows."""
    figures = PublicFigures(dict(of.counted), of.late)
    drawn = [] if of.is_later else [one for one in of.asks if one.published_on][: rules.MOST_DRAWN]
    first, last = rules.span(drawn, on)
    lines = [forms.line(one, on, first, last) for one in of.asks]
    lines.sort(key=lambda line: -line.late_days)
    return Markup(  # noqa: S704 - made by our own template
        render_template(
            "donors/_body.html",
            of=of,
            lines=lines,
            drawn=[line for line in lines if line.id in {one.id for one in drawn}],
            came=[forms.outcome(one) for one in of.came],
            figures=[_figure(figures, states) for states in rules.TOGETHER],
            ways=dict(of.narrower),
            total=figures.total,
            late=figures.late,
            confirmed=figures.by_progress.get(Progress.IMPLEMENTED, 0),
            ticks=[
                (rules.place(m, first, last), day(m, "MMM y")) for m in rules.months(first, last)
            ],
            today=rules.place(on, first, last),
            today_words=day(on, _SHAPE),
            more=0 if of.is_later else figures.total - len(lines),
            progress=ask_forms.PROGRESS,
            marks=ask_forms.MARKS,
            meanings=forms.meanings(),
        )
    )


@lru_cache(maxsize=64)
def _ours_html(found: tuple[PublicAsk, ...], on: date, language: str) -> Markup:
    """What was asked of the reader's own organisation, as drawn."""
    lines = [forms.line(one, on) for one in found]
    return Markup(  # noqa: S704 - made by our own template
        render_template("donors/_ours.html", lines=[(li, f"/donors/asks/{li.id}") for li in lines])
    )


def _figure(figures: PublicFigures, states: tuple[Progress, ...]) -> tuple[str, Any, int]:
    first = states[0]
    count = sum(figures.by_progress.get(state, 0) for state in states)
    return first.value, ask_forms.PROGRESS[first], count


# --- the reply -----------------------------------------------------------------------------------


@bp.get("/asks/<uuid:ask_id>")
def reply(ask_id: UUID) -> Response:
    """The form of a reply, for the organisation that was asked."""
    return _reply_page(ask_id, forms.ReplyForm())


@bp.post("/asks/<uuid:ask_id>")
def reply_submit(ask_id: UUID) -> Any:
    """Reply."""
    form, (_one, slug) = forms.ReplyForm(), _asked(ask_id)
    return submit(
        form,
        lambda s, a: actions.act(
            s,
            a,
            ask_id=ask_id,
            kind=Kind.RESPONSE,
            to=form.to.data,
            given=form.given(),
            after=form.after(),
        ),
        again=lambda problem: _reply_page(ask_id, form, problem),
        done=lambda _made: url_for("donors.donors", workspace_slug=slug),
    )


def _asked(ask_id: UUID) -> tuple[PublicAsk, str]:
    """An ask put to the reader's own organisation. Raises NotFound for any other."""
    session, actor = gate.session(), gate.actor()
    found = asks.ask(session, actor, ask_id)
    space = organisations.workspace_by_id(session, actor, found.workspace_id)
    for one in queries.asked_of(session, actor, workspace_id=space.id):
        if one.id == ask_id:
            return one, space.slug
    raise NotFound


def _reply_page(ask_id: UUID, form: forms.ReplyForm, problem: Problem | None = None) -> Response:
    one, slug = _asked(ask_id)
    last = asks.head(gate.session(), gate.actor(), ask_id, Axis.RESPONSE)
    if problem is None or problem.status == 409:
        form.based_on.data = str(last.id) if last else ""
    on = gate.today()
    return respond(
        "donors/reply.html",
        form=form,
        problem=problem,
        line=forms.line(one, on),
        said=last.text if last else "",
        back=url_for("donors.donors", workspace_slug=slug),
        action=url_for("donors.reply_submit", ask_id=ask_id),
    )
