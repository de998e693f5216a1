"""One's own logo, and logos as they stand under a text that went out."""

from uuid import UUID

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import policy
from advocacy.logos import actions, forms, queries
from advocacy.organisations import queries as organisations
from advocacy.releases import queries as releases
from advocacy.web import gate
from advocacy.web.respond import respond
from advocacy.web.submit import Problem, submit

bp = Blueprint("logos", __name__, url_prefix="/logos")


@bp.get("")
def logo() -> Response:
    """The logo of one's own organisation, and where it may be changed."""
    found = queries.head(gate.session(), gate.actor())
    return _page(forms.Put(formdata=None, after=str(found.id) if found else ""))


def _page(form: forms.Put, problem: Problem | None = None) -> Response:
    of = organisations.organisation(gate.session(), gate.actor())
    found = queries.mine(gate.session(), gate.actor())
    return respond(
        "logos/logo.html",
        form=form,
        us=of.name,
        picture_href=url_for("logos.mine", logo_id=found.id) if found else "",
        after=str(found.id) if found else "",
        may=policy.allows(gate.actor(), "logo:put", policy.About(organisation_id=of.id)),
        sentences=problem.sentences if problem else [],
        back=url_for("organisations.mine"),
        action=url_for("logos.put_submit"),
        remove_href=url_for("logos.remove_submit"),
    )


@bp.post("")
def put_submit() -> AnyResponse:
    """Keep a picture."""
    form = forms.Put()
    data = form.data_of_file()
    return submit(
        form,
        lambda s, a: actions.put(s, a, data, after=form.head()),
        again=lambda problem: _page(form, problem),
        done=lambda _made: url_for("logos.logo"),
    )


@bp.post("/remove")
def remove_submit() -> AnyResponse:
    """Take it away."""
    form = forms.Based()
    return submit(
        form,
        lambda s, a: actions.remove(s, a, after=form.head() or UUID(int=0)),
        again=lambda problem: _page(forms.Put(formdata=None), problem),
        done=lambda _made: url_for("logos.logo"),
    )


@bp.get("/<uuid:logo_id>")
def mine(logo_id: UUID) -> Response:
    """One's own picture."""
    return _picture(*queries.picture(gate.session(), gate.actor(), logo_id))


@bp.get("/<uuid:logo_id>/under/<uuid:release_id>")
def under(logo_id: UUID, release_id: UUID) -> Response:
    """A logo under a text that went out, while its organisation says yes to it there."""
    said_yes = releases.with_logo(gate.session(), gate.actor(), release_id)
    return _picture(*queries.shown(gate.session(), logo_id, said_yes))


def _picture(media: str, data: bytes) -> Response:
    """Never kept by anybody on the way: what is taken back is gone at the next look."""
    response = Response(data, mimetype=media)
    response.headers["Content-Disposition"] = f'inline; filename="logo.{media[6:]}"'
    return response
