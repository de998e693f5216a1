"""A threat that organisations talk about."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from advocacy.ground import unit
from advocacy.ground.errors import NotFound
from advocacy.talks import actions, queries
from tests.sharing.conftest import circle, to
from tests.threats.conftest import areas, entry, report
from tests.world import World

__all__ = ["areas", "circle", "entry", "report", "to"]


@pytest.fixture
def say(world: World, database: unit.Database) -> Callable[..., UUID]:
    """`say("legal", threat_id, "own")`: a remark of that organisation to those."""

    def made(by: str, threat_id: UUID, to: str, **more: Any) -> UUID:
        actor = world.actor(by, now=more.get("now"))
        asks, text = more.get("asks"), more.get("text", "Seen.")
        whom = world.organisations[asks] if asks else None
        with database.writing(actor) as session:
            return actions.say(session, actor, threat_id, text=text, to=to, asks=whom).id

    return made


@pytest.fixture
def reads(world: World, database: unit.Database) -> Callable[..., set[UUID] | None]:
    """`reads("women", threat_id)`: the remarks that organisation reads; None = no talk at all."""

    def ids(by: str, threat_id: UUID) -> set[UUID] | None:
        actor = world.actor(by)
        with database.reading(actor) as session:
            try:
                threat = queries.record(session, actor, threat_id)
            except NotFound:
                return None
            return {row.id for row in queries.remarks(session, actor, threat)[0]}

    return ids


@pytest.fixture
def offered(
    world: World, database: unit.Database
) -> Callable[..., dict[str, tuple[set[str], bool]]]:
    """Whom an organisation may write to, by name, and whether it knows that these are all."""

    def found(by: str, threat_id: UUID) -> dict[str, tuple[set[str], bool]]:
        actor = world.actor(by)
        keys = {str(i): key for key, i in world.organisations.items()}
        with database.reading(actor) as session:
            threat = queries.record(session, actor, threat_id)
            known = queries.choices(session, actor, threat)
            return {one.value: ({keys[str(i)] for i in one.ids}, one.is_sure) for one in known}

    return found
