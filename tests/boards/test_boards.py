"""Columns, time, one institution, a look back, and where a card may go."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, insert, select

from advocacy.access import guard
from advocacy.asks import queries as asks
from advocacy.asks.rules import Given, Kind, Progress
from advocacy.asks.schema import Ask
from advocacy.boards import queries, rules
from advocacy.boards.rules import Show
from advocacy.institutions import actions as institutions
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.actions import NewAsk, NewText
from advocacy.recommendations.rows import Filters
from advocacy.recommendations.schema import Recommendation
from advocacy.web.db import db
from tests.asks.test_actions import AGAINST, REPORT, TODAY, Case

BOARD = "/recommendations/in/testland/board"
TIMELINE = "/recommendations/in/testland/timeline"
ALL = Filters()


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


@pytest.fixture
def columns(world: Any, reading: Any) -> Callable[..., dict[str, Any]]:
    """`columns("legal", progress="claimed")`: state -> its column, as this reader sees it."""

    def read(who: str = "legal", most: int = 50, after: Any = None, **chosen: str) -> Any:
        actor = world.actor(who)
        with reading(actor) as session:
            found = queries.columns(
                session, actor, workspace_id=world.workspace_id, filters=Filters(**chosen),
                on=TODAY, most=most, after=after,
            )  # fmt: skip
        return {column.progress: column for column in found}

    return read


def test_each_ask_stands_in_the_column_of_its_state(case: Any, columns: Any) -> None:
    case()
    case(name="Other").claimed()
    case(name="Third").confirmed()
    found = columns()
    assert list(found) == list(Progress)
    counts = {state: column.count for state, column in found.items() if column.count}
    assert counts == {"not_started": 1, "claimed": 1, "implemented": 1}


def test_a_column_holds_what_its_reader_may_read_and_counts_no_more(
    case: Any, columns: Any
) -> None:
    case()
    case(name="Hidden", reach="own")
    assert columns("legal")["not_started"].count == 1
    assert columns("relief")["not_started"].count == 2
    assert [one.addressee for one in columns("legal")["not_started"].cards] == ["Someone"]


def test_filters_narrow_the_columns(case: Any, columns: Any) -> None:
    late = case(due_on=TODAY - timedelta(days=1))
    case(name="Ministry of Housing")
    assert [one.id for one in columns(late="1")["not_started"].cards] == [late.id]
    assert columns(owner="housing")["not_started"].count == 1
    assert columns(words="nothing like this")["not_started"].count == 0
    assert list(columns(progress="claimed")) == ["claimed"]


def test_a_long_column_goes_on_without_a_gap(case: Any, columns: Any) -> None:
    made = {case(name=f"Number {n}", **({"due_on": TODAY} if n % 2 else {})).id for n in range(5)}
    first = columns(most=3, progress="not_started")["not_started"]
    assert (first.count, len(first.cards)) == (5, 3)
    rest = columns(most=3, progress="not_started", after=first.more)["not_started"]
    seen = [one.id for one in (*first.cards, *rest.cards)]
    assert (set(seen), len(seen), rest.more, rest.count) == (made, 5, None, 5)


@pytest.mark.parametrize("few", [0, 200], ids=["many", "few"])
def test_a_column_begins_with_the_most_pressing_of_all(
    case: Any, columns: Any, monkeypatch: Any, few: int
) -> None:
    """However many there are, and whichever way they are found."""
    monkeypatch.setattr(queries, "_FEW", few)
    days = (None, 5, None, -9, 5, 1)
    made = [
        case(name=f"N {n}", **({} if ahead is None else {"due_on": TODAY + timedelta(ahead)})).id
        for n, ahead in enumerate(days)
    ]
    case(name="Hidden", reach="own", due_on=TODAY - timedelta(days=20))
    dated = [made[3], made[5], *sorted((made[1], made[4]), key=str)]
    wanted = [*dated, *sorted((made[0], made[2]), key=str)]
    assert [one.id for one in columns("legal", most=2)["not_started"].cards] == wanted[:2]
    seen: list[Any] = []
    after = None
    for _page in range(3):
        found = columns("legal", most=2, progress="not_started", after=after)["not_started"]
        seen, after = [*seen, *(one.id for one in found.cards)], found.more
    assert (seen, after) == (wanted, None)
    assert [one.id for one in columns("legal", most=3, late="1")["not_started"].cards] == [made[3]]


def test_the_drawing_begins_with_the_first_dates_and_goes_on(
    case: Any, world: Any, reading: Any
) -> None:
    made = [case(name=f"N {n}", due_on=TODAY + timedelta(days=n)).id for n in (3, 1, 2)]
    done = case(name="Done").confirmed().id
    asked = {"workspace_id": world.workspace_id, "filters": ALL, "on": TODAY, "most": 3}
    actor = world.actor("legal")
    with reading(actor) as session:
        first = queries.timed(session, actor, **asked)
        rest = queries.timed(session, actor, **asked, after=rules.place(first[-1]))
    places = [rules.place_of(one) for one in (*first, *rest)]
    assert places == sorted(places)
    assert {one.id for one in (*first, *rest)} == {*made, done}


def test_a_past_day_shows_what_had_happened_by_then(case: Any, world: Any, reading: Any) -> None:
    one = case(due_on=TODAY + timedelta(days=1))
    days = {n: world.actor("relief", now=world.actor("relief").now + timedelta(days=n))
            for n in (3, 9)}  # fmt: skip
    on = TODAY + timedelta(days=2)
    one.do("relief", Kind.CLAIM, "claimed", replace(REPORT, effective_on=on), actor=days[3])

    def stood(day: date, **chosen: str) -> Any:
        with reading(days[9]) as session:
            found = queries.then(
                session, days[9], workspace_id=world.workspace_id, filters=Filters(**chosen),
                day=day, zone="UTC",
            )  # fmt: skip
        assert found is not None
        return [(card.progress, card.held_from) for card in found]

    assert stood(TODAY - timedelta(days=1)) == []
    assert stood(TODAY) == [("not_started", None)]
    assert stood(on) == [("claimed", on)]
    assert stood(on, progress="not_started") == []
    assert stood(TODAY, progress="not_started") != []
    # Late is counted on that day, by the date that stood then.
    assert stood(TODAY + timedelta(days=2), late="1") == []


def test_beyond_so_many_nobody_looks_back_in_one_go(
    case: Any, world: Any, reading: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case()
    case(name="Other")
    monkeypatch.setattr(rules, "MOST_BACK", 1)
    actor = world.actor("relief")
    asked: dict[str, Any] = {"workspace_id": world.workspace_id, "filters": ALL, "day": TODAY}
    with reading(actor) as session:
        assert queries.then(session, actor, **asked, zone="UTC") is None


def test_a_refused_ask_of_an_institution_stays_open(case: Any, world: Any, reading: Any) -> None:
    one = case(member="women", due_on=TODAY - timedelta(days=3))
    one.do("women", Kind.RESPONSE, "rejected", Given(text="No", effective_on=TODAY))
    actor = world.actor("legal")
    with reading(actor) as session:
        counted = queries.counts_of(
            session, actor, institution_id=one.see().institution_id, on=TODAY
        )
    named = {show for show, number in counted.items() if number}
    assert named == {Show.ALL, Show.OPEN, Show.LATE, Show.REFUSED}


def test_what_was_put_to_those_before_it_stands_there_under_the_old_name(
    case: Any, client: Any, world: Any, database: Any, app: Any
) -> None:
    """Five hundred asks of a ministry that was merged: counted apart, in as many questions."""
    one, new, oldest = case(name="Ministry of Works"), case(name="Public Works"), case(name="Roads")
    old, into, first = (c.see().institution_id for c in (one, new, oldest))
    relief, browser = world.actor("relief"), client("legal")
    asked: list[Any] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def look() -> tuple[str, int]:
        asked.clear()
        return browser.get(f"/recommendations/owners/{into}"), len(asked)

    with database.writing(relief) as session:
        for was, became in ((first, old), (old, into)):
            institutions.succeed(
                session, relief, institution_id=was, into_id=became, note="A decree", after=None
            )
    look()
    few, few_asked = look()
    assert "Ministry of Works" in few
    assert "Roads" in few
    with database.writing(relief) as session, guard.system(session, guard.System.CARRY):
        r: Any = Recommendation.__table__
        a: Any = Ask.__table__
        row = session.execute(select(r).where(r.c.id == one.recommendation_id)).mappings().one()
        ask = session.execute(select(a).where(a.c.id == one.id)).mappings().one()
        ids = [(uuid4(), uuid4()) for _ in range(499)]
        session.execute(insert(r), [{**row, "id": i, "ref": f"M-{i}"} for i, _ in ids])
        session.execute(insert(a), [{**ask, "id": j, "recommendation_id": i} for i, j in ids])
    look()
    many, many_asked = look()
    assert "In all: 500" in many
    assert many_asked <= few_asked
    # What was put to the new one itself is counted alone.
    assert "<b>500</b>" not in many


@pytest.mark.parametrize("few", [0, 200], ids=["many", "few"])
def test_an_institution_is_counted_and_listed_alike(
    case: Any, world: Any, database: Any, reading: Any, monkeypatch: Any, few: int
) -> None:
    """By the database as by the rules; and of what is hidden nothing."""
    monkeypatch.setattr(queries, "_FEW", few)
    one = case(name="Housing", due_on=TODAY - timedelta(days=3)).confirmed()
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    to = one.see().institution_id
    add = {"workspace_id": world.workspace_id, "to": NewAsk(to, due_on=TODAY - timedelta(days=1))}
    lead = world.actor("relief")
    with database.writing(lead) as session:
        for title, reach in (("Open", "members"), ("Hidden", "own")):
            new = NewText(title=title, text=title)
            recommendations.add(session, lead, new=new, reach=reach, **add)
    actor = world.actor("legal")
    with reading(actor) as session:
        counts = queries.counts_of(session, actor, institution_id=to, on=TODAY)
        listed = {
            show: queries.of_institution(
                session, actor, institution_id=to, show=show, on=TODAY, count=count, most=50
            )
            for show, count in counts.items()
        }
        assert (counts[Show.ALL], counts[Show.REVERSED]) == (2, 1)
        assert counts == queries.tally(listed[Show.ALL], on=TODAY)
        for show, cards in listed.items():
            fits = [one for one in listed[Show.ALL] if rules.belongs(show, one, on=TODAY)]
            assert cards == sorted(fits, key=rules.order)


def test_the_page_of_an_institution_lists_what_it_counts(case: Any, client: Any) -> None:
    one = case(name="Ministry of Housing").confirmed()
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    path = f"/recommendations/owners/{one.see().institution_id}"
    page = client("legal").get(f"{path}?show=reversed")
    assert "Ministry of Housing" in page
    assert f"#ask-{one.id}" in page
    assert f"#ask-{one.id}" not in client("legal").get(f"{path}?show=done")
    client("donor").get(path, status=404)


def test_a_donor_finds_no_board(client: Any) -> None:
    for path in (BOARD, TIMELINE):
        client("donor").get(path, status=404)


def test_the_tabs_keep_the_filters(case: Any, client: Any) -> None:
    case()
    for path in (BOARD, TIMELINE, "/recommendations/in/testland"):
        page = client("legal").get(f"{path}?owner=Someone&late=1")
        assert page.count("owner=Someone&amp;late=1") >= 2


def test_a_part_of_the_page_is_the_board_alone(client: Any) -> None:
    part = client("legal").get(BOARD, headers={"HX-Request": "true"})
    assert part.lstrip().startswith('<div id="boards-board"')


def test_the_drawing_has_the_same_facts_in_a_table(case: Any, client: Any) -> None:
    case(due_on=date(2026, 12, 24))
    page = client("legal").get(TIMELINE)
    assert "<svg" in page
    assert "24 Dec 2026" in page


@pytest.mark.parametrize("said", ["x", "20260-01-01", "0000-00-00", "2026-02-31", "%00"])
def test_a_day_that_is_none_shows_today(client: Any, said: str) -> None:
    for path in (BOARD, TIMELINE):
        client("legal").get(f"{path}?on={said}")


@pytest.mark.parametrize("place", ["x", "MjAyNg", "eB95"])
def test_a_damaged_link_to_more_is_told_in_words(client: Any, place: str) -> None:
    client("legal").get(f"{BOARD}?progress=claimed&from={place}", status=422)


def test_a_move_leads_to_the_page_of_its_step(case: Any, client: Any) -> None:
    one = case()
    path = f"/recommendations/asks/{one.id}/move"
    page = client("relief").get(path)
    assert {"in_progress", "partial", "claimed"} <= set(re.findall(r"\?to=(\w+)", page))
    there = client("relief").get(f"{path}?to=partial", status=303)
    assert f"/recommendations/asks/{one.id}/update?to=partial" in there
    step = client("relief").get(f"/recommendations/asks/{one.id}/update?to=partial")
    assert re.search(r'value="partial"[^>]*checked|checked[^>]*value="partial"', step)


def test_a_move_that_nobody_may_make_is_refused_in_words(case: Any, client: Any) -> None:
    one = case()
    page = client("legal").get(f"/recommendations/asks/{one.id}/move?to=implemented")
    assert "It cannot go there" in page
    assert one.see().progress == "not_started"


def test_who_follows_it_up_cannot_move_it_to_confirmed(case: Any, world: Any, reading: Any) -> None:
    one = case().claimed()
    for who, may in (("relief", False), ("legal", True)):
        actor = world.actor(who)
        with reading(actor) as session:
            held = asks.ask(session, actor, one.id)
            found = rules.moves(asks.open_steps(actor, held, on=TODAY, dispute=None), held.progress)
        assert (Progress.IMPLEMENTED in found) == may


def test_a_hidden_ask_leads_nowhere(case: Any, client: Any) -> None:
    one = case(reach="own")
    client("legal").get(f"/recommendations/asks/{one.id}/move?to=claimed", status=404)
