"""A sheet of one's own records into the register: looked at first, then all of it or nothing."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from xlsxwriter import Workbook

from advocacy.extracts import mapper as files
from advocacy.extracts import queries as extracts
from advocacy.extracts.schema import Kind, Reach
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.intake import actions, queries, rules
from advocacy.intake import mapper as sheets
from advocacy.organisations import queries as organisations
from advocacy.picture import queries as picture
from advocacy.picture.rows import Filters
from advocacy.reference import actions as reference
from advocacy.reference import rules as lists_of
from advocacy.threats import actions as threats
from advocacy.threats import queries as register
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.schema import Threat
from tests.world import NOW, founder

HEAD = "title,summary,risk_code,admin1_code,severity,start_date"
ROW = "Soldiers close the road,Traders are turned back.,PR15,{area},4,2026-10-01"


@pytest.fixture(autouse=True)
def lists(database):
    with database.writing(founder(NOW)) as session:
        reference.load_taxonomies(session)
        reference.load_areas(session, lists_of.testland())


@pytest.fixture
def area():
    return next(line.code for line in lists_of.testland() if line.level == 1)


@pytest.fixture
def bring(database, world):
    """Read, match by guessing, plan and write: the plan, and the run."""

    def brought(data, by="relief", order="", now=None, **matched):
        actor = world.actor(by, now=now)
        data = data.encode() if isinstance(data, str) else data
        table = sheets.read("sheet.csv", data, most_rows=5_000, most_bytes=10_000_000)
        with database.writing(actor) as session:
            space = organisations.workspace(session, actor, world.slug)
            sheet = actions.receive(session, actor, space, table)
            matched = {**sheet.matched, **matched}
            sheet = actions.match(session, actor, sheet.id, matched, order=order)
            planned = actions.plan(
                session, actor, space, queries.table(sheet), sheet.matched, order=sheet.order
            )
            run = actions.write(session, actor, space, table, planned, basis=planned[0].basis)
            actions.done(session, actor, sheet.id)
            return planned[0], run

    return brought


@pytest.fixture
def listed(database, world):
    def titles(by="relief"):
        actor = world.actor(by)
        with database.reading(actor) as session:
            space = organisations.workspace(session, actor, world.slug)
            return [row.title for row in picture.lines(session, actor, space, Filters(), limit=50)]

    return titles


def test_records_come_in_at_own_level_and_a_second_time_change_nothing(bring, listed, area):
    sheet = f"{HEAD}\n{ROW.format(area=area)}\n"
    plan, _run = bring(sheet)
    assert plan.counts() == {
        "new": 1, "changed": 0, "same": 0, "missing": 0, "refused": 0, "conflicts": 0
    }  # fmt: skip
    assert listed() == ["Soldiers close the road"]
    assert listed("legal") == []
    again, _run = bring(sheet)
    assert (again.counts()["new"], again.counts()["same"]) == (0, 1)


def test_a_brought_record_is_like_one_reported_by_hand(bring, database, world, area):
    bring(f"{HEAD}\n{ROW.format(area=area)}\n")
    relief = world.actor("relief")
    with database.reading(relief) as session:
        one_id = session.scalars(select(Threat.id)).one()
        now = register.current(session, relief, one_id)
    assert now.edition == 1
    assert (now.entry.severity, now.entry.started_on) == (4, date(2026, 10, 1))
    with database.writing(relief) as session:
        changed = replace(now.entry, title="Another")
        assert threats.edit(session, relief, one_id, changed, based_on=1).edition == 2


def test_words_of_a_sheet_are_found_as_soon_as_it_is_in(bring, database, world, area):
    bring(f"{HEAD}\n{ROW.format(area=area)}\n")
    relief = world.actor("relief")
    with database.reading(relief) as session:
        space = organisations.workspace(session, relief, world.slug)
        asked = Filters(words="soldiers road")
        assert len(picture.lines(session, relief, space, asked, limit=5)) == 1


def test_every_fault_of_every_row_is_told_and_the_rest_comes_in(bring, listed, area):
    rows = [
        ROW.format(area=area),
        f"Low over high,S,PR15,{area},9,2026-10-01",
        "No such place,S,PR15,XX99,4,2026-10-01",
        "No such risk,S,PR99,,4,2026-10-01",
        ",No title,PR15,,4,2026-10-01",
        "Later,S,PR15,,4,2031-10-01",
        "Formula,=1+1,PR15,,4,2026-10-01",
    ]
    plan, _run = bring("\n".join([HEAD, *rows]) + "\n")
    assert listed() == ["Soldiers close the road"]
    assert sorted({row.line for row in plan.refused}) == [3, 4, 5, 6, 7, 8]
    codes = {row.reason.code for row in plan.refused}
    assert {"intake.unknown", "reference.area-unknown", "form.required"} <= codes
    assert {"threats.starts-later", "intake.formula"} <= codes


@pytest.mark.parametrize(
    ("days", "order", "read"),
    [
        (["25/11/2025", "03/04/2025"], "", date(2025, 4, 3)),
        (["11/25/2025", "03/04/2025"], "", date(2025, 3, 4)),
        (["2025/04/03"], "", date(2025, 4, 3)),
        (["03/04/2025"], "dmy", date(2025, 4, 3)),
        (["45750"], "", date(2025, 4, 3)),
        (["٠٣/٠٤/٢٠٢٥"], "dmy", date(2025, 4, 3)),
    ],
)
def test_days_are_read_in_the_only_order_that_fits_or_as_a_person_says(
    bring, database, world, days, order, read
):
    rows = [f"T{n},S,PR15,{day}" for n, day in enumerate(days)]
    bring("\n".join(["title,summary,risk_code,start_date", *rows]), order=order)
    relief = world.actor("relief")
    with database.reading(relief) as session:
        assert read in session.scalars(select(Threat.started_on)).all()


def test_a_day_that_can_be_read_in_two_ways_is_asked_about(bring, listed):
    with pytest.raises(Invalid) as refused:
        bring("title,summary,risk_code,start_date\nT,S,PR15,03/04/2025\n")
    assert [reason.code for reason in refused.value.reasons] == ["intake.order"]
    assert listed() == []


def test_a_form_collectors_export_is_matched_by_the_last_part_of_its_headers(bring, listed):
    head = "_uuid;threat/title;threat/summary;threat/risk/PR15;threat/risk/PR01;who/party"
    rows = [
        "abc;Checkpoint;S;1;0;police",
        "abd;Two risks;S;1;1;police",
        "abe;Two;S;1;0;police militia",
    ]
    plan, _run = bring("\n".join([head, *rows]))
    assert sorted(listed()) == ["Checkpoint", "Two"]
    (refused,) = plan.refused
    assert (refused.line, refused.reason.code) == (3, "intake.several")
    changed, _run = bring("\n".join([head, "abc;Checkpoint at night;S;1;0;police"]))
    assert changed.counts()["changed"] == 1
    assert "Checkpoint at night" in listed()


def test_a_sheet_with_its_header_in_row_three_merged_cells_and_number_codes(bring, listed, area):
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write(0, 0, "Weekly list")
        for at, name in enumerate(["Titre", "Résumé", "Risque", "admin1", "Gravité"]):
            page.write(2, at, name)
        page.merge_range(3, 3, 4, 3, area)
        for row in (3, 4):
            page.write(row, 0, f"Menace {row}")
            page.write(row, 1, "Résumé")
            page.write_number(row, 2, 15)
            page.write_formula(row, 4, "=2+2", value=4)
    bring(out.getvalue())
    assert sorted(listed()) == ["Menace 3", "Menace 4"]


def test_what_was_taken_out_comes_in_again_and_loses_nothing(bring, database, world, area):
    relief, entry = world.actor("relief"), Entry(
        risk_code="PR15", title="=Soldiers", summary="Two\nlines", severity=5, trend="worsening",
        people_low=0, people_high=40, how_known="saw", party="militia", place="Old gate",
        started_on=date(2026, 1, 2), next_review=date(2027, 1, 2), language="fr", sensitivity=3,
        narrative="The full account",
    )  # fmt: skip
    with database.writing(relief) as session:
        threats.report(
            session, relief, workspace_id=world.workspace_id, entry=entry, sharing=Sharing()
        )
    data = taken(database, relief, world.slug)
    same, _run = bring(data)
    assert (same.counts()["same"], same.counts()["new"]) == (1, 0)
    bring(data, by="legal")
    legal = world.actor("legal")
    with database.reading(legal) as session:
        (one,) = session.scalars(select(Threat)).all()
        assert replace(register.current(session, legal, one.id).entry) == entry


def taken(database, actor, slug):
    with database.reading(actor) as session:
        space = organisations.workspace(session, actor, slug)
        words = extracts.words(session, space, "en")
        pages = [
            (rows, extracts.explained(session, actor, rows, words))
            for rows in extracts.pages(session, actor, space, Filters())
        ]
        cover = files.Cover("Register", (), NOW, "en")
        return b"".join(files.parts(Kind.CSV, Reach.OURS, pages, cover))


def test_a_run_is_taken_back_within_a_day_unless_somebody_acted_on_it(
    bring, database, world, listed
):
    relief = world.actor("relief")
    _plan, run = bring("title,summary,risk_code\nFloods,S,PR15\n")
    with pytest.raises(NotFound), database.writing(world.actor("legal")) as session:
        actions.take_back(session, world.actor("legal"), run)
    late = world.actor("relief", now=NOW + timedelta(hours=25))
    with pytest.raises(Conflict), database.writing(late) as session:
        actions.take_back(session, late, run)
    with database.writing(relief) as session:
        assert actions.take_back(session, relief, run) == 1
    assert listed() == []
    with database.reading(relief) as session:
        (one,) = session.scalars(select(Threat.id)).all()
        with pytest.raises(NotFound):
            register.threat(session, relief, one)
    _plan, run = bring("title,summary,risk_code\nRaids,S,PR15\n")
    with database.writing(relief) as session:
        one = session.scalar(select(Threat.id).where(Threat.title == "Raids"))
        threats.share(
            session, relief, one, Sharing("named", frozenset({world.organisations["legal"]}))
        )
    with pytest.raises(Conflict), database.writing(relief) as session:
        actions.take_back(session, relief, run)
    assert listed() == ["Raids"]


def test_a_plan_that_the_register_outran_is_not_written(database, world, bring):
    relief = world.actor("relief")
    table = sheets.read("s.csv", b"_uuid,title,summary,risk_code\na,T,S,PR15\n", most_rows=9,
                        most_bytes=999)  # fmt: skip
    with database.reading(relief) as session:
        space = organisations.workspace(session, relief, world.slug)
        found, _made = actions.plan(
            session, relief, space, table, rules.guess(table.header), order=""
        )
    bring("_uuid,title,summary,risk_code\na,T,S,PR15\n")
    with database.writing(relief) as session:
        planned = actions.plan(session, relief, space, table, rules.guess(table.header), order="")
        with pytest.raises(Conflict):
            actions.write(session, relief, space, table, planned, basis=found.basis)
    with database.reading(relief) as session:
        assert session.scalar(select(func.count()).select_from(Threat)) == 1


def test_an_observer_brings_nothing_in(bring):
    with pytest.raises(Denied):
        bring("title,summary,risk_code\nT,S,PR15\n", by="observer")


def test_headers_are_guessed_in_four_languages():
    assert rules.guess(["Titre", "Résumé", "Risque"]) == {
        "Titre": "title", "Résumé": "summary", "Risque": "risk"
    }  # fmt: skip
    assert rules.guess(["título", "resumen", "riesgo"])["riesgo"] == "risk"
    assert rules.guess(["العنوان", "الملخص", "الخطر"])["الخطر"] == "risk"
    assert rules.guess(["colour", "group/colour"]) == {}
