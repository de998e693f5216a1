"""The factory: puts floors and doors together, and hands in the three registries."""

import functools
import importlib
import pkgutil
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from flask import Flask, Request, Response, has_request_context, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_babel
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, ImmutableMultiDict
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as AnyResponse

import advocacy
from advocacy.access.kept import Moved
from advocacy.audit import actions as audit
from advocacy.config import PSEUDO_LOCALE, Config
from advocacy.delegations import queries as delegations
from advocacy.formats.keyring import Keyring
from advocacy.live.api import ShortWay
from advocacy.organisations.queries import signed_in
from advocacy.outbox import actions as outbox
from advocacy.outbox import mail
from advocacy.proofs import actions as proofs
from advocacy.search import actions as search
from advocacy.signons.queries import passed
from advocacy.web import db, errors, gate, nav, respond, words
from advocacy.web.gate import Loaded
from advocacy.web.turns import InTurns

ROOT = Path(__file__).resolve().parent.parent

audit.followers.update(
    {
        "signoff.round-opened": proofs.plant,
        "signoff.answered": proofs.enter,
        "signoff.lowered": proofs.enter,
        "carries.voided": proofs.enter,
        "threats.reported": search.follow,
        "threats.changed": search.follow,
        "threats.checked": search.follow,
        "threats.closed": search.follow,
        "threats.reopened": search.follow,
    }
)


@functools.cache
def load_schemas() -> None:
    """Import every room's tables: for migrations, tests and the command."""
    for found in pkgutil.walk_packages(advocacy.__path__, "advocacy."):
        if found.name.endswith(".schema"):
            importlib.import_module(found.name)


class _Request(Request):
    """A request whose files all come as `file`: by another name one would stand for words."""

    @property
    def files(self) -> ImmutableMultiDict[str, FileStorage]:
        """What was uploaded, where a form of ours asks for it."""
        given = super().files.items(multi=True)
        return ImmutableMultiDict([(name, file) for name, file in given if name == "file"])


class _App(Flask):
    """Flask without its look, at every function it calls, for one that is asynchronous."""

    request_class = _Request

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """None of ours is."""
        return func

    def dispatch_request(self) -> ResponseReturnValue:
        """Read once more, from the start, what somebody changed while it was being read."""
        try:
            return super().dispatch_request()
        except Moved:
            db.start_over()
            refused = self.preprocess_request()
            return super().dispatch_request() if refused is None else refused


def create_app(config: Config | None = None) -> Flask:
    """A ready application."""
    config = config or Config.from_environment()
    load_schemas()
    app = _App(
        "advocacy",
        static_folder=None,
        template_folder=str(ROOT / "templates"),
    )
    _configure(app, config)
    db.init(app)
    gate.init(app, load_actor, passed)
    nav.init(app)
    errors.init(app)
    respond.htmx.init_app(app)
    Babel(app, locale_selector=_language, timezone_selector=_zone)
    words.init(app)
    if PSEUDO_LOCALE in config.languages:
        _speak_pseudo(app)
    guarded = _Masked(app)
    Compress(app)
    app.extensions["advocacy_keys"] = Keyring(config.signing_key)
    mail.use(
        mail.Post(
            config.smtp_url, config.mail_from, config.base_url, config.bounces_to, config.secret_key
        )
    )
    _core_routes(app)
    _register_doors(app)
    for endpoint in sorted(gate.WITHOUT_FORM):
        guarded.exempt(app.view_functions[endpoint])
    app.wsgi_app = ShortWay(app, InTurns(app.wsgi_app))  # type: ignore[method-assign]  # Flask's documented way
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's documented way
    return app


def _configure(app: Flask, config: Config) -> None:
    prefix = "__Host-" if config.cookie_secure else ""
    app.config.update(
        ADVOCACY=config,
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_size": config.threads,
            "max_overflow": config.threads,
            # The line used last comes first: its server has the statements prepared.
            "pool_use_lifo": True,
            "hide_parameters": True,  # people's text has no place in a log
        },
        SESSION_COOKIE_NAME=f"{prefix}advocacy",
        SESSION_COOKIE_SECURE=config.cookie_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=config.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=config.max_request_bytes,
        WTF_CSRF_TIME_LIMIT=None,
        # We send no referrer, so none can be asked for; the gate looks at Sec-Fetch-Site instead.
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_FIELD_NAME="csrf_token",
        WTF_CSRF_CHECK_DEFAULT=True,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "advocacy" / "translations"),
        LANGUAGES=config.languages,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


class _Masked(CSRFProtect):  # type: ignore[misc]  # flask_wtf has no types
    """CSRF tokens come masked (see nav.mask)."""

    def _get_csrf_token(self) -> str | None:
        given = request.form.get("csrf_token") or request.headers.get("X-CSRFToken", "")
        return nav.unmask(given) or None


class _Pseudo(NullTranslations):
    """English with every letter changed: a word that reads as English was never marked."""

    _FROM, _TO = "aeiouyAEIOU", "àéîöûýÀÉÎÖÛ"

    def gettext(self, message: str) -> str:
        parts = re.split(r"(%\([^)]*\)\w|\{[^}]*\}|<[^>]*>)", message)
        table = str.maketrans(self._FROM, self._TO)
        changed = [p if n % 2 else p.translate(table) for n, p in enumerate(parts)]
        return f"⟦{''.join(changed)}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    ugettext, ungettext = gettext, ngettext


def _speak_pseudo(app: Flask) -> None:
    with app.app_context():
        get_babel(app).instance.domain_instance.cache["en", "messages"] = _Pseudo()


def _language() -> str:
    """The reader's language: chosen on this device, their own setting, what the browser asks."""
    from flask import current_app  # noqa: PLC0415 - only inside a request

    if not has_request_context():
        return "en"  # the console speaks English
    known: tuple[str, ...] = current_app.config["LANGUAGES"]
    chosen = request.cookies.get("language", "")
    if chosen in known:
        return chosen
    found = gate.loaded() if request.endpoint else None
    if found and found.language in known:
        return found.language
    return request.accept_languages.best_match([k for k in known if "_" not in k]) or "en"


def _zone() -> str:
    return gate.zone() if has_request_context() and request.endpoint else "UTC"


def load_actor(session: Session, token: str, now: datetime) -> Loaded:
    """From a session's token to who acts. Raises NotFound for a session that has ended."""
    found = signed_in(session, token, now=now)
    return Loaded(
        actor=delegations.checked(session, found.actor),
        bearer_id=found.bearer_id,
        language=found.language,
        zone=found.zone if found.zone != "UTC" or not found.spaces else found.spaces[0][3],
        seen_at=found.seen_at,
        ways=found.ways,
        workspaces=found.spaces,
    )


def _core_routes(app: Flask) -> None:
    app.add_url_rule("/static/<path:filename>", "static", respond.static_file)

    @app.get("/healthz", endpoint="health")
    def health() -> Response:
        """Answers 200 once the application can serve."""
        return Response("ok\n", mimetype="text/plain")

    @app.get("/language/<string:code>", endpoint="language")
    def language(code: str) -> AnyResponse:
        """Remember a language on this device; nothing on the server changes."""
        response = redirect(gate.safe_next(request.args.get("next")), 303)
        if code in app.config["LANGUAGES"]:
            secure = bool(app.config["SESSION_COOKIE_SECURE"])
            response.set_cookie(
                "language", code, max_age=31_536_000, samesite="Lax", httponly=True, secure=secure
            )
        return response

    @app.get("/leave", endpoint="leave")
    def leave() -> Response:
        """Where "Leave now" leads: an empty page that says nothing of where one was."""
        return Response("", mimetype="text/html", headers={"Clear-Site-Data": '"cache"'})


def _register_doors(app: Flask) -> None:
    """Every room's pages: a `bp` in its `views`."""
    for room, files in _rooms():
        if "views" in files and room != "advocacy.web":
            app.register_blueprint(importlib.import_module(f"{room}.views").bp)
    load_mails()


def load_mails() -> None:
    """Import every room's mails: `KINDS` and `SWEEPS` in its `mail`."""
    for room, files in _rooms():
        if "mail" in files:
            module = importlib.import_module(f"{room}.mail")
            outbox.kinds.update(getattr(module, "KINDS", {}))
            outbox.sweeps.update(getattr(module, "SWEEPS", {}))


@functools.cache
def _rooms() -> tuple[tuple[str, frozenset[str]], ...]:
    """The packages under advocacy/, each with the names of its files."""
    rooms = [room for room in pkgutil.iter_modules(advocacy.__path__, "advocacy.") if room.ispkg]
    return tuple(
        (room.name, frozenset(m.name for m in pkgutil.iter_modules([str(ROOT / path)])))
        for room in rooms
        for path in [room.name.replace(".", "/")]
    )
