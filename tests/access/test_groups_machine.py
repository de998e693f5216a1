"""Groups, those within them, joins, leaves and meetings of meetings, in any order: who reads what.

Each audience is kept beside a plain function that says who reads it. After every step all of them
are read as the guard reads them, at every instant so far and after.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from advocacy.access import audience
from advocacy.access.actor import Actor
from advocacy.access.schema import EVERYONE, AudiencePart, GroupKind
from advocacy.ground.errors import Conflict
from advocacy.ground.unit import Database
from tests.specs import audience as spec
from tests.world import NOW, World

ORGANISATIONS = ("relief", "legal", "women")
CIRCLES = ("members", "circle", "inner", "other")
WITHIN = {"circle": "members", "inner": "circle"}
NAMES = (*ORGANISATIONS, *CIRCLES, spec.EVERYONE)
Readers = Callable[[int], set[str]]

part = st.tuples(st.sampled_from(NAMES), st.integers(0, 12))
pick = st.integers(0, 10_000)


class GroupMachine(RuleBasedStateMachine):
    """Time only goes on; audiences are asked at every instant there was."""

    def __init__(self, database: Database, world: World) -> None:
        super().__init__()
        self.database, self.world = database, world
        self.now, self.found = 0, list[tuple[UUID, Readers]]()
        self.spec = spec.Groups(ORGANISATIONS)
        self.ids = {spec.EVERYONE: EVERYONE}
        self.ids |= {key: world.organisations[key] for key in ORGANISATIONS}

    def actor(self, key: str, instant: int) -> Actor:
        now = NOW + timedelta(hours=instant)
        return Actor(now=now, organisation_id=self.ids[key])

    @initialize()
    def begin(self) -> None:
        with self.database.writing(self.actor("relief", 0)) as session:
            for name in CIRCLES:
                around = WITHIN.get(name)
                within = self.ids[around] if around else None
                self.ids[name] = audience.make_group(session, GroupKind.CIRCLE, within=within).id

    @rule(hours=st.integers(0, 2))
    def wait(self, hours: int) -> None:
        self.now += hours

    @rule(name=st.sampled_from(CIRCLES), key=st.sampled_from(ORGANISATIONS))
    def join(self, name: str, key: str) -> None:
        around = WITHIN.get(name)
        may = around is None or key in self.spec.members(around, self.now)
        actor = self.actor(key, self.now)
        try:
            with self.database.writing(actor) as session:
                audience.join(session, self.ids[name], self.ids[key], now=actor.now)
        except Conflict:
            assert not may
        else:
            assert may or key in self.spec.members(name, self.now)
            self.spec.join(name, key, self.now)

    @rule(name=st.sampled_from(CIRCLES), key=st.sampled_from(ORGANISATIONS))
    def leave(self, name: str, key: str) -> None:
        actor = self.actor(key, self.now)
        with self.database.writing(actor) as session:
            audience.leave(session, self.ids[name], self.ids[key], now=actor.now)
        for inner in CIRCLES:
            if inner == name or name in self.around(inner):
                self.spec.leave(inner, key, self.now)

    @staticmethod
    def around(name: str) -> set[str]:
        found = set()
        while name in WITHIN:
            name = WITHIN[name]
            found.add(name)
        return found

    @rule(parts=st.lists(part, min_size=1, max_size=4))
    def make(self, parts: list[tuple[str, int]]) -> None:
        with self.database.writing(self.actor("relief", self.now)) as session:
            opened = [(self.ids[n], NOW + timedelta(hours=o)) for n, o in parts]
            made = audience.intern(session, opened)
        asked = spec.interned(parts)
        self.found.append((made, lambda instant: spec.readers(self.spec, asked, instant)))

    @precondition(lambda self: self.found)
    @rule(one=pick, other=pick)
    def meet(self, one: int, other: int) -> None:
        """Of two that there are: groups' own, or meetings already."""
        (a, ours), (b, theirs) = (self.found[n % len(self.found)] for n in (one, other))
        actor = self.actor("relief", self.now)
        with self.database.writing(actor) as session:
            made = audience.meet(session, a, b, now=actor.now)
        self.found.append((made, lambda instant: ours(instant) & theirs(instant)))

    @invariant()
    def each_is_read_by_those_it_says(self) -> None:
        if not self.found:
            return
        ids = {made for made, _ in self.found}
        with self.database.reading(self.actor("relief", self.now)) as session:
            for instant in range(self.now + 3):
                read: dict[UUID, set[str]] = {made: set() for made in ids}
                for key in ORGANISATIONS:
                    allowed = audience.readable(self.actor(key, instant))
                    query = select(AudiencePart.audience_id).where(
                        AudiencePart.audience_id.in_(ids), AudiencePart.audience_id.in_(allowed)
                    )
                    for made in session.scalars(query):
                        read[made].add(key)
                for made, expected in self.found:
                    assert read[made] == expected(instant)


def test_groups_and_what_they_share_are_as_specified(database: Database, world: World) -> None:
    run_state_machine_as_test(
        lambda: GroupMachine(database, world),
        settings=settings(stateful_step_count=15),
    )
