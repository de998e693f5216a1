"""The ladder inside an organisation: who reads it, and what the lead is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from advocacy.clearances import actions, queries
from advocacy.clearances.rows import Standing
from advocacy.clearances.rules import Saying
from advocacy.clearances.schema import Ladder, Line, Step
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.unit import Database
from advocacy.signoff import queries as rounds
from advocacy.signoff.rows import RoundRow
from tests.signoff import scene
from tests.world import World

STEPS = ["Advisor", "Country director", "Headquarters"]
TODAY, THURSDAY = date(2026, 11, 22), date(2026, 11, 26)


@pytest.fixture
def opened(database: Database, world: World) -> RoundRow:
    frozen, lead = scene.frozen(database, world), world.actor("relief")
    with database.writing(lead) as session:
        round_id = frozen.open_round(session, lead, scene.ids(world, "legal", "women"))
    with database.writing(world.actor("legal")) as session:
        actions.arrange(session, world.actor("legal"), steps=STEPS, after=None)
    with database.reading(lead) as session:
        return rounds.round_of(session, lead, round_id)


@pytest.fixture
def say(database: Database, world: World, opened: RoundRow) -> Callable[..., None]:
    def write(step: str, said: str = "yes", *, seat: str = "", **more: object) -> None:
        actor = world.actor("legal" + seat)
        words = replace(Saying(step, said, "Ms H. Q.", TODAY), **more)
        with database.writing(actor) as session:
            after = queries.standing(session, actor, opened.id).last_id
            actions.record(session, actor, opened.id, words, after=after)

    return write


@pytest.fixture
def now(database: Database, world: World, opened: RoundRow) -> Callable[[], Standing]:
    def standing() -> Standing:
        with database.reading(world.actor("legal")) as session:
            return queries.standing(session, world.actor("legal"), opened.id)

    return standing


def tell(
    database: Database, world: World, round_id: UUID, on: date | None, key: str = "legal"
) -> None:
    actor = world.actor(key)
    with database.writing(actor) as session:
        after = queries.standing(session, actor, round_id).line_id
        actions.tell(session, actor, round_id, expected_on=on, after=after)


def test_of_each_step_the_last_word_counts(say, now) -> None:
    say("Advisor", seat=".drafter")
    say("Headquarters", "change", note="Name no road.")
    say("Headquarters", by_name="Mr D.")
    found = {step.name: (step.said, step.by_name) for step in now().steps}
    assert found == {
        "Advisor": ("yes", "Ms H. Q."),
        "Country director": ("", ""),
        "Headquarters": ("yes", "Mr D."),
    }
    assert not now().is_clear
    say("Country director")
    assert now().is_clear


def test_a_full_ladder_answers_nothing(
    database: Database, world: World, opened: RoundRow, say
) -> None:
    for step in STEPS:
        say(step)
    with database.reading(world.actor("legal")) as session:
        assert rounds.my_answer(session, world.actor("legal"), opened.id) is None


@pytest.mark.parametrize("key", ["relief", "women", "cluster", "donor"])
def test_nobody_else_reads_a_step(
    database: Database, world: World, opened: RoundRow, say, key: str
) -> None:
    say("Headquarters", "change", note="Name no road.")
    actor = world.actor(key)
    with database.reading(actor) as session:
        counts = [session.scalar(select(func.count(t.id))) for t in (Ladder, Step, Line)]
    assert counts == [0, 0, 0]


def test_the_lead_reads_the_day_and_only_while_it_is_told(
    database: Database, world: World, opened: RoundRow, client
) -> None:
    lead, page = world.actor("relief"), f"/rounds/{opened.id}"
    tell(database, world, opened.id, THURSDAY)
    words = "In clearance, answer expected Thursday 26 November"
    assert words in client("relief").get(page)
    with database.reading(world.actor("women")) as session:
        assert queries.expected(session, world.actor("women"), opened.id) == {}
    tell(database, world, opened.id, None)
    assert words not in client("relief").get(page)
    with database.reading(lead) as session:
        assert session.scalar(select(func.count(Line.id))) == 0


def test_what_cannot_be_is_said(database: Database, world: World, opened: RoundRow, say) -> None:
    for step, more, code in [
        ("Board", {}, "form.choice"),
        ("Advisor", {"by_name": " "}, "clearances.who"),
        ("Advisor", {"said_on": TODAY + timedelta(days=1)}, "clearances.later"),
    ]:
        with pytest.raises(Invalid) as error:
            say(step, **more)
        assert code in [reason.code for reason in error.value.reasons]
    with pytest.raises(Invalid):
        tell(database, world, opened.id, TODAY - timedelta(days=1))
    with pytest.raises(NotFound):
        tell(database, world, opened.id, THURSDAY, "forum")
    drafter = world.actor("legal.drafter")
    with database.writing(drafter) as session, pytest.raises(Denied):
        actions.arrange(session, drafter, steps=["Me"], after=None)


def test_a_step_on_an_older_page_is_not_recorded(
    database: Database, world: World, opened: RoundRow, say
) -> None:
    say("Advisor")
    legal = world.actor("legal")
    words = Saying("Advisor", "change", "Mr D.", TODAY)
    with pytest.raises(Conflict), database.writing(legal) as session:
        actions.record(session, legal, opened.id, words, after=None)


def test_the_signatory_sees_the_ladder_on_the_answering_page(opened: RoundRow, client, say) -> None:
    page = client("legal").get(f"/signoff/{opened.id}/answer")
    assert "Country director" in page
    legal = client("legal")
    own = legal.get(f"/clearances/{opened.id}")
    assert "Write down what was said" in own
    given = {"step": "Advisor", "said": "yes", "by_name": "Ms H. Q.", "said_on": "2026-11-22"}
    legal.post(f"/clearances/{opened.id}", given)
    assert "Ms H. Q." in legal.get(f"/signoff/{opened.id}/answer")
    legal.post("/clearances/ladder", {"steps": "A\nA"}, status=422)
    assert "Advisor" not in client("women").get(f"/clearances/{opened.id}")
