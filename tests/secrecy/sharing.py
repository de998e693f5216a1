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
from advocacy.sharing import actions as areas
from advocacy.sharing.rules import CHILDREN, VIOLENCE
from advocacy.threats import actions as threats
from advocacy.threats.rows import Entry, Sharing
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


def asked(made: Made, by: str, to: str, risk: str, title: str) -> UUID:
    """The owner of a record of children or survivors asks who coordinates its area."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        entry = Entry(risk, title, f"{title}: summary.", sensitivity=3)
        threat = threats.report(
            session, actor, workspace_id=made.world.workspace_id, entry=entry, sharing=Sharing()
        )
        lead = made.world.organisations[to]
        choice = Sharing("members")
        return areas.ask_lead(session, actor, threat.id, lead_id=lead, sharing=choice).id


def an_area(made: Made) -> None:
    """Two areas have a coordinator; Relief Network asks one of them."""
    lead = made.world.actor("cluster")
    with made.database.writing(lead) as session:
        for area, key in ((VIOLENCE, "women"), (CHILDREN, "rights")):
            areas.put_lead(
                session, lead, made.world.workspace_id, area=area,
                lead_id=made.world.organisations[key], after=None,
            )  # fmt: skip
    made.shown["word_id"] = asked(made, "relief", "women", "PR08", "Harm at wells")


def a_hidden_word(made: Made) -> None:
    """Rights Watch asks itself about a record that is its own."""
    made.hidden["word_id"] = asked(made, "rights", "rights", "PR07", "Halloran takes boys")
