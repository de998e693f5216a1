"""What a recommendation says: sealed in the database, and told in other languages beside it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from advocacy.access import guard
from advocacy.ground.errors import Conflict, Denied, Invalid
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.schema import Recommendation
from advocacy.wordings import actions, queries
from advocacy.wordings.rules import Said
from tests.asks.test_actions import Case

FRENCH = Said("fr", "Ouvrez-la")


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def word(case: Case, said: Said = FRENCH, by: str = "relief", after: Any = None) -> Any:
    actor, of = case.world.actor(by), case.recommendation_id
    with case.database.writing(actor) as session:
        return actions.word(session, actor, recommendation_id=of, said=said, after=after)


def seen(case: Case, by: str) -> list[tuple[str, str, bool, int]]:
    actor = case.world.actor(by)
    with case.database.reading(actor) as session:
        found = queries.of(session, actor, case.recommendation_id)
        return [(row.language, row.text, row.is_official, row.number) for row in found]


@pytest.mark.parametrize("column", ["text", "language", "ref"])
def test_what_was_recorded_word_for_word_stays_so_in_the_database(case: Any, column: str) -> None:
    one = case()
    relief, table = one.world.actor("relief"), Recommendation.__table__
    for statement in (
        update(table).where(table.c.id == one.recommendation_id).values(**{column: "x"}),
        table.delete().where(table.c.id == one.recommendation_id),
    ):
        with (
            pytest.raises(DBAPIError, match="for ever"),
            one.database.writing(relief) as session,
            guard.system(session, guard.System.COMMAND),
        ):
            session.execute(statement)
    with one.database.writing(relief) as session:
        of = recommendations.queries.recommendation(session, relief, one.recommendation_id)
        of.title, of.specificity = "Another title", 5
    share = {"recommendation_id": one.recommendation_id, "reach": "own"}
    with one.database.writing(relief) as session:
        recommendations.share(session, relief, **share)


def test_each_language_keeps_its_last_text_and_says_whose_it_is(case: Any) -> None:
    one = case(reach="public")
    first = word(one)
    official = Said("fr", "Ouvrez-le", is_official=True, source="A/1, page 2")
    with pytest.raises(Conflict):
        word(one, official)
    word(one, official, after=first.id)
    word(one, Said("es", "Ábrelo"))
    told = [("es", "Ábrelo", False, 1), ("fr", "Ouvrez-le", True, 2)]
    assert seen(one, "legal") == told
    with pytest.raises(Denied):
        word(one, Said("ar", "افتحه"), by="legal")


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"language": "en"}, "wordings.original"),
        ({"language": "xx"}, "form.choice"),
        ({"text": " "}, "form.required"),
        ({"is_official": True, "source": " "}, "wordings.say-source"),
        ({"text": "x" * 20_001}, "form.too-long"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(case: Any, bad: Any, code: str) -> None:
    one = case()
    with pytest.raises(Invalid) as refused:
        word(one, replace(FRENCH, **bad))
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert seen(one, "relief") == []


def test_it_is_read_by_those_who_read_the_recommendation(case: Any) -> None:
    one = case()
    word(one)
    relief, of = one.world.actor("relief"), one.recommendation_id
    for reach, number in (("own", 0), ("members", 1)):
        with one.database.writing(relief) as session:
            recommendations.share(session, relief, recommendation_id=of, reach=reach)
            actions.follow(session, relief, recommendation_id=of)
        assert len(seen(one, "legal")) == number
        assert len(seen(one, "relief")) == 1
    assert seen(one, "donor") == []


def test_the_page_writes_it_and_keeps_what_was_typed(case: Any, client: Any) -> None:
    one = case(reach="public")
    relief, path = client("relief"), f"/wordings/{one.recommendation_id}"
    sent = {"language": "fr", "text": "Ouvrez <b>", "state": "ours"}
    typed = relief.post(path, {**sent, "state": "official"}, status=422)
    assert "Ouvrez &lt;b&gt;" in typed.text
    assert relief.get(path).count("Ouvrez") == 0
    relief.post(path, sent)
    assert "Ouvrez &lt;b&gt;" in client("legal").get(f"/recommendations/{one.recommendation_id}")
    late = relief.post(path, {**sent, "text": "Typed again", "based_on": "fr:nonsense"}, status=409)
    assert "Typed again" in late.text
    client("donor").get(path, status=404)
    assert "Ouvrez" not in client("donor").get("/donors/in/testland")
