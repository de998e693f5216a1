"""Both walls show the same rows of each protected table, in a world that people's actions made.

The guard is asked on both databases; on PostgreSQL its own wall is asked too, with the guard
switched off. A table in which a kind of viewer sees nothing, or is refused nothing, proves
nothing about that viewer: what each sees of the register is written down, and so is who is
refused nothing.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, select, text

from advocacy.access import guard
from advocacy.access.actor import Actor, anonymous
from advocacy.access.schema import Protected
from advocacy.ground.base import Base
from advocacy.threats.schema import hanging
from tests.secrecy import worlds
from tests.secrecy.worlds import Made

# Who owns what is shown, a member, who coordinates, and those outside. The others compare only.
OWNER, MEMBER, LEAD, OUTSIDE = "relief", "legal", "cluster", ("observer", "donor", "")
VIEWERS = (OWNER, MEMBER, LEAD, *OUTSIDE, "women", "rights", "forum")
JUDGED = {OWNER, MEMBER, LEAD, *OUTSIDE}

ALL, INSIDE = JUDGED, {OWNER, MEMBER, LEAD}
STANDING = JUDGED - {""}
OURS, THEIRS, BETWEEN = {OWNER}, {MEMBER}, {OWNER, MEMBER}
# Table of the register -> who sees some of its rows; the others of JUDGED see none.
SEEN: dict[str, set[str]] = {
    **dict.fromkeys(("threat", "threat_version", "threat_nature", "threat_region"), ALL),
    **dict.fromkeys(("threat_into", "threat_nobodys_words", "severity_agreed"), ALL),
    **dict.fromkeys(("threat_erasure", "threat_words"), ALL),
    "threat_taken_over": INSIDE,
    **dict.fromkeys(("threat_remark", "threat_remark_act"), INSIDE),
    "threat_remark_ask": BETWEEN,
    **dict.fromkeys(("threat_members", "threat_blocks", "threat_place", "threat_party"), INSIDE),
    **dict.fromkeys(("threat_figure", "severity_act", "severity_note", "assessment"), INSIDE),
    **dict.fromkeys(("exhibit", "exhibit_file"), INSIDE),
    "exhibit_act": BETWEEN,
    **dict.fromkeys(("area_lead", "ring", "ring_member"), INSIDE),
    **dict.fromkeys(("threat_restricted", "threat_point", "threat_party_name"), OURS),
    **dict.fromkeys(
        ("widening", "threat_merge", "threat_distinct", "saved_view", "area_word"), OURS
    ),
    **dict.fromkeys(("extract", "extract_end", "intake_sheet"), OURS),
    **dict.fromkeys(("proposal", "proposal_act"), BETWEEN),
    **dict.fromkeys(("assessment_act", "assessment_detail"), THEIRS),
    "assessment_contributor": {MEMBER, LEAD},
    **dict.fromkeys(("protocol", "protocol_acceptance"), STANDING),
}
# Nothing of these is kept from them: members know the terms, and who coordinates which area.
NOT_HIDDEN = {"protocol": STANDING, "area_lead": INSIDE, "protocol_acceptance": {LEAD}}
ROOMS = {"threats", "analysis", "assessments", "proposals", "rings", "sharing", "duplicates"}
ROOMS |= {"protocols", "savedviews", "extracts", "intake", "exhibits"}


def tables() -> dict[str, Any]:
    """Every protected table by name."""
    kinds = [mapper.class_ for mapper in Base.registry.mappers]
    return {kind.__tablename__: kind for kind in kinds if issubclass(kind, Protected)}


def of_the_register() -> set[str]:
    """Tables of the register's rooms, and whatever hangs on a threat in any other."""
    rooms = {name for name, kind in tables().items() if kind.__module__.split(".")[1] in ROOMS}
    return rooms | {table.name for table, _of in hanging()}


@pytest.fixture
def made(new_world: Any) -> Made:
    return new_world(worlds.hidden_from(""))[1]


def by_guard(made: Made, actor: Actor) -> dict[str, set[Any]]:
    with made.database.reading(actor) as session:
        return {name: set(session.scalars(select(kind.id))) for name, kind in tables().items()}


@pytest.fixture
def by_wall(made: Made) -> Iterator[Any]:
    """What PostgreSQL shows to SQL that no guard has seen."""
    bare = create_engine(made.database.engine.url)

    def read(actor: Actor) -> dict[str, set[Any]]:
        with bare.connect() as connection:
            guard._tell_who(connection, actor)
            return {
                name: set(connection.exec_driver_sql(f'SELECT id FROM "{name}"').scalars())  # noqa: S608 - our own names
                for name in tables()
            }

    yield read
    bare.dispose()


def viewers(made: Made) -> dict[str, Actor]:
    later = worlds.AFTER
    return {key: made.world.actor(key, now=later) if key else anonymous(later) for key in VIEWERS}


def whole(made: Made) -> dict[str, set[Any]]:
    root = worlds.worlds.founder(worlds.AFTER)
    with made.database.reading(root) as session, guard.system(session, guard.System.COMMAND):
        return {name: set(session.scalars(select(kind.id))) for name, kind in tables().items()}


def test_each_kind_of_viewer_sees_some_rows_of_the_register_and_is_refused_some(made) -> None:
    assert of_the_register() == set(SEEN), "say who sees rows of a new table"
    everything = whole(made)
    for key, actor in viewers(made).items():
        if key not in JUDGED:
            continue
        seen = by_guard(made, actor)
        for name in SEEN:
            assert bool(seen[name]) == (key in SEEN[name]), (name, key, len(seen[name]))
            is_whole = key in NOT_HIDDEN.get(name, set())
            assert (seen[name] == everything[name]) == is_whole, (name, key)


@pytest.mark.only("postgres", "SQLite has no second wall")
def test_the_wall_alone_shows_what_the_guard_shows_of_every_table(made, by_wall) -> None:
    compared = 0
    for key, actor in viewers(made).items():
        ours, theirs = by_guard(made, actor), by_wall(actor)
        different = {name for name in ours if ours[name] != theirs[name]}
        assert not different, key
        compared += sum(map(len, ours.values()))
    assert compared > 1_000


@pytest.mark.only("postgres", "SQLite has no second wall")
def test_every_protected_table_has_the_same_four_policies(database) -> None:
    asked = "SELECT tablename, policyname, cmd, permissive, qual, with_check FROM pg_policies"
    with database.engine.connect() as connection:
        rows = connection.execute(text(asked)).all()
    policies: dict[str, set[Any]] = {}
    for table, *policy in rows:
        # PostgreSQL names the table whose column is meant.
        words = [str(part).replace(f"{table}.", "") for part in policy]
        policies.setdefault(table, set()).add(tuple(words))
    assert set(policies) == set(tables())
    assert {len(found) for found in policies.values()} == {4}
    assert len(set(map(frozenset, policies.values()))) == 1
