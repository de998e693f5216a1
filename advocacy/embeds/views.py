"""Make an embed of a link, and the embed itself."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, make_response, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import Actor, anonymous
from advocacy.asks import forms as asks
from advocacy.donors import forms as donors
from advocacy.donors import rules as page
from advocacy.donors.rows import View
from advocacy.embeds import actions, forms, queries, rules
from advocacy.embeds.rows import Framed
from advocacy.ground import clock
from advocacy.handouts import queries as handouts
from advocacy.handouts.rows import Shown
from advocacy.organisations import queries as organisations
from advocacy.shares import queries as shares
from advocacy.shares import rules as links
from advocacy.web import filters as address
from advocacy.web import gate, nav
from advocacy.web.db import database
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day, spoken_in

bp = Blueprint("embeds", __name__)
_SHAPE = "d MMM y"


# --- for those who answer for the link -----------------------------------------------------------


@bp.get("/shares/<uuid:share_id>/embed")
def embed(share_id: UUID) -> Response:
    """The embed of a link, and the form of another one."""
    return _page(share_id, forms.NewForm(formdata=None))


@bp.post("/shares/<uuid:share_id>/embed")
def embed_submit(share_id: UUID) -> AnyResponse:
    """Make it; its code is shown once."""
    form, languages = forms.NewForm(), tuple(current_app.config["LANGUAGES"])
    return submit(
        form,
        lambda s, a: actions.make(
            s, a, share_id, form.new(), languages=languages, after=form.after()
        ),
        again=lambda problem: _page(share_id, form, problem),
        done=lambda token: _told(share_id, token),
    )


@bp.post("/shares/<uuid:share_id>/embed/end")
def end_submit(share_id: UUID) -> AnyResponse:
    """End it at once."""
    return submit(
        forms.Button(),
        lambda s, a: actions.end(s, a, share_id),
        again=lambda problem: _page(share_id, forms.NewForm(formdata=None), problem),
        done=lambda _link: url_for("embeds.embed", share_id=share_id),
    )


def _told(share_id: UUID, token: str) -> str:
    """Say the code this once: the address in it is kept nowhere."""
    link = nav.home() + url_for("embeds.read", token=token)
    title = _("What was asked, and what moved")
    code = f'<iframe src="{link}" title="{title}" width="100%" height="480"></iframe>'
    flash(_("Copy this code now. It is shown this once: %(code)s", code=code), "ok")
    return url_for("embeds.embed", share_id=share_id)


def _page(share_id: UUID, form: forms.NewForm, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    of = shares.share(session, actor, share_id)
    known = queries.embed(session, actor, share_id)
    space = organisations.workspace_by_id(session, actor, of.workspace_id)
    if problem is None or problem.status == 409:
        form.based_on.data = str(known.id) if known else ""
    return respond(
        "embeds/embed.html",
        label=of.label,
        known=known,
        what={one[0].value: one[1] for one in forms.WHATS}.get(known.what) if known else "",
        until=day(clock.day_in(of.until_at, space.zone), _SHAPE),
        form=form,
        button=forms.Button(formdata=None),
        whats=forms.WHATS,
        problem=problem,
        action=url_for("embeds.embed_submit", share_id=share_id),
        back=url_for("shares.shares", workspace_slug=space.slug),
    )


# --- the embed itself ----------------------------------------------------------------------------


@bp.get("/embeds/<string:token>")
def read(token: str) -> Response:
    """One table or chart. Whoever frames it, and whoever looks at it there, is nobody to us."""
    now = gate.now()
    with database().reading(anonymous(now)) as session:
        of = queries.framed(session, token, now=now)
    reader, on = links.reader(of.came, now), clock.day_in(now, of.came.zone)
    with database().reading(reader) as session:
        found = _shown(session, reader, of, on)
    gate.may_be_framed(of.origins)
    with spoken_in(of.language):
        return make_response(render_template("embeds/read.html", **_words(found, of)))


def _shown(session: Session, reader: Actor, of: Framed, on: date) -> Shown:
    view = View(**address.chosen(of.came.view, page.FILTERS))
    return handouts.shown(session, reader, workspace_id=of.came.workspace_id, view=view, on=on)


def _words(found: Shown, of: Framed) -> dict[str, Any]:
    by, lines = found.figures.by_progress, [donors.line(one, found.on) for one in found.asks]
    return {
        "is_chart": of.what == rules.What.CHART,
        "lang": of.language,
        "rtl": of.language == "ar",
        "workspace": of.came.workspace,
        "on": day(found.on, _SHAPE),
        "figures": [
            (
                asks.MARKS[states[0]],
                str(asks.PROGRESS[states[0]]),
                sum(by.get(s, 0) for s in states),
            )
            for states in page.TOGETHER
        ],
        "total": found.figures.total,
        "late": found.figures.late,
        "lines": lines[: rules.MOST_ROWS],
        "more": found.figures.total - len(lines[: rules.MOST_ROWS]),
        "progress": asks.PROGRESS,
        "marks": asks.MARKS,
        "most": rules.MOST_TITLE,
    }
