"""The gate: who asks, and whether this address is open at all.

Every route is private unless its endpoint is listed in OPEN. Headers are set here, by literal
value, on every answer.
"""

import logging
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, cast
from urllib.parse import quote, urlsplit
from uuid import UUID

from flask import Flask, Response, abort, g, redirect, request, url_for
from flask import session as cookie
from flask_babel import get_locale
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from advocacy.access import bearer, guard, kept
from advocacy.access.actor import Actor, anonymous
from advocacy.ground.clock import day_in
from advocacy.ground.errors import NotFound
from advocacy.web import SignedIn, db
from advocacy.web.db import database, end_reading, reading

T = TypeVar("T")
log = logging.getLogger(__name__)

# The only endpoints that answer without a session.
OPEN = frozenset(
    {
        "static",
        "health",
        "leave",
        "language",
        "accounts.sign_in",
        "accounts.sign_in_submit",
        "accounts.link",
        "accounts.link_submit",
        "accounts.forgot",
        "accounts.forgot_submit",
        "accounts.reset",
        "accounts.reset_submit",
        "organisations.accept",
        "organisations.accept_submit",
        "invitations.confirm",
        "invitations.confirm_submit",
        "releases.public",
        "editions.listing",
        "editions.feed",
        "feeds.read",
        "logos.under",
        "annexes.with_release",
        "editions.as_pdf",
        "editions.as_word",
        "editions.as_html",
        "checks.check",
        "checks.check_submit",
        "passkeys.second",
        "passkeys.second_submit",
        "passkeys.second_code_submit",
        "proofs.keys",
        "proofs.key_list",
        "proofs.verifier",
        "reminders.stop",
        "reminders.stop_submit",
    }
)

# A machine elsewhere posts to these, with no form of ours: the address itself is the key, and
# what it opens does one small thing that harms nobody.
WITHOUT_FORM = frozenset({"reminders.stop_submit"})

# Doors of who came by a link and a code: they act for one organisation here, and nowhere else.
PASSED = frozenset(
    {
        "signons.read",
        "signons.answer",
        "signons.answer_submit",
        "signons.confirm",
        "signons.confirm_submit",
        "signons.done",
        "signons.lower_submit",
        "annexes.by_link",
        "channels.ours",
        "channels.ours_submit",
        "shares.link",
        "shares.link_submit",
        "donors.shared",
        "handouts.shared_files",
        "handouts.shared_files_submit",
        "embeds.read",
    }
)
OPEN |= PASSED | {"signons.link", "signons.link_submit", "signons.code_submit"}

# These ask who it is in the transaction that writes, and only there; see `arrive`.
LATE = frozenset({"live.push_submit"})

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
_PAIRS = list(HEADERS.items())
# What may stand inside another site's page: no script, no form, and only its own style and signs.
FRAMED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors "
)


@dataclass(frozen=True)
class Loaded:
    """What a session token leads to. ways: (holding id, organisation's name) to act as."""

    actor: Actor
    bearer_id: UUID
    language: str
    zone: str
    seen_at: datetime
    ways: tuple[tuple[UUID, str], ...] = ()
    # (slug, name, standing, zone, is a sample) of each workspace the organisation is in
    workspaces: tuple[tuple[str, str, str, str, bool], ...] = field(default_factory=tuple)


class NotSignedIn(Exception):
    """The session has ended, or there was none."""


# Handed in by app.py: rooms know how to load an actor, the edge does not know rooms.
load_actor: Callable[[Session, str, datetime], Loaded]
load_pass: Callable[[Session, str, datetime], tuple[Actor, UUID]]


def init(
    app: Flask,
    loader: Callable[[Session, str, datetime], Loaded],
    passes: Callable[[Session, str, datetime], tuple[Actor, UUID]],
) -> None:
    """Stand before every request of this app."""
    global load_actor, load_pass
    load_actor, load_pass = loader, passes
    manager = LoginManager(app)
    # Not "strong": it ties a session to a network address, and phones change theirs.
    manager.session_protection = None
    manager.user_loader(_user)
    app.before_request(_enter)
    app.register_error_handler(NotSignedIn, lambda _error: to_sign_in())
    app.after_request(_headers)
    app.teardown_request(_leave)


def _user(token: str) -> SignedIn | None:
    if g.get("is_lost"):
        return None
    try:
        loaded = load_actor(reading(), token, now())
    except NotFound:
        return None
    except DBAPIError:
        g.is_lost, g.loaded = True, None  # the page that says so must not ask again
        raise
    g.loaded = loaded
    actor = loaded.actor
    return SignedIn(token, cast(UUID, actor.person_id), actor.person_name)


def now() -> datetime:
    """The instant of this request: read once."""
    return db.now()


def actor() -> Actor:
    """Who asks: one snapshot for the whole request. Anonymous when nobody is signed in."""
    if "actor" not in g:
        found = loaded()
        g.actor = found.actor if found else _passer(reading())
    return cast(Actor, g.actor)


def _passer(session: Session) -> Actor:
    """Who came by a link and a code, at their doors; nobody elsewhere, or without a pass."""
    g.passed_for = None
    token = cookie.get("pass")
    if request.endpoint not in PASSED or not isinstance(token, str):
        return anonymous(now())
    try:
        found, g.passed_for = load_pass(session, token, now())
    except NotFound:
        return anonymous(now())
    return found


def passed_for() -> UUID | None:
    """The round that who asks came for by a link and a code; None for everybody else."""
    actor()
    return cast("UUID | None", g.get("passed_for"))


def let_pass(token: str, where: str) -> AnyResponse:
    """Give this device a pass, beside whatever session it has."""
    cookie["pass"] = token
    return redirect(where, 303)


def loaded() -> Loaded | None:
    """What the session led to, or None."""
    if request.endpoint == "static" or request.endpoint in PASSED:
        return None
    if "loaded" not in g and not current_user.is_authenticated:  # asking it loads the reader
        return None
    return cast("Loaded | None", g.get("loaded"))


def session() -> Session:
    """This request's reading session, bound to its actor."""
    return guard.bind(reading(), actor())


def once(question: tuple[Hashable, ...], make: Callable[[], T], *, part: bool = True) -> T:
    """What `make` draws for this reader, in this language, while nothing is written.

    question: all else it depends on; where it speaks of the clock, the day or the minute too. A
    part holds no form: a form's tokens are new on each page. `part=False`, of a whole page: it may,
    and `make` then asks `has_token` and gives nothing to keep.
    """
    me = actor()
    reader = (me.person_id, me.holding_id, me.seats, me.memberships, str(get_locale()), zone())

    def draw() -> T:
        around, g.is_kept = g.get("is_kept", ""), "part" if part else "page"
        try:
            return make()
        finally:
            g.is_kept = around

    return kept.once(session(), (question, reader), draw)


class MustBeNew(Exception):
    """A form's token was asked for in a part that is kept."""


def must_be_new() -> None:
    """Say that a form's token is on the page. Raises MustBeNew in a part that is kept."""
    if g.get("is_kept") == "part":
        raise MustBeNew
    g.has_token = True


def has_token() -> bool:
    """Whether the page drawn now holds a form's token, so that it is good for one reading."""
    return bool(g.get("has_token", False))


def is_kept() -> bool:
    """Whether what is drawn now will be shown again."""
    return bool(g.get("is_kept"))


def zone() -> str:
    """The reader's time zone."""
    found = loaded()
    return found.zone if found else "UTC"


def today() -> date:
    """The reader's own calendar day: what a form writes first into the field of a day."""
    return day_in(now(), zone())


def reload(writing: Session) -> Actor:
    """The actor as of this writing transaction: a seat that ended a moment ago has no power."""
    found = loaded()
    if found is None:
        nobody = _passer(writing)
        guard.bind(writing, nobody)
        return nobody
    fresh = load_actor(writing, current_user.token, now()).actor
    guard.bind(writing, fresh)
    return fresh


def arrive(writing: Session) -> Actor:
    """Who asks at a door of LATE, asked once. Raises NotSignedIn."""
    token = cookie.get("_user_id")
    try:
        if not isinstance(token, str):
            raise NotFound
        found = load_actor(writing, token, now())
    except NotFound:
        raise NotSignedIn from None
    g.loaded = found
    guard.bind(writing, found.actor)
    return found.actor


def enter(token: str, where: str) -> AnyResponse:
    """Give this device a session that has begun, and nothing of what its cookie held before."""
    cookie.clear()
    g.pop("loaded", None)
    login_user(SignedIn(token))
    return redirect(where, 303)


def forget(where: str) -> AnyResponse:
    """Take the session off this device, with whatever the browser kept of our pages."""
    logout_user()
    g.pop("loaded", None)
    cookie.clear()
    response = redirect(where, 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _enter() -> AnyResponse | None:
    if request.method not in {"GET", "HEAD", "OPTIONS"} and (_comes_from_elsewhere() or _has_nul()):
        abort(400)
    if request.endpoint in OPEN or request.endpoint is None:
        return None
    is_late = request.endpoint in LATE and "_user_id" in cookie
    if not is_late and loaded() is None:
        return to_sign_in()
    return None


def _comes_from_elsewhere() -> bool:
    """Browsers say where a request comes from. With no-referrer the Origin of a form is "null",
    so this header is the one that tells; the form token is checked besides."""
    return request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}


def _has_nul() -> bool:
    """No keyboard types it, PostgreSQL refuses it, and a file's name would end there."""
    return any("\0" in value for _name, value in request.form.items(multi=True))


def to_sign_in() -> AnyResponse:
    """Lead to the sign-in page and back; inside a page part, by htmx's own redirect."""
    path = request.full_path.rstrip("?") if request.method == "GET" else "/"
    target = url_for("accounts.sign_in") + "?next=" + quote(path, safe="")
    if request.headers.get("HX-Request"):
        return Response("", 401, {"HX-Redirect": target})
    if request.headers.get("Sec-Fetch-Dest") == "empty":
        return Response("", 401)  # a script asks, and cannot show a page
    if request.method in {"GET", "HEAD"}:
        return redirect(target, 303)
    from advocacy.web.errors import page  # noqa: PLC0415 - errors renders through the gate

    return page(401)


def safe_next(path: str | None) -> str:
    """A path of our own to go to after signing in; home for anything else."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return "/"
    parts = urlsplit(path)
    has_control = any(ord(c) < 32 for c in path) or "\\" in path
    return "/" if parts.netloc or parts.scheme or has_control else path


def may_be_framed(sites: Collection[str]) -> None:
    """Let these sites, and nobody else, show this answer inside their pages; none = nobody."""
    g.framed_by = tuple(sites)


def _headers(response: Response) -> Response:
    response.headers.extend(_PAIRS)  # nobody else sets these
    if (sites := g.get("framed_by")) is not None:
        response.headers["Content-Security-Policy"] = FRAMED_POLICY + (" ".join(sites) or "'none'")
        response.headers["X-Robots-Tag"] = "noindex"
        if sites:
            del response.headers["X-Frame-Options"]  # it cannot name sites, and would say no
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "private, no-store")
        before = response.headers.get("Vary", "")
        response.headers["Vary"] = f"{before}, HX-Request, Cookie".lstrip(", ")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def _leave(_error: BaseException | None) -> None:
    """Note that the session was used, once a minute at most, after the answer is built."""
    found = cast("Loaded | None", g.get("loaded"))
    if found is None or now() - found.seen_at < timedelta(minutes=1):
        return
    end_reading()
    try:
        with database().writing(anonymous(now())) as writing:
            bearer.seen(writing, found.bearer_id, now=now())
    except DBAPIError as error:
        # The answer is already built; a busy database must not turn it into an error.
        log.warning("session not noted: %s", type(error.orig).__name__)


def context() -> dict[str, Any]:
    """What base.html knows of the reader; safe on error pages, asks no database."""
    found = loaded()
    if found is None:
        return {"me": None, "acting_for": ""}
    mine = found.actor
    choices = tuple((str(h), name, h == mine.holding_id) for h, name in found.ways)
    me = {
        "name": mine.person_name,
        "organisation_name": mine.organisation_name,
        "acting_choices": choices,
    }
    return {"me": me, "acting_for": str(mine.holding_id or "")}
