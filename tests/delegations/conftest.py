"""A round that is open, and a drafter of Legal to whom its signatory lends."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from advocacy.access.actor import Actor, Delegated, Seat
from advocacy.accounts import actions as accounts
from advocacy.delegations import actions, queries
from advocacy.delegations.rules import Terms
from advocacy.ground.unit import Database
from advocacy.organisations import actions as organisations
from advocacy.organisations.queries import actor_for
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from tests.signoff import scene
from tests.signoff.conftest import frozen as frozen
from tests.signoff.conftest import opened as opened
from tests.world import NOW, World, founder

DAY = timedelta(days=1)


@dataclass
class Lending:
    """Legal, its principal, and Dana who drafts for it."""

    database: Database
    world: World
    dana_id: UUID

    def dana(self, now: datetime = NOW) -> Actor:
        """Dana as the next request would find her."""
        with self.database.reading(founder(now)) as session:
            actor, _ways = actor_for(
                session, person_id=self.dana_id, name="Dana", holding_id=None, now=now
            )
        with self.database.reading(actor) as session:
            return queries.checked(session, actor)

    def lend(
        self,
        scope: str = Delegated.PUBLIC,
        *,
        first: datetime = NOW,
        last: datetime = NOW + DAY,
        by: Actor | None = None,
        to: UUID | None = None,
        now: datetime = NOW,
    ) -> UUID:
        actor = replace(by or self.world.actor("legal"), now=now)
        with self.database.writing(actor) as session:
            terms = Terms(to or self.dana_id, scope, first, last)
            return actions.give(session, actor, terms).id


@pytest.fixture
def lending(database: Database, world: World) -> Lending:
    with database.writing(founder(NOW)) as session:
        dana = accounts.add_person(session, founder(NOW), name="Dana", email="dana@legal.example")
        legal = world.organisations["legal"]
        organisations.seat_person(
            session, founder(NOW), organisation_id=legal, person_id=dana.id, kind=Seat.DRAFTER
        )
        world.people["dana"] = dana.id
        return Lending(database, world, dana.id)


@pytest.fixture
def reply(database: Database) -> Callable[..., UUID]:
    """`reply(actor, round_, "endorse", outside="named")`, on top of the last answer."""

    def answer(actor: Actor, round_: RoundRow, kind: str = "endorse", **more: object) -> UUID:
        with database.writing(actor) as session:
            before = signoff.my_answer(session, actor, round_.id)
            after = before.id if before else None
            return scene.reply(session, actor, round_, kind, after=after, **more)

    return answer
