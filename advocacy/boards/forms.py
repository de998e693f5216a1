"""What the pages say of a card; the workspace, the filters and the day an address asks for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor, Standing
from advocacy.asks import forms as ask_forms
from advocacy.asks import queries as asks
from advocacy.asks.rules import Response, is_late
from advocacy.boards import rules
from advocacy.boards.rows import Card
from advocacy.boards.rules import Show
from advocacy.deadlines.rules import first_precision
from advocacy.ground import clock
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.recommendations import forms as recommended
from advocacy.recommendations.rows import Filters
from advocacy.taxonomies import forms as taxonomies
from advocacy.web import filters as address
from advocacy.web.words import day, due, meant

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
        "recommendation_id": one.recommendation_id,
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
        "due": due(one.due_on, one.due_precision, SHAPE),
        "first": meant(one.original_due_on, first_precision(one), SHAPE),
        "moved": meant(one.due_on, one.due_precision, SHAPE) if one.moves else "",
        "held": [day(one.held_from, SHAPE), day(one.held_to, SHAPE)] if one.held_from else [],
    }


# --- what an address asks for --------------------------------------------------------------------

_WHO_SEES_ACTS = (Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER)


@dataclass(frozen=True)
class Scene:
    """What the pages of a list share. back: a past day that is looked at; on: that day, or today.

    asked: the parts of the address that were understood, `on` among them.
    """

    space: WorkspaceRow
    filters: Filters
    asked: dict[str, str]
    on: date
    back: date | None
    may_look_back: bool
    path: str

    def shown(self) -> dict[str, Any]:
        """What each page says of them."""
        chosen = {name: value for name, value in self.asked.items() if name != "on"}
        return {
            "path": self.path,
            "chosen": chosen,
            "is_filtered": bool(chosen),
            "responses": list(ask_forms.RESPONSES.items()),
            "progress": [one for one in ask_forms.PROGRESS.items() if one[0] != "mixed"],
            "specificity": list(recommended.SPECIFICITY.items())[1:],
            "subjects": taxonomies.filters(is_inside=self.may_look_back),
            "as_of": (self.asked.get("on", ""),) if self.may_look_back else None,
            "back_on": day(self.back, SHAPE) if self.back else "",
            "clear_href": self.path if self.asked else "",
        }


def scene(session: Session, actor: Actor, slug: str) -> Scene:
    """What the address asks for. Raises NotFound for whom no list of this workspace is."""
    space = organisations.workspace(session, actor, slug)
    asks.must_work_here(actor, space.id)
    chosen = address.chosen(request.args, recommended.ALLOWED)
    on, back = day_of(actor, space)
    asked = {**chosen, "on": back.isoformat()} if back else chosen
    may = may_look_back(actor, space)
    return Scene(space, Filters(**chosen), asked, on, back, may, request.path)


def day_of(actor: Actor, space: WorkspaceRow) -> tuple[date, date | None]:
    """The day that is looked at, and again where it is a past one that the reader may look at."""
    today = clock.day_in(actor.now, space.zone)
    said = request.args.get("on", "")
    back = rules.day(said) if said and may_look_back(actor, space) else None
    return (back, back) if back and back < today else (today, None)


def may_look_back(actor: Actor, space: WorkspaceRow) -> bool:
    """Where things stood is told by the acts, so to those who read the acts alone."""
    return actor.stands_as(space.id, *_WHO_SEES_ACTS)
