"""Links for donors: the list for those who answer for them, and the door behind a link."""

from typing import Any, cast
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, make_response, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.accounts import rules as attempts
from advocacy.config import Config
from advocacy.handouts import queries as handouts
from advocacy.organisations import queries as organisations
from advocacy.shares import actions, forms, queries, rules
from advocacy.web import filters as address
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import day_of

bp = Blueprint("shares", __name__, url_prefix="/shares")
_SHAPE = "d MMM y"


# --- for those who answer for them ---------------------------------------------------------------


@bp.get("/in/<string:workspace_slug>")
def shares(workspace_slug: str) -> Response:
    """Every link that was given out, with a button to end it."""
    session, actor = gate.session(), gate.actor()
    space = organisations.workspace(session, actor, workspace_slug)
    rows = queries.shares(session, actor, workspace_id=space.id)
    files = handouts.taken(session, (row.id for row in rows))
    return respond(
        "shares/shares.html",
        rows=[
            (row, day_of(row.until_at, _SHAPE), row.opened_at and day_of(row.opened_at, _SHAPE))
            for row in rows
        ],
        files=files,
        any_open=any(row.state == "open" for row in rows),
        widths={value: words for value, words, _more in forms.WIDTHS},
        form=forms.Button(),
        path=request.path,
        back=url_for("donors.donors", workspace_slug=workspace_slug),
    )


@bp.get("/in/<string:workspace_slug>/new")
def new(workspace_slug: str) -> Response:
    """A link to the donor page as it is filtered now."""
    view = address.chosen(request.args, dict.fromkeys(rules.VIEW))
    return _new_page(workspace_slug, forms.NewForm(formdata=None, **view))


@bp.post("/in/<string:workspace_slug>/new")
def new_submit(workspace_slug: str) -> AnyResponse:
    """Make it; the link is shown once."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    form = forms.NewForm()
    return submit(
        form,
        lambda s, a: actions.issue(s, a, workspace_id=space.id, new=form.new()),
        again=lambda problem: _new_page(workspace_slug, form, problem),
        done=lambda made: _told(workspace_slug, made[1]),
    )


def _new_page(slug: str, form: forms.NewForm, problem: Problem | None = None) -> Response:
    space = organisations.workspace(gate.session(), gate.actor(), slug)
    policy.require(gate.actor(), "donor-page:publish", policy.About(workspace_id=space.id))
    return respond(
        "shares/new.html",
        form=form,
        problem=problem,
        widths=forms.WIDTHS,
        is_filtered=any(form[name].data for name in rules.VIEW),
        back=url_for("shares.shares", workspace_slug=slug),
        action=url_for("shares.new_submit", workspace_slug=slug),
    )


def _told(slug: str, token: str) -> str:
    """Say the link this once: it is kept nowhere."""
    link = cast(Config, current_app.config["ADVOCACY"]).base_url.rstrip("/")
    link += url_for("shares.link", token=token)
    flash(_("Copy the link now. It is shown this once: %(link)s", link=link), "ok")
    return url_for("shares.shares", workspace_slug=slug)


@bp.post("/<uuid:share_id>/end")
def end_submit(share_id: UUID) -> AnyResponse:
    """End one."""
    slug = _slug(share_id)
    return submit(
        forms.Button(),
        lambda s, a: actions.end(s, a, share_id),
        again=lambda _problem: shares(slug),
        done=lambda _none: url_for("shares.shares", workspace_slug=slug),
    )


@bp.post("/<uuid:share_id>/renew")
def renew_submit(share_id: UUID) -> AnyResponse:
    """Another link to the same view; the one before ends."""
    slug = _slug(share_id)
    return submit(
        forms.Button(),
        lambda s, a: actions.renew(s, a, share_id),
        again=lambda _problem: shares(slug),
        done=lambda made: _told(slug, made[1]),
    )


@bp.post("/in/<string:workspace_slug>/end-all")
def end_all_submit(workspace_slug: str) -> AnyResponse:
    """End all of them."""
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    return submit(
        forms.Button(),
        lambda s, a: actions.end_all(s, a, workspace_id=space.id),
        again=lambda _problem: shares(workspace_slug),
        done=lambda _none: url_for("shares.shares", workspace_slug=workspace_slug),
    )


def _slug(share_id: UUID) -> str:
    """The workspace of a link. Raises NotFound, Denied."""
    found = queries.share(gate.session(), gate.actor(), share_id)
    return organisations.workspace_by_id(gate.session(), gate.actor(), found.workspace_id).slug


# --- for who holds a link ------------------------------------------------------------------------


@bp.get("/<string:token>")
def link(token: str) -> Response:
    """Ask whether to open it. Mail programs open links too, so that this counts nothing."""
    return _link_page(token, forms.OpenForm(formdata=None))


def _link_page(token: str, form: forms.OpenForm, status: int = 200) -> Response:
    found = queries.held(gate.session(), token, now=gate.now())
    return respond(
        "shares/link.html",
        form=form,
        token=token,
        has_password=bool(found.about["password"]),
        status=status,
    )


@bp.post("/<string:token>")
def link_submit(token: str) -> AnyResponse:
    """Open it."""
    form = forms.OpenForm()
    secret = cast(Config, current_app.config["ADVOCACY"]).secret_key
    keys = attempts.counted_under(
        secret, email=token, address=request.remote_addr or "", what="share"
    )

    def act(session: Session, actor: Actor) -> Any:
        password = form.password.data or ""
        return actions.enter(session, actor, token=token, password=password, keys=keys)

    return submit(
        form,
        act,
        again=lambda problem: _link_page(token, form, problem.status),
        done=lambda made: _entered(form, token, made),
        is_personal=True,
    )


def _entered(form: forms.OpenForm, token: str, made: str | None) -> AnyResponse:
    if made is None:
        form.password.errors = [_("The password is not right. Try again.")]
        return make_response(_link_page(token, form, 422), 422)
    cookie["share"] = made
    return redirect(url_for("donors.shared"), 303)
