"""The application against its specification: the same deeds, in any order, with any clock."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from advocacy.access.actor import Actor
from advocacy.ground.errors import DomainError
from advocacy.ground.unit import Database
from advocacy.rounds import actions as rounds_actions
from advocacy.signoff import actions, queries
from advocacy.signoff.rules import Said
from tests.signoff import scene
from tests.specs import round as spec
from tests.world import NOW, World

ASKED = ("relief", "legal", "women")
READERS = (*ASKED, "forum")
CLOSES = int((scene.CLOSES_AT - NOW).total_seconds())

who = st.sampled_from(READERS)
dial_out, dial_in = st.sampled_from(spec.OUTSIDE), st.sampled_from(spec.INSIDE)


class RoundMachine(RuleBasedStateMachine):
    """Relief leads and is asked with Legal and Women; Forum takes part and is not asked."""

    def __init__(self, database: Database, world: World) -> None:
        super().__init__()
        self.database, self.world = database, world
        self.now = 0

    @initialize()
    def begin(self) -> None:
        made = scene.frozen(self.database, self.world)
        lead = self.actor("relief")
        with self.database.writing(lead) as session:
            self.round_id = made.open_round(session, lead, scene.ids(self.world, *ASKED))
            self.hash = queries.round_of(session, lead, self.round_id).content_hash
        self.clause = made.version.clauses[0].cid
        self.spec = spec.Round("relief", set(ASKED), self.hash, CLOSES)

    def actor(self, key: str) -> Actor:
        return self.world.actor(key, now=NOW + timedelta(seconds=self.now))

    def both(self, key: str, ours: Callable[..., object], theirs: Callable[[], object]) -> None:
        """Do it to both; either both refuse or neither does."""
        refused = [False, False]
        actor = self.actor(key)
        try:
            with self.database.writing(actor) as session:
                ours(session, actor)
        except DomainError:
            refused[0] = True
        try:
            theirs()
        except spec.Refused:
            refused[1] = True
        assert refused[0] == refused[1], f"ours refused: {refused[0]}, spec: {refused[1]}"

    @rule(seconds=st.sampled_from([60, 3_600, 86_400, CLOSES - 1, CLOSES]))
    def wait(self, seconds: int) -> None:
        self.now = min(self.now + seconds, 2 * CLOSES)

    @rule(
        key=who, kind=st.sampled_from(spec.ANSWERS), outside=dial_out, inside=dial_in,
        right_hash=st.sampled_from([True, True, True, False]), behind=st.sampled_from([0, 0, 0, 1]),
    )  # fmt: skip
    def answer(
        self, key: str, kind: str, outside: str, inside: str, right_hash: bool, behind: int
    ) -> None:
        seen = self.hash if right_hash else "0" * 64
        known = self.spec.number(key) - behind
        said = Said(kind, outside, inside, "Shown", note="x", clauses=(self.clause,))
        after = self.nth(key, known)
        self.both(
            key,
            lambda s, a: actions.answer(s, a, self.round_id, said, seen_hash=seen, after=after),
            lambda: self.spec.answer(
                key, answer=kind, outside=outside, inside=inside, seen=seen,
                after=known, now=self.now,
            ),
        )  # fmt: skip

    def nth(self, key: str, number: int) -> UUID | None:
        """The id of an organisation's nth act; a made-up one where it has made fewer."""
        if number < 0:
            return UUID(int=7)
        with self.database.reading(self.actor(key)) as session:
            mine = queries.my_answer(session, self.actor(key), self.round_id)
        for _step in range(self.spec.number(key) - number):
            if mine is None or mine.previous_id is None:
                return None
            with self.database.reading(self.actor(key)) as session:
                mine = queries.receipt(session, self.actor(key), mine.previous_id)
        return mine.id if mine else None

    @rule(key=who, outside=dial_out, inside=dial_in)
    def lower(self, key: str, outside: str, inside: str) -> None:
        self.both(
            key,
            lambda s, a: actions.lower(s, a, self.round_id, outside=outside, inside=inside),
            lambda: self.spec.lower(key, outside=outside, inside=inside),
        )

    @rule(key=who)
    def close(self, key: str) -> None:
        self.both(
            key,
            lambda s, a: rounds_actions.close(s, a, self.round_id),
            lambda: self.spec.close(key, self.now),
        )

    @rule(key=who, sure=st.sampled_from([False, False, False, True]))
    def abandon(self, key: str, sure: bool) -> None:
        if sure:
            self.both(
                key,
                lambda s, a: rounds_actions.abandon(s, a, self.round_id, reason="x"),
                lambda: self.spec.abandon(key),
            )

    @invariant()
    def everybody_reads_what_the_specification_says(self) -> None:
        if not hasattr(self, "spec"):
            return
        for reader in READERS:
            actor = self.actor(reader)
            with self.database.reading(actor) as session:
                lines = queries.roster(session, actor, self.round_id)
                row = queries.round_of(session, actor, self.round_id)
            seen = {x.organisation_id: x.answer for x in lines if x.answer}
            assert row.is_open == self.spec.is_open(self.now)
            for key in READERS:
                given = seen.get(self.world.organisations[key])
                assert (given is not None) == self.spec.sees(reader, key, self.now)
                if given is not None:
                    says = self.spec.current(key)
                    assert says is not None
                    assert (given.kind, given.outside, given.inside) == (
                        says.answer,
                        says.outside,
                        says.inside,
                    )

    @invariant()
    def outside_shows_what_the_specification_says(self) -> None:
        if not hasattr(self, "spec"):
            return
        lead = self.actor("relief")
        names = {organisation: key for key, organisation in self.world.organisations.items()}
        with self.database.reading(lead) as session:
            shown = queries.shown(session, lead, self.round_id)
        assert {names[s.organisation_id]: s.outside for s in shown} == self.spec.outside()


def test_a_round_does_what_its_specification_says(database: Database, world: World) -> None:
    run_state_machine_as_test(
        lambda: RoundMachine(database, world),
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
