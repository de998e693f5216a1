"""The only place that looks at HX-Request: a page, or the part of it that was asked for."""

import gzip
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import brotli
from flask import Response, abort, current_app, make_response, render_template, request
from flask_htmx import HTMX
from werkzeug.wrappers import Response as AnyResponse

htmx = HTMX()


def is_part() -> bool:
    """True when only a part of the page is wanted (never when the browser restores history)."""
    return bool(htmx) and not htmx.history_restore_request and not htmx.boosted


def respond(page: str, partial: str = "", status: int = 200, **values: Any) -> Response:
    """Render `page`, or `partial` when htmx asks and there is one."""
    template = partial if partial and is_part() else page
    return make_response(render_template(template, **values), status)


_A_YEAR, _A_MINUTE = 31_536_000, 60
_PACKED = {".css", ".js", ".svg", ".json", ".html", ".txt"}


@cache
def _packed(file: Path, changed: float, encoding: str) -> bytes:
    """A static file as it is sent, packed as well as can be: done once per process."""
    raw = file.read_bytes()
    if encoding == "br":
        return bytes(brotli.compress(raw, quality=11))
    return gzip.compress(raw, 9, mtime=0) if encoding == "gzip" else raw


def static_file(filename: str) -> AnyResponse:
    """One file of `static/`. With its digest in the address it is kept for a year."""
    root = Path(current_app.root_path).parent / "static"
    file = (root / filename).resolve()
    if not file.is_relative_to(root.resolve()) or not file.is_file():
        abort(404)
    accepted = request.accept_encodings
    encoding = next((e for e in ("br", "gzip") if accepted[e] > 0), "")
    encoding = encoding if file.suffix in _PACKED else ""
    body = _packed(file, file.stat().st_mtime, encoding)
    kind = "text/javascript" if file.suffix == ".js" else guess_type(file.name)[0]
    response = Response(body, mimetype=kind or "application/octet-stream")
    if encoding:
        response.content_encoding = encoding
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = _A_YEAR if request.args.get("v") else _A_MINUTE
    response.add_etag()
    return response.make_conditional(request)
