"""What PostgreSQL has planned is not planned again; what a page has asked is not asked again."""

import pytest
from sqlalchemy import bindparam, func, select, text

from advocacy.access import guard, kept
from advocacy.access.schema import Audience
from advocacy.organisations.schema import Membership

pytestmark = pytest.mark.only("postgres", "SQLite plans in no time, and keeps whole answers")

_of = Membership.__table__
_IN = select(_of.c.member_id).where(
    _of.c.workspace_id == bindparam("space"), guard.readers(_of.c.audience_id)
)
_NUMBER = select(func.count(Audience.__table__.c.id))
_PREPARED = text("SELECT statement FROM pg_prepared_statements")


def _asked(database, actor, statement, times=8, **values):
    """Ask once in each of some sessions; the statements that are prepared then."""
    for _ in range(times):
        with database.reading(actor) as session:
            guard.ask(session, actor, statement, **values)
    with database.reading(actor) as session:
        return session.connection().execute(_PREPARED).scalars().all()


def test_a_plan_outlives_the_session_that_made_it(database, world):
    found = _asked(database, world.actor("relief"), _IN, space=world.workspace_id)
    assert any("guarded" in one for one in found)


def test_a_list_of_so_many_rows_is_planned_for_them(database, world):
    some = _IN.limit(bindparam("most"))
    found = _asked(database, world.actor("relief"), some, space=world.workspace_id, most=3)
    assert not any("LIMIT" in one for one in found)


def test_what_a_session_did_not_finish_is_undone(database, world):
    actor = world.actor("cluster")
    for _ in range(3):
        _asked(database, actor, _IN, space=world.workspace_id)
        with database.reading(actor) as session:
            session.execute(text("CREATE TEMPORARY TABLE unfinished (n int)"))
        with database.reading(actor) as session:
            there = text("SELECT to_regclass('pg_temp.unfinished')")
            assert session.connection().execute(there).scalar() is None


def test_a_page_asks_a_question_once(database, world):
    actor, asked = world.actor("relief"), []
    with database.reading(actor) as session:
        kept.begin_page(session)
        for _ in range(2):
            asked.append(kept.once(session, "question", lambda: len(asked)))
            kept.named(session, actor, _of.c.audience_id)
    assert asked == [0, 0]


def test_a_session_that_begins_no_page_asks_again(database, world):
    asked = []
    with database.reading(world.actor("relief")) as session:
        for _ in range(2):
            asked.append(kept.once(session, "question", lambda: len(asked)))
    assert asked == [0, 1]


def test_a_long_answer_is_not_kept(database, world):
    """A file of many records is read page by page."""
    actor = world.actor("relief")
    long = select(func.generate_series(1, 3_000).label("n"))
    with database.reading(actor) as session:
        kept.begin_page(session)
        first, again = (guard.look(session, long) for _ in range(2))
        assert first == again
        assert first is not again
        short = guard.look(session, _NUMBER)
        assert short is guard.look(session, _NUMBER)
