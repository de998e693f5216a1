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
from advocacy.ground.errors import Conflict
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
@given(deeds, deeds, parts, parts, st.sampled_from((0, 4)))
def test_a_meeting_holds_those_who_are_in_both_at_every_instant(
    world, session, now, before, after, ours, theirs, asked
):
    """Whenever it was asked for, and whoever came and went since."""
    both = Both(session, world, now)
    for deed in before:
        both.do(*deed)
    a, b = both.intern(ours), both.intern(theirs)
    met = audience.meet(session, a, b, now=both.at(asked))
    back = audience.meet(session, b, a, now=both.at(asked))
    for deed in after:
        both.do(*deed)
    x, y = spec.interned(ours), spec.interned(theirs)
    for instant in range(6):
        expected = spec.readers_of_both(both.spec, x, y, instant)
        assert both.readers(met, instant) == expected
        assert both.readers(back, instant) == expected


@CALM
@given(deeds, parts, parts, st.sampled_from((0, 4)))
def test_a_meeting_is_never_wider_than_either(world, session, now, done, ours, theirs, asked):
    """An embargo of the parent is one of the child, at every instant."""
    both = Both(session, world, now)
    for deed in done:
        both.do(*deed)
    a, b = both.intern(ours), both.intern(theirs)
    met = audience.meet(session, a, b, now=both.at(asked))
    for instant in range(6):
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


@pytest.mark.parametrize("kind", sorted(set(GroupKind) - {GroupKind.MEETING}))
def test_each_kind_of_group_has_its_cap(kind, world, session):
    group = EVERYONE if kind is GroupKind.EVERYONE else audience.make_group(session, kind).id
    for sensitivity in (1, 2, 3, 4):
        kept = audience.cap(session, [group], sensitivity) != []
        assert kept == spec.is_allowed(kind, sensitivity)


def test_a_meeting_goes_as_far_as_the_narrowest_of_its_groups(world, session, now):
    donors, members, circle = (
        audience.make_group(session, kind).id
        for kind in (GroupKind.DONORS, GroupKind.MEMBERS, GroupKind.CIRCLE)
    )
    for groups, highest in (((donors, members), 3), ((donors, circle), 4)):
        one, other = (audience.intern(session, [group]) for group in groups)
        ((met, _opens),) = audience.parts_of(session, audience.meet(session, one, other, now=now))
        kept = [s for s in (1, 2, 3, 4) if audience.cap(session, [met], s)]
        assert kept == list(range(1, highest + 1))


def test_an_organisation_met_with_a_circle_is_still_named_as_itself(world, session, now):
    relief, legal = world.organisations["relief"], world.organisations["legal"]
    circle = audience.make_group(session, GroupKind.CIRCLE).id
    audience.join(session, circle, relief, now=now)
    own = audience.intern(session, [relief, legal])
    met = audience.meet(session, audience.intern(session, [legal, circle]), own, now=now)
    assert audience.named(session, met) == {relief, legal}


def test_the_same_groups_met_again_are_the_same_audience(world, session, now):
    a, b, c = (audience.make_group(session, GroupKind.CIRCLE).id for _ in "abc")
    one, two, three = (audience.intern(session, [group]) for group in (a, b, c))

    def meet(x, y):
        return audience.meet(session, x, y, now=now)

    first = meet(one, two)
    assert first == meet(two, one) == meet(first, one) == meet(first, first)
    assert meet(first, three) == meet(one, meet(two, three)) == meet(meet(three, one), first)


def test_who_is_not_around_cannot_join_within(world, session, now):
    relief = world.organisations["relief"]
    outer = audience.make_group(session, GroupKind.MEMBERS).id
    inner = audience.make_group(session, GroupKind.CIRCLE, within=outer).id
    with pytest.raises(Conflict):
        audience.join(session, inner, relief, now=now)
    later = now + timedelta(hours=1)
    audience.join(session, outer, relief, now=now)
    audience.leave(session, outer, relief, now=later)
    audience.join(session, inner, relief, now=now)  # by a clock that runs behind
    assert audience.members(session, inner, now=now) == {relief}
    assert audience.members(session, inner, now=later) == set()


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


def test_a_circle_of_members_beside_the_members_reaches_nobody_more(world, session, now):
    relief, donor = world.organisations["relief"], world.organisations["donor"]
    members = audience.make_group(session, GroupKind.MEMBERS).id
    circle = audience.make_group(session, GroupKind.CIRCLE, within=members).id
    elsewhere = audience.make_group(session, GroupKind.CIRCLE).id
    old = audience.intern(session, [relief, members, donor])
    for groups, more in (((relief, members, circle), False), ((relief, elsewhere), True)):
        new = audience.intern(session, groups)
        assert audience.reaches_more(session, new, old, now=now) is more


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


@pytest.mark.only("postgres", "SQLite has one writer")
def test_who_leaves_while_a_meeting_is_made_is_not_in_it(database, world, now):
    """The one who leaves waits for the meeting to be there, and then leaves it too."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - one test needs it
    from threading import Event  # noqa: PLC0415 - one test needs it

    relief, later = world.organisations["relief"], now + timedelta(hours=1)
    with database.writing(world.actor("relief")) as session:
        a, b = (audience.make_group(session, GroupKind.CIRCLE).id for _ in "ab")
        for group in (a, b):
            audience.join(session, group, relief, now=now)
        one, two = (audience.intern(session, [group]) for group in (a, b))
    made, asked = Event(), Event()

    def meet() -> UUID:
        with database.writing(world.actor("legal")) as session:
            met = audience.meet(session, one, two, now=now)
            made.set()
            asked.wait(1)  # by now the other waits for us
            return met

    def leave() -> None:
        made.wait(5)
        with database.writing(world.actor("women")) as session:
            audience.leave(session, a, relief, now=later)
            asked.set()

    with ThreadPoolExecutor(2) as pool:
        met, _ = pool.submit(meet), pool.submit(leave).result()
    with database.reading(world.actor("legal")) as session:
        ((group, _opens),) = audience.parts_of(session, met.result())
        assert group not in {a, b}
        assert audience.members(session, group, now=now) == {relief}
        assert audience.members(session, group, now=later) == set()


@pytest.mark.only("postgres", "SQLite has one writer")
def test_who_leaves_two_groups_at_once_leaves_what_they_share(database, world, now):
    """Two transactions that each see the other group as it was: the second one counts anew."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - one test needs it
    from threading import Barrier  # noqa: PLC0415 - one test needs it

    relief, later = world.organisations["relief"], now + timedelta(hours=1)
    with database.writing(world.actor("relief")) as session:
        a, b = (audience.make_group(session, GroupKind.CIRCLE).id for _ in "ab")
        for group in (a, b):
            audience.join(session, group, relief, now=now)
        one, two = (audience.intern(session, [group]) for group in (a, b))
        met = audience.meet(session, one, two, now=now)
        ((shared, _opens),) = audience.parts_of(session, met)
    together = Barrier(2)

    def leave(group: UUID) -> None:
        with database.writing(world.actor("women")) as session:
            together.wait(5)
            audience.leave(session, group, relief, now=later)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(leave, group) for group in (a, b)]:
            done.result()
    with database.reading(world.actor("legal")) as session:
        assert audience.members(session, shared, now=now) == {relief}
        assert audience.members(session, shared, now=later) == set()
