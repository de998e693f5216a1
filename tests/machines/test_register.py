"""The register against its specification: who reads what, after any deeds in any order."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from advocacy.access.actor import Actor
from advocacy.duplicates import actions as duplicates
from advocacy.duplicates import queries as read_duplicates
from advocacy.ground.errors import DomainError
from advocacy.ground.unit import Database
from advocacy.talks import actions as talks
from tests.machines.register_stage import CAME, Seen, Stage
from tests.specs import circles as spec
from tests.specs.hanging import Hanging
from tests.specs.register import Register
from tests.specs.sharing import LEVELS, Choice
from tests.world import ORGANISATIONS, World

DAY = 86_400
OWNERS = {"a": "relief", "b": "relief", "d": "relief", "c": "legal"}
OTHER = {"relief": "legal", "legal": "relief"}
NAMES = tuple(OWNERS)
MEMBERS = ("cluster", "relief", "legal", "women", "rights")
READERS = (*ORGANISATIONS, "")
KINDS = dict.fromkeys(("cluster", "forum", "relief", "legal", "women", "rights"), spec.MEMBERS)
KINDS |= {"observer": spec.OBSERVERS, "donor": spec.DONORS}
CIRCLES = ("valley", "coast")

record = st.sampled_from(NAMES)
ours = st.sampled_from([n for n in NAMES if OWNERS[n] == "relief"])
guests = st.sampled_from(["legal", "women", "rights"])
some = st.frozensets(st.sampled_from(["legal", "women", "rights", "observer", "donor"]), max_size=2)
choices = st.builds(
    Choice,
    level=st.sampled_from([*LEVELS, "named", "named", "members"]),
    named=some,
    circles=st.frozensets(st.sampled_from(CIRCLES), max_size=1),
    told=st.one_of(st.just(frozenset()), st.frozensets(guests, max_size=1), some),
)
rated = st.integers(1, 4)
mostly = st.sampled_from([True, True, True, False])


class RegisterMachine(RuleBasedStateMachine):
    """Relief owns three records, Legal one; the others read, speak of them, come and go."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage, self.looks = stage, 0

    @initialize(rated=st.tuples(*[rated] * 4), chosen=st.tuples(*[choices] * 4), inside=some,
                went=st.one_of(record, record, record, st.none()))  # fmt: skip
    def begin(
        self,
        rated: tuple[int, ...],
        chosen: tuple[Choice, ...],
        inside: frozenset[str],
        went: str | None,
    ) -> None:
        """Most walks begin with a record that another kept before, which few steps come to."""
        self.words = {name: f"q{uuid4().hex[:9]}{name}" for name in NAMES}
        self.views: dict[tuple[str, str], UUID] = {}
        self.remarks: dict[str, UUID] = {}
        self.pieces: dict[str, UUID] = {}
        space = spec.Workspace(dict(KINDS))
        self.spec = Register(space, {"cluster", "forum"})
        self.hanging = Hanging(self.spec)
        members = {key for key in inside if KINDS[key] == spec.MEMBERS}
        for circle in CIRCLES:
            name = f"{circle} {self.words['a']}"
            self.both("relief", self.of(self.stage.circle, name, members), lambda: None)
            space.circles[circle] = {"relief", *members}
        for name, sensitivity, choice in zip(NAMES, rated, chosen, strict=True):
            if not self.report(name, sensitivity, choice):
                assert self.report(name, sensitivity, Choice())
        if went:
            self.put_to_it_and_hand_it_over(went, "named", "women", has_files=True, pick=0)

    @property
    def now(self) -> int:
        return self.stage.clock

    def report(self, name: str, sensitivity: int, choice: Choice) -> bool:
        made: list[UUID] = []
        owner, words = OWNERS[name], self.words[name]
        done = self.both(
            owner,
            lambda s, a: made.append(self.stage.report(s, a, words, sensitivity, choice)),
            lambda: self.spec.report(name, owner, sensitivity, choice),
        )
        if done:
            self.stage.ids[name] = made[0]
        return done

    def of(self, deed: Callable[..., Any], *given: Any) -> Callable[[Any, Actor], Any]:
        return lambda session, actor: deed(session, actor, *given)

    def both(
        self, key: str, ours: Callable[[Any, Actor], object], theirs: Callable[[], object],
        *, is_second: bool = False,
    ) -> bool:  # fmt: skip
        """Do it to both, a second later; either both refuse or neither does. True when done."""
        self.stage.clock += 1
        refused: list[Any] = [None, None]
        actor = self.stage.actor(key, self.now, is_second=is_second)
        try:
            with self.stage.database.writing(actor) as session:
                ours(session, actor)
        except DomainError as error:
            refused[0] = error
        try:
            theirs()
        except spec.Refused as error:
            refused[1] = error
        assert bool(refused[0]) == bool(refused[1]), f"ours {refused[0]!r}, spec {refused[1]!r}"
        return not refused[0]

    # --- who may see ---

    def owner(self, name: str) -> str:
        return self.spec.records[name].owner

    @rule(name=record, choice=choices)
    def share(self, name: str, choice: Choice) -> None:
        self.both(
            self.owner(name),
            self.of(self.stage.share, name, choice),
            lambda: self.spec.share(name, choice, self.now),
        )

    @rule(name=record, is_second=mostly)
    def confirm(self, name: str, is_second: bool) -> None:
        self.both(
            self.owner(name),
            self.of(self.stage.confirm, name),
            lambda: self.spec.confirm(name, is_second=is_second, now=self.now),
            is_second=is_second,
        )

    @rule(name=record, choice=choices)
    def share_and_confirm(self, name: str, choice: Choice) -> None:
        self.share(name, choice)
        if self.spec.records[name].waiting:
            self.confirm(name, is_second=True)

    @rule(name=record, sensitivity=rated)
    def rate(self, name: str, sensitivity: int) -> None:
        self.both(
            self.owner(name),
            self.of(self.stage.rate, name, sensitivity),
            lambda: self.spec.rate(name, sensitivity),
        )

    @rule(days=st.sampled_from([1, 15]))
    def wait(self, days: int) -> None:
        self.stage.clock += days * DAY

    # --- circles, and who is in the workspace ---

    @rule(circle=st.sampled_from(CIRCLES), key=st.sampled_from([*CAME, "legal"]))
    def into_circle(self, circle: str, key: str) -> None:
        space = self.spec.space

        def theirs() -> None:
            spec.unless(space.kinds.get(key) == spec.MEMBERS)
            space.circles[circle].add(key)

        self.both("relief", self.of(self.stage.into_circle, circle, key), theirs)

    @rule(circle=st.sampled_from(CIRCLES), key=guests)
    def out_of_circle(self, circle: str, key: str) -> None:
        members = self.spec.space.circles[circle]

        def theirs() -> None:
            spec.unless(key in members)
            members.discard(key)

        self.both("relief", self.of(self.stage.out_of_circle, circle, key), theirs)

    @rule(key=st.sampled_from(list(CAME)))
    def come_or_go(self, key: str) -> None:
        space = self.spec.space

        def theirs() -> None:
            if key not in space.kinds:
                space.kinds[key] = KINDS[key]
                return
            del space.kinds[key]
            for members in space.circles.values():
                members.discard(key)

        self.both("cluster", self.of(self.stage.come_or_go, key), theirs)
        self.stage.seated_again(self.now)

    # --- two that are one ---

    @rule(survivor=ours, absorbed=st.one_of(ours, record))
    def merge(self, survivor: str, absorbed: str) -> None:
        ids = self.stage.ids
        self.both(
            "relief",
            lambda s, a: duplicates.merge(s, a, ids[survivor], ids[absorbed]),
            lambda: self.spec.merge("relief", survivor, absorbed),
        )

    @rule(absorbed=ours)
    def undo(self, absorbed: str) -> None:
        threat_id = self.stage.ids[absorbed]

        def undone(session: Any, actor: Actor) -> None:
            last = read_duplicates.last(session, threat_id)
            after = last.id if last else UUID(int=7)
            duplicates.undo(session, actor, threat_id, after=after)

        self.both("relief", undone, lambda: self.spec.undo("relief", absorbed))

    # --- what others say ---

    @rule(name=record, by=st.sampled_from(["women", "rights"]),
          reach=st.sampled_from(["all", "all", "owner", "own"]))  # fmt: skip
    def say(self, name: str, by: str, reach: str) -> None:
        made: list[UUID] = []
        done = self.both(
            by,
            lambda s, a: made.append(self.stage.say(s, a, name, reach)),
            lambda: self.hanging.say(name, by, reach),
        )
        if done:
            self.views[name, by] = made[0]

    @rule(name=record, by=st.sampled_from(MEMBERS), pick=st.integers(0, 9))
    def remark(self, name: str, by: str, pick: int, to: str = "") -> None:
        """To whom the page offers it; where it says that these are all, they are."""
        offered = self.stage.choices(by, self.now, name)
        if to not in offered:
            to = sorted(offered)[pick % len(offered)] if offered else "own"
        of = {i: key for key, i in self.stage.world.organisations.items()}
        told = {of[i] for i in offered[to].ids} if offered else set()
        key, made = f"remark {len(self.remarks)}", list[UUID]()
        done = self.both(
            by,
            lambda s, a: made.append(self.stage.remark(s, a, name, to)),
            lambda: self.hanging.remark(key, name, by, to, told),
        )
        if done:
            self.remarks[key] = made[0]
            row = self.hanging.remarks[key]
            # Who left the workspace opens nothing in it, whatever it was let into by name.
            still = set(self.spec.space.kinds) & set(ORGANISATIONS)
            reads = {who for who in still if self.hanging.reads(who, row)}
            assert not offered[to].is_sure or reads == told, (name, by, to, reads ^ told)

    @precondition(lambda self: self.remarks)
    @rule(by=st.one_of(st.none(), st.sampled_from(MEMBERS)), pick=st.integers(0, 99))
    def take_back(self, by: str | None, pick: int) -> None:
        key = sorted(self.remarks)[pick % len(self.remarks)]
        who = by or self.hanging.remarks[key].by
        self.both(
            who,
            self.of(talks.take_back, self.remarks[key]),
            lambda: self.hanging.take_back(key, who),
        )

    @rule(name=record, by=st.sampled_from(["", "women", "rights"]), is_held=st.booleans(),
          reach=st.sampled_from(["all", "all", "owner", "own"]))  # fmt: skip
    def put(self, name: str, by: str, reach: str, is_held: bool) -> None:
        """Evidence: of its owner to the record, of others to their views."""
        of = {"to": "view" if by else "record", "reach": reach, "is_held": is_held}
        key, who, made = f"piece {len(self.pieces)}", by or self.owner(name), list[UUID]()
        done = self.both(
            who,
            lambda s, a: made.append(self.stage.put(s, a, name, **of)),
            lambda: self.hanging.put(key, name, who, **of),
        )
        if done:
            self.pieces[key] = made[0]

    @precondition(lambda self: self.pieces)
    @rule(by=st.one_of(st.none(), st.sampled_from(MEMBERS)), pick=st.integers(0, 99))
    def withdraw(self, by: str | None, pick: int) -> None:
        key = sorted(self.pieces)[pick % len(self.pieces)]
        row = self.hanging.pieces[key]
        who = by or row.by
        self.both(
            who,
            self.of(self.stage.withdraw, row.on, self.pieces[key]),
            lambda: self.hanging.withdraw(key, who),
        )

    # --- another owner ---

    @rule(name=record, by=st.sampled_from(["", "", "", "relief", "women"]))
    def hand_over(self, name: str, by: str) -> None:
        """Relief and Legal, who never leave, offer records to each other."""
        who, to = by or self.owner(name), OTHER[self.owner(name)]
        offered = self.both(
            who,
            self.of(self.stage.offer, name, to),
            lambda: self.hanging.offer(name, who, to),
        )
        if offered and len(name) * self.now % 2:
            self.accept(name, "")

    @rule(name=record, by=st.sampled_from(["", "", "women"]))
    def accept(self, name: str, by: str) -> None:
        who = by or self.spec.records[name].offered or "legal"
        self.both(who, self.of(self.stage.accept, name), lambda: self.hanging.accept(name, who))

    # --- several deeds in a row, which single steps seldom line up ---

    @rule(name=record, level=st.sampled_from(["named", "members"]), extra=guests,
          has_files=mostly, pick=st.integers(0, 9))  # fmt: skip
    def put_to_it_and_hand_it_over(
        self, name: str, level: str, extra: str, has_files: bool, pick: int
    ) -> None:
        """Who kept it put evidence to it and spoke of it; the other one takes it over."""
        old, new = self.owner(name), OTHER[self.owner(name)]
        named = frozenset({new, extra} - {old})
        self.share_and_confirm(name, Choice(level, named, told=frozenset({new})))
        self.say(name, new, "all")
        for reach in ("own", "all"):
            self.put(name, "", reach, not has_files)
        self.remark(name, old, pick)
        if not self.spec.records[name].offered:
            self.hand_over(name, "")
        if self.spec.records[name].offered:
            self.accept(name, "")
        if self.owner(name) == new:
            event("handed over")
            for key in READERS:
                self.look(key, name)
            for piece, row in self.hanging.pieces.items():
                assert self.stage.whose(self.pieces[piece]) == row.by, row

    @rule(name=record, by=st.sampled_from(["women", "rights", "legal", "relief"]),
          wide=st.sampled_from(["named", "members"]), left=guests)  # fmt: skip
    def talk_and_narrow(self, name: str, by: str, wide: str, left: str) -> None:
        """What was written to all who read the record is read by those it leaves."""
        owner = self.owner(name)
        named = frozenset({"women", "rights", left} - {owner})
        self.share_and_confirm(name, Choice(wide, named))
        before = len(self.remarks)
        self.remark(name, by, 0, to="record")
        if len(self.remarks) > before and left != owner:
            event("talked of")
            self.everybody_reads_the_rows_that_the_specification_says()
            self.share(name, Choice("named", frozenset({left})))

    # --- what holds after each deed ---

    @invariant()
    def everybody_reads_the_rows_that_the_specification_says(self) -> None:
        if not hasattr(self, "views"):
            return
        for key in READERS:
            seen = self.stage.by_guard(key, self.now, self.ids())
            assert seen == self.expected(key), (key, self.told(seen ^ self.expected(key)))

    @invariant()
    def pages_counts_searches_and_histories_tell_no_more(self) -> None:
        """One reader and one record at a look, in turns: no two of the numbers share a factor."""
        if not hasattr(self, "views"):
            return
        self.looks += 1
        self.look(READERS[self.looks % len(READERS)], NAMES[self.looks % len(NAMES)])

    def look(self, key: str, name: str) -> None:
        sees, actor = self.spec.sees(key, name), self.stage.actor(key, self.now)
        with self.stage.database.reading(actor) as session:
            assert self.stage.page(session, actor, name) == sees, f"the page of {name} for {key}"
            part = self.looks // len(NAMES) % len(sees)
            # Inner words are found by those who read all outer ones: an observer who was told the
            # restricted part of a record searches its safe words alone.
            is_listed = all(sees[: part + 1]) and not self.spec.records[name].into
            words = f"{self.words[name]}{'smt'[part]}"
            hits, number = self.stage.found(session, actor, words)
            assert hits == ({self.stage.ids[name]} if is_listed else set()), (key, name, part)
            assert number == len(hits), f"{key} counts what is hidden"
        lets_in = dict(
            zip(("safe", "members", "restricted"), self.spec.lets_in(key, name), strict=True)
        )
        row = self.spec.records[name]
        lets_in["sharing"] = key == row.owner
        for kind, by in self.stage.histories(key, self.now, self.stage.ids[name]):
            # Who had it reads what it wrote itself; nobody else reads who that was.
            is_own_past = by == key and key in row.past
            is_told = lets_in[kind] and by == row.owner
            assert is_told or is_own_past, f"{key} reads the history of {name}, {kind} by {by}"
        for by, to in self.stage.offers(key, self.now, self.stage.ids[name]):
            is_of_two = by == row.owner and key in {by, to}
            assert is_of_two or key == by, f"{key} reads that {by} offered {name}"

    def ids(self) -> list[UUID]:
        return [self.stage.ids[name] for name in NAMES]

    def expected(self, key: str) -> Seen:
        found: Seen = set()
        for name in NAMES:
            lets_in = self.spec.lets_in(key, name)
            found |= {(n, self.stage.ids[name]) for n, is_in in enumerate(lets_in) if is_in}
        for number, ids, rows in (
            (3, self.views, self.hanging.views),
            (4, self.remarks, self.hanging.remarks),
            (5, self.pieces, self.hanging.pieces),
        ):
            found |= {(number, ids[at]) for at in ids if self.hanging.reads(key, rows[at])}
        for at, piece in self.hanging.pieces.items():
            if self.hanging.has_file(piece) and self.hanging.reads(key, piece):
                found.add((6, self.pieces[at]))
        return found

    def told(self, different: Seen) -> list[Any]:
        """Which rows, by the names of this machine."""
        of = {i: n for n, i in self.stage.ids.items()} | {i: str(n) for n, i in self.views.items()}
        for ids, rows in (
            (self.remarks, self.hanging.remarks),
            (self.pieces, self.hanging.pieces),
        ):
            of |= {i: str(rows[n]) for n, i in ids.items()}
        return sorted((n, of[i]) for n, i in different)

    def teardown(self) -> None:
        if not hasattr(self, "views"):
            return
        bare = self.stage.bare()
        if bare is not None:
            for key in READERS:
                seen = self.stage.by_wall(bare, key, self.now, self.ids())
                assert seen == self.expected(key), f"the wall alone, {key}"
            bare.dispose()
        for key in set(CAME) - set(self.spec.space.kinds):
            self.come_or_go(key)


def _as_long() -> settings:
    """A short walk in the suite; under the profile `proof`, 10,000 steps."""
    is_proof = settings.default is not None and settings.default.max_examples > 100
    return settings() if is_proof else settings(max_examples=5, stateful_step_count=25)


@pytest.mark.long
def test_everybody_reads_of_the_register_what_its_specification_says(
    database: Database, world: World
) -> None:
    stage = Stage(database, world)
    run_state_machine_as_test(lambda: RegisterMachine(stage), settings=_as_long())
