"""An institution that became another one: nothing is rewritten, and all of it is found."""

from typing import Any
from uuid import UUID

import pytest

from advocacy.asks import queries as asks
from advocacy.asks.actions import NewAsk
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.institutions import actions, queries
from advocacy.institutions.rules import compared, final
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.actions import NewText
from tests.asks.test_actions import TODAY
from tests.institutions.test_institutions import add as add  # the fixture


@pytest.fixture
def becomes(world: Any, database: Any) -> Any:
    def said(
        one: Any, into: Any, *, by: str = "relief", note: str = "A decree", **more: Any
    ) -> Any:
        actor = world.actor(by)
        with database.writing(actor) as session:
            before = queries.told(session, actor, one.id)
            after = more.get("after", before[0].id if before else None)
            return actions.succeed(
                session, actor, institution_id=one.id, into_id=into and into.id, note=note,
                after=after,
            )  # fmt: skip

    return said


def test_one_step_for_all_that_was_put_to_it_and_one_takes_it_back(
    add: Any, becomes: Any, world: Any, database: Any
) -> None:
    old, new = add("Ministry of Works"), add("Ministry of Public Works")
    relief, space = world.actor("relief"), world.workspace_id
    with database.writing(relief) as session:
        put = recommendations.add(
            session, relief, workspace_id=space, reach="members", to=NewAsk(old.id, TODAY),
            new=NewText("Open", "Open it"),
        )  # fmt: skip

    def found() -> tuple[Any, ...]:
        with database.reading(relief) as session:
            (ask,) = asks.asks_of(session, relief, [put.id])[put.id]
            return (
                ask.addressee,
                queries.now(session, relief, old.id),
                old.id in queries.ids_like(session, relief, workspace_id=space, words="public"),
                queries.by_name(session, relief, workspace_id=space)[
                    compared("Ministry of Works")
                ].name,
            )

    before = found()
    assert before == ("Ministry of Works", "", False, "Ministry of Works")
    becomes(old, new)
    assert found() == ("Ministry of Works", new.name, True, new.name)
    becomes(old, None, note="It was another one")
    assert found() == before


def test_no_institution_becomes_itself_however_long_the_way(add: Any, becomes: Any) -> None:
    one, two, three = add("One"), add("Two"), add("Three")
    becomes(one, two)
    becomes(two, three)
    for bad in (one, two, three):
        with pytest.raises(Invalid) as refused:
            becomes(three, bad)
        assert refused.value.reasons[0].code == "institutions.circle"


def test_a_circle_that_two_wrote_at_once_ends(world: Any) -> None:
    a, b = UUID(int=1), UUID(int=2)
    assert final(a, {a: b, b: a}) in {a, b}


@pytest.mark.parametrize("by", ["legal", "donor", "observer", "relief.signatory"])
def test_only_who_added_it_and_coordinators_say_so(add: Any, becomes: Any, by: str) -> None:
    one, two = add("One"), add("Two")
    with pytest.raises((Denied, NotFound)):
        becomes(one, two, by=by, after=None)
    becomes(one, two, by="cluster")


def test_it_says_why_and_there_is_something_to_take_back(add: Any, becomes: Any) -> None:
    one, two = add("One"), add("Two")
    for into, note, code in ((two, " ", "asks.say-why"), (None, "x", "institutions.no-successor")):
        with pytest.raises(Invalid) as refused:
            becomes(one, into, note=note)
        assert [reason.code for reason in refused.value.reasons] == [code]


def test_nobody_learns_that_way_of_one_that_is_hidden(add: Any, becomes: Any) -> None:
    one, hidden = add("One"), add("Two", known_to=())
    with pytest.raises(Invalid) as refused:
        becomes(one, hidden)
    assert refused.value.reasons[0].code == "institutions.narrower"
    with pytest.raises(NotFound):
        becomes(one, hidden, by="cluster")


def test_two_at_once_meet(add: Any, becomes: Any) -> None:
    one, two, three = add("One"), add("Two"), add("Three")
    becomes(one, two, after=None)
    with pytest.raises(Conflict):
        becomes(one, three, by="cluster", after=None)


def test_the_page_tells_and_takes_it(add: Any, client: Any) -> None:
    one, two = add("Old office"), add("New office")
    path, relief = f"/institutions/{one.id}", client("relief")
    relief.post(path, {"into": str(two.id), "note": "By decree 7"})
    page = client("legal").get(path)
    assert "By decree 7" in page
    assert "New office" in page
    assert 'name="note"' not in page
    kept = relief.post(path, {"into": "no id", "note": "Typed words", "based_on": "x"}, status=None)
    assert kept.status_code in {404, 409, 422}
    client("donor").get(path, status=404)
