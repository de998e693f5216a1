"""A round that is over, with answers of every width, ready for its harm check."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from advocacy.access.actor import Actor
from advocacy.ground import clock
from advocacy.ground.unit import Database
from advocacy.releases import actions
from advocacy.releases.rules import Harm
from advocacy.rounds.rules import Terms
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from tests.signoff import scene
from tests.signoff.scene import Scene
from tests.world import World

AFTER = scene.CLOSES_AT + timedelta(hours=1)
HARM = Harm(
    by_speaking="Clinic staff at the checkpoints.",
    by_silence="The sick in the valley.",
    mitigation="No place and no clinic is named.",
    consent="none-used",
    checked_by="Relief Person",
    checked_on=date(2026, 11, 23),
)
RESERVED = {
    "kind": "reservation", "outside": "named", "note": "By night too.", "printed": True,
    "clauses": (2,),
}  # fmt: skip
"""An answer for `over`: endorsed, with a printed note about the third clause."""


@dataclass
class Over:
    """A closed round and what can be done with it."""

    database: Database
    world: World
    scene: Scene
    round_: RoundRow

    def actor(self, key: str) -> Actor:
        return self.world.actor(key, now=AFTER)

    def check(self) -> None:
        lead = self.actor("relief")
        with self.database.writing(lead) as session:
            actions.check_harm(session, lead, self.scene.position_id, HARM, after=None)

    def publish(self, **more: object) -> UUID:
        lead = self.actor("relief")
        with self.database.writing(lead) as session:
            made = actions.publish(
                session,
                lead,
                self.scene.position_id,
                **({"seen_hash": self.round_.content_hash} | more),
            )
            return made.id


Make = Callable[..., Over]


@pytest.fixture
def over(database: Database, world: World) -> Iterator[Make]:
    """`over({"legal": {"outside": "named"}})`: those answers, then the round is over.

    `clauses` are said by their place in the text: (2,) is the third. late_until: names may still
    be added until then.
    """

    def make(
        answers: dict[str, dict[str, Any]], late_until: datetime | None = None, **about: object
    ) -> Over:
        made = scene.frozen(database, world, **about)
        lead = world.actor("relief")
        blocks = "whole-text" if any(a.get("kind") == "change" for a in answers.values()) else ""
        with database.writing(lead) as session:
            terms: dict[str, object] = {"blocks": blocks} if blocks else {}
            if late_until is not None:
                terms["terms"] = Terms(late_until=late_until)
            circle: Any = about.get("circle", scene.CIRCLE)
            roster = scene.ids(world, "relief", *circle)
            round_id = made.open_round(session, lead, roster, **terms)
            round_ = signoff.round_of(session, lead, round_id)
        for key, more in answers.items():
            actor = world.actor(key)
            cids = tuple(made.version.clauses[n].cid for n in more.get("clauses", ()))
            with database.writing(actor) as session:
                scene.reply(session, actor, round_, **{**more, "clauses": cids})
        clock.freeze(AFTER)
        return Over(database, world, made, round_)

    yield make
    clock.freeze(None)
