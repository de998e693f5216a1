"""Who may see what in the register: the protocol, circles, agreements, what is offered.

Steps for worlds.py, which says which of them are shown and which are hidden from whom.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from advocacy.protocols import actions as protocols
from advocacy.protocols.rows import Terms
from advocacy.rings import actions as rings
from tests.world import NOW

if TYPE_CHECKING:
    from tests.secrecy.worlds import Made

LEVELS = {1: ("Low", "public"), 2: ("Moderate", "outside"), 3: ("High", "members")}


def accepted(made: Made, by: str, which: str = "protocol_id") -> None:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        protocols.accept(session, actor, made.shown[which])


def a_protocol(made: Made) -> None:
    """It must be accepted before the register is seen, as all have done; a next one waits."""
    lead = made.world.actor("cluster")
    with made.database.writing(lead) as session:
        terms = Terms(
            "Protocol", "Advisory group", NOW.date(), NOW.date(),
            {**LEVELS, 4: ("Severe", "named")}, text="Share with care.", host="A host",
            country="Testland", readers="Nobody.",
        )  # fmt: skip
        space = made.world.workspace_id
        first = protocols.put(session, lead, space, terms, after=None).id
        made.shown["protocol_id"] = first
    for by in made.world.organisations:
        accepted(made, by)
    with made.database.writing(lead) as session:
        later = replace(terms, asks_on=NOW.date() + timedelta(days=60))
        made.shown["next_id"] = protocols.put(session, lead, space, later, after=first).id


def a_hidden_acceptance(made: Made) -> None:
    """Who has accepted the protocol is between that organisation and the coordinating one."""
    accepted(made, "rights", "next_id")


def ringed(made: Made, by: str, *members: str) -> UUID:
    """A sharing circle. Those of two owners may be called the same."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        ids = [made.world.organisations[key] for key in members]
        space = made.world.workspace_id
        return rings.make(session, actor, space, name="Valley", members=ids).id


def a_circle(made: Made) -> None:
    made.shown["ring_id"] = ringed(made, "relief", "legal", "cluster")


def a_hidden_circle(made: Made) -> None:
    """Of the same name, with others in it."""
    made.hidden["ring_id"] = ringed(made, "rights", "women", "forum")
