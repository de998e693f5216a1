"""A process that answers a round until it is killed, and tells of each answer once it stands."""

from dataclasses import replace
from multiprocessing.connection import Connection
from uuid import UUID

from sqlalchemy import create_engine

from advocacy.access import guard
from advocacy.app import load_schemas
from advocacy.ground import unit
from advocacy.organisations.queries import actor_for
from advocacy.signoff import queries
from tests.signoff import scene
from tests.world import NOW, founder

KINDS = ("endorse", "decline", "abstain", "no-objection")
load_schemas()  # once, in the process that all signers are born of


def sign(told: Connection, url: str, round_id: UUID, people: list[UUID]) -> None:
    """Each of these people in turn, for their organisation. Told after, and only after, commit."""
    database = unit.Database(guard.install(unit.prepare(create_engine(url))))
    actors = []
    with database.reading(founder()) as session, guard.system(session, guard.System.SIGN_IN):
        for person in people:
            found, _ways = actor_for(
                session, person_id=person, name="Signer", holding_id=None, now=NOW
            )
            actors.append(replace(found, now=NOW))
    number = 0
    while True:
        actor = actors[number % len(actors)]
        with database.writing(actor) as session:
            round_ = queries.round_of(session, actor, round_id)
            mine = queries.my_answer(session, actor, round_.id)
            kind = KINDS[number // len(actors) % len(KINDS)]
            made = scene.reply(
                session, actor, round_, kind, after=mine.id if mine else None, outside="named"
            )
        told.send(made)
        number += 1
