"""One page: is this the endorsed text?"""

from typing import Any, cast

from flask import Blueprint, Response, current_app, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access.actor import anonymous
from advocacy.accounts import actions as accounts
from advocacy.accounts import rules as attempts
from advocacy.checks import forms, queries
from advocacy.checks.queries import Outcome
from advocacy.config import Config
from advocacy.web import gate
from advocacy.web.db import database, end_reading
from advocacy.web.respond import respond
from advocacy.web.words import moment

bp = Blueprint("checks", __name__, url_prefix="/checks")


@bp.get("/")
def check() -> Response:
    """Where to paste a copy."""
    return _page(forms.Copy(formdata=None))


def _page(form: forms.Copy, found: Outcome | None = None, status: int = 200) -> Response:
    return respond(
        "checks/check.html",
        form=form,
        found=_told(found) if found else None,
        action=url_for("checks.check_submit"),
        status=status,
    )


def _told(found: Outcome) -> dict[str, Any]:
    def page_of(release_id: Any) -> str:
        return url_for("releases.public", release_id=release_id) if release_id else ""

    return {
        "state": found.state.value,
        "title": found.title,
        "number": found.number,
        "when": moment(found.released_at, "d MMMM y"),
        "ended": moment(found.ended_at, "d MMMM y"),
        "reason": found.reason,
        "more": found.more,
        "href": page_of(found.release_id),
        "newer_href": page_of(found.newer_id),
    }


@bp.post("/")
def check_submit() -> AnyResponse:
    """Compare a copy with what everybody may read. What was pasted is not kept."""
    form = forms.Copy()
    if not form.validate():
        return _page(form, status=422)
    secret = cast(Config, current_app.config["ADVOCACY"]).secret_key
    _account, key = attempts.counted_under(
        secret, email="", address=request.remote_addr or "", what="check"
    )
    # Not as whoever is signed in: the answer is for everybody, and is about what everybody reads.
    nobody = anonymous(gate.now())
    end_reading()
    with database().reading(nobody) as session:
        queries.unless_too_many(session, key=key, now=nobody.now)
        found = queries.outcome(session, nobody, form.copy.data or "")
    with database().writing(nobody) as session:
        accounts.count(session, (key,), now=nobody.now)
    return _page(form, found)
