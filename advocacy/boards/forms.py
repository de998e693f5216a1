"""What the pages say of a card, and of the places an ask may go to."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from advocacy.asks import forms as ask_forms
from advocacy.asks.rules import Response, is_late
from advocacy.boards.rows import Card
from advocacy.boards.rules import Show
from advocacy.web.words import day

SHAPE = "d MMM y"
SHOWS = {
    Show.ALL: _l("Asked in all"),
    Show.OPEN: _l("Still open"),
    Show.LATE: _l("Late"),
    Show.REFUSED: _l("Refused, still open"),
    Show.CLAIMED: _l("Reported done, not confirmed"),
    Show.DONE: _l("Confirmed"),
    Show.REVERSED: _l("Reversed"),
    Show.CLOSED: _l("Closed, replaced or overtaken"),
}
# The reply is a mark on a card, never a column: a sign and its word.
REPLIES = {
    Response.NONE: ("quiet", "ring"),
    Response.CONSIDERING: ("quiet", "clock"),
    Response.ACCEPTED: ("ok", "check"),
    Response.IN_PART: ("quiet", "half"),
    Response.NOTED: ("quiet", "minus"),
    Response.REJECTED: ("stop", "cross"),
    Response.NO_REPLY_EXPECTED: ("quiet", "minus"),
}


def card(one: Card, on: date) -> dict[str, Any]:
    """A card in words, on a day."""
    shown = ask_forms.shown(one.progress, is_alleged=one.alleged_by is not None)
    late = one.late_after if is_late(one.late_after, one.progress, on=on) else None
    reply = Response(one.response)
    return {
        "id": one.id,
        "href": f"/recommendations/{one.recommendation_id}#ask-{one.id}",
        "move_href": f"/recommendations/asks/{one.id}/move",
        "owner_href": f"/recommendations/owners/{one.institution_id}",
        "title": one.title,
        "language": one.language,
        "ref": one.ref,
        "addressee": one.addressee,
        "progress": ask_forms.PROGRESS[shown],
        "mark": ask_forms.MARKS[shown],
        "is_alleged": shown != one.progress,
        "response": ask_forms.RESPONSES[reply],
        "reply": REPLIES[reply],
        "late_days": (on - late).days if late else 0,
        "published": day(one.published_on, SHAPE),
        "due": day(one.due_on, SHAPE),
        "first": day(one.original_due_on, SHAPE),
        "moved": day(one.due_on, SHAPE) if one.moves else "",
        "held": [day(one.held_from, SHAPE), day(one.held_to, SHAPE)] if one.held_from else [],
    }
