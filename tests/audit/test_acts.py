"""Acts follow each other: one current act per chain, whoever comes second is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped

from advocacy.ground import acts, unit
from advocacy.ground.base import Base
from advocacy.ground.errors import Conflict
from tests import build


class _Own(DeclarativeBase):
    """Tables of these tests only."""

    type_annotation_map = Base.registry.type_annotation_map


class Move(_Own, acts.Act):
    __tablename__ = "test_move"
    __chain__ = ("game_id",)
    __table_args__ = (acts.first_of_chain("test_move", "game_id"),)

    game_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]


@pytest.fixture
def games(request, world, database, database_url) -> Any:
    """The database with one act table more."""
    is_postgres = request.config.getoption("--db") == "postgres"
    url = build.owner_url(database_url.rsplit("/", 1)[1]) if is_postgres else database_url
    engine = unit.prepare(create_engine(url))
    with engine.begin() as connection:
        if not is_postgres:
            connection.exec_driver_sql("SELECT 1")
        _Own.metadata.create_all(connection)
        acts.seal(connection, "test_move", [c.name for c in Move.__table__.columns])
        if is_postgres:
            connection.exec_driver_sql(
                "GRANT SELECT, INSERT, UPDATE, DELETE ON test_move TO advocacy_app"
            )
    engine.dispose()
    return database


def move(database, actor, game: UUID, after: UUID | None) -> UUID:
    with database.writing(actor) as session:
        made = Move(game_id=game, **acts.stamp(actor))
        return acts.append(session, made, after=after).id


def test_an_act_follows_the_last_one_only(games, world):
    relief, game = world.actor("relief"), uuid4()
    first = move(games, relief, game, None)
    second = move(games, relief, game, first)
    for stale in (None, first):
        with pytest.raises(Conflict):
            move(games, relief, game, stale)
    move(games, relief, game, second)


def test_an_act_does_not_follow_one_of_another_chain(games, world):
    relief = world.actor("relief")
    elsewhere = move(games, relief, uuid4(), None)
    for after in (elsewhere, uuid4()):
        with pytest.raises(Conflict):
            move(games, relief, uuid4(), after)


def test_an_act_that_is_broken_is_not_called_late(games, world):
    """A defect of ours must not tell people to open the page again."""
    relief = world.actor("relief")
    with games.writing(relief) as session:
        with pytest.raises(IntegrityError):
            acts.append(session, Move(game_id=None, **acts.stamp(relief)), after=None)
        session.rollback()


@pytest.mark.parametrize("begun", [False, True])
def test_of_two_at_once_one_is_told_that_it_came_second(begun, games, world):
    for _ in range(6):
        game = uuid4()
        after = move(games, world.actor("relief"), game, None) if begun else None
        start = Barrier(2)

        def try_once(key: str, start=start, game=game, after=after) -> str:
            start.wait(10)
            try:
                move(games, world.actor(key), game, after)
            except Conflict:
                return "conflict"
            return "done"

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(try_once, ["relief", "legal"])) == ["conflict", "done"]


@pytest.mark.only("postgres", "SQLite has one writer")
def test_the_second_waits_for_the_first_and_is_told(games, world):
    """Both have read the same last act before either has written."""
    relief, legal, game = world.actor("relief"), world.actor("legal"), uuid4()
    first = move(games, relief, game, None)
    with ThreadPoolExecutor(1) as pool:
        with games.writing(relief) as session:
            acts.append(session, Move(game_id=game, **acts.stamp(relief)), after=first)
            late = pool.submit(move, games, legal, game, first)
            assert not late.done()
        assert isinstance(late.exception(30), Conflict)
