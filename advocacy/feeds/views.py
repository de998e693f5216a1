"""The page of one's own feeds, and what their addresses answer."""

from datetime import UTC, date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, make_response, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.access.actor import Standing
from advocacy.asks.forms import PROGRESS, RESPONSES, shown
from advocacy.donors import queries as donors
from advocacy.donors.rows import PublicAsk
from advocacy.feeds import actions, forms, queries
from advocacy.feeds.rows import DueDay, FeedRow, Opened
from advocacy.feeds.rules import What
from advocacy.formats import ical
from advocacy.organisations import queries as organisations
from advocacy.web import gate, nav, words
from advocacy.web.db import database, end_reading
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("feeds", __name__, url_prefix="/feeds")

_SHAPE = "d MMM y"


@bp.get("/in/<string:workspace_slug>")
def feeds(workspace_slug: str) -> Response:
    """One's own feeds in a workspace, and the form of a new one."""
    return _page(workspace_slug, forms.NewFeed(formdata=None))


def _page(slug: str, form: forms.NewFeed, problem: Problem | None = None) -> Response:
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, slug)
    return respond(
        "feeds/feeds.html",
        rows=[_row(row) for row in queries.mine(session, actor, workspace_id=space.id)],
        form=form,
        button=forms.Button(formdata=None),
        problem=problem,
        organisation=actor.organisation_name,
        action=url_for("feeds.feeds_submit", workspace_slug=slug),
        back=_back(actor.stands_as(space.id, Standing.DONOR), slug),
        status=problem.status if problem else 200,
    )


def _back(is_donor: bool, slug: str) -> tuple[str, str]:  # noqa: FBT001 - said by its caller
    """Where the reader comes from, and what it is called."""
    if is_donor:
        return url_for("donors.donors", workspace_slug=slug), str(_("What was asked"))
    return url_for("dues.dues", workspace_slug=slug), str(_("What is due"))


def _row(row: FeedRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "what": forms.WHATS[What(row.what)],
        "with_titles": row.with_titles and row.what == What.CALENDAR,
        "made": words.day_of(row.created_at, _SHAPE),
        "until": words.day_of(row.until_at, _SHAPE),
        "state": row.state,
        "end_href": f"/feeds/{row.id}/end",
    }


@bp.post("/in/<string:workspace_slug>")
def feeds_submit(workspace_slug: str) -> Any:
    """Make one; its address is shown once."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    form = forms.NewFeed()
    return submit(
        form,
        lambda s, a: actions.make(
            s, a, workspace_id=space.id, what=form.what.data, with_titles=form.with_titles.data
        ),
        again=lambda problem: _page(workspace_slug, form, problem),
        done=lambda made: _told(workspace_slug, made[1]),
    )


def _told(slug: str, token: str) -> str:
    """Say the address this once: it is kept nowhere."""
    link = nav.home() + url_for("feeds.read", token=token)
    flash(_("Copy the address now. It is shown this once: %(link)s", link=link), "ok")
    return url_for("feeds.feeds", workspace_slug=slug)


@bp.post("/<uuid:feed_id>/end")
def end_submit(feed_id: UUID) -> Any:
    """End one."""
    of = queries.feed(gate.session(), gate.actor(), feed_id)
    space = organisations.workspace_by_id(gate.session(), gate.actor(), of.workspace_id)
    return submit(
        forms.Button(),
        lambda s, a: actions.end(s, a, feed_id),
        again=lambda problem: _page(space.slug, forms.NewFeed(formdata=None), problem),
        done=lambda _space: url_for("feeds.feeds", workspace_slug=space.slug),
    )


# --- for programs that hold an address -----------------------------------------------------------


@bp.get("/<string:token>")
def read(token: str) -> Response:
    """What its maker may read now: a calendar, or what moved. The address itself is the key."""
    of = queries.opened(gate.session(), token)
    end_reading()
    with database().reading(of.reader) as session:
        draw = _calendar if of.what == What.CALENDAR else _news
        answer = draw(session, of)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _calendar(session: Session, of: Opened) -> Response:
    rows = queries.due_days(session, of.reader, workspace_id=of.workspace_id)
    data = ical.calendar(
        str(_("Due dates")), [_day(row, of) for row in rows], now=gate.now().astimezone(UTC)
    )
    answer = make_response(data)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="due-dates.ics"'
    return answer


def _day(row: DueDay, of: Opened) -> ical.Day:
    path = f"/recommendations/{row.recommendation_id}"
    if of.reader.stands_as(of.workspace_id, Standing.DONOR):
        path = f"/donors/asks/{row.ask_id}"
    said = _("Due: what was asked of us") if row.is_asked else _("Due: an ask that we follow")
    if row.goes_on:
        said = _("Review: what was asked of us") if row.is_asked else _("Review: an ask we follow")
    title = f"{said}: {row.title}" if of.with_titles else said
    return ical.Day(f"{row.ask_id}@due", row.day, str(title), nav.home() + path)


def _news(session: Session, of: Opened) -> Response:
    rows = donors.published(session, of.reader, workspace_id=of.workspace_id)
    space = organisations.workspace_by_id(session, of.reader, of.workspace_id)
    told = [entry for row in rows for entry in _entries(row, space.slug)]
    if space.standing == Standing.DONOR:
        ours = donors.asked_of(session, of.reader, workspace_id=of.workspace_id)
        told += [entry for row in ours for entry in _asked(row)]
    entries = sorted(
        told,
        key=lambda entry: (entry["at"], entry["id"]),
        reverse=True,
    )
    answer = respond("feeds/news.xml", slug=space.slug, entries=entries[:_MOST_NEWS])
    answer.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return answer


_MOST_NEWS = 50


def _entries(row: PublicAsk, slug: str) -> list[dict[str, str]]:
    """That it was published, answered, and moved: each on its day, from published facts alone."""
    progress = shown(row.progress, is_alleged=row.is_alleged)
    told: list[tuple[str, date | None, Any]] = [
        ("published", row.published_on, _("Published")),
        (f"response-{row.response}", row.response_on, RESPONSES[row.response]),
        (f"progress-{progress}", row.progress_on, PROGRESS[progress]),
    ]
    return [
        {
            "id": f"urn:uuid:{row.id}:{what}:{on.isoformat()}",
            "title": f"{word}: {row.title} ({row.addressee})",
            "at": f"{on.isoformat()}T00:00:00Z",
            "href": f"{nav.home()}/donors/in/{slug}",
        }
        for what, on, word in told
        if on is not None
    ]


def _asked(row: PublicAsk) -> list[dict[str, str]]:
    """That it was put to the reader's own organisation, with the way to its reply."""
    on = row.delivered_on or row.published_on
    if on is None:
        return []
    return [
        {
            "id": f"urn:uuid:{row.id}:asked:{on.isoformat()}",
            "title": f"{_('Asked of you')}: {row.title}",
            "at": f"{on.isoformat()}T00:00:00Z",
            "href": f"{nav.home()}/donors/asks/{row.id}",
        }
    ]
