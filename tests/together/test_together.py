"""One deed on many asks: looked at first, an act for each, all or none."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.asks.rules import Given, Kind
from advocacy.asks.schema import Ask, AskAct, Axis
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.raisings.rules import Raised
from advocacy.raisings.schema import Raising
from advocacy.recommendations.rows import Filters
from advocacy.recommendations.schema import Recommendation
from advocacy.subjects.schema import SubjectAct
from advocacy.together import actions, queries, rules
from advocacy.together.rules import Deed, Said
from tests.asks.test_actions import TODAY, Case

SOON = TODAY + timedelta(days=30)
LOOKED = Said("Since May: we asked both of them again")
MEETING = Said(raised=Raised(on=TODAY, forum="Country team", whom="Deputy Minister"))
PLACE = "/together/in/testland"


@pytest.fixture
def cases(world: Any, database: Any) -> list[Case]:
    return [Case(world, database, name=f"Owner {n}") for n in range(3)]


def offered(case: Case, by: str, deed: Deed, **filters: str) -> dict[UUID, str]:
    actor = case.world.actor(by)
    with case.database.reading(actor) as session:
        found, _number = queries.lines(
            session, actor, workspace_id=case.world.workspace_id, deed=deed,
            filters=Filters(**filters), on=TODAY,
        )  # fmt: skip
        return {line.ask_id: line.base for line in found}


def do(case: Case, by: str, deed: Deed, chosen: dict[UUID, str], said: Said) -> int:
    actor = case.world.actor(by)
    with case.database.writing(actor) as session:
        return actions.do(
            session, actor, workspace_id=case.world.workspace_id, deed=deed, chosen=chosen,
            said=said,
        )  # fmt: skip


def acted(case: Case, axis: Axis) -> list[tuple[UUID, str, str]]:
    with case.database.reading(case.world.actor("relief")) as session:
        rows = session.scalars(select(AskAct).where(AskAct.axis == axis.value)).all()
        return sorted((row.ask_id, row.value, row.text) for row in rows)


def test_each_ask_gets_its_own_act_with_the_date_and_the_reason(cases: list[Case]) -> None:
    one = cases[0]
    chosen = offered(one, "relief", Deed.DUE)
    assert set(chosen) == {case.id for case in cases}
    said = Said("The budget is late", SOON, "month")
    assert do(one, "relief", Deed.DUE, chosen, said) == 3
    told = [(case.id, SOON.isoformat(), "The budget is late") for case in cases]
    assert acted(one, Axis.DUE) == sorted(told)
    with one.database.reading(one.world.actor("relief")) as session:
        assert {(a.due_on, a.due_precision) for a in session.scalars(select(Ask))} == {
            (SOON, "month")
        }


def test_what_moved_meanwhile_is_named_and_nothing_is_written(cases: list[Case]) -> None:
    one, moved = cases[0], cases[1]
    chosen = offered(one, "relief", Deed.DUE)
    given = Given(due_on=SOON + timedelta(days=1), text="Sooner")
    moved.do("relief", Kind.DATE_CHANGE, Kind.DATE_CHANGE, given)
    with pytest.raises(Conflict) as raised:
        do(one, "relief", Deed.DUE, chosen, Said("Late", SOON))
    assert raised.value.current == {moved.id}
    assert len(acted(one, Axis.DUE)) == 1


def test_who_may_not_change_a_date_is_offered_none_and_cannot_send_it(cases: list[Case]) -> None:
    one = cases[0]
    assert offered(one, "legal", Deed.DUE) == {}
    with pytest.raises(NotFound):
        do(one, "legal", Deed.DUE, {one.id: ""}, Said("Why", SOON))
    with pytest.raises(NotFound):
        do(one, "donor", Deed.DUE, {one.id: ""}, Said("Why", SOON))
    with pytest.raises(Denied):
        do(one, "observer", Deed.NO_CHANGE, {one.id: ""}, LOOKED)
    assert acted(one, Axis.DUE) == []


def test_an_ask_that_one_does_not_see_is_neither_offered_nor_counted(
    world: Any, database: Any, cases: list[Case]
) -> None:
    hidden = Case(world, database, name="Hidden", reach="own")
    actor = world.actor("legal")
    with database.reading(actor) as session:
        found, number = queries.lines(
            session, actor, workspace_id=world.workspace_id, deed=Deed.NO_CHANGE,
            filters=Filters(), on=TODAY,
        )  # fmt: skip
    assert (len(found), number) == (3, 3)
    with pytest.raises(NotFound):
        do(hidden, "legal", Deed.NO_CHANGE, {cases[0].id: "", hidden.id: ""}, LOOKED)
    assert acted(hidden, Axis.TALK) == []


def test_nothing_changed_and_a_meeting_are_noted_on_each(cases: list[Case]) -> None:
    one = cases[0]
    assert do(one, "legal", Deed.NO_CHANGE, offered(one, "legal", Deed.NO_CHANGE), LOOKED) == 3
    again = offered(one, "relief", Deed.RAISED)
    assert all(again.values()), "what was said last is what the next step follows"
    assert do(one, "relief", Deed.RAISED, again, MEETING) == 3
    with one.database.reading(one.world.actor("relief")) as session:
        assert [r.whom for r in session.scalars(select(Raising))] == ["Deputy Minister"] * 3


def test_a_theme_is_added_once_and_taken_away_however_it_is_written(cases: list[Case]) -> None:
    one = cases[0]

    def tags() -> list[list[str]]:
        with one.database.reading(one.world.actor("relief")) as session:
            return [row.tags for row in session.scalars(select(Recommendation))]

    first = offered(one, "relief", Deed.THEME)
    do(one, "relief", Deed.THEME, first, Said(theme="Éducation"))
    do(one, "relief", Deed.THEME, offered(one, "relief", Deed.THEME), Said(theme="education"))
    assert tags() == [["Éducation"]] * 3
    assert len(offered(one, "relief", Deed.NO_THEME, tag="education")) == 3
    with pytest.raises(Conflict):
        do(one, "relief", Deed.THEME, first, Said(theme="Health"))
    assert offered(one, "legal", Deed.THEME) == {}
    do(one, "relief", Deed.NO_THEME, offered(one, "relief", Deed.NO_THEME), Said(theme="EDUCATION"))
    assert tags() == [[]] * 3
    assert offered(one, "relief", Deed.NO_THEME, tag="education") == {}
    with one.database.reading(one.world.actor("relief")) as session:
        told = [act.items for act in session.scalars(select(SubjectAct))]
    assert sorted(told) == [[]] * 3 + [["Éducation"]] * 3


def test_a_deed_without_asks_or_words_is_refused_whole(cases: list[Case]) -> None:
    one = cases[0]
    for deed, chosen, said in (
        (Deed.DUE, {}, Said("Why", SOON)),
        (Deed.DUE, offered(one, "relief", Deed.DUE), Said("Why")),
        (Deed.NO_CHANGE, offered(one, "relief", Deed.NO_CHANGE), Said()),
        (Deed.THEME, offered(one, "relief", Deed.THEME), Said(theme=" ")),
    ):
        with pytest.raises(Invalid):
            do(one, "relief", deed, chosen, said)
    many = dict.fromkeys((UUID(int=n) for n in range(rules.MOST + 1)), "")
    with pytest.raises(Invalid):
        do(one, "relief", Deed.DUE, many, Said("Why", SOON))


# --- the pages -----------------------------------------------------------------------------------


def marked(page: str) -> list[str]:
    return re.findall(r'name="asks"[^>]*value="([^"]+)" checked', page)


def test_marked_asks_are_looked_at_before_they_are_changed(client: Any, cases: list[Case]) -> None:
    relief = client("relief")
    assert f'href="{PLACE}' in relief.get("/recommendations/in/testland")
    page = relief.get(PLACE)
    assert "All 3 asks of this list" in page
    sent = {"asks": [str(cases[0].id), str(cases[1].id)]}
    look = relief.post(f"{PLACE}/look?deed=due", sent, page=PLACE, status=200).get_data(
        as_text=True
    )
    assert "written on 2 records" in look
    assert acted(cases[0], Axis.DUE) == []
    fields = {"asks": marked(look), "due_on": SOON.isoformat(), "due_precision": "day"}
    again = relief.post(f"{PLACE}?deed=due", {**fields, "text": ""}, page=PLACE, status=422)
    assert len(marked(again.get_data(as_text=True))) == 2
    done = relief.post(f"{PLACE}?deed=due", {**fields, "text": "Late"}, page=PLACE)
    assert done.headers["Location"] == "/recommendations/in/testland"
    assert len(acted(cases[0], Axis.DUE)) == 2


def test_all_that_match_are_taken_and_what_moved_is_shown_with_todays_truth(
    client: Any, cases: list[Case]
) -> None:
    relief = client("relief")
    where = f"{PLACE}/look?deed=due&owner=Owner+1"
    look = relief.post(where, {"is_all": "y"}, page=PLACE, status=200).get_data(as_text=True)
    assert len(marked(look)) == 1
    look = relief.post(f"{PLACE}/look?deed=due", {"is_all": "y"}, page=PLACE, status=200)
    values = marked(look.get_data(as_text=True))
    given = Given(due_on=SOON, text="Sooner")
    cases[2].do("relief", Kind.DATE_CHANGE, Kind.DATE_CHANGE, given)
    fields = {
        "asks": values,
        "due_on": SOON.isoformat(),
        "due_precision": "day",
        "text": "My words",
    }
    page = relief.post(f"{PLACE}?deed=due", fields, page=PLACE, status=409).get_data(as_text=True)
    assert "Changed meanwhile" in page
    assert "22 Dec 2026" in page
    assert "My words" in page
    assert len(marked(page)) == 2
    assert len(acted(cases[0], Axis.DUE)) == 1


def test_nobody_but_members_reaches_the_pages(client: Any, cases: list[Case]) -> None:
    client("donor").get(PLACE, status=404)
    client("observer").get(PLACE, status=403)
    assert "written on" not in client("legal").post(
        f"{PLACE}/look?deed=due", {"asks": []}, page=f"{PLACE}?deed=no_change", status=422
    ).get_data(as_text=True)
