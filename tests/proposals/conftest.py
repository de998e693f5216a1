"""Somebody proposes a change of Relief Network's record."""

from collections.abc import Callable
from uuid import UUID

import pytest

from advocacy.ground import unit
from advocacy.proposals import actions, queries, rules
from advocacy.proposals.rows import ProposalRow
from tests.threats.conftest import areas, entry, report
from tests.world import World

__all__ = ["areas", "entry", "report"]


@pytest.fixture
def propose(world: World, database: unit.Database) -> Callable[..., UUID]:
    """`propose("legal", threat_id, severity=2)`."""

    def made(by: str, threat_id: UUID, **wanted: object) -> UUID:
        actor = world.actor(by)
        with database.writing(actor) as session:
            based_on = rules.digest(queries.values(session, actor, threat_id))
            return actions.propose(
                session, actor, threat_id, wanted, reason="We were there.", based_on=based_on
            ).id

    return made


@pytest.fixture
def listed(world: World, database: unit.Database) -> Callable[..., list[ProposalRow]]:
    """What an organisation reads of the proposals on a record."""

    def read(by: str, threat_id: UUID) -> list[ProposalRow]:
        actor = world.actor(by)
        with database.reading(actor) as session:
            return queries.proposals(session, actor, threat_id)

    return read


@pytest.fixture
def decide(world: World, database: unit.Database) -> Callable[..., None]:
    """Relief Network takes fields over, or declines when none is named."""

    def made(proposal_id: UUID, *taken: str, by: str = "relief") -> None:
        actor = world.actor(by)
        with database.writing(actor) as session:
            if taken:
                actions.accept(session, actor, proposal_id, taken=frozenset(taken), reason="")
            else:
                actions.decline(session, actor, proposal_id, reason="We see it so still.")

    return made
