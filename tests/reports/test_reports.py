"""The list as a file: exactly what its maker may read, and nothing that runs."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from advocacy.asks.actions import NewAsk
from advocacy.asks.rules import Kind as Step
from advocacy.ground.errors import Invalid
from advocacy.organisations import queries as organisations
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.actions import NewText
from advocacy.recommendations.rows import Filters
from advocacy.reports import actions, queries, rules
from advocacy.reports.rules import Kind
from tests.asks.test_actions import AGAINST, TODAY, Case

FILES = "/recommendations/in/testland/files"


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


@pytest.fixture
def taken(client: Any) -> Callable[..., bytes]:
    """`taken("csv", "?late=1", by="legal")`: the bytes of a file."""

    def take(kind: str, query: str = "", by: str = "legal") -> bytes:
        answer = client(by).post(f"{FILES}{query}", {"kind": kind}, status=None)
        assert answer.status_code == 200
        return bytes(answer.get_data())

    return take


def lines_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_table_has_a_line_for_each_ask_that_its_maker_may_read(case: Any, taken: Any) -> None:
    case(name="Ministry")
    case(name="Hidden", reach="own")
    assert [line["addressed_to"] for line in lines_of(taken("csv"))] == ["Ministry"]
    assert len(lines_of(taken("csv", by="relief"))) == 2


def test_a_file_holds_what_the_filters_leave(case: Any, taken: Any) -> None:
    case(name="Ministry", due_on=TODAY - timedelta(days=4))
    case(name="Other")
    (line,) = lines_of(taken("csv", "?late=1"))
    assert (line["addressed_to"], line["late_days"]) == ("Ministry", "4")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_in_a_file_runs_and_zeros_stay(
    world: Any, writing: Any, case: Any, taken: Any, kind: str
) -> None:
    first, relief = case(), world.actor("relief")
    with writing(relief) as session:
        recommendations.add(
            session, relief, workspace_id=world.workspace_id, reach="members",
            new=NewText(title="=1+1", text="@SUM(A1)", ref="018"),
            to=NewAsk(first.see().institution_id),
        )  # fmt: skip
    data = taken(kind)
    if kind == "csv":
        found = next(line for line in lines_of(data) if line["title"].endswith("=1+1"))
        assert found["title"][0] == found["text"][0] == "'"
        assert found["reference"] == "018"
        return
    sheet = load_workbook(io.BytesIO(data)).active
    rows = list(sheet.iter_rows(min_row=3))
    (row,) = (row for row in rows if row[1].value == "=1+1")
    assert {cell.data_type for cell in row[:3]} == {"s"}
    assert row[0].value == "018"
    assert all(cell.quotePrefix for cell in row[:3])


def test_an_excel_file_has_dates_numbers_and_headings(case: Any, taken: Any) -> None:
    case(due_on=date(2026, 12, 24))
    sheet = load_workbook(io.BytesIO(taken("xlsx"))).active
    head = [cell.value for cell in sheet[2]]
    row = dict(zip(head, [cell.value for cell in sheet[3]], strict=False))
    assert head == list(rules.COLUMNS)
    assert (row["due_on"].date(), row["moved"]) == (date(2026, 12, 24), 0)
    assert sheet.freeze_panes == "A3"


def test_json_is_whole_and_has_lists(case: Any, taken: Any) -> None:
    case(name="Ministry")
    found = json.loads(taken("json"))
    assert [line["addressed_to"] for line in found["lines"]] == ["Ministry"]
    assert found["lines"][0]["issuers"] == []
    assert json.loads(taken("json", "?owner=nobody"))["lines"] == []


def test_a_report_has_its_sections_and_says_how_long_it_held(case: Any, taken: Any) -> None:
    one = case(name="Ministry").confirmed()
    one.do("women", Step.REVERSE, "regressed", AGAINST)
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(taken("pdf"))).pages)
    for words in ("What this report covers", "Reversed: 1 of 1", "Setbacks", "What comes next"):
        assert words in text
    assert "Ministry" in text
    assert "%" not in text
    with zipfile.ZipFile(io.BytesIO(taken("docx"))) as parcel:
        assert "Reversed: 1 of 1" in parcel.read("word/document.xml").decode()


def test_each_file_is_logged_for_the_organisation_that_took_it(
    case: Any, taken: Any, client: Any
) -> None:
    case()
    taken("csv", "?owner=Someone")
    assert "Someone" in client("legal").get(FILES)
    assert "Nobody of your organisation" in client("relief").get(FILES)


def test_a_donor_takes_nothing_out(client: Any) -> None:
    client("donor").get(FILES, status=404)


def test_a_long_list_comes_whole_and_each_line_once(
    case: Any, world: Any, reading: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {case(name=f"Number {n}").id for n in range(5)}
    monkeypatch.setattr(queries, "PAGE", 2)
    actor = world.actor("legal")
    with reading(actor) as session:
        asked: dict[str, Any] = {"workspace_id": world.workspace_id, "filters": Filters()}
        found = [row.ask_id for page in queries.pages(session, actor, **asked, on=TODAY)
                 for row in page]  # fmt: skip
        assert queries.count(session, actor, **asked, on=TODAY) == 5
    assert (set(found), len(found)) == (made, 5)


def test_a_report_of_too_many_is_refused_in_words(
    case: Any, world: Any, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case()
    monkeypatch.setattr(rules, "MOST_TOLD", 0)
    actor = world.actor("legal")
    with database.writing(actor) as session:
        space = organisations.workspace(session, actor, "testland")
        asked: dict[str, Any] = {"on": TODAY, "asked": {}}
        with pytest.raises(Invalid, match=r"reports\.too-many"):
            actions.begin(session, actor, space, Filters(), kind=Kind.PDF, **asked)
        assert actions.begin(session, actor, space, Filters(), kind=Kind.CSV, **asked).lines == 1
