"""What holds a text back stands over its later versions: freezing another one passes nobody by."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest

from advocacy.access.actor import anonymous
from advocacy.adoptions import actions as adoptions
from advocacy.adoptions import queries as steps
from advocacy.adoptions.rules import Said as Decided
from advocacy.ground.unit import Database
from advocacy.objections import actions
from advocacy.organisations import actions as organisations
from advocacy.positions import actions as positions
from advocacy.positions import queries as read_positions
from advocacy.releases import queries as releases
from advocacy.rounds import actions as rounds
from advocacy.rounds.rules import Terms
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from advocacy.tallies import actions as deliveries
from advocacy.tallies.rules import Posted
from tests.signoff import scene
from tests.world import NOW, World

CLOSES = {"closes_on": date(2026, 11, 26), "closes_time": time(16, 0)}
AFTER = datetime.fromisoformat("2026-11-26T14:00:00+00:00")


class Body:
    """A text of Relief Network that goes out in the name of the country team."""

    def __init__(self, database: Database, world: World) -> None:
        self.database, self.world = database, world
        self.scene = scene.frozen(database, world)
        lead = world.actor("cluster")
        with database.writing(lead) as session:
            self.body_id = organisations.found_body(
                session, lead, workspace_id=world.workspace_id, name="Country team"
            ).id

    def put(self, *roster: str, mode: str = "mixed", **more: Any) -> RoundRow:
        """A round about the newest version."""
        lead, body = self.world.actor("relief"), self.body_id if mode != "explicit" else None
        terms = Terms(mode=mode, consulted="x", body_id=body)
        with self.database.writing(lead) as session:
            (newest, *_rest) = read_positions.versions(session, lead, self.scene.position_id)
            of = self.scene.open_round(
                session, lead, scene.ids(self.world, *roster), terms=terms,
                version_id=newest.id, **{**CLOSES, **more},
            )  # fmt: skip
            return signoff.round_of(session, lead, of)

    def reach(self, of: RoundRow, key: str) -> None:
        who, person = self.world.organisations[key], self.world.people[key]
        with self.database.writing(anonymous(NOW)) as session:
            deliveries.note_delivery(session, of.id, who, person, Posted.DELIVERED)

    def say(self, of: RoundRow, key: str, kind: str, **more: Any) -> UUID:
        actor = self.world.actor(key)
        with self.database.writing(actor) as session:
            return scene.reply(session, actor, of, kind, note="x", **more)

    def anew(self, of: RoundRow, before: str = "Four", after: str = "Five") -> None:
        """End the round, change some words, freeze them as the next version."""
        lead, it = self.world.actor("relief"), self.scene.position_id
        with self.database.writing(lead) as session:
            rounds.abandon(session, lead, of.id, reason="We go another way.")
            positions.reopen(session, lead, it)
            scene.reword(session, lead, it, before, after)
            scene.freeze(session, lead, it)

    def adopt(self) -> None:
        """The country team adopts the newest version in a meeting."""
        lead, it = self.world.actor("relief"), self.scene.position_id
        said = Decided("adopted", NOW.date(), "The Coordinator", minutes="Agreed.")
        with self.database.writing(lead) as session:
            newest = read_positions.versions(session, lead, it)[0].id
            adoptions.plan(session, lead, it, body_id=self.body_id, deed="adopts", after=newest)
            (step,) = steps.steps(session, lead, newest)
            adoptions.record(session, lead, step.id, said, after=None)

    def is_held(self, at: datetime = AFTER) -> bool:
        lead = self.world.actor("relief", now=at)
        with self.database.reading(lead) as session:
            reasons = releases.gate(session, lead, self.scene.position_id)
            return "releases.nothing-blocks" in [reason.code for reason in reasons]

    def clear(self, answer_id: UUID) -> None:
        legal = self.world.actor("legal")
        with self.database.writing(legal) as session:
            actions.clear(session, legal, answer_id, after=None)


@pytest.fixture
def body(database: Database, world: World) -> Body:
    return Body(database, world)


def test_a_new_version_adopted_again_does_not_pass_by_who_cannot_be_associated(body: Body) -> None:
    of = body.put("legal", "women")
    held = body.say(of, "legal", "not-associated")
    body.anew(of)
    body.adopt()
    assert body.is_held(NOW)
    body.clear(held)
    assert not body.is_held(NOW)


def test_nor_does_a_round_that_leaves_them_out(body: Body) -> None:
    of = body.put("legal", "women")
    body.say(of, "legal", "not-associated", inside="nobody")
    body.anew(of)
    body.reach(body.put("women"), "women")
    assert body.is_held()


@pytest.mark.parametrize("reached", [True, False])
def test_who_was_asked_again_about_other_words_and_says_nothing_holds_no_more(
    body: Body, reached: bool
) -> None:
    of = body.put("legal", "women")
    body.say(of, "legal", "not-associated")
    body.anew(of)
    again = body.put("legal", "women")
    if reached:
        body.reach(again, "legal")
    assert body.is_held() is not reached


def test_asking_again_about_the_same_words_settles_nothing(body: Body) -> None:
    of = body.put("legal", "women")
    body.say(of, "legal", "not-associated")
    body.anew(of, "Four", "Four")
    body.reach(body.put("legal"), "legal")
    assert body.is_held()


def test_a_round_that_was_given_up_or_takes_no_such_answer_asked_nobody(body: Body) -> None:
    of = body.put("legal", "women")
    body.say(of, "legal", "not-associated")
    body.anew(of)
    body.put("legal", "women", mode="explicit")
    assert body.is_held()


def test_another_answer_to_a_later_version_is_the_last_word(body: Body) -> None:
    of = body.put("legal", "women")
    body.say(of, "legal", "not-associated")
    body.anew(of)
    body.say(body.put("legal", "women"), "legal", "no-objection")
    assert not body.is_held()


@pytest.mark.parametrize(("words", "is_held"), [("Four", True), ("by day", False)])
def test_a_change_that_blocks_all_stands_while_the_clause_it_named_reads_so(
    body: Body, words: str, is_held: bool
) -> None:
    of = body.put("legal", "women", mode="explicit", blocks="whole-text")
    body.say(of, "legal", "change", clauses=(body.scene.version.clauses[2].cid,))
    body.anew(of, words, "Otherwise")
    body.put("legal", "women", mode="explicit", blocks="own-name")
    assert body.is_held() is is_held
