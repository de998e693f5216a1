"""A request for change: who reads it, who speaks, who clears it, what it holds back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.unit import Database
from advocacy.objections import actions, queries
from advocacy.objections.rows import RequestRow
from advocacy.objections.rules import State, Wanted
from advocacy.objections.schema import Talk, Wish
from advocacy.releases import queries as releases
from advocacy.rounds import actions as rounds
from advocacy.rounds import queries as leads
from advocacy.signoff import actions as signoff
from advocacy.signoff.rows import RoundRow
from tests.signoff import scene
from tests.signoff.scene import Scene
from tests.world import World

Ask = Callable[..., UUID]
AFTER = scene.CLOSES_AT + timedelta(hours=1)


@pytest.fixture
def read(database: Database, world: World) -> Callable[..., RequestRow]:
    def request(key: str, answer_id: UUID) -> RequestRow:
        with database.reading(world.actor(key)) as session:
            return queries.request(session, world.actor(key), answer_id)

    return request


@pytest.fixture
def say(database: Database, world: World, read: Callable[..., RequestRow]) -> Callable[..., None]:
    def speak(key: str, answer_id: UUID, text: str = "We can say “day and night”.") -> None:
        after = read(key, answer_id).last_id
        with database.writing(world.actor(key)) as session:
            actions.say(session, world.actor(key), answer_id, text=text, after=after)

    return speak


def clear(database: Database, world: World, key: str, answer_id: UUID) -> None:
    actor = world.actor(key)
    with database.writing(actor) as session:
        after = queries.request(session, actor, answer_id).last_id
        actions.clear(session, actor, answer_id, after=after)


def test_what_would_settle_it_is_needed_and_kept(ask: Ask, read) -> None:
    with pytest.raises(Invalid) as error:
        ask("legal", Wanted())
    assert [r.code for r in error.value.reasons] == ["objections.fix-needed"]
    row = read("relief", ask("legal"))
    assert row.asked[-1][1].fix == "Say by night too."
    assert row.state is State.OPEN


def test_the_state_follows_who_spoke_last(ask: Ask, read, say) -> None:
    request = ask("legal")
    say("relief", request)
    assert read("legal", request).state is State.ANSWERED
    say("legal", request, "And by boat.")
    assert read("relief", request).state is State.OPEN
    assert [t.by_owner for t in read("relief", request).talk] == [False, True]


def test_only_its_owner_clears_it(database: Database, world: World, ask: Ask, read) -> None:
    request = ask("legal", inside="all")
    for key in ("relief", "women", "cluster"):
        with pytest.raises(Denied):
            clear(database, world, key, request)
    clear(database, world, "legal", request)
    assert read("relief", request).state is State.CLEARED
    with pytest.raises(Conflict):
        clear(database, world, "legal", request)


def test_another_answer_clears_it(
    database: Database, world: World, ask: Ask, read, opened: RoundRow
) -> None:
    request, legal = ask("legal"), world.actor("legal")
    with database.writing(legal) as session:
        scene.reply(session, legal, opened, "no-objection", after=request)
    assert read("relief", request).state is State.CLEARED
    with database.reading(world.actor("relief")) as session:
        assert queries.of_round(session, world.actor("relief"), opened) == []


def test_a_request_is_read_as_widely_as_its_answer(ask: Ask, read) -> None:
    to_lead, to_all, to_nobody = ask("legal"), ask("women", inside="all"), None
    assert read("relief", to_lead)
    for key in ("women", "forum", "donor"):
        with pytest.raises(NotFound):
            read(key, to_lead)
    assert read("forum", to_all)
    to_nobody = ask("legal", inside="nobody")
    for hidden in (to_lead, to_nobody):
        with pytest.raises(NotFound):
            read("relief", hidden)


def test_lowering_takes_the_whole_talk_along(
    database: Database, world: World, ask: Ask, read, say, opened: RoundRow
) -> None:
    request, legal, lead = ask("legal"), world.actor("legal"), world.actor("relief")
    say("relief", request)
    with database.writing(legal) as session:
        signoff.lower(session, legal, opened.id, outside="private", inside="nobody")
    with database.reading(lead) as session:
        assert [session.scalar(select(func.count(t.id))) for t in (Wish, Talk)] == [0, 0]
        assert queries.of_round(session, lead, opened) == []
    assert len(read("legal", request).talk) == 1


def test_a_reply_to_an_older_page_is_not_recorded(
    database: Database, world: World, ask: Ask, say
) -> None:
    request, lead = ask("legal"), world.actor("relief")
    say("legal", request, "By boat too.")
    with database.writing(lead) as session, pytest.raises(Conflict) as error:
        actions.say(session, lead, request, text="No.", after=None)
    assert error.value.reasons[0].code == "objections.spoken-meanwhile"


def test_a_request_holds_the_text_back_until_its_owner_clears_it(
    database: Database, world: World, ask: Ask, opened: RoundRow
) -> None:
    request = ask("legal", inside="nobody")
    women, lead = world.actor("women"), world.actor("relief", now=AFTER)
    with database.writing(women) as session:
        scene.reply(session, women, opened)

    def is_held() -> bool:
        with database.reading(lead) as session:
            codes = [r.code for r in releases.gate(session, lead, opened.position_id)]
        return "releases.nothing-blocks" in codes

    assert is_held()
    clear(database, world, "legal", request)
    assert not is_held()


def test_the_lead_reads_how_many_are_open(
    database: Database, world: World, ask: Ask, opened: RoundRow
) -> None:
    lead, request = world.actor("relief"), ask("legal")
    ask("women", inside="nobody")
    with database.reading(lead) as session:
        assert [r.organisation for r in queries.of_round(session, lead, opened)] == [
            "Harbour Legal Aid"
        ]
        codes = [r.code for r in leads.missing(session, lead, opened.id)]
        assert codes.count("signoff.change-blocks") == 1
    clear(database, world, "legal", request)
    with database.reading(lead) as session:
        codes = [r.code for r in leads.missing(session, lead, opened.id)]
        assert "signoff.change-blocks" not in codes


def waits(database: Database, world: World, key: str) -> list[str]:
    """What home says to one organisation's person."""
    actor = world.actor(key)
    with database.reading(actor) as session:
        return [task.reason.code for task in queries.tasks(session, actor)]


def test_it_waits_on_the_home_page_of_who_is_to_speak_next(
    database: Database, world: World, ask: Ask, say
) -> None:
    request = ask("legal", inside="all")
    assert (waits(database, world, "relief"), waits(database, world, "legal")) == (
        ["objections.open"], [],
    )  # fmt: skip
    say("relief", request)
    assert (waits(database, world, "relief"), waits(database, world, "legal")) == (
        [], ["objections.wait"],
    )  # fmt: skip
    say("legal", request, "And by boat.")
    assert waits(database, world, "relief") == ["objections.open"]
    for key in ("women", "cluster", "donor"):
        assert waits(database, world, key) == []
    clear(database, world, "legal", request)
    assert (waits(database, world, "relief"), waits(database, world, "legal")) == ([], [])


def test_a_request_that_is_kept_from_the_lead_or_given_up_waits_nowhere(
    database: Database, world: World, ask: Ask, opened: RoundRow
) -> None:
    ask("legal", inside="nobody")
    assert waits(database, world, "relief") == []
    request = ask("women")
    assert waits(database, world, "relief") == ["objections.open"]
    women, lead = world.actor("women"), world.actor("relief")
    with database.writing(women) as session:
        scene.reply(session, women, opened, "no-objection", after=request)
    assert waits(database, world, "relief") == []
    ask("women")
    with database.writing(lead) as session:
        rounds.abandon(session, lead, opened.id, reason="Anew.")
    assert waits(database, world, "relief") == []


def test_it_can_be_settled_after_the_close_but_not_when_given_up(
    database: Database, world: World, ask: Ask, opened: RoundRow, frozen: Scene, read
) -> None:
    request, later = ask("legal"), world.actor("legal", now=AFTER)
    with database.writing(later) as session:
        actions.clear(session, later, request, after=None)
    assert read("relief", request).state is State.CLEARED
    with database.writing(world.actor("relief")) as session:
        rounds.abandon(session, world.actor("relief"), opened.id, reason="Anew.")
