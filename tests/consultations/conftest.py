"""A text of Harbour Legal Aid, with two others in its circle, to talk about."""

import pytest

from advocacy.access import guard
from advocacy.access.actor import Seat
from advocacy.accounts import actions as accounts
from advocacy.discussion import actions
from advocacy.discussion.rules import More
from advocacy.drafting import queries as drafts
from advocacy.organisations import actions as seats
from advocacy.organisations.queries import actor_for
from advocacy.positions import actions as positions
from advocacy.text.anchor import anchor_to
from tests.outbox.letters import letters
from tests.positions.test_actions import started
from tests.world import NOW, founder

__all__ = ["letters"]

SECRET = "Halloran at the mill"


@pytest.fixture
def led(world, writing):
    """A position of Harbour Legal Aid with Relief Network and Blue Valley in its circle."""
    legal = world.actor("legal")
    with writing(legal) as session:
        made = started(session, world, legal)
        for name in ("relief", "women"):
            positions.invite(session, legal, made.id, world.organisations[name])
    return made


@pytest.fixture
def clause(world, led, reading):
    with reading(world.actor("legal")) as session:
        return drafts.clauses(session, world.actor("legal"), led.document_id)[0]


@pytest.fixture
def say(writing, world, led, clause):
    """`say("relief", "words", reach=…)`: the id of a thread about the first clause."""

    def speak(who, words=SECRET, **more):
        actor = world.actor(who)
        with writing(actor) as session:
            return actions.say(
                session, actor, about_id=led.id, lead_id=led.organisation_id,
                audience_id=led.audience_id, text=words, anchor=anchor_to(clause),
                more=More(**more),
            ).id  # fmt: skip

    return speak


@pytest.fixture
def colleague(world, writing, database):
    """A second person of Relief Network, who writes."""

    with writing(founder()) as session:
        person = accounts.add_person(session, founder(), name="Dina", email="dina@relief.example")
        seats.seat_person(
            session, founder(), organisation_id=world.organisations["relief"],
            person_id=person.id, kind=Seat.DRAFTER,
        )  # fmt: skip
    with database.reading(founder()) as session, guard.system(session, guard.System.SIGN_IN):
        return actor_for(session, person_id=person.id, name="Dina", holding_id=None, now=NOW)[0]
