"""Pages that are drawn once for a reader, and shown again while nothing is written.

For pages that are read often and hold no form. What is kept is everything below the band on top,
under the reader, the address, the language and the minute (see `gate.once`, `access/kept.py`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import make_response, request
from flask import session as cookie
from werkzeug.wrappers import Response as AnyResponse

from advocacy.web import gate, nav
from advocacy.web.respond import is_part

_LONGEST_ADDRESS = 200
View = Callable[..., AnyResponse]


def drawn_once(view: View) -> View:
    """A view whose page may be shown again. One with a form on it is drawn anew each time."""

    @wraps(view)
    def shown(**ids: Any) -> AnyResponse:
        path = request.full_path
        # A message waits to be shown once; and an address made up by chance is not asked again.
        if "_flashes" in cookie or len(path) > _LONGEST_ADDRESS:
            return view(**ids)
        minute = gate.now().replace(second=0, microsecond=0)
        found = gate.loaded()
        session = found.bearer_id if found else None  # home says what moved since the last one
        question = ("page", path, is_part(), minute, session)
        drawn: list[AnyResponse] = []
        page = gate.once(question, lambda: _draw(view, ids, drawn), part=False)
        if page is None:
            return _whole(drawn[0]) if drawn else view(**ids)
        above, below = page
        return make_response(b"".join((above, _band(), below)))

    return shown


def _draw(view: View, ids: dict[str, Any], drawn: list[AnyResponse]) -> tuple[bytes, bytes] | None:
    """The page above and below its band; None where it cannot be kept: it is shown this once."""
    response = view(**ids)
    drawn.append(response)
    above, band, below = response.get_data().partition(nav.BAND.encode())
    is_lasting = band and response.status_code == 200 and not gate.has_token()
    return (above, below) if is_lasting else None


def _whole(response: AnyResponse) -> AnyResponse:
    """The page that was drawn to be kept, and is not, with its band."""
    above, band, below = response.get_data().partition(nav.BAND.encode())
    if band:
        response.set_data(b"".join((above, _band(), below)))
    return response


def _band() -> bytes:
    return nav.header(shows_leave=True).encode()
