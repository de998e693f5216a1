"""Fifty people of ten organisations answer one round at once, and its coordinator interferes."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Lock
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, Seat, Standing
from advocacy.accounts import actions as accounts
from advocacy.audit.queries import faults
from advocacy.carries.schema import Carried
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Replace
from advocacy.ground.errors import DomainError
from advocacy.ground.unit import Database, is_worth_a_retry
from advocacy.organisations import actions as organisations
from advocacy.positions import actions as positions
from advocacy.positions import queries as read_positions
from advocacy.rounds import actions as rounds
from advocacy.rounds import queries as read_rounds
from advocacy.signoff import queries
from advocacy.signoff.schema import Answer
from tests import world
from tests.signoff import scene

KINDS = ("endorse", "decline", "abstain", "no-objection")


@dataclass
class Crowd:
    """What they did. acknowledged: answers whose writing was told to have passed."""

    database: Database
    town: world.World
    made: scene.Scene
    people: list[Actor]
    roster: list[UUID]
    round_id: UUID
    asked: dict[UUID, tuple[UUID, str]]
    acknowledged: list[UUID] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


def gather(database: Database, town: world.World, organisations_: int, people: int) -> Crowd:
    """So many organisations on the roster, each with so many people who may sign for it."""
    root = world.founder()
    keys = [f"crowd{n}" for n in range(organisations_)]
    with database.writing(root) as session:
        for n, key in enumerate(keys):
            world.make_organisation(session, town, key, f"Organisation {n}", "ngo")
    for key in keys:
        world.admit(database, town, key, Standing.MEMBER)
    with database.writing(root) as session:
        for key in keys:
            _staff(session, town, key, people - 1)
    world.refresh(database, town)
    made = scene.frozen(database, town, circle=tuple(keys))
    lead, roster = town.actor("relief"), scene.ids(town, *keys)
    with database.writing(lead) as session:
        round_id = made.open_round(session, lead, roster)
    asked = {round_id: (made.version.id, made.version.content_hash)}
    names = [f"{key}_{n}" if n else key for key in keys for n in range(people)]
    actors = [town.actor(name) for name in names]
    return Crowd(database, town, made, actors, roster, round_id, asked)


def _staff(session: Session, town: world.World, key: str, number: int) -> None:
    root = world.founder()
    for n in range(1, number + 1):
        person = accounts.add_person(session, root, name=f"{key} {n}", email=f"{n}@{key}.example")
        organisations.seat_person(
            session, root, organisation_id=town.organisations[key], person_id=person.id,
            kind=Seat.ALTERNATE,
        )  # fmt: skip
        town.people[f"{key}_{n}"] = person.id


def run(crowd: Crowd, *, turns: int) -> float:
    """Everybody answers, again and again, until the coordinator took so many turns. Seconds."""
    begun, over = time.monotonic(), Event()
    with ThreadPoolExecutor(len(crowd.people) + 1) as pool:
        lead = pool.submit(_interfere, crowd, turns)
        done = [pool.submit(_answer, crowd, actor, over) for actor in crowd.people]
        try:
            lead.result()
        finally:
            over.set()
        for one in done:
            one.result()
    return time.monotonic() - begun


def _answer(crowd: Crowd, actor: Actor, over: Event) -> None:
    """Read the page, then answer what it showed, as a person with a slow hand does."""
    chance = random.Random(str(actor.person_id))
    while not over.is_set():
        with crowd.database.reading(actor) as session:
            round_ = queries.round_of(session, actor, crowd.round_id)
            mine = queries.my_answer(session, actor, crowd.round_id)
        time.sleep(chance.random() / 10)
        try:
            with crowd.database.writing(actor) as session:
                after = mine.id if mine else None
                made = scene.reply(
                    session, actor, round_, chance.choice(KINDS), after=after, outside="counted"
                )
        except (DomainError, DBAPIError) as error:
            _refused(crowd, error)
        else:
            with crowd.lock:
                crowd.acknowledged.append(made)


def _refused(crowd: Crowd, error: Exception) -> None:
    if isinstance(error, DBAPIError) and not is_worth_a_retry(error):
        raise error
    reasons = getattr(error, "reasons", ())
    why = reasons[0].code if reasons else type(error).__name__
    with crowd.lock:
        crowd.refused[why] = crowd.refused.get(why, 0) + 1


def _interfere(crowd: Crowd, turns: int) -> None:
    """Extend, try to close, give up and open again: each as the buttons do."""
    for _turn in range(turns):
        for what, deed in (("extended", _extend), ("closed", _close), ("again", _again)):
            time.sleep(0.05)  # or nobody would get to answer between two of its deeds
            try:
                deed(crowd, crowd.town.actor("relief"))
            except (DomainError, DBAPIError) as error:
                _refused(crowd, error)
                continue
            crowd.turns[what] = crowd.turns.get(what, 0) + 1


def _extend(crowd: Crowd, lead: Actor) -> None:
    with crowd.database.writing(lead) as session:
        known = read_rounds.extensions(session, lead, crowd.round_id)
        rounds.extend(
            session,
            lead,
            crowd.round_id,
            closes_on=scene.CLOSES_ON + timedelta(days=1 + len(known)),
            closes_time=scene.CLOSES_TIME,
            reason="x",
            after=known[0].id if known else None,
        )


def _close(crowd: Crowd, lead: Actor) -> None:
    with crowd.database.writing(lead) as session:
        rounds.close(session, lead, crowd.round_id)


def _again(crowd: Crowd, lead: Actor) -> None:
    """Give up and open again; every other time with another word in the text."""
    made, number = crowd.made, len(crowd.asked)
    with crowd.database.writing(lead) as session:
        rounds.abandon(session, lead, crowd.round_id, reason="x")
        if number % 2:
            positions.reopen(session, lead, made.position_id)
            of = read_positions.position(session, lead, made.position_id)
            clause = drafts.clauses(session, lead, of.document_id)[1]
            edit = Replace(clause.cid, clause.heading, f"{number} clinics were turned back.")
            drafting.change(session, lead, of.document_id, [edit], based_on=clause.hash)
            made = scene.Scene(made.position_id, scene.freeze(session, lead, made.position_id))
        round_id = made.open_round(session, lead, crowd.roster)
    crowd.made, crowd.round_id = made, round_id
    crowd.asked[round_id] = (made.version.id, made.version.content_hash)


def verify(crowd: Crowd) -> dict[str, int]:
    """What must hold afterwards; the numbers. Raises AssertionError, in words."""
    reading = crowd.database.reading(crowd.town.actor("relief"))
    with reading as session, guard.system(session, guard.System.AUDIT_VERIFY):
        rows = session.execute(select(*_COLUMNS).where(_OF.round_id.in_(crowd.asked))).all()
        carried = set(session.scalars(select(Carried.answer_id)))
        assert not list(faults(session)), "the chain of the log is broken"
    ids, followed = {row.id for row in rows}, [row.previous_id for row in rows if row.previous_id]
    given = ids - carried
    assert set(crowd.acknowledged) == given, "an acknowledged answer is lost, or one is nobody's"
    assert len(followed) == len(set(followed)), "two acts follow the same one"
    for row in rows:
        asked = crowd.asked[row.round_id]
        assert (row.version_id, row.content_hash) == asked, "a row on a wrong version"
    heads = [(row.round_id, row.organisation_id) for row in rows if row.id not in followed]
    assert len(heads) == len(set(heads)), "an organisation has two current rows in a round"
    assert set(heads) == {(row.round_id, row.organisation_id) for row in rows}, "and not none"
    now = {organisation for round_id, organisation in heads if round_id == crowd.round_id}
    return {
        "acknowledged": len(given),
        "carried": len(ids & carried),
        "answered now": len(now),
        "rounds": len(crowd.asked),
        **crowd.turns,
        **crowd.refused,
    }


_OF = Answer.__table__.c
_COLUMNS = [
    _OF[name]
    for name in ("id", "previous_id", "round_id", "organisation_id", "version_id", "content_hash")
]
