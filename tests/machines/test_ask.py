"""An ask against its specification: who, in which state, with what evidence, on which day.

Each assertion names the invariant of "Recommendations", section 2, that it holds. Where each of
the fifteen is held: tests/asks/test_invariants.py.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
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

from advocacy.access.actor import Actor
from advocacy.asks import actions, queries
from advocacy.asks.actions import NewAsk
from advocacy.asks.rules import AXIS_OF, Given, Kind, is_late
from advocacy.asks.schema import Axis
from advocacy.ground.errors import DomainError
from advocacy.ground.unit import Database
from advocacy.institutions import actions as institutions
from advocacy.institutions.queries import named as known
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.actions import NewText
from tests.asks.test_actions import recomputed
from tests.specs import ask as spec
from tests.world import NOW, World

TODAY = NOW.date()
ZONE = "Asia/Amman"
STRANGER = UUID(int=7)
workers = st.sampled_from(["relief", "relief", "women", "legal", "cluster", "donor"])
others = st.sampled_from(["legal", "legal", "rights", "forum", "women", "relief", "observer"])
anybody = st.sampled_from(["relief", "legal", "women", "cluster", "forum", "donor"])
mostly = st.sampled_from([True, True, True, True, False])
days = st.sampled_from([0, 0, 0, 0, -3, -40, 2, None])
proof = st.sampled_from([0, 0, 0, -3, -40, 2, None])
given = st.builds(
    spec.Carries, words=mostly, on=days, evidence_on=proof, against=mostly, opened=mostly,
    sure=mostly, current=st.sampled_from([True] * 9 + [False]),
)  # fmt: skip


class AskMachine(RuleBasedStateMachine):
    """Relief leads an ask that was put to Women, or to somebody without an account."""

    def __init__(self, database: Database, world: World) -> None:
        super().__init__()
        self.database, self.world = database, world
        self.today = self.second = 0

    @initialize(addressed=st.sampled_from(["women", "women", None]))
    def begin(self, addressed: str | None) -> None:
        self.recommendation, self.id = self.made(addressed)
        self.newer, _other = self.made(None)
        self.spec = spec.Ask(issued=-30, addressed=addressed)
        self.first: Any = None

    def made(self, addressed: str | None) -> tuple[UUID, UUID]:
        actor, world = self.actor("relief"), self.world
        with self.database.writing(actor) as session:
            name = f"To {addressed}"
            to = known(session, actor, workspace_id=world.workspace_id, name=name) or (
                institutions.add(
                session, actor, workspace_id=world.workspace_id, name=name,
                kind="authority", member_id=world.organisations.get(addressed or ""),
            ))  # fmt: skip
            row = recommendations.add(
                session, actor, workspace_id=world.workspace_id, reach="public", to=NewAsk(to.id),
                new=NewText("Open", "Open it", issued_on=TODAY - timedelta(days=30)),
            )  # fmt: skip
            return row.id, queries.asks_of(session, actor, [row.id])[row.id][0].id

    def actor(self, by: str, person: str | None = None) -> Actor:
        """Who acts now; person: whose hands they are, when somebody changed organisations."""
        now = NOW + timedelta(days=self.today, seconds=self.second)
        found = self.world.actor(by, now=now)
        return replace(found, person_id=self.world.people[person]) if person else found

    def day(self, n: int | None) -> Any:
        return None if n is None else TODAY + timedelta(days=self.today + n)

    def both(
        self, by: str, kind: Kind, to: str, of: spec.Carries, theirs: Callable[..., object],
        *, person: str | None = None, **more: Any,
    ) -> None:  # fmt: skip
        """Do it to both, a second later; either both refuse or neither does."""
        self.second += 1
        actor, refused = self.actor(by, person), ["", ""]
        proof = {"url": "https://example.org/a", "evidence_on": self.day(of.evidence_on)}
        told = Given(
            text="words" if of.words else " ", effective_on=self.day(of.on), opened=of.opened,
            confidence="high" if of.sure else "", direction="contradicts" if of.against else
            "supports", **(proof if of.evidence_on is not None else {}), **more,
        )  # fmt: skip
        try:
            with self.database.writing(actor) as session:
                last = queries.head(session, actor, self.id, AXIS_OF.get(kind, Axis.PROGRESS))
                after = (last.id if last else None) if of.current else STRANGER
                actions.act(
                    session, actor, ask_id=self.id, kind=kind, to=to, given=told, after=after
                )
        except DomainError as error:
            refused[0] = repr(error)
        try:
            theirs(replace(of, on=self.n(of.on), evidence_on=self.n(of.evidence_on)), self.today)
        except spec.Refused:
            refused[1] = "the table"
        assert bool(refused[0]) == bool(refused[1]), f"{by} {kind} {to}: refused by {refused}"

    def n(self, day: int | None) -> int | None:
        return None if day is None else self.today + day

    @rule(days=st.sampled_from([1, 13, 14, 40, 100]))
    def wait(self, days: int) -> None:
        self.today += days

    @rule(by=workers, to=st.sampled_from(["not_started", "in_progress", "partial"]), of=given)
    def update(self, by: str, to: str, of: spec.Carries) -> None:
        self.both(by, Kind.UPDATE, to, of, lambda *a: self.spec.update(by, to, *a))

    @rule(by=workers, of=given)
    def claim(self, by: str, of: spec.Carries) -> None:
        self.both(by, Kind.CLAIM, "claimed", of, lambda *a: self.spec.claim(by, *a))

    @rule(by=others, person=others, own=mostly, of=given)
    def verify(self, by: str, person: str, own: bool, of: spec.Carries) -> None:
        who = by if own else person
        self.both(
            by, Kind.VERIFY, "implemented", of, lambda *a: self.spec.verify(by, who, *a),
            person=who,
        )  # fmt: skip

    @rule(by=others, person=others, own=mostly, of=given, to=st.sampled_from(["partial"]))
    def refuse(self, by: str, person: str, own: bool, of: spec.Carries, to: str) -> None:
        who = by if own else person
        self.both(
            by, Kind.REFUSE_VERIFY, to, of, lambda *a: self.spec.refuse(by, who, to, *a),
            person=who,
        )  # fmt: skip

    @rule(by=anybody, of=given)
    def reverse(self, by: str, of: spec.Carries) -> None:
        self.both(by, Kind.REVERSE, "regressed", of, lambda *a: self.spec.reverse(by, *a))

    @rule(by=others, person=others, own=mostly, of=given)
    def confirm_reverse(self, by: str, person: str, own: bool, of: spec.Carries) -> None:
        who = by if own else person
        self.both(
            by, Kind.CONFIRM_REVERSE, "regressed", of,
            lambda *a: self.spec.confirm_reverse(by, who, *a), person=who,
        )  # fmt: skip

    @rule(of=given, which=st.integers(0, 9), own=mostly, by=anybody)
    def withdraw(self, of: spec.Carries, which: int, own: bool, by: str) -> None:
        pieces = self.spec.pieces
        n = len(pieces) - 1 - which % len(pieces) if pieces else 0
        who = pieces[n].by if pieces and own else by
        reader = self.actor("relief")
        with self.database.reading(reader) as session:
            found = queries.evidence(session, reader, [self.id])
        piece = found[n].id if pieces else STRANGER
        self.both(
            who, Kind.WITHDRAW_EVIDENCE, "withdraw_evidence", of,
            lambda *a: self.spec.withdraw(who, n, *a), evidence_id=piece,
        )  # fmt: skip

    @rule(by=anybody, to=st.sampled_from(["closed_unmet", "overtaken"]), of=given)
    def propose(self, by: str, to: str, of: spec.Carries) -> None:
        self.both(by, Kind.PROPOSE_CLOSE, to, of, lambda *a: self.spec.propose(by, to, *a))

    @rule(by=others, of=given)
    def keep_open(self, by: str, of: spec.Carries) -> None:
        self.both(by, Kind.KEEP_OPEN, "keep_open", of, lambda *a: self.spec.keep_open(by, *a))

    @rule(by=anybody, to=st.sampled_from(sorted(spec.CLOSED)), newer=mostly, of=given)
    def close(self, by: str, to: str, newer: bool, of: spec.Carries) -> None:
        self.both(
            by, Kind.CLOSE, to, of, lambda *a: self.spec.close(by, to, newer, *a),
            newer_id=self.newer if newer else None,
        )  # fmt: skip

    @rule(by=anybody, of=given)
    def reopen(self, by: str, of: spec.Carries) -> None:
        self.both(by, Kind.REOPEN, "in_progress", of, lambda *a: self.spec.reopen(by, *a))

    @rule(
        by=anybody, of=given,
        to=st.sampled_from(["none", "accepted", "in_part", "rejected", "no_reply_expected"]),
    )  # fmt: skip
    def respond(self, by: str, to: str, of: spec.Carries) -> None:
        before = self.spec.progress
        self.both(by, Kind.RESPONSE, to, of, lambda *a: self.spec.respond(by, to, *a))
        assert self.seen().progress == before, "I4: no answer ends it"

    @rule(by=workers, due=st.sampled_from([-5, 1, 30]), of=given)
    def move(self, by: str, due: int, of: spec.Carries) -> None:
        self.both(
            by, Kind.DATE_CHANGE, "date_change", of,
            lambda c, today: self.spec.move(by, today + due, c, today), due_on=self.day(due),
        )  # fmt: skip

    @rule(
        by=others, kind=st.sampled_from([Kind.RAISED, Kind.NO_CHANGE, Kind.CANNOT_ASSESS]), of=given
    )
    def say(self, by: str, kind: Kind, of: spec.Carries) -> None:
        self.both(by, kind, kind.value, of, lambda *a: self.spec.say(kind.value, by, *a))

    # --- what holds after each step ---

    def seen(self) -> Any:
        reader = self.actor("relief")
        with self.database.reading(reader) as session:
            row = queries.ask(session, reader, self.id)
            kept = actions.kept(row)
            assert kept == recomputed(session, row, zone=ZONE), "I3: the acts say it all"
            return kept

    @invariant()
    def they_agree(self) -> None:
        if not hasattr(self, "spec"):
            return
        of, seen, who = self.spec, self.seen(), self.world.organisations
        ids = [who.get(key or "") for key in (of.claimed_by, of.verified_by, of.alleged_by)]
        assert [seen.claimed_by, seen.verified_by, seen.alleged_by] == ids
        assert (seen.progress, seen.response) == (of.progress, of.response)
        closing = of.proposal and (of.proposal[0], who[of.proposal[1]])
        assert closing == (seen.closing_to and (seen.closing_to, seen.closing_by))
        if of.progress == "implemented":
            assert of.rests("claim"), "I1, I2: done rests on live evidence"
            assert ids[0] != ids[1], "I1: by another"
            assert of.verified_by not in of.doers, "I1: by none whose work it is"
        if of.progress == "regressed":
            assert (seen.held_from, seen.held_to) == tuple(map(self.at, of.held)), "I14"

    @invariant()
    def dates_agree(self) -> None:
        if not hasattr(self, "spec"):
            return
        of, seen = self.spec, self.seen()
        first = self.at(of.first_due)
        assert (seen.original_due_on, seen.due_on) == (first, self.at(of.due)), "I5"
        assert self.first in {None, first}, "I5: the first date never changes"
        self.first = first
        late = of.late_after is not None and of.late_after < self.today
        is_open = of.progress in spec.OPEN
        found = is_late(seen.late_after, seen.progress, on=self.day(0))
        assert found == (late and is_open), "I6"

    def at(self, n: int | None) -> Any:
        return None if n is None else TODAY + timedelta(days=n)


def _as_long() -> settings:
    """A short walk in the suite; under the profile `proof`, 10,000 steps."""
    is_proof = settings.default is not None and settings.default.max_examples > 100
    return settings() if is_proof else settings(max_examples=4, stateful_step_count=25)


def test_an_ask_does_what_the_table_says(database: Database, world: World) -> None:
    run_state_machine_as_test(lambda: AskMachine(database, world), settings=_as_long())
