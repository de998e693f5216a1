"""The page that donors read as a file: exactly the page, for an account and for a link."""

import csv
from datetime import date
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from advocacy.asks.rules import Kind
from advocacy.donors.rows import PublicAsk
from advocacy.handouts import rules
from advocacy.shares import actions as shares
from tests.asks.test_actions import AGAINST, TODAY, Case
from tests.browser import Browser
from tests.outcomes.conftest import One
from tests.shares.test_shares import SECRET, Links, browse

PAGE, FILES = "/donors/in/testland", "/donors/in/testland/files"
SHARED = "/donors/shared/files"
KINDS = ("xlsx", "csv", "pdf")


@pytest.fixture
def links(world: Any, database: Any, now: Any) -> Links:
    return Links(world, database, now)


@pytest.fixture
def case(world: Any, database: Any) -> Any:
    return lambda **how: Case(world, database, **how)


def take(browser: Browser, path: str, kind: str, **more: str) -> bytes:
    """As the page sends it: with the view in the address."""
    assert f'action="{path}"' in unescape(browser.get(path))
    answer = browser.post(path, {"kind": kind, **more}, page=path, status=None)
    assert answer.status_code == 200
    return bytes(answer.get_data())


def said(data: bytes, kind: str) -> str:
    """All words of a file, in its order."""
    if kind == "pdf":
        words = " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
        return " ".join(words.split())
    if kind == "csv":
        return data.decode("utf-8-sig")
    sheet = load_workbook(BytesIO(data)).active
    return "\n".join(
        "\t".join("" if cell is None else str(cell) for cell in row)
        for row in sheet.iter_rows(values_only=True)
    )


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_holds_the_page_and_nothing_of_what_is_hidden(
    case: Any, client: Any, world: Any, database: Any, kind: str
) -> None:
    case(reach="donors", name="The ministry", do_how="fund", do_words="Four clinics")
    case(reach="members", name="Hidden ministry")
    case(kind="party", reach="public", name="Hidden group")
    case(member="donor", kind="donor", reach="members", name="Hidden donor")
    One(world, database, reach="donors", title="The gate was opened")
    One(world, database, reach="members", title="Hidden gate")
    words = said(take(client("donor"), FILES, kind), kind)
    for shown in ("The ministry", "Four clinics", "The gate was opened"):
        assert shown in words
    for hidden in ("Hidden", "Relief Network", "example.org", "%", "Asked of you", "asked_of_you"):
        assert hidden not in words
    assert ("22 Nov 2026" if kind == "pdf" else "2026-11-22") in words
    assert "Source: Testland" in words


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_delivered_to_a_donor_stands_first_in_its_own_file_alone(
    case: Any, client: Any, kind: str
) -> None:
    case(reach="donors", name="The ministry")
    case(member="donor", kind="donor", delivered_on=TODAY, reach="members", name="The north")
    words = said(take(client("donor"), FILES, kind), kind)
    first = "Asked of you" if kind == "pdf" else "asked_of_you"
    assert words.index(first) < words.index("The ministry")
    assert words.index("The north") < words.index("The ministry")
    other = said(take(client("relief"), FILES, kind), kind)
    assert "The north" not in other
    assert first not in other
    if kind == "csv":
        counted = [row["number"] for row in table(take(client("donor"), FILES, kind))]
        assert "2" not in counted


def test_it_holds_the_counts_and_the_lines_of_the_page_in_its_order(case: Any, client: Any) -> None:
    case(reach="donors", name="In time")
    case(reach="donors", name="Late", due_on=date(2026, 6, 30))
    case(reach="public", name="Done").confirmed()
    undone = case(reach="public", name="Undone").confirmed()
    undone.do("women", Kind.REVERSE, "regressed", AGAINST)
    rows = table(take(client("donor"), FILES, "csv"))
    page = client("donor").get(PAGE)
    whom = [row["addressed_to"] for row in rows if row["part"] == "recommendation"]
    assert sorted(whom) == ["Done", "In time", "Late", "Undone"]
    listed = page[page.index('id="donors-list"') : page.index('id="donors-words"')]
    assert whom == sorted(whom, key=lambda name: listed.index(f"<bdi>{name}</bdi>"))
    counts = {row["title"]: int(row["number"]) for row in rows if row["part"] == "count"}
    assert (counts["all"], counts["late"], counts["implemented"]) == (4, 1, 1)
    by = {row["addressed_to"]: row for row in rows}
    assert by["Late"]["late_days"] == "145"
    assert by["Undone"]["reversal_confirmed"] == "no"


def test_it_holds_the_view_that_was_on_the_screen(case: Any, client: Any) -> None:
    case(reach="donors", name="One ministry")
    case(reach="donors", name="Another ministry")
    asked = f"{FILES}?addressee=One+ministry"
    rows = table(take(client("donor"), asked, "csv"))
    assert {row["addressed_to"] for row in rows} == {"One ministry", ""}


def test_nothing_in_it_runs_and_a_zero_stays_a_zero(case: Any, client: Any) -> None:
    case(reach="donors", name="=HYPERLINK(1)", do_how="fund", do_words="018/24")
    rows = table(take(client("donor"), FILES, "csv"))
    mine = next(row for row in rows if row["part"] == "recommendation")
    assert mine["addressed_to"] == "'=HYPERLINK(1)"
    assert mine["in_words"] == "018/24"
    sheet = load_workbook(BytesIO(take(client("donor"), FILES, "xlsx"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "018/24" in [cell.value for cell in cells]


def test_a_file_is_logged_with_its_organisation(case: Any, client: Any) -> None:
    case(reach="donors")
    take(client("donor"), FILES, "csv")
    take(client("cluster"), FILES, "pdf")
    log = client("donor").get(FILES).split('id="handouts-log"')[1]
    assert "CSV" in log
    assert "PDF" not in log
    assert "Donor Person" in log


def test_a_new_column_of_ours_is_in_no_file_until_it_is_listed_here() -> None:
    assert (
        *("part", "title", "language", "number", "addressed_to", "published_on", "response"),
        *("progress", "progress_on", "first_date", "first_precision", "due_on", "due_precision"),
        "moved",
        *("late_days", "held_from", "held_to", "reversal_confirmed", "what_you_can_do"),
        *("in_words", "do_by", "holds", "confirmed_by_a_second", "as_of", "source"),
    ) == rules.COLUMNS
    assert PublicAsk._fields == (
        *("id", "title", "language", "addressee", "published_on", "response", "response_on"),
        *("progress", "progress_on", "original_due_on", "original_end_on", "original_precision"),
        "due_on",
        *("due_precision", "moves", "held_from", "held_to", "delivered_on", "do_how"),
        *("do_words", "do_by", "is_alleged"),
    )


def test_it_speaks_arabic(case: Any, client: Any) -> None:
    case(reach="donors", name="وزارة الصحة")
    browser = client("donor")
    browser.client.set_cookie("language", "ar")
    assert 'dir="rtl"' in browser.get(FILES)
    assert take(browser, FILES, "pdf").startswith(b"%PDF")


# --- behind a link -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_gives_the_file_of_its_view_and_counts_it(
    app: Any, links: Links, case: Any, client: Any, kind: str
) -> None:
    case(reach="donors", name="One ministry")
    case(reach="donors", name="Another ministry")
    case(member="donor", kind="donor", delivered_on=TODAY, reach="members", name="The north")
    _id, token = links.make(view={"addressee": "One ministry"})
    browser = browse(app, links, token)
    words = said(take(browser, SHARED, kind, addressee="Another ministry"), kind)
    assert "One ministry" in words
    for hidden in ("Another ministry", "The north"):
        assert hidden not in words
    assert "1 file taken" in client("cluster").get("/shares/in/testland")


@pytest.mark.parametrize("reach", ["own", "members"])
def test_a_hidden_row_changes_no_byte_of_a_file(
    app: Any, links: Links, case: Any, client: Any, reach: str
) -> None:
    case(reach="donors", name="The ministry", due_on=date(2026, 6, 30))
    _id, token = links.make()
    browsers = {FILES: client("donor"), SHARED: browse(app, links, token)}

    def every() -> dict[tuple[str, str], bytes]:
        return {
            (path, kind): take(browser, path, kind)
            for path, browser in browsers.items()
            for kind in KINDS
        }

    before = every()
    case(reach=reach, name="Hidden")
    case(member="donor", kind="donor", reach=reach, name="Hidden too")
    One(links.world, links.database, reach=reach, title="Hidden")
    after = every()
    assert [key for key in before if before[key] != after[key]] == []


def test_a_link_that_ends_between_its_page_and_its_button_gives_no_file(
    app: Any, links: Links, case: Any
) -> None:
    case(reach="donors")
    share_id, token = links.make(password=SECRET)
    browser = browse(app, links, token, SECRET)
    page = browser.get(SHARED)
    links.do(shares.end, share_id)
    sent = {"csrf_token": browser._hidden(page, "csrf_token"), "idempotency_key": "k" * 8}
    gone = browser.client.post(SHARED, data={**sent, "kind": "csv"})
    assert gone.status_code == 404
    browser.get(SHARED, status=404)


def test_who_opened_no_link_gets_no_file(app: Any, links: Links, case: Any) -> None:
    case(reach="public")
    Browser.open(app, links.database, links.world).get(SHARED, status=404)
    Browser.open(app, links.database, links.world, "donor").get(SHARED, status=404)
