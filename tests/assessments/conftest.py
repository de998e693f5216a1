"""Threats to speak of, and organisations that speak. Factories at the foot are dull."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from advocacy.assessments import actions, queries
from advocacy.assessments.rows import Panel, Said
from advocacy.ground import unit
from advocacy.threats import queries as threats
from tests.threats.conftest import areas, entry, report
from tests.world import World

__all__ = ["areas", "entry", "report"]


@pytest.fixture
def give(world: World, database: unit.Database) -> Callable[..., UUID]:
    """`give("legal", threat_id, severity=3)`: an organisation's view, after its last one."""

    def made(by: str, threat_id: UUID, *, now: datetime | None = None, **said: object) -> UUID:
        actor = world.actor(by, now=now)
        values = {"stance": "corroborates", **said}
        with database.writing(actor) as session:
            after = queries.mine(session, actor, threat_id).act_id
            return actions.give(session, actor, threat_id, Said(**values), after=after).id

    return made


@pytest.fixture
def panel(world: World, database: unit.Database) -> Callable[..., Panel]:
    """What an organisation reads on the page of a threat."""

    def read(by: str, threat_id: UUID) -> Panel:
        actor = world.actor(by)
        with database.reading(actor) as session:
            found = threats.threat(session, actor, threat_id)
            return queries.panel(session, actor, found)

    return read


@pytest.fixture
def agree(world: World, database: unit.Database) -> Callable[..., UUID]:
    """A coordinator records a severity."""

    def made(threat_id: UUID, severity: int, *, by: str = "cluster") -> UUID:
        actor = world.actor(by)
        with database.writing(actor) as session:
            after = queries.last_agreement(session, threat_id)
            act = actions.agree(
                session, actor, threat_id, severity=severity, basis="Met on Monday.", after=after
            )
            return act.id

    return made
