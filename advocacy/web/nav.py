"""The main navigation, and the few values every page knows."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask, current_app, g, request, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf

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


def _context() -> dict[str, Any]:
    language = str(get_locale() or "en")
    return {
        **gate.context(),
        "page_lang": language.replace("_", "-"),
        "page_dir": "rtl" if language[:2] in _RTL else "ltr",
        "nav": items() if request.endpoint else [],
        "brand": _brand(),
        "languages": _languages(language),
        **_mine(),
    }


def _mine() -> dict[str, str]:
    """Where the menu with one's name leads."""
    if not request.endpoint or gate.loaded() is None:
        return {}
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
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return [
        (code, _LANGUAGE_NAMES[code], url_for("language", code=code, next=back))
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
