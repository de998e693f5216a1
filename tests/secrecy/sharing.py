"""Who may see what in the register: the protocol, circles, agreements, what is offered.

Steps for worlds.py, which says which of them are shown and which are hidden from whom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from advocacy.protocols import actions as protocols
from advocacy.protocols.rows import Terms
from tests.world import NOW

if TYPE_CHECKING:
    from tests.secrecy.worlds import Made

LEVELS = {1: ("Low", "public"), 2: ("Moderate", "outside"), 3: ("High", "members")}


def accepted(made: Made, by: str) -> None:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        protocols.accept(session, actor, made.shown["protocol_id"])


def a_protocol(made: Made) -> None:
    """It must be accepted before the register is seen; all have done so but Rights Watch."""
    lead = made.world.actor("cluster")
    with made.database.writing(lead) as session:
        terms = Terms(
            "Protocol", "Advisory group", NOW.date(), NOW.date(),
            {**LEVELS, 4: ("Severe", "named")}, text="Share with care.", host="A host",
            country="Testland", readers="Nobody.",
        )  # fmt: skip
        space = made.world.workspace_id
        made.shown["protocol_id"] = protocols.put(session, lead, space, terms, after=None).id
    for by in made.world.organisations:
        if by != "rights":
            accepted(made, by)


def a_hidden_acceptance(made: Made) -> None:
    """Who has accepted the protocol is between that organisation and the coordinating one."""
    accepted(made, "rights")
