"""Kept answers: the reader's own, of one state of the database, and gone at the first write."""

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import bindparam, select

from advocacy.access import audience, guard, kept
from advocacy.access.schema import EVERYONE
from advocacy.organisations.schema import Membership
from advocacy.web import db as web
from tests.conftest import NOW

pytestmark = pytest.mark.only("sqlite", "its files say in a microsecond that nothing changed")

_of = Membership.__table__
_IN = (
    select(_of.c.member_id)
    .where(_of.c.workspace_id == bindparam("space"), guard.readers(_of.c.audience_id))
    .order_by(_of.c.member_id)
)


@pytest.fixture
def keeper(engine):
    return kept.Keeper(engine)


def _asked(database, keeper, actor, world):
    """What an actor is told, and how many statements it took."""
    with database.reading(actor) as session:
        kept.begin(session, keeper.state(actor.now))
        rows = kept.ask(session, actor, _IN, space=world.workspace_id)
        return rows.all(), session.in_transaction()


def test_the_same_question_is_answered_without_the_database(database, keeper, world):
    first, _ = _asked(database, keeper, world.actor("relief"), world)
    again, has_asked = _asked(database, keeper, world.actor("relief"), world)
    assert again == first
    assert first
    assert not has_asked


def test_one_readers_answer_is_never_anothers(database, keeper, world):
    for name in ("relief", "donor", "observer", "cluster", "relief", "donor"):
        with database.reading(world.actor(name)) as session:
            truth = kept.ask(session, world.actor(name), _IN, space=world.workspace_id).all()
        told, _ = _asked(database, keeper, world.actor(name), world)
        assert told == truth


def test_a_write_of_this_process_makes_the_question_new(database, keeper, world):
    _asked(database, keeper, world.actor("relief"), world)
    with (
        database.writing(world.actor("cluster")) as session,
        guard.system(session, guard.System.COMMAND),
    ):
        row = session.scalars(select(Membership).limit(1)).one()
        session.delete(row)
    after, has_asked = _asked(database, keeper, world.actor("relief"), world)
    assert has_asked
    assert row.member_id not in {r[0] for r in after}


def test_a_write_of_another_program_makes_the_question_new(database, database_url, keeper, world):
    before = keeper.state(NOW)
    other = sqlite3.connect(database_url.removeprefix("sqlite:///"))
    with other:
        other.execute("UPDATE workspace SET name = 'Another'")
    other.close()
    assert keeper.state(NOW) is not before


def test_a_state_ends_at_the_instant_an_embargo_opens(database, keeper, world):
    opens = NOW + timedelta(hours=1)
    with database.writing(world.actor("relief")) as session:
        audience.intern(session, [(EVERYONE, opens)])
    before = keeper.state(NOW)
    assert keeper.state(opens - timedelta(seconds=1)) is before
    assert keeper.state(opens) is not before


def test_what_was_read_of_a_newer_state_is_not_kept_as_the_older(database, keeper, world):
    actor = world.actor("relief")
    old = keeper.state(NOW)
    with database.writing(world.actor("cluster")) as session:
        audience.make_group(session, audience.GroupKind.CIRCLE, about=world.workspace_id)
    with database.reading(actor) as session:
        kept.begin(session, old)
        assert kept.ask(session, actor, _IN, space=world.workspace_id)
    assert not old.answers


def test_a_page_never_mixes_two_states(database, keeper, world):
    actor = world.actor("relief")
    _asked(database, keeper, actor, world)
    with database.reading(actor) as session:
        kept.begin(session, keeper.state(NOW))
        kept.ask(session, actor, _IN, space=world.workspace_id)  # given from what was kept
        with database.writing(world.actor("cluster")) as other:
            audience.make_group(other, audience.GroupKind.CIRCLE, about=world.workspace_id)
        with pytest.raises(kept.Moved):
            session.execute(select(Membership.id))


def test_a_request_that_somebody_wrote_into_starts_over(client, database, world, monkeypatch):
    """The page that comes is the new one, whole, and answers as if nothing had happened."""
    browser = client("relief")
    browser.get("/")
    real, wrote = web.reading, []

    def write_once():
        session = real()
        if kept_answers_were_given(session) and not wrote:
            wrote.append(True)
            with database.writing(world.actor("cluster")) as other:
                audience.make_group(other, audience.GroupKind.CIRCLE, about=world.workspace_id)
            session.execute(select(Membership.id).limit(1))
        return session

    monkeypatch.setattr("advocacy.web.gate.reading", write_once)
    page = browser.get("/")
    assert wrote
    assert "<h1" in page


def kept_answers_were_given(session):
    return bool(session.info.get("kept_given")) and "actor" in session.info

