"""The page that donors read as a file: for an account, and for who opened a link."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, request
from flask import session as cookie
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import Actor
from advocacy.accounts import queries as accounts
from advocacy.donors import rules as donors
from advocacy.donors.rows import View
from advocacy.ground import clock
from advocacy.handouts import actions, forms, mapper, queries
from advocacy.handouts.rows import Cover, Shown
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.reports import actions as log
from advocacy.reports import mapper as papers
from advocacy.reports import queries as taken
from advocacy.reports.rules import ENDS, Kind
from advocacy.shares import queries as shares
from advocacy.shares import rules as links
from advocacy.shares.rows import Opened
from advocacy.web import filters as address
from advocacy.web import gate
from advocacy.web.db import database, end_reading
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day, moment

bp = Blueprint("handouts", __name__, url_prefix="/donors")
_SHAPE = "d MMM y"


# --- for an account ------------------------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>/files")
def files(workspace_slug: str) -> Response:
    """Choose a file of the page as filtered."""
    return _page(_space(workspace_slug), forms.Take(formdata=None))


@bp.post("/in/<string:workspace_slug>/files")
def files_submit(workspace_slug: str) -> AnyResponse:
    """Take it out. It is logged, with its organisation, before the first byte."""
    space, form = _space(workspace_slug), forms.Take()
    chosen = _chosen()
    found, cover = _shown(space, chosen), _cover(space.name, _today(space))
    asked = {"page": "donors", **chosen}
    return submit(
        form,
        lambda s, a: log.note(s, a, space, kind=form.sort(), asked=asked, lines=len(found.asks)),
        again=lambda problem: _page(space, form, problem),
        done=lambda made: _sent(Kind(made.kind), found, cover),
    )


def _chosen() -> dict[str, str]:
    """The view that was on the screen, as the address keeps it."""
    return address.chosen(request.args, donors.FILTERS)


def _space(slug: str) -> WorkspaceRow:
    return organisations.workspace(gate.session(), gate.actor(), slug)


def _today(space: WorkspaceRow) -> date:
    return clock.day_in(gate.now(), space.zone)


def _shown(space: WorkspaceRow, chosen: dict[str, str]) -> Shown:
    return queries.shown(
        gate.session(), gate.actor(), workspace_id=space.id, view=View(**chosen), on=_today(space)
    )


def _page(space: WorkspaceRow, form: forms.Take, problem: Problem | None = None) -> Response:
    chosen, path = _chosen(), f"/donors/in/{space.slug}"
    return respond(
        "handouts/files.html",
        **_choice(form, problem, is_filtered=bool(chosen)),
        eyebrow=space.name,
        action=address.address(f"{path}/files", chosen),
        back=address.address(path, chosen),
        is_link=False,
        log=_log(space),
    )


def _log(space: WorkspaceRow) -> list[list[str]]:
    """Files that the reader's organisation took out: when, who, which kind."""
    rows = taken.log(gate.session(), gate.actor(), space.id)
    people = accounts.names(gate.session(), {row.person_id for row in rows if row.person_id})
    return [
        [
            moment(row.at, "d MMM y, HH:mm"),
            people[row.person_id] if row.person_id else "",
            row.kind.upper(),
        ]
        for row in rows
        if row.asked.get("page") == "donors"
    ]


# --- for who opened a link -----------------------------------------------------------------------


@bp.get("/shared/files")
def shared_files() -> Response:
    """Choose a file of the page behind the link that was opened on this device."""
    return _shared_page(forms.Take(formdata=None))


@bp.post("/shared/files")
def shared_files_submit() -> AnyResponse:
    """Take it. The link is asked once more in the transaction that notes it."""
    form, token = forms.Take(), str(cookie.get("share") or "")
    came = _came()
    return submit(
        form,
        lambda s, a: actions.note(s, a, token=token, kind=form.sort()),
        again=lambda problem: _shared_page(form, problem),
        done=lambda made: _sent_shared(Kind(made.kind), came),
        is_personal=True,
    )


def _came() -> Opened:
    return shares.opened(gate.session(), str(cookie.get("share") or ""), now=gate.now())


def _sent_shared(kind: Kind, came: Opened) -> Response:
    reader, on = links.reader(came, gate.now()), clock.day_in(gate.now(), came.zone)
    end_reading()
    with database().reading(reader) as session:
        found = _of_link(session, reader, came, on)
    return _sent(kind, found, _cover(came.workspace, on))


def _of_link(session: Session, reader: Actor, came: Opened, on: date) -> Shown:
    view = View(**address.chosen(came.view, donors.FILTERS))
    return queries.shown(session, reader, workspace_id=came.workspace_id, view=view, on=on)


def _shared_page(form: forms.Take, problem: Problem | None = None) -> Response:
    came = _came()
    return respond(
        "handouts/files.html",
        **_choice(form, problem, is_filtered=bool(came.view)),
        eyebrow=came.workspace,
        action="/donors/shared/files",
        back="/donors/shared",
        is_link=True,
        log=[],
    )


# --- both ----------------------------------------------------------------------------------------


def _choice(form: forms.Take, problem: Problem | None, *, is_filtered: bool) -> dict[str, Any]:
    return {
        "form": form,
        "kinds": [(str(kind), *words) for kind, words in forms.KINDS.items()],
        "sentences": problem.sentences if problem else [],
        "is_filtered": is_filtered,
        "status": problem.status if problem else 200,
    }


def _cover(workspace: str, on: date) -> Cover:
    source = _("Source: %(workspace)s, page for donors. As of %(day)s. Published facts only.",
               workspace=workspace, day=day(on, _SHAPE))  # fmt: skip
    title = _("What was asked, and what moved: %(workspace)s", workspace=workspace)
    return Cover(str(title), str(get_locale()), str(source))


def _sent(kind: Kind, found: Shown, cover: Cover) -> Response:
    body = (
        [papers.told(kind, forms.account(found, cover))]
        if kind is Kind.PDF
        else mapper.table(kind, found, cover)
    )
    answer = Response(body, content_type=ENDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="asked-{found.on}.{kind}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
