"""The application against its specification: the same deeds, in any order, with any clock.

Each assertion names the invariant of "Positions and sign-off", section 4, that it holds.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.audit.queries import faults
from advocacy.audit.schema import AuditEvent
from advocacy.carries import actions as carries
from advocacy.ground.errors import DomainError, NotFound
from advocacy.ground.unit import Database
from advocacy.positions import queries as positions
from advocacy.rosters import actions as rosters
from advocacy.rounds import actions as rounds
from advocacy.signoff import actions, queries
from advocacy.signoff.rules import Said
from advocacy.signons import actions as signons
from advocacy.signons.rules import Heard
from advocacy.tallies import queries as tallies
from advocacy.tallies.rules import Posted
from tests.machines.stage import Stage, at
from tests.signoff import scene
from tests.specs import round as spec
from tests.world import NOW, ORGANISATIONS, World

ASKED = ("relief", "legal", "women")
READERS = (*ASKED, "forum")
OPEN_FOR = int((scene.CLOSES_AT - NOW).total_seconds())
DAY = spec.DAY
ACTS = {"signoff.answered", "signoff.lowered", "carries.carried", "carries.voided"}

who = st.sampled_from(READERS)
hands = st.sampled_from([*READERS, "legal", "dana", "dana"])
dial_out, dial_in = st.sampled_from(spec.OUTSIDE), st.sampled_from(spec.INSIDE)
rarely = st.sampled_from([False, False, False, True])
mostly = st.sampled_from([True, True, True, False])
lead = st.sampled_from(["relief"] * 5 + ["legal"])
terms = st.builds(
    spec.Terms,
    mode=st.sampled_from(["explicit", "mixed", "silence"]),
    hidden=st.booleans(),
    body=st.booleans(),
    logos=mostly,
).flatmap(
    lambda of: st.sampled_from([None] if of.mode == "silence" else [None, DAY]).map(
        lambda late: spec.Terms(of.mode, of.hidden, late, of.body, of.logos)
    )
)


class RoundMachine(RuleBasedStateMachine):
    """Relief leads and is asked with Legal and Women; Forum takes part; Dana may sign for Legal."""

    def __init__(self, database: Database, world: World) -> None:
        super().__init__()
        self.database, self.world = database, world
        self.now = 0

    @initialize(terms=terms)
    def begin(self, terms: spec.Terms) -> None:
        self.stage = Stage(self.database, self.world)
        self.hands, self.earlier, self.kept = spec.Hands(), [], {}
        actor = self.actor("relief")
        with self.database.writing(actor) as session:
            round_id = self.stage.open(session, actor, [*ASKED], OPEN_FOR, terms)
        self.begun(round_id, terms, OPEN_FOR)

    def begun(self, round_id: UUID, terms: spec.Terms, closes: int) -> None:
        lead, made = self.actor("relief"), self.stage.made
        with self.database.reading(lead) as session:
            self.hash = queries.round_of(session, lead, round_id).content_hash
        self.round_id, self.opened, self.reached = round_id, self.now, {}
        self.clause = made.version.clauses[0]
        circle = {"relief", *scene.CIRCLE}
        self.spec = spec.Round("relief", circle, set(ASKED), self.hash, closes, terms)
        self.spec.carry([of for _id, of in self.earlier])

    def actor(self, key: str) -> Actor:
        return self.stage.actor(key, self.now)

    def reader(self, key: str) -> Actor:
        return self.world.actor(key, now=at(self.now))

    def both(
        self, key: str, ours: Callable[[Any, Actor], object], theirs: Callable[[], object]
    ) -> bool:
        """Do it to both, a second later; either both refuse or neither does. True when done."""
        self.now += 1
        refused: list[Any] = [None, None]
        actor = self.actor(key)
        try:
            with self.database.writing(actor) as session:
                ours(session, actor)
        except DomainError as error:
            refused[0] = error
        try:
            theirs()
        except spec.Refused as error:
            refused[1] = error
        assert bool(refused[0]) == bool(refused[1]), (
            f"I5: ours refused {refused[0]!r}, spec {refused[1]!r}"
        )
        return not refused[0]

    def of(self, key: str) -> str:
        return "legal" if key == "dana" else key

    def signs(self, key: str) -> None:
        if self.of(key) == "legal":
            spec.unless(self.hands.signs(own=key == "legal", now=self.now) is not None)

    # --- answers ---

    @rule(seconds=st.sampled_from([60, 3_600, DAY, OPEN_FOR - 1, OPEN_FOR]))
    def wait(self, seconds: int) -> None:
        self.now = min(self.now + seconds, 20 * DAY)

    @rule(
        key=hands, kind=st.sampled_from([*spec.ANSWERS, "endorse"]), outside=dial_out,
        inside=dial_in, logo=st.booleans(), right_hash=mostly,
        behind=st.sampled_from([0, 0, 0, 1]),
    )  # fmt: skip
    def answer(
        self, key: str, kind: str, outside: str, inside: str, logo: bool, right_hash: bool,
        behind: int,
    ) -> None:  # fmt: skip
        seen = self.hash if right_hash else "0" * 64
        known = self.spec.number(self.of(key)) - behind
        said = Said(kind, outside, inside, "Shown", logo=logo, note="x", clauses=(self.clause.cid,))
        says = spec.Says(kind, outside, inside, logo, seen, key)
        after = self.nth(key, known)

        def theirs() -> None:
            org = self.of(key)
            if org == "legal":
                before, own = self.spec.current(org), key == "legal"
                self.hands.must_answer(says, before, own=own, now=self.now)
            self.spec.answer(org, says, after=known, now=self.now)

        self.both(
            key,
            lambda s, a: actions.answer(s, a, self.round_id, said, seen_hash=seen, after=after),
            theirs,
        )

    def nth(self, key: str, number: int) -> UUID | None:
        """The id of an organisation's nth act; a made-up one where it has made fewer."""
        if number < 0:
            return UUID(int=7)
        return self.stage.acts(self.round_id, key, self.now)[number - 1].id if number else None

    @rule(key=hands, outside=dial_out, inside=dial_in)
    def lower(self, key: str, outside: str, inside: str) -> None:
        def theirs() -> None:
            self.signs(key)
            self.spec.lower(self.of(key), outside=outside, inside=inside, by=key)

        self.both(
            key,
            lambda s, a: actions.lower(s, a, self.round_id, outside=outside, inside=inside),
            theirs,
        )

    @rule(key=st.sampled_from(ASKED), sure=rarely, recall=st.booleans())
    def take_out(self, key: str, sure: bool, recall: bool) -> None:
        """A sign-off without mandate is voided by a row; a carried one is recalled."""
        if not (sure or recall):
            return

        def ours(session: Any, actor: Actor) -> None:
            if recall:
                carries.recall(session, actor, self.round_id)
                return
            mine = queries.my_answer(session, actor, self.round_id)
            after = mine.id if mine else UUID(int=7)
            carries.void(session, actor, self.round_id, reason="x", after=after)

        def theirs() -> None:
            self.signs(key)
            if recall:
                self.spec.recall(key, key, self.now)
            else:
                self.spec.void(key, key)

        self.both(key, ours, theirs)

    # --- the round ---

    @rule(key=lead, days=st.sampled_from([-1, 1, 1, 30]), current=mostly)
    def extend(self, key: str, days: int, current: bool) -> None:
        later = self.spec.closes + days * DAY
        self.both(
            key,
            lambda s, a: self.stage.extend(s, a, self.round_id, later, current),
            lambda: self.spec.extend(key, later=later, current=current, now=self.now),
        )

    @rule(key=lead, other=who, on=st.booleans())
    def change_the_roster(self, key: str, other: str, on: bool) -> None:
        organisation = self.stage.organisation(other)

        def ours(session: Any, actor: Actor) -> None:
            if on:
                rosters.add_to_roster(session, actor, self.round_id, organisation)
            else:
                rosters.take_off(session, actor, self.round_id, organisation, reason="x")

        do = self.spec.add if on else self.spec.take_off
        self.both(key, ours, lambda: do(key, other, self.now))

    @rule(key=lead, other=st.sampled_from(ASKED), kind=st.sampled_from(["endorse", "decline"]))
    def hear_by_phone(self, key: str, other: str, kind: str) -> None:
        if other in self.spec.roster:
            name = ORGANISATIONS[other][0]
            heard = Heard(name, kind, "phone", shown_name="Shown" if kind == "endorse" else "")
            self.both(
                key,
                lambda s, a: signons.note(s, a, self.round_id, heard),
                lambda: self.spec.note(key, kind, self.now),
            )

    @rule(other=st.sampled_from(ASKED), state=st.sampled_from(list(Posted)))
    def deliver(self, other: str, state: Posted) -> None:
        self.now += 1
        self.stage.deliver(self.round_id, other, state, self.now)
        if state != Posted.DELIVERED:
            self.reached.pop(other, None)
        else:
            self.reached.setdefault(other, self.now)

    @rule(key=who)
    def close(self, key: str) -> None:
        self.both(
            key,
            lambda s, a: rounds.close(s, a, self.round_id),
            lambda: self.spec.close(key, self.now),
        )

    @rule(key=lead, sure=rarely)
    def abandon(self, key: str, sure: bool) -> None:
        if sure:
            self.both(
                key,
                lambda s, a: rounds.abandon(s, a, self.round_id, reason="x"),
                lambda: self.spec.abandon(key),
            )

    @rule(key=lead, change=st.sampled_from(["same", "same", "word", "audience"]), terms=terms)
    def open_again(self, key: str, change: str, terms: spec.Terms) -> None:
        """Also while one stands: refused (I3)."""
        made: list[Any] = []
        closes = self.now + 1 + OPEN_FOR
        done = self.both(
            key,
            lambda s, a: made.extend(self.stage.open_again(s, a, change, [*ASKED], closes, terms)),
            lambda: spec.unless(key == "relief", self.spec.abandoned),
        )
        if done:
            round_id, self.stage.made = made
            self.earlier.append((self.round_id, self.spec))
            before = self.hash
            self.begun(round_id, terms, closes)
            assert (self.hash == before) == (change == "same"), "I9: another audience, another hash"

    # --- hands ---

    @rule(key=st.sampled_from(["legal", "legal", "dana"]),
          scope=st.sampled_from(["public", "private", "comment"]),
          first=st.sampled_from([0, 0, DAY]), last=st.sampled_from([0, 60, 2 * DAY]))  # fmt: skip
    def lend(self, key: str, scope: str, first: int, last: int) -> None:
        first, last = self.now + 1 + first, self.now + 1 + last
        self.both(
            key,
            lambda s, a: self.stage.lend(s, a, scope, first, last),
            lambda: self.hands.lend(
                own=key == "legal", scope=scope, first=first, last=last, now=self.now
            ),
        )

    @rule(key=st.sampled_from(["legal", "dana"]))
    def take_back(self, key: str) -> None:
        self.both(
            key,
            self.stage.end_lending,
            lambda: self.hands.end(own=key == "legal", now=self.now),
        )

    @rule(sure=rarely)
    def leave_or_come_back(self, sure: bool) -> None:
        if sure:
            self.now += 1
            self.hands.seated = not self.hands.seated
            self.stage.seat(is_seated=self.hands.seated, now=self.now)

    # --- what holds after each deed ---

    @invariant()
    def everybody_reads_what_the_specification_says(self) -> None:
        if not hasattr(self, "spec"):
            return
        for reader in READERS:
            actor = self.reader(reader)
            with self.database.reading(actor) as session:
                row = queries.round_of(session, actor, self.round_id)
                lines = queries.roster(session, actor, self.round_id)
            self._agrees(reader, row, lines)

    def _agrees(self, reader: str, row: Any, lines: list[Any]) -> None:
        assert row.state == self.spec.state(self.now), "I20: the state comes from time and rows"
        assert row.is_late == self.spec.is_late(self.now), "I20: late names only in their time"
        seen = {x.organisation_id: x.answer for x in lines if x.answer}
        if reader == "relief":
            visible = {k for k in READERS if self.spec.sees(reader, k, self.now)}
            listed = {self.stage.organisation(k) for k in visible | self.spec.roster}
            assert {x.organisation_id for x in lines} == listed, "I13: silent and hidden look alike"
        for key in READERS:
            given = seen.get(self.stage.organisation(key))
            sees = self.spec.sees(reader, key, self.now)
            assert (given is not None) == sees, f"I13: {reader} sees {key}: {not sees}"
            if given is not None:
                self._is_what_was_said(given, self.spec.current(key))

    def _is_what_was_said(self, given: Any, says: spec.Says | None) -> None:
        assert says is not None
        dials = (given.kind, given.outside, given.inside)
        assert dials == (says.answer, says.outside, says.inside), "I4, I12: the last own act counts"
        assert given.logo == says.logo, "I14: a logo needs its own yes, and a round with logos"
        assert given.content_hash == self.hash, "I1: on exactly this text"
        assert given.version_id == self.stage.made.version.id, "I1: on exactly this version"
        for anchor in given.clauses:
            assert anchor.clause_hash == self.clause.hash, "I18: to the clause as it was signed"

    @invariant()
    def outside_shows_what_the_specification_says(self) -> None:
        if not hasattr(self, "spec"):
            return
        lead = self.reader("relief")
        names = {organisation: key for key, organisation in self.world.organisations.items()}
        with self.database.reading(lead) as session:
            shown = queries.shown(session, lead, self.round_id)
            silent = tallies.silences(session, lead, queries.round_of(session, lead, self.round_id))
        found = {names[s.organisation_id]: (s.outside, s.logo) for s in shown}
        assert found == self.spec.outside(), (
            "I6, I12, I14, I17: outside stands what was said, not heard, and nothing from silence"
        )
        for organisation, meaning in silent.items():
            self._means(names[organisation], meaning.value)

    def _means(self, key: str, meaning: str) -> None:
        if self.spec.terms.mode == "explicit":
            assert meaning == "lapsed", "I6: silence is not a signature"
        elif key not in self.reached:
            assert meaning == "not-reached", "I7: who was not reached has not consented"
        elif key not in self.spec.changed and self.reached[key] <= self.opened + 3_600:
            assert meaning in {"tacit-no-objection", "not-reached"}, "I6: never more than that"

    @invariant()
    def nothing_that_was_said_is_changed_or_erased(self) -> None:
        if not hasattr(self, "spec"):
            return
        for key in READERS:
            acts = self.stage.acts(self.round_id, key, self.now)
            assert len(acts) == self.spec.number(key), "I4: one row for each act"
            for number, act in enumerate(acts):
                assert self.kept.setdefault(act.id, act) == act, "I4: rows are only added"
                said = self.spec.history[key][number].answer
                assert act.kind == said, "I4, I15: what was signed stands, in its order"

    @invariant()
    def a_donor_knows_of_nothing(self) -> None:
        if hasattr(self, "spec"):
            donor, seen = self.reader("donor"), True
            with self.database.reading(donor) as session:
                try:
                    queries.round_of(session, donor, self.round_id)
                except NotFound:
                    seen = False
            assert not seen, "I24: a donor never reads a round"

    def teardown(self) -> None:
        if not hasattr(self, "spec"):
            return
        lead = self.reader("relief")
        every = [*self.earlier, (self.round_id, self.spec)]
        with self.database.reading(lead) as session:
            for round_id, of in every:
                row = queries.round_of(session, lead, round_id)
                version = positions.version(session, lead, row.version_id)
                assert row.content_hash == version.rehashed == of.hash, "I2: frozen is frozen"
                with guard.system(session, guard.System.AUDIT_VERIFY):
                    number = session.scalar(_EVENTS.where(AuditEvent.book == f"round:{round_id}"))
                acts = sum(len(said) for said in of.history.values())
                assert number == acts, "I21: one event for each act"
            open_ = [r for r in queries.rounds(session, lead, row.position_id) if r.is_open]
            assert len(open_) <= 1, "I3: one open round"


_EVENTS = select(func.count()).select_from(AuditEvent).where(AuditEvent.name.in_(ACTS))


def _as_long() -> settings:
    """A short walk in the suite; under the profile `proof`, 10,000 steps."""
    is_proof = settings.default is not None and settings.default.max_examples > 100
    return settings() if is_proof else settings(max_examples=5, stateful_step_count=30)


def test_a_round_does_what_its_specification_says(database: Database, world: World) -> None:
    run_state_machine_as_test(lambda: RoundMachine(database, world), settings=_as_long())
    reading = database.reading(world.actor("relief"))
    with reading as session, guard.system(session, guard.System.AUDIT_VERIFY):
        assert list(faults(session)) == [], "I21: the chain is whole"
