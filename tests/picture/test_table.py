"""The table: columns and orders of the address, pages of each order, counts beside each filter."""

import re
from datetime import timedelta

import pytest

from advocacy.assessments import actions as assessments
from advocacy.organisations import queries as organisations
from advocacy.picture import queries, rules
from advocacy.picture.rows import Cell, Filters
from advocacy.picture.rules import Sort
from tests.conftest import NOW

TABLE = "/threats/in/testland/table"


def facet(page, word):
    """The count beside a value of a filter, None when the value is not offered."""
    found = re.search(rf"<bdi>{re.escape(word)}</bdi>.*?<span class=\"quiet\">([^<]*)<", page, re.S)
    return found.group(1) if found else None


@pytest.mark.parametrize("sort", list(Sort))
def test_each_order_goes_on_where_it_stopped(world, reading, report, sort):
    made = set()
    for n, severity in enumerate((4, None, 4, 2, 4)):
        people = (n * 900, n * 900) if n else (None, None)
        fields = {"people_low": people[0], "people_high": people[1], "title": f"r{n % 3}"}
        made.add(report("members", severity=severity, now=NOW - timedelta(days=n % 2), **fields))
    legal, seen, after = world.actor("legal"), [], None
    with reading(legal) as session:
        space = organisations.workspace(session, legal, world.slug)
        ask = {"sort": sort, "limit": 2}
        while rows := queries.lines(session, legal, space, Filters(), after=after, **ask):
            seen += rows
            after = queries.place(rows[-1], sort)
        whole = queries.lines(session, legal, space, Filters(), sort=sort, limit=50)
    assert [row.id for row in seen] == [row.id for row in whole]
    assert {row.id for row in seen} == made


def test_the_worst_comes_first_and_what_is_not_assessed_last(world, reading, report):
    for severity in (2, None, 5, 4):
        report("members", title=f"severity {severity}", severity=severity)
    legal = world.actor("legal")
    with reading(legal) as session:
        space = organisations.workspace(session, legal, world.slug)
        rows = queries.lines(session, legal, space, Filters(), sort=Sort.SEVERITY, limit=50)
    assert [row.severity for row in rows] == [5, 4, 2, None]


def test_columns_are_those_of_the_address_and_stay_in_every_link(client, report):
    for number in range(51):
        report("members", title=f"Record {number:02}")
    legal = client("legal")
    page = legal.get(f"{TABLE}?col=people&col=level&col=nonsense&sort=title")
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', page)
    assert heads == ["Threat: who does what", "People affected", "Who can see this"]
    assert "Members of this workspace" in page
    following = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = legal.get(following)
    assert "Record 50" in second
    assert "Record 49" not in second
    assert heads == re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', second)


@pytest.mark.parametrize("after", ["nonsense", "MQ", "eHh4H3h4eA"])
@pytest.mark.parametrize("sort", ["checked", "severity", "title"])
def test_a_broken_place_in_the_list_is_said_so(client, report, after, sort):
    report("members")
    client("legal").get(f"{TABLE}?sort={sort}&after={after}", status=422)


def test_counts_stand_beside_each_filter_and_only_of_what_the_reader_sees(client, report, areas):
    report("members", severity=5, area_id=areas["Harbour"])
    report("members", severity=3)
    report("members", severity=3, risk_code="PR12")
    report("own", severity=5, risk_code="PR02", area_id=areas["North Plain"])
    page = client("legal").get(TABLE)
    assert facet(page, "Harbour") == "1"
    assert facet(page, "Blue Valley") == "2"
    assert facet(page, "North Plain") is None
    narrowed = client("legal").get(f"{TABLE}?area=TST02")
    assert facet(narrowed, "Harbour") == "1", "another area could be chosen instead"
    assert facet(narrowed, "5 Extreme and above") is None
    assert "2 protection risks" in narrowed
    assert facet(client("relief").get(TABLE), "North Plain") == "1"


def test_a_filter_counts_all_others_but_itself():
    cells = [Cell("PR01", None, 4, "stable", 3), Cell("PR02", None, 2, "stable", 5)]
    found = rules.counts(cells, Filters(risk_code="PR01", severity=3))
    assert found["risk"] == {"PR01": 3}
    assert found["severity"] == {2: 3, 3: 3, 4: 3}
    assert found["area"] == {None: 3}


def test_what_outsiders_read_has_no_column_of_the_members(client, report):
    report("donors", sensitivity=2, how_known="several")
    page = client("donor").get(f"{TABLE}?cols=how-known.people.level.sensitivity")
    assert "Several independent sources" not in page
    assert "1,000 to 9,999" in page


def test_the_table_in_part_and_in_arabic(client, report):
    report("members", title="حواجز تمنع الفرق الطبية", language="ar")
    legal = client("legal")
    legal.client.set_cookie("language", "ar")
    assert "حواجز تمنع" in legal.get(TABLE)
    part = legal.get(TABLE, headers={"HX-Request": "true"})
    assert part.lstrip().startswith('<div id="picture-table">')


def test_an_agreed_severity_is_what_is_shown_sorted_filtered_and_counted(
    client, report, world, writing
):
    threat_id = report("members", title="Agreed upon", severity=2)
    report("members", title="Of its owner", severity=3)
    cluster = world.actor("cluster")
    with writing(cluster) as session:
        assessments.agree(session, cluster, threat_id, severity=5, basis="Joint", after=None)
    page = client("legal").get(f"{TABLE}?sort=severity&severity=4")
    assert "Agreed upon" in page
    assert "Of its owner" not in page
    assert ">agreed<" in page
    assert facet(page, "5 Extreme and above") == "1"
    whole = client("legal").get(f"{TABLE}?sort=severity")
    assert whole.index("Agreed upon") < whole.index("Of its owner")


def test_of_a_word_that_most_records_have_the_least_is_said(monkeypatch, client, report):
    for where in (rules, queries):
        monkeypatch.setattr(where, "COUNTED_TO", 3)
    for number in range(6):
        report("own" if number < 2 else "members", summary="A mill.", severity=5 - number % 2)
    report("members", summary="A weir.")
    legal, relief = client("legal"), client("relief")
    page = legal.get(f"{TABLE}?q=mill")
    assert "3+ protection risks" in page
    assert facet(page, "Blue Valley") == "3+"
    # Narrowed further the total is counted, and what stands beside is no more than the least.
    page = legal.get(f"{TABLE}?q=mill&severity=5")
    assert "2 protection risks" in page
    assert facet(page, "5 Extreme and above") == "2+"
    assert "6 protection risks" not in relief.get(f"{TABLE}?q=mill")
    page = legal.get(f"{TABLE}?q=weir")
    assert "1 protection risk<" in page or "1 protection risk\n" in page
    assert facet(page, "Blue Valley") == "1"
