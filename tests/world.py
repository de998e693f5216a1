"""Testland: one small world, built by the real actions. Demo, secrecy and journeys share it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, Seat, Standing
from advocacy.accounts import actions as accounts
from advocacy.ground.unit import Database
from advocacy.organisations import actions as organisations
from advocacy.organisations.queries import actor_for

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSWORD = "seven boats cross the quiet river"

# name, kind, standing; the key is how tests call it
ORGANISATIONS = {
    "cluster": ("Testland Protection Cluster", "un", Standing.COORDINATOR),
    "forum": ("Testland NGO Forum", "forum", Standing.CO_COORDINATOR),
    "relief": ("Relief Network", "ngo", Standing.MEMBER),
    "legal": ("Harbour Legal Aid", "national_ngo", Standing.MEMBER),
    "women": ("Blue Valley Women’s Association", "national_ngo", Standing.MEMBER),
    "rights": ("Rights Watch Testland", "human_rights", Standing.MEMBER),
    "observer": ("Committee of Observers", "red_cross", Standing.OBSERVER),
    "donor": ("Northern Donor Agency", "donor", Standing.DONOR),
}


@dataclass
class World:
    """Ids of what was made, and actors by name: `world.actor("relief")`."""

    workspace_id: UUID
    slug: str = "testland"
    organisations: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, name: str, *, now: datetime | None = None) -> Actor:
        """Someone of that organisation who holds every seat; `relief.drafter` = that seat only."""
        key, _, seat = name.partition(".")
        actor = self.actors[key]
        if seat:
            held = tuple(s for s in actor.seats if s[0] == seat)
            actor = replace(actor, seats=held)
        return replace(actor, now=now) if now else actor


def founder(now: datetime = NOW) -> Actor:
    """Who founds a world from the command line: nobody in particular."""
    return Actor(now=now)


def make_organisation(
    session: Session, world: World, key: str, name: str, kind: str, *, now: datetime = NOW
) -> UUID:
    """An organisation, with one person in all of its seats."""
    root = founder(now)
    made = organisations.found_organisation(
        session, root, name=name, kind=kind, registered_email=f"office@{key}.example"
    )
    person = accounts.add_person(
        session, root, name=f"{key.title()} Person", email=f"{key}@{key}.example"
    )
    for seat in Seat:
        organisations.seat_person(
            session, root, organisation_id=made.id, person_id=person.id, kind=seat
        )
    world.organisations[key], world.people[key] = made.id, person.id
    return made.id


def found(database: Database, *, now: datetime = NOW) -> World:
    """Testland with eight organisations, each with its standing. Committed."""
    with database.writing(founder(now)) as session:
        space = organisations.found_workspace(
            session, founder(now), name="Testland", slug="testland", zone="Asia/Amman",
            country="TST", weekend="4,5", is_sample=True,
        )  # fmt: skip
        world = World(space.id)
        for key, (name, kind, _standing) in ORGANISATIONS.items():
            make_organisation(session, world, key, name, kind, now=now)
    for key, (_name, _kind, standing) in ORGANISATIONS.items():
        admit(database, world, key, standing, now=now)
    refresh(database, world, now=now)
    return world


def admit(
    database: Database, world: World, key: str, standing: Standing, *, now: datetime = NOW
) -> None:
    """Let an organisation of the world into the workspace, by the coordinator."""
    refresh(database, world, now=now)
    with database.writing(world.actors["cluster"]) as session:
        organisations.admit(
            session,
            world.actors["cluster"],
            workspace_id=world.workspace_id,
            organisation_id=world.organisations[key],
            standing=standing,
        )


def refresh(database: Database, world: World, *, now: datetime = NOW) -> None:
    """Read the actors again, as the next request would."""
    with database.reading(founder(now)) as session, guard.system(session, guard.System.SIGN_IN):
        for key, person_id in world.people.items():
            world.actors[key], _ = actor_for(
                session, person_id=person_id, name=f"{key.title()} Person", holding_id=None, now=now
            )
