"""The guard against the shapes of query that usually escape one.

Two bodies lie in the table: one that Relief may know of, one that it may not. A *filtered* shape
gives Relief the first only, and gives the owner both. A *refused* shape raises for everybody;
under `guard.system` the same code does give the hidden row, so each of them would be a leak.
"""

import pytest
from sqlalchemy import (
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import (
    Session,
)

from advocacy.access import guard
from advocacy.organisations.schema import Body
from tests.secrecy import refused, shapes


def _only_here(name: str, s: Session) -> None:
    elsewhere = shapes.POSTGRES_ONLY if shapes.is_sqlite(s) else shapes.SQLITE_ONLY
    if name in elsewhere:
        pytest.skip("the other database's grammar")


@pytest.mark.parametrize("name", shapes.FILTERED)
def test_a_shape_shows_what_the_reader_may_see_and_no_more(name, world, lie, database):
    for viewer, expected in (
        ("relief", {shapes.SHARED}),
        ("rights", {shapes.SHARED, shapes.HIDDEN}),
    ):
        with database.writing(world.actor(viewer)) as session:
            got = set(shapes.FILTERED[name](session, lie)) & {shapes.SHARED, shapes.HIDDEN}
            session.rollback()
        assert got == expected, viewer


@pytest.mark.parametrize("name", refused.REFUSED)
def test_a_shape_without_the_sentence_is_refused(name, world, lie, database):
    for viewer in ("relief", "rights"):
        if viewer == "rights" and "unloaded" in name:
            continue  # the owner may
        with database.writing(world.actor(viewer)) as session:
            _only_here(name, session)
            with pytest.raises(shapes.REFUSALS):
                refused.REFUSED[name](session, lie)
            session.rollback()
    with database.reading(world.actor("rights")) as session:
        found = session.scalars(select(Body)).all()
        assert {(b.name, b.purpose) for b in found} == {(shapes.HIDDEN, ""), (shapes.SHARED, "")}
    _would_work_without_the_guard(name, world, lie, database)


def _would_work_without_the_guard(name, world, lie, database):
    """So that the refusal was the guard's, not a mistake in the shape."""
    with (
        database.writing(world.actor("relief")) as session,
        guard.system(session, guard.System.AUDIT_VERIFY),
    ):
        try:
            refused.REFUSED[name](session, lie)
        except IntegrityError:
            assert "insert" in name or "save" in name
        session.rollback()


def test_there_are_enough_shapes():
    assert len(shapes.FILTERED) >= 25
    assert len(refused.REFUSED) >= 30
