"""Testland with its lists, and threats of every audience. Factories at the foot are dull."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from advocacy.ground import unit
from advocacy.reference import actions as reference
from advocacy.reference import queries as places
from advocacy.reference.rules import testland
from advocacy.threats import actions
from advocacy.threats.rows import Entry, Sharing
from tests.conftest import NOW
from tests.world import World, founder

SECRET = "The commander Halloran held them in the mill by the old bridge"


@pytest.fixture
def areas(world: World, database: unit.Database) -> dict[str, UUID]:
    """Ids of Testland's areas by name, with risks and areas loaded."""
    with database.writing(founder(NOW)) as session:
        reference.load_taxonomies(session)
        reference.load_areas(session, testland())
        return {area.name: area.id for area in places.areas(session, "TST")}


@pytest.fixture
def entry(areas: dict[str, UUID]) -> Entry:
    return Entry(
        risk_code="PR15",
        title="Checkpoints turn back clinic teams",
        summary="Health teams are stopped on the valley road.",
        area_id=areas["Blue Valley"],
        severity=4,
        trend="worsening",
        people_low=1_200,
        people_high=1_500,
        how_known="several",
        party="militia",
        sensitivity=1,
        narrative=SECRET,
    )


@pytest.fixture
def report(world: World, database: unit.Database, entry: Entry) -> Callable[..., UUID]:
    """`report("members", title=…)`: a threat of Relief Network at that level."""

    def made(level: str = "own", *, by: str = "relief", **changes: object) -> UUID:
        named = frozenset(world.organisations[k] for k in changes.pop("to", ()))
        told = frozenset(world.organisations[k] for k in changes.pop("tell", ()))
        now = changes.pop("now", None)
        actor = world.actor(by, now=now)
        with database.writing(actor) as session:
            return actions.report(
                session,
                actor,
                workspace_id=world.workspace_id,
                entry=replace(entry, **changes),
                sharing=Sharing(level, named, told),
            ).id

    return made
