"""The main navigation, and the few values every page knows."""

from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from flask import Flask, current_app, g, has_request_context, render_template, request, url_for
from flask_babel import get_babel, get_locale, get_translations
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from advocacy.web import gate

_RTL = {"ar"}
_LANGUAGE_NAMES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "en_XA": "Ƥşeúdo",
}


@dataclass(frozen=True)
class Item:
    """A place in the navigation."""

    label: Any
    href: str
    current: bool


# First URL segment -> its words. Donors read one page; the others work in all of them.
_PLACES = (
    ("positions", _l("Positions")),
    ("threats", _l("Protection risks")),
    ("recommendations", _l("Recommendations")),
    ("organisations", _l("Organisations")),
)


def init(app: Flask) -> None:
    """Give every template what `base.html` needs."""
    app.context_processor(_context)
    app.jinja_env.globals.update(static=static, csrf=csrf, idempotency_key=lambda: str(uuid4()))


def workspace_slug() -> str:
    """The workspace the reader is in: that of the address, else the first of theirs."""
    found = gate.loaded()
    asked = (request.view_args or {}).get("workspace_slug", "")
    if asked:
        return str(asked)
    return found.workspaces[0][0] if found and found.workspaces else ""


def items() -> list[Item]:
    """The navigation of this reader."""
    found, slug = gate.loaded(), workspace_slug()
    if found is None:
        return []
    room = request.path.strip("/").split("/", 1)[0]
    here = [Item(_l("Today"), "/", room in {"", "home"})]
    standing = next((w[2] for w in found.workspaces if w[0] == slug), "")
    if standing == "donor":
        return [*here, Item(_l("What was asked"), f"/donors/in/{slug}", room == "donors")]
    if slug:
        here += [Item(label, f"/{name}/in/{slug}", room == name) for name, label in _PLACES]
        here += [Item(_l("Donor page"), f"/donors/in/{slug}", room == "donors")]
    return here


_found_anew: Any = get_translations


def speak_quickly(app: Flask) -> None:
    """Give templates the reader's catalogue, found once a request.

    Flask-Babel looks for it anew at each of a page's hundred words, which was half of the page.
    """
    with app.app_context():
        domain = get_babel(app).instance.domain_instance
    global _found_anew
    _found_anew, domain.get_translations = domain.get_translations, _catalogue
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # by jinja2.ext.i18n
        lambda words: _catalogue().ugettext(words),
        lambda one, many, n: _catalogue().ungettext(one, many, n),
        newstyle=True,
    )


def _catalogue() -> Any:
    if not has_request_context():
        return _found_anew()  # the worker speaks many languages in one context
    if "catalogue" not in g:
        g.catalogue = _found_anew()
    return g.catalogue


@dataclass(frozen=True)
class _Band:
    """All that the band on top of a page is drawn from. Equal bands are drawn once."""

    language: str
    shows_leave: bool
    brand: str
    nav: tuple[tuple[str, str, bool], ...]
    name: str
    organisation: str
    choices: tuple[tuple[str, str, bool], ...]
    acting_for: str


# What differs on each page stands in the kept band as these marks.
_TOKEN, _KEY, _NEXT = "@@token@@", "@@key@@", "@@next@@"


def header(shows_leave: bool) -> Markup:  # noqa: FBT001 - called by base.html
    """The band on top: drawn once for each reader and place, its form tokens new each time."""
    mine = gate.context()
    me = mine["me"] or {}
    band = _Band(
        language=str(get_locale() or "en"),
        shows_leave=shows_leave,
        brand=_brand(),
        nav=tuple((str(item.label), item.href, item.current) for item in items()),
        name=me.get("name", ""),
        organisation=me.get("organisation_name", ""),
        choices=tuple(me.get("acting_choices", ())),
        acting_for=mine["acting_for"],
    )
    html = _drawn(band)
    if me:
        html = html.replace(_TOKEN, csrf())
        html = "".join(
            part + (str(uuid4()) if more else "") for part, more in _around(html.split(_KEY))
        )
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return Markup(html.replace(_NEXT, quote(back, safe="/")))  # noqa: S704 - drawn by Jinja


def _around(parts: list[str]) -> list[tuple[str, bool]]:
    return [(part, n < len(parts) - 1) for n, part in enumerate(parts)]


@lru_cache(maxsize=2048)
def _drawn(band: _Band) -> str:
    me = None
    if band.name:
        me = {
            "name": band.name,
            "organisation_name": band.organisation,
            "acting_choices": band.choices,
        }
    return render_template(
        "_header.html",
        me=me,
        nav=[Item(*entry) for entry in band.nav],
        brand=band.brand,
        languages=_languages(band.language),
        page_lang=band.language.replace("_", "-"),
        shows_leave=band.shows_leave,
        acting_for=band.acting_for,
        csrf=lambda: _TOKEN,
        idempotency_key=lambda: _KEY,
        **(_mine() if me else {}),
    )


def _context() -> dict[str, Any]:
    language = str(get_locale() or "en")
    found = gate.loaded() if request.endpoint else None
    return {
        "page_lang": language.replace("_", "-"),
        "page_dir": "rtl" if language[:2] in _RTL else "ltr",
        "acting_for": str(found.actor.holding_id or "") if found else "",
        "brand": _brand(),
        "header": header,
    }


def _mine() -> dict[str, str]:
    """Where the menu with one's name leads."""
    return {
        "acting_action": url_for("accounts.act_as_submit"),
        "account_href": url_for("accounts.me"),
        "sign_out_action": url_for("accounts.sign_out_submit"),
    }


def _brand() -> str:
    found, slug = gate.loaded() if request.endpoint else None, ""
    if found:
        slug = workspace_slug()
    names = {w[0]: w[1] for w in found.workspaces} if found else {}
    return names.get(slug, "Advocacy")


def _languages(current: str) -> list[tuple[str, str, str]]:
    return [
        (code, _LANGUAGE_NAMES[code], f"/language/{code}?next={_NEXT}")
        for code in current_app.config["LANGUAGES"]
        if code != current and "_" not in code
    ]


def csrf() -> str:
    """The form token of this page, masked anew, so that compression cannot tell its bytes."""
    if "csrf_masked" not in g:
        g.csrf_masked = mask(generate_csrf())
    return str(g.csrf_masked)


def mask(token: str) -> str:
    """Pad and the token mixed with it; `unmask` undoes it."""
    raw = token.encode()
    pad = sha256(uuid4().bytes).digest()
    stream = (pad * (len(raw) // len(pad) + 1))[: len(raw)]
    return pad.hex() + bytes(a ^ b for a, b in zip(raw, stream, strict=True)).hex()


def unmask(masked: str) -> str:
    """The token inside; empty for anything that is not one."""
    try:
        data = bytes.fromhex(masked)
        pad, raw = data[:32], data[32:]
        stream = (pad * (len(raw) // 32 + 1))[: len(raw)]
        return bytes(a ^ b for a, b in zip(raw, stream, strict=True)).decode()
    except ValueError:
        return ""


@cache
def _digest(path: str) -> str:
    file = Path(current_app.root_path).parent / "static" / path
    return sha256(file.read_bytes()).hexdigest()[:12]


def static(path: str) -> str:
    """The address of a static file, with its content's digest: cached for ever, never stale."""
    return f"/static/{path}?v={_digest(path)}"
