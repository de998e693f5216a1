"""The only place that looks at HX-Request: a page, or the part of it that was asked for."""

from typing import Any

from flask import Response, make_response, render_template
from flask_htmx import HTMX

htmx = HTMX()


def is_part() -> bool:
    """True when only a part of the page is wanted (never when the browser restores history)."""
    return bool(htmx) and not htmx.history_restore_request and not htmx.boosted


def respond(page: str, partial: str = "", status: int = 200, **values: Any) -> Response:
    """Render `page`, or `partial` when htmx asks and there is one."""
    template = partial if partial and is_part() else page
    return make_response(render_template(template, **values), status)
