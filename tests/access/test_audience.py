"""Audiences do what tests/specs/audience.py says in plain Python."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from advocacy.access import audience
from advocacy.access.actor import Actor
from advocacy.access.schema import ALWAYS, EVERYONE, Audience, AudiencePart, GroupKind
from tests.specs import audience as spec

ORGANISATIONS = ("relief", "legal", "women")
GATHERINGS = ("circle", "body", "members")
NAMES = (*ORGANISATIONS, *GATHERINGS, spec.EVERYONE)
CALM = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

instants = st.integers(0, 4)
parts = st.lists(st.tuples(st.sampled_from(NAMES), instants), min_size=1, max_size=4)
deeds = st.lists(
    st.tuples(
        st.sampled_from(["join", "leave"]),
        st.sampled_from(GATHERINGS),
        st.sampled_from(ORGANISATIONS),
        instants,
    ),
    max_size=12,
).map(lambda found: sorted(found, key=lambda deed: deed[3]))


class Both:
    """The same groups twice: in the database, and in the specification."""

    def __init__(self, session: Any, world: Any, now: Any) -> None:
        self.session, self.now = session, now
        self.spec = spec.Groups(ORGANISATIONS)
        self.ids: dict[str, UUID] = {spec.EVERYONE: EVERYONE}
        self.ids |= {key: world.organisations[key] for key in ORGANISATIONS}
        for name in GATHERINGS:
            self.ids[name] = audience.make_group(session, GroupKind(name)).id

    def at(self, instant: int) -> Any:
        return self.now + timedelta(hours=instant)

    def do(self, deed: str, group: str, organisation: str, instant: int) -> None:
        act = audience.join if deed == "join" else audience.leave
        ids = self.ids
        act(self.session, ids[group], ids[organisation], now=self.at(instant))
        getattr(self.spec, deed)(group, organisation, instant)

    def intern(self, found: list[tuple[str, int]]) -> UUID:
        return audience.intern(self.session, [(self.ids[g], self.at(o)) for g, o in found])

    def readers(self, audience_id: UUID, instant: int) -> set[str]:
        """Who is in the audience, as the guard asks it."""
        found = set()
        for key in ORGANISATIONS:
            actor = Actor(now=self.at(instant), organisation_id=self.ids[key])
            allowed = audience.readable(actor).where(AudiencePart.audience_id == audience_id)
            if self.session.execute(allowed).first():
                found.add(key)
        return found


@CALM
@given(deeds, parts)
def test_who_reads_is_what_the_specification_says(world, session, now, done, found):
    both = Both(session, world, now)
    for deed in done:
        both.do(*deed)
    mine = both.intern(found)
    for instant in range(6):
        expected = spec.readers(both.spec, spec.interned(found), instant)
        assert both.readers(mine, instant) == expected


@CALM
@given(deeds, parts, parts)
def test_a_meeting_holds_those_who_are_in_both(world, session, now, done, ours, theirs):
    both = Both(session, world, now)
    for deed in done:
        both.do(*deed)
    last = 5
    a, b = both.intern(ours), both.intern(theirs)
    met = audience.meet(session, a, b, now=both.at(last))
    back = audience.meet(session, b, a, now=both.at(last))
    x, y = spec.interned(ours), spec.interned(theirs)
    for instant in (last, last + 1):
        expected = spec.readers_of_both(both.spec, x, y, instant)
        assert both.readers(met, instant) == expected
        assert both.readers(back, instant) == expected


@CALM
@given(deeds, parts, parts)
def test_a_meeting_is_never_wider_than_either_from_its_instant_on(
    world, session, now, done, ours, theirs
):
    """An embargo of the parent is one of the child, at every instant that is still to come.

    Of two circles neither of which holds the other, the meeting names the organisations of that
    instant: who leaves one of them afterwards is taken out when the record is written anew.
    """
    both = Both(session, world, now)
    for deed in done:
        both.do(*deed)
    a, b = both.intern(ours), both.intern(theirs)
    met = audience.meet(session, a, b, now=both.at(4))
    for instant in (4, 5):
        wide = both.readers(met, instant)
        assert wide <= both.readers(a, instant)
        assert wide <= both.readers(b, instant)


@CALM
@given(parts, st.integers(1, 4))
def test_sensitivity_only_narrows(world, session, now, found, sensitivity):
    both = Both(session, world, now)
    given_parts = [(both.ids[g], both.at(o)) for g, o in found]
    left = audience.cap(session, given_parts, sensitivity)
    kind = {name: name if name in GATHERINGS else "organisation" for name in NAMES}
    kind[spec.EVERYONE] = "everyone"
    expected = [
        (both.ids[g], both.at(o)) for g, o in found if spec.is_allowed(kind[g], sensitivity)
    ]
    assert left == expected


@pytest.mark.parametrize("kind", GroupKind)
def test_each_kind_of_group_has_its_cap(kind, world, session):
    group = EVERYONE if kind is GroupKind.EVERYONE else audience.make_group(session, kind).id
    for sensitivity in (1, 2, 3, 4):
        kept = audience.cap(session, [group], sensitivity) != []
        assert kept == spec.is_allowed(kind, sensitivity)


def test_equal_sets_are_one_row(world, session):
    a, b = world.organisations["relief"], world.organisations["legal"]
    first = audience.intern(session, [a, b])
    rows = session.scalar(select(func.count()).select_from(Audience))
    assert audience.intern(session, [b, a, a]) == first
    assert audience.intern(session, [(a, ALWAYS), b]) == first
    assert session.scalar(select(func.count()).select_from(Audience)) == rows
    assert audience.intern(session, [a]) != first


def test_a_group_named_twice_opens_at_the_earlier_instant(world, session, now):
    relief = world.organisations["relief"]
    later = now + timedelta(days=1)
    mine = audience.intern(session, [(relief, later), (relief, now)])
    assert audience.parts_of(session, mine) == {(relief, now)}


def test_an_embargo_opens_at_its_instant_and_not_a_microsecond_before(world, session, now):
    opens = now + timedelta(hours=3)
    mine = audience.intern(session, [world.organisations["rights"], (EVERYONE, opens)])
    for at, expected in ((opens - timedelta(microseconds=1), False), (opens, True)):
        actor = Actor(now=at, organisation_id=world.organisations["relief"])
        found = session.execute(
            audience.readable(actor).where(AudiencePart.audience_id == mine)
        ).first()
        assert (found is not None) == expected


def test_a_group_within_another_meets_it_in_itself_and_follows_its_members(world, session, now):
    relief, legal = world.organisations["relief"], world.organisations["legal"]
    members = audience.make_group(session, GroupKind.MEMBERS)
    circle = audience.make_group(session, GroupKind.CIRCLE, within=members.id)
    for organisation in (relief, legal):
        audience.join(session, members.id, organisation, now=now)
    audience.join(session, circle.id, relief, now=now)
    a, b = audience.intern(session, [circle.id]), audience.intern(session, [members.id])
    met = audience.meet(session, a, b, now=now)
    assert met == a == audience.meet(session, b, a, now=now)


def test_who_leaves_a_group_leaves_the_groups_within_it_and_no_others(world, session, now):
    relief, legal = world.organisations["relief"], world.organisations["legal"]
    members, elsewhere = (audience.make_group(session, GroupKind.MEMBERS).id for _ in "ab")
    circle = audience.make_group(session, GroupKind.CIRCLE, within=members).id
    inner = audience.make_group(session, GroupKind.PARTICIPANTS, within=circle).id
    for group in (members, circle, inner, elsewhere):
        for organisation in (relief, legal):
            audience.join(session, group, organisation, now=now)
    later = now + timedelta(hours=1)
    audience.leave(session, members, relief, now=later)
    for group in (members, circle, inner):
        assert audience.members(session, group, now=later) == {legal}
    assert audience.members(session, elsewhere, now=later) == {relief, legal}


def test_leaving_and_coming_back_at_once_is_being_in(world, session, now):
    circle, relief = audience.make_group(session, GroupKind.CIRCLE), world.organisations["relief"]
    audience.join(session, circle.id, relief, now=now)
    audience.leave(session, circle.id, relief, now=now)
    assert audience.members(session, circle.id, now=now) == set()
    audience.join(session, circle.id, relief, now=now)
    assert audience.members(session, circle.id, now=now) == {relief}


def test_nobody_in_particular_is_in_everyone_only(world, session, now):
    nobody = Actor(now=now)
    assert audience.groups_of(session, nobody) == {EVERYONE}
    relief = world.actor("relief")
    assert audience.groups_of(session, relief) >= {EVERYONE, relief.organisation_id}
    assert uuid4() not in audience.groups_of(session, relief)


@pytest.mark.only("postgres", "SQLite has one writer")
def test_two_writers_of_the_same_new_set_get_the_same_audience(database, world):
    """The second waits for the first, then finds what it made."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - one test needs it
    from threading import Event  # noqa: PLC0415 - one test needs it

    groups = [world.organisations["relief"], world.organisations["women"]]
    made, asked = Event(), Event()

    def first() -> UUID:
        with database.writing(world.actor("relief")) as session:
            found = audience.intern(session, groups)
            made.set()
            asked.wait(5)
            return found

    def second() -> UUID:
        made.wait(5)
        with database.writing(world.actor("women")) as session:
            asked.set()
            return audience.intern(session, groups)

    with ThreadPoolExecutor(2) as pool:
        assert pool.submit(first).result() == pool.submit(second).result()
