"""The main navigation, and the few values every page knows."""

from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID, uuid4

from flask import Flask, current_app, g, render_template, request, url_for
from flask import session as cookie
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from markupsafe import Markup

from advocacy.config import Config
from advocacy.web import gate
from advocacy.web.words import catalogue

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
_ROOMS = frozenset({"home", "donors", *(name for name, _label in _PLACES)})
# First URL segment -> the place that its pages belong to, where the two have other names.
_OF_POSITIONS = "amendments circles discussion drafting rounds signoff versions"
_OF_THREATS = "disclosure protocols rings"
_OF_ASKS = (
    "assignments batches bodies commitments dues feeds followups institutions milestones minders"
    " outcomes raisings subjects ties together windows wordings"
)
_UNDER = {
    room: place
    for place, rooms in (
        ("positions", _OF_POSITIONS),
        ("threats", _OF_THREATS),
        ("recommendations", _OF_ASKS),
    )
    for room in rooms.split()
}


def init(app: Flask) -> None:
    """Give every template what `base.html` needs."""
    app.context_processor(_context)
    app.jinja_env.globals.update(
        static=static, csrf=csrf, idempotency_key=idempotency_key, acting=acting
    )


def idempotency_key() -> str:
    """What tells a form that is sent twice from two forms."""
    gate.must_be_new()
    return str(uuid4())


def acting() -> str:
    """The holding the reader acts through: each form carries it."""
    found = gate.loaded() if request.endpoint else None
    return str(found.actor.holding_id or "") if found else ""


def home() -> str:
    """Where the product stands, without a slash at its end, for an address that leaves it."""
    return cast(Config, current_app.config["ADVOCACY"]).base_url.rstrip("/")


def href(endpoint: str, **ids: UUID) -> str:
    """The address of a record, as `url_for` makes it, for the rows of a list."""
    pattern = _pattern(current_app.import_name, endpoint, tuple(ids))
    return pattern.format(*(str(value) for value in ids.values()))


@lru_cache(maxsize=512)
def _pattern(_app: str, endpoint: str, names: tuple[str, ...]) -> str:
    marks: dict[str, Any] = {name: UUID(int=n + 1) for n, name in enumerate(names)}
    path = url_for(endpoint, **marks)
    for n, mark in enumerate(marks.values()):
        path = path.replace(str(mark), f"{{{n}}}")
    return path


def workspace_slug() -> str:
    """The workspace the reader is in: that of the address, else the first of theirs."""
    found = gate.loaded()
    asked = (request.view_args or {}).get("workspace_slug", "")
    if asked:
        return str(asked)
    return found.workspaces[0][0] if found and found.workspaces else ""


@dataclass(frozen=True)
class _Band:
    """All that the band on top of a page is drawn from. Equal bands are drawn once."""

    language: str
    its_words: Any
    shows_leave: bool
    brand: str
    slug: str
    standing: str
    room: str
    name: str
    organisation: str
    choices: tuple[tuple[str, str, bool], ...]
    acting_for: str


# What differs on each page stands in the kept band as these marks. Made by chance at start, so that
# nobody can be called by one of them and have a form's token written out as their name.
_TOKEN, _KEY, _NEXT, BAND = (f"@@{token_hex(16)}@@" for _ in range(4))


def header(shows_leave: bool) -> Markup:  # noqa: FBT001 - called by base.html
    """The band on top: drawn once for each reader and place, its form tokens new each time."""
    if gate.is_kept():
        return Markup(BAND)  # noqa: S704 - a mark of ours
    mine = gate.context()
    me = mine["me"] or {}
    band = _Band(
        language=str(get_locale() or "en"),
        its_words=catalogue(),
        shows_leave=shows_leave,
        brand=_brand(),
        **_place(),
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


def _place() -> dict[str, str]:
    """Where the reader is: the workspace, how they stand in it, the room."""
    found, slug = gate.loaded(), workspace_slug()
    if found is None:
        return {"slug": "", "standing": "", "room": ""}
    first = request.path.strip("/").split("/", 1)[0] or "home"
    room = _UNDER.get(first, first)
    standing = next((w[2] for w in found.workspaces if w[0] == slug), "")
    return {"slug": slug, "standing": standing, "room": room if room in _ROOMS else ""}


def _items(band: _Band) -> list[Item]:
    """The navigation of a reader."""
    if not band.name:
        return []
    slug, room = band.slug, band.room
    here = [Item(_l("Today"), "/", room == "home")]
    if band.standing == "donor":
        return [*here, Item(_l("What was asked"), f"/donors/in/{slug}", room == "donors")]
    if slug:
        here += [Item(label, f"/{name}/in/{slug}", room == name) for name, label in _PLACES]
        here += [Item(_l("Donor page"), f"/donors/in/{slug}", room == "donors")]
    return here


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
        nav=_items(band),
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
    return {
        "page_lang": language.replace("_", "-"),
        "page_dir": "rtl" if language[:2] in _RTL else "ltr",
        "acting_for": acting(),
        "brand": _brand(),
        "header": header,
        "is_sample": _is_sample(),
    }


def _is_sample() -> bool:
    """Whether what the page shows is invented; where that is not sure, it is not said."""
    found = gate.loaded() if request.endpoint else None
    if found is None:
        return False
    asked = (request.view_args or {}).get("workspace_slug")
    here = [space for space in found.workspaces if asked in {None, space[0]}]
    return bool(here) and all(space[4] for space in here)


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
    gate.must_be_new()
    if "csrf_masked" not in g:
        kept, secret = cookie.get("csrf_token"), str(current_app.secret_key)
        # The signature of a session's token is the same for ever; only the mask is new each time.
        g.csrf_masked = mask(_signed(kept, secret) if kept else generate_csrf())
    return str(g.csrf_masked)


@lru_cache(maxsize=4096)
def _signed(token: str, secret: str) -> str:
    """As Flask-WTF signs it: see its `generate_csrf`."""
    return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(token))


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
