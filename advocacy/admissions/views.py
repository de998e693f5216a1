"""Pages on which an organisation is asked in, and on which it accepts."""

from uuid import UUID

from flask import Blueprint, flash, make_response, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import Standing
from advocacy.admissions import actions, forms, queries
from advocacy.organisations import forms as words
from advocacy.organisations import queries as organisations
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit
from advocacy.web.words import moment

bp = Blueprint("admissions", __name__, url_prefix="/admissions")


@bp.get("/in/<string:workspace_slug>")
def admissions(workspace_slug: str) -> AnyResponse:
    """Ask an organisation that works here already into this workspace too."""
    form = forms.Ask(standing=Standing.MEMBER.value, language=str(get_locale()))
    return _page(workspace_slug, form)


def _page(slug: str, form: forms.Ask, problem: Problem | None = None) -> AnyResponse:
    space = organisations.workspace(gate.session(), gate.actor(), slug)
    found = queries.admissions(gate.session(), gate.actor(), workspace_id=space.id)
    return respond(
        "admissions/admissions.html",
        form=form,
        problem=problem,
        slug=slug,
        standings=[(k.value, w, words.STANDING_MEANINGS[k]) for k, w in words.STANDINGS.items()],
        asked=[
            {
                "email": row.email,
                "standing": words.STANDINGS[Standing(row.standing)],
                "at": moment(row.at, "d MMM y, HH:mm"),
                "href": url_for("admissions.take_back_submit", admission_id=row.id),
            }
            for row in found
        ],
        button=forms.Button(),
    )


@bp.post("/in/<string:workspace_slug>")
def admissions_submit(workspace_slug: str) -> AnyResponse:
    """Sends the link. Whether the address is known here is told to nobody."""
    form = forms.Ask()
    space = organisations.workspace(gate.session(), gate.actor(), workspace_slug)
    return submit(
        form,
        lambda s, a: actions.ask(
            s,
            a,
            workspace_id=space.id,
            email=form.email.data or "",
            standing=form.standing.data or "",
            language=form.language.data,
        ),
        again=lambda problem: _page(workspace_slug, form, problem),
        done=lambda _made: _told(workspace_slug),
    )


def _told(slug: str) -> str:
    flash(_("A link is on its way to that address."), "ok")
    return url_for("admissions.admissions", workspace_slug=slug)


@bp.post("/<uuid:admission_id>/take-back")
def take_back_submit(admission_id: UUID) -> AnyResponse:
    """Takes the question back; its link opens nothing any more."""
    return submit(
        forms.Button(),
        lambda s, a: actions.take_back(s, a, admission_id=admission_id),
        again=lambda _problem: render_template("organisations/spent.html"),
        done=lambda _nothing: url_for("home.today"),
    )


@bp.get("/<string:token>")
def accept(token: str) -> AnyResponse:
    """Which workspace asks, and as what. Opening the page accepts nothing."""
    return _accept_page(token)


def _accept_page(token: str, problem: Problem | None = None) -> AnyResponse:
    actor = gate.actor()
    found = queries.by_link(gate.session(), actor, token)
    if found is None:
        return make_response(render_template("organisations/spent.html"), 404)
    standing = Standing(found.standing)
    names = organisations.names(gate.session(), [found.asked_for, actor.organisation_id])
    return respond(
        "admissions/accept.html",
        form=forms.Button(),
        problem=problem,
        token=token,
        space=found.workspace_name,
        asked_by=names.get(found.asked_for, ""),
        us=names.get(actor.must_organisation(), "") if actor.organisation_id else "",
        standing=words.STANDINGS[standing],
        meaning=words.STANDING_MEANINGS[standing],
    )


@bp.post("/<string:token>")
def accept_submit(token: str) -> AnyResponse:
    """Brings the organisation in for which one acts."""
    return submit(
        forms.Button(),
        lambda s, a: actions.accept(s, a, token=token),
        again=lambda problem: _accept_page(token, problem),
        done=lambda _space: _welcome(),
    )


def _welcome() -> str:
    flash(_("Your organisation is in."), "ok")
    return url_for("home.today")
