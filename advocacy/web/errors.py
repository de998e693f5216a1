"""Every failure has one page: what happened, what to do, the right status; never a stack trace."""

import errno
import logging
from traceback import format_tb
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException

from advocacy.access.guard import Unguarded
from advocacy.ground.errors import (
    Busy,
    Conflict,
    Denied,
    DomainError,
    Invalid,
    NotFound,
    TooLarge,
    TooMany,
)
from advocacy.web import reasons

log = logging.getLogger(__name__)

STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    Denied: 403,
    Conflict: 409,
    Invalid: 422,
    Busy: 503,
    TooLarge: 413,
    TooMany: 429,
}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PAGES = {400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503}
_PLAIN = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Something went wrong on our side</title>
<h1>Something went wrong on our side</h1>
<p>Open the page again and look whether your last step is there.</p></html>
"""


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, lambda _error: page(400))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(OSError, _no_room)
    app.register_error_handler(Unguarded, _defect)
    app.register_error_handler(Exception, _defect)


def page(status: int, sentences: list[str] | None = None, **headers: str) -> Response:
    """The error page of a status. It asks no database and cannot fail on one."""
    known = status if status in _PAGES else 500
    try:
        body = render_template(f"errors/{known}.html", reasons=[(s, "") for s in sentences or []])
    except Exception as error:
        # The page all others stand on may be what broke: these words stand on nothing.
        if current_app.config.get("PROPAGATE_DEFECTS"):
            raise
        log.error("defect: the page of status %s: %s", status, _way_of(error))
        body = _PLAIN
    response = make_response(body, status)
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def _domain(error: DomainError) -> Response:
    status, wait = _status(error)
    if status == 404:
        return page(404)
    return page(status, [reasons.say(reason) for reason in error.reasons], **wait)


def as_data(error: DomainError) -> Response:
    """The same for a script of our own pages: the status, and the reason in words."""
    status, wait = _status(error)
    said = "" if status == 404 else " ".join(reasons.say(reason) for reason in error.reasons)
    response = jsonify(reason=said)
    response.status_code = status
    for name, value in wait.items():
        response.headers[name.replace("_", "-")] = value
    return response


def _status(error: DomainError) -> tuple[int, dict[str, str]]:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    seconds = next((str(r.facts["seconds"]) for r in error.reasons if "seconds" in r.facts), "5")
    return status, {"Retry_After": seconds} if status in {429, 503} else {}


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    headers = {"Allow": ", ".join(error.valid_methods or [])} if error.code == 405 else {}  # type: ignore[attr-defined]  # MethodNotAllowed has it
    return page(error.code, None, **headers)


def _database(error: DBAPIError) -> Response:
    """Locked, missing, on a full disk: say so, keep the page, ask to try again."""
    log.error("database: %s", type(error.orig).__name__)
    return page(503, None, Retry_After="5")


def _no_room(error: OSError) -> Response:
    """A large form is put on disk while it comes in: there may be no room for it."""
    if error.errno not in _NO_ROOM:
        return _defect(error)
    log.error("disk: %s", type(error).__name__)
    return page(503, None, Retry_After="5")


def _defect(error: Exception) -> Response:
    if current_app.config.get("PROPAGATE_DEFECTS"):
        raise error
    log.error("defect: %s", _way_of(error))
    return page(500)


def _way_of(error: BaseException) -> str:
    """Where a defect went through, without its words: those of a database quote the row."""
    found: BaseException | None = error
    lines: list[str] = []
    while found is not None:
        lines += [f"{type(found).__name__}\n", *format_tb(found.__traceback__)]
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return "".join(lines)
