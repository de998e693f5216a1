"""Two records of Relief Network that may be the same. Factories at the foot are dull."""

from collections.abc import Callable
from uuid import UUID

import pytest

from advocacy.duplicates import actions, queries
from advocacy.ground import unit
from advocacy.threats import queries as threats
from tests.threats.conftest import areas, entry, report
from tests.world import World

__all__ = ["areas", "entry", "report"]


@pytest.fixture
def pairs(world: World, database: unit.Database) -> Callable[..., set[frozenset[UUID]]]:
    """Pairs that are suggested to an organisation."""

    def read(by: str) -> set[frozenset[UUID]]:
        actor = world.actor(by)
        with database.reading(actor) as session:
            found = queries.suggested(session, actor, world.workspace_id)
            return {frozenset({pair.ours.id, pair.other.id}) for pair in found}

    return read


@pytest.fixture
def merge(world: World, database: unit.Database) -> Callable[..., UUID]:
    """Relief Network puts two together: the first stays."""

    def made(survivor: UUID, absorbed: UUID, *, by: str = "relief") -> UUID:
        actor = world.actor(by)
        with database.writing(actor) as session:
            return actions.merge(session, actor, survivor, absorbed).id

    return made


@pytest.fixture
def undo(world: World, database: unit.Database) -> Callable[..., None]:
    """Relief Network takes apart what was put together."""

    def made(absorbed: UUID, after: UUID, **when: object) -> None:
        actor = world.actor("relief", **when)
        with database.writing(actor) as session:
            actions.undo(session, actor, absorbed, after=after)

    return made


@pytest.fixture
def readers(world: World, database: unit.Database) -> Callable[[UUID], set[str]]:
    """Who sees a record."""

    def read(threat_id: UUID) -> set[str]:
        found = set()
        for name in world.organisations:
            actor = world.actor(name)
            with database.reading(actor) as session:
                if threats.titles(session, actor, [threat_id]):
                    found.add(name)
        return found

    return read
