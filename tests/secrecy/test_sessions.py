"""The guard beside the statements: sessions, flushes, refreshes, and its system blocks."""

from typing import Any

import pytest
from sqlalchemy import (
    func,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidRequestError
from sqlalchemy.orm import (
    Session,
)

from advocacy.access import audience, guard
from advocacy.organisations.schema import Body
from tests.secrecy.shapes import HIDDEN, SHARED, T, new_body, row_for

# --- what a statement's shape does not show ---------------------------------------------------


def test_the_same_statement_asked_by_two_readers_in_turn_is_not_mixed_up(world, lie, database):
    for viewer, expected in (("rights", 2), ("relief", 1), ("women", 0), ("rights", 2)):
        with database.reading(world.actor(viewer)) as session:
            assert len(session.scalars(select(Body)).all()) == expected


def test_a_sentence_for_another_reader_is_that_readers_not_the_sessions(world, lie, database):
    """A member who looks at what donors see must see no more than they do."""
    with database.reading(world.actor("rights")) as session:
        for viewer, expected in (
            ("relief", {SHARED}),
            ("donor", set()),
            ("rights", {SHARED, HIDDEN}),
        ):
            mine = guard.sentence(T.c.audience_id, world.actor(viewer))
            assert set(session.scalars(select(T.c.name).where(mine))) == expected
            also = guard.sentence(Body.audience_id, world.actor(viewer))
            assert set(session.scalars(select(Body.name).where(also))) == expected


def test_the_engine_itself_refuses(engine, lie):
    with engine.connect() as connection:
        with pytest.raises(guard.Unguarded):
            connection.execute(select(T.c.name))
        with pytest.raises(guard.Unguarded):
            connection.exec_driver_sql("DELETE FROM body")


def _hide(world, lie, database) -> None:
    """The owner takes the shared body back."""
    with database.writing(world.actor("rights")) as session:
        body = session.get_one(Body, lie.shared)
        body.audience_id = audience.intern(session, {world.organisations["rights"]})


def _refresh(session: Session, body: Body) -> Any:
    session.refresh(body)


def _expire(session: Session, body: Body) -> Any:
    session.expire(body, ["name"])
    return body.name


def _expire_all(session: Session, body: Body) -> Any:
    session.expire_all()
    return body.name


@pytest.mark.parametrize("again", [_refresh, _expire, _expire_all])
def test_a_row_taken_back_is_not_read_again(again, world, lie, engine, database):
    with Session(engine, autoflush=False, expire_on_commit=False) as session:
        guard.bind(session, world.actor("relief"))
        body = session.get_one(Body, lie.shared)
        assert body.name == SHARED
        session.commit()
        _hide(world, lie, database)
        with pytest.raises(InvalidRequestError):  # of which ObjectDeletedError is one
            again(session, body)


def test_a_row_still_shown_is_refreshed(world, lie, database):
    with database.reading(world.actor("relief")) as session:
        body = session.get_one(Body, lie.shared)
        session.refresh(body)
        session.expire(body)
        assert body.name == SHARED


def test_a_session_keeps_its_actor(world, lie, database):
    with database.reading(world.actor("rights")) as session:
        assert session.get(Body, lie.hidden)
        with pytest.raises(RuntimeError):
            session.info["actor"] = world.actor("relief")
        with pytest.raises(RuntimeError):
            guard.bind(session, world.actor("relief"))


# Each of these goes round `info["actor"] = …`.
WAYS_ROUND = {
    "update": lambda info, other: info.update(actor=other),
    "update with a dict": lambda info, other: info.update({"actor": other}),
    "or-equals": lambda info, other: info.__ior__({"actor": other}),
    "del": lambda info, _other: info.__delitem__("actor"),
    "pop": lambda info, _other: info.pop("actor"),
    "popitem": lambda info, _other: info.popitem(),
    "clear": lambda info, _other: info.clear(),
}


@pytest.mark.parametrize("way", WAYS_ROUND)
def test_no_way_round_exchanges_the_actor(way, world, lie, database):
    rights = world.actor("rights")
    with database.reading(rights) as session:
        with pytest.raises(RuntimeError):
            WAYS_ROUND[way](session.info, world.actor("relief"))
        session.info.setdefault("actor", world.actor("relief"))
        session.info.update(told="something else")
        assert guard.actor_of(session) is rights


@pytest.mark.parametrize("viewer", ["rights", "relief"])
def test_exchanging_what_a_session_was_told_closes_it(viewer, world, lie, database):
    with database.reading(world.actor("relief")) as session:
        body = session.get_one(Body, lie.shared)
        session.info = {"actor": world.actor(viewer, now=world.actor("rights").now)}
        with pytest.raises(guard.Unguarded):
            session.scalars(select(Body)).all()
        with pytest.raises(guard.Unguarded):
            session.refresh(body)


def test_a_session_without_an_actor_reads_nothing(engine, lie):
    with Session(engine) as session, pytest.raises(guard.Unguarded):
        session.scalars(select(Body)).all()


def test_a_row_is_added_for_ones_own_organisation_only(world, lie, database):
    with database.writing(world.actor("relief")) as session:
        session.add(Body(**row_for(session, lie)))
        with pytest.raises(guard.Unguarded):
            session.flush()
        session.rollback()
    with database.writing(world.actor("relief")) as session:
        new_body(session, world, "relief", "Our own")


def test_a_row_does_not_change_hands(world, lie, database):
    with database.writing(world.actor("relief")) as session:
        body = session.get_one(Body, lie.shared)
        body.organisation_id = world.organisations["relief"]
        with pytest.raises(guard.Unguarded):
            session.flush()
        session.rollback()


def test_a_waiting_row_of_another_organisation_does_not_slip_in_with_a_system_block(
    world, lie, database
):
    with database.writing(world.actor("relief")) as session:
        row = row_for(session, lie)
        with session.no_autoflush:
            session.add(Body(**row))
            with (
                pytest.raises(guard.Unguarded),
                guard.system(session, guard.System.COUNT_TOTALS),
            ):
                pass
        session.rollback()


def test_merging_a_hidden_row_changes_nothing(world, lie, database):
    with database.writing(world.actor("relief")) as session:
        values = row_for(session, lie, id=lie.hidden, organisation_id=world.organisations["relief"])
        session.merge(Body(**values))
        with pytest.raises((IntegrityError, DBAPIError)):
            session.flush()
        session.rollback()
    with database.reading(world.actor("rights")) as session:
        assert session.get_one(Body, lie.hidden).name == HIDDEN


def test_after_a_failed_flush_the_next_request_on_the_connection_has_no_more_power(
    world, lie, database
):
    with database.writing(world.actor("rights")) as session:
        twice = row_for(session, lie, id=lie.hidden)
        session.add(Body(**twice))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()
    with database.writing(world.actor("relief")) as session:
        with pytest.raises(guard.Unguarded):
            session.execute(update(T).values(purpose="changed"))
        session.rollback()
        assert session.get(Body, lie.hidden) is None


def test_after_a_refused_flush_the_next_statement_has_no_more_power(world, lie, database):
    with database.writing(world.actor("relief")) as session:
        body = session.get_one(Body, lie.shared)
        body.purpose = "mine"
        session.add(Body(**row_for(session, lie)))
        with pytest.raises(guard.Unguarded):
            session.flush()
        with pytest.raises(guard.Unguarded):
            session.execute(update(T).values(purpose="changed"))
        session.rollback()


def test_a_flush_of_nothing_leaves_no_power_behind(world, lie, database):
    with database.writing(world.actor("relief")) as session:
        body = session.get_one(Body, lie.shared)
        body.purpose = body.purpose + ""
        session.flush()
        with pytest.raises(guard.Unguarded):
            session.execute(update(T).values(purpose="changed"))
        session.rollback()


# --- system blocks ----------------------------------------------------------------------------


def test_a_system_block_ends_where_it_ends_also_when_nested(world, lie, database):
    with database.reading(world.actor("relief")) as session:
        with guard.system(session, guard.System.RELEASE):
            with guard.system(session, guard.System.COUNT_TOTALS):
                assert session.scalar(select(func.count()).select_from(T)) == 2
            assert session.scalar(select(func.count()).select_from(T)) == 2
        with pytest.raises(guard.Unguarded):
            session.scalar(select(func.count()).select_from(T))
        assert session.scalar(select(func.count()).select_from(Body)) == 1


def _fail(session: Session, sql: str) -> None:
    with guard.system(session, guard.System.RELEASE):
        session.execute(text(sql))
        raise ZeroDivisionError


def test_a_system_block_that_fails_ends(world, lie, database):
    with database.reading(world.actor("relief")) as session:
        with pytest.raises(ZeroDivisionError):
            _fail(session, "SELECT 1")
        with pytest.raises(guard.Unguarded):
            session.execute(select(T.c.name))
        assert session.get(Body, lie.hidden) is None


def test_a_system_block_in_which_the_database_refuses_says_why(world, lie, database):
    with database.reading(world.actor("relief")) as session:
        with pytest.raises(DBAPIError, match="nowhere"):
            _fail(session, "SELECT name FROM nowhere")
        session.rollback()
        with pytest.raises(guard.Unguarded):
            session.execute(select(T.c.name))
        assert session.get(Body, lie.hidden) is None


def test_what_a_system_block_has_read_is_not_there_for_the_reader_afterwards(world, lie, database):
    with database.reading(world.actor("relief")) as session:
        with guard.system(session, guard.System.COUNT_TOTALS):
            kept = session.scalars(select(Body)).all()
            assert len(kept) == 2
        assert session.get(Body, lie.hidden) is None
        assert session.get(Body, lie.shared) is not None


def test_what_the_reader_has_read_before_a_system_block_stays(world, lie, database):
    with database.reading(world.actor("relief")) as session:
        body = session.get_one(Body, lie.shared)
        with guard.system(session, guard.System.COUNT_TOTALS):
            session.scalars(select(Body)).all()
        assert "name" in body.__dict__


def test_the_reasons_for_reading_without_an_actor_are_a_closed_list():
    assert {s.value for s in guard.System} == {
        "sign_in",
        "worker",
        "command",
        "audience_rewrite",
        "audit_verify",
        "release",
        "count_totals",
        "carry",
    }
