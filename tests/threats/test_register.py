"""The list and its matrix: filters, words, pages of the list, and one number of questions."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from advocacy.organisations import queries as organisations
from advocacy.picture import queries
from advocacy.picture.rows import Filters
from tests.conftest import NOW

REGISTER = "/threats/in/testland"


@pytest.fixture
def found(world, reading):
    """`found("legal", severity=4)`: titles of the list, with the count of the matrix checked."""

    def ask(name, **filters):
        actor = world.actor(name)
        with reading(actor) as session:
            space = organisations.workspace(session, actor, world.slug)
            asked = Filters(**filters)
            rows = queries.lines(session, actor, space, asked, limit=50)
            assert sum(c.number for c in queries.cells(session, actor, space, asked)) == len(rows)
            return {row.title for row in rows}

    return ask


def test_filters_narrow_what_is_visible_and_nothing_else(report, found, areas):
    report("members", title="a", severity=5, risk_code="PR12", area_id=areas["Harbour"])
    report("members", title="b", severity=None, area_id=None)
    report("members", title="c", severity=2)
    report("own", title="hidden", severity=5, risk_code="PR12")
    assert found("legal") == {"a", "b", "c"}
    assert found("legal", severity=4) == {"a"}
    assert found("legal", risk_code="PR12") == {"a"}
    assert found("legal", is_country_wide=True) == {"b"}
    assert found("legal", area_ids=frozenset({areas["Blue Valley"]})) == {"c"}
    assert found("legal", area_ids=frozenset()) == set()


def test_words_are_found_without_regard_to_accents_and_never_in_hidden_parts(report, found):
    report("members", title="Évictions forcées", summary="Des familles sont chassées", place="Tarn")
    report("members", title="إخلاء قسري", summary="تُطرد العائلات", language="ar")
    assert found("legal", words="evictions FAMILLES") == {"Évictions forcées"}
    assert found("legal", words="تطرد") == {"إخلاء قسري"}
    for words in ("Halloran", "mill bridge", "100%", "_"):
        assert found("legal", words=words) == set()


def test_late_is_late_by_dates_alone(report, found):
    ago = lambda days: NOW - timedelta(days=days)  # noqa: E731 - a word for the table below
    report("members", title="acute late", severity=4, now=ago(32))
    report("members", title="acute in time", severity=4, now=ago(29))
    report("members", title="other late", severity=3, now=ago(92))
    report("members", title="other in time", severity=None, now=ago(60))
    own_day = (NOW - timedelta(days=1)).date()
    report("members", title="own date", severity=1, next_review=own_day, now=ago(5))
    assert found("legal", checked="late") == {"acute late", "other late", "own date"}
    assert found("legal", checked="30") == {"acute in time", "own date"}


def test_the_list_goes_on_where_it_stopped(client, report, world, reading):
    for number in range(53):
        report("members", title=f"Record {number:02}", now=NOW - timedelta(minutes=number))
    legal = client("legal")
    first = legal.get(REGISTER)
    assert "53 protection risks" in first
    assert "Record 49" in first
    assert "Record 50" not in first
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = legal.get(following)
    assert "Record 50" in second
    assert "Record 49" not in second
    legal.get(f"{REGISTER}?after=nonsense", status=422)


def test_a_record_checked_at_the_same_instant_is_neither_lost_nor_twice(world, reading, report):
    made = {report("members", title=f"r{n}") for n in range(7)}
    legal, seen, after = world.actor("legal"), [], None
    with reading(legal) as session:
        space = organisations.workspace(session, legal, world.slug)
        while rows := queries.lines(session, legal, space, Filters(), after=after, limit=2):
            seen += [row.id for row in rows]
            after = (rows[-1].checked_at, rows[-1].id)
    assert len(seen) == 7
    assert set(seen) == made


def test_the_matrix_shows_the_worst_of_what_this_reader_sees(client, report):
    report("members", severity=2, trend="improving")
    report("own", severity=5)
    theirs = client("legal").get(REGISTER)
    assert "Severity by protection risk and area" in theirs
    assert '<td class="v2">' in theirs
    assert '<td class="v5">' not in theirs
    assert "1 protection risk<" in theirs
    mine = client("relief").get(REGISTER)
    assert '<td class="v5">' in mine
    assert "2 protection risks" in mine
    assert "area=TST02&amp;risk=PR15" in mine


def test_an_empty_register_says_so_and_a_filter_can_be_cleared(client, areas):
    legal = client("legal")
    assert "No protection risk was shared with you yet" in legal.get(REGISTER)
    assert "Clear filters" in legal.get(f"{REGISTER}?severity=4&nonsense=1&risk=PR99")


def test_a_cell_s_filters_are_kept_in_the_address(client, report):
    report("members")
    page = client("legal").get(f"{REGISTER}?severity=3&area=TST02")
    assert 'value="3" selected' in page
    assert 'value="TST02" selected' in page
    assert "Checkpoints" in page


def test_hostile_words_are_text(client, report):
    report("members", title='<script>alert(1)</script>"><b>x')
    page = client("legal").get(f"{REGISTER}?q=%3Cscript%3E")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_one_record_or_fifty_cost_the_same_number_of_questions(client, report, app):
    browser, asked = client("legal"), []
    report("members", title="one")
    from advocacy.web.db import database as of_app  # noqa: PLC0415 - needs the app

    with app.app_context():
        engine = of_app().engine

    def count(*_rest):
        asked.append(1)

    def cost():
        asked.clear()
        browser.get(REGISTER)
        return len(asked)

    event.listen(engine, "before_cursor_execute", count)
    one = cost()
    for number in range(49):
        report("members", title=f"Record {number}")
    assert cost() == one
    assert "Record 48" in browser.last
    event.remove(engine, "before_cursor_execute", count)
