"""Threats, a circle, and a colleague for the second step."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from advocacy.access.actor import Actor, Seat
from advocacy.accounts import actions as accounts
from advocacy.ground.unit import Database
from advocacy.organisations import actions as organisations
from advocacy.rings import actions as rings
from advocacy.threats.rows import Sharing
from tests.threats.conftest import areas, entry, report  # noqa: F401 - fixtures by import
from tests.world import World


@pytest.fixture
def colleague(database: Database, world: World) -> Callable[..., Actor]:
    """`colleague("relief")`: somebody else of that organisation with these seats."""

    def made(of: str = "relief", *seats: Seat) -> Actor:
        actor, kinds = world.actor(of), seats or (Seat.ALTERNATE,)
        with database.writing(actor) as session:
            person = accounts.add_person(session, actor, name="Second", email=f"2@{of}.example")
            for kind in kinds:
                organisations.seat_person(
                    session, actor, organisation_id=actor.must_organisation(),
                    person_id=person.id, kind=kind,
                )  # fmt: skip
        held = tuple(seat for seat in actor.seats if seat[0] in kinds)
        return replace(actor, person_id=person.id, seats=held)

    return made


@pytest.fixture
def circle(database: Database, world: World) -> Callable[..., UUID]:
    """`circle("legal")`: one of Relief Network with these in it."""

    def made(*members: str, by: str = "relief", **more: object) -> UUID:
        actor = world.actor(by)
        with database.writing(actor) as session:
            ids = [world.organisations[key] for key in members]
            return rings.make(
                session, actor, world.workspace_id, name="Valley", members=ids, **more
            ).id

    return made


@pytest.fixture
def to(world: World) -> Callable[..., Sharing]:
    """`to("members", "observer")`: a choice of readers."""

    def made(level: str = "own", *named: str, circles: tuple[UUID, ...] = ()) -> Sharing:
        ids = frozenset(world.organisations[key] for key in named)
        return Sharing(level, ids, circle_ids=frozenset(circles))

    return made
