"""What changed in the world, who says so, and what donors may read of it.

Steps for worlds.py, which says which of them are shown and which are hidden from whom.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from advocacy.links import actions as links
from advocacy.outcomes import actions as outcomes
from advocacy.outcomes import queries
from advocacy.outcomes.rules import Told, Wording
from advocacy.outcomes.schema import Happened
from tests.secrecy.texts import WORDS

if TYPE_CHECKING:
    from tests.secrecy.worlds import Made

FIRST = Told(Happened.ACHIEVED, date(2026, 9, 1), source="A letter", text=WORDS)


def outcome(made: Made, by: str, title: str, reach: str = "own") -> UUID:
    """Reversed, and linked to the recommendation and the threat that are shown."""
    actor, space = made.world.actor(by), made.world.workspace_id
    new = Wording(title, significance=WORDS, others=WORDS)
    with made.database.writing(actor) as session:
        of = outcomes.record(session, actor, workspace_id=space, new=new, first=FIRST)
        outcomes.share(session, actor, outcome_id=of.id, reach=reach)
        (chain,) = queries.events(session, actor, [of.id]).values()
        later = replace(FIRST, kind=Happened.REVERSED, on=date(2026, 10, 1))
        outcomes.tell(session, actor, outcome_id=of.id, told=later, after=chain[-1].id)
        for kind in ("recommendation", "threat"):
            if (kind, by) != ("threat", "rights"):  # it has not accepted the protocol
                end = (kind, made.shown[f"{kind}_id"])
                links.link(session, actor, source=("outcome", of.id), target=end)
        return of.id


def contribution(made: Made, by: str, *, is_hidden: bool) -> None:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        outcomes.contribute(
            session, actor, outcome_id=made.shown["outcome_id"], text=WORDS, is_hidden=is_hidden,
            after=None,
        )  # fmt: skip


def an_outcome(made: Made) -> None:
    made.shown["outcome_id"] = outcome(made, "relief", "The gate was opened", "donors")


def a_hidden_outcome(made: Made) -> None:
    made.hidden["outcome_id"] = outcome(made, "rights", WORDS)


def a_hidden_contribution(made: Made) -> None:
    contribution(made, "rights", is_hidden=True)


def a_contribution_for_members(made: Made) -> None:
    contribution(made, "women", is_hidden=False)
