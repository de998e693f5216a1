"""The pages of a sheet: sent, matched, looked at, written, taken back."""

import io
import re
from uuid import uuid4

import pytest

from advocacy.reference import actions as reference
from advocacy.reference import rules as lists_of
from tests.world import NOW, founder

SHEETS = "/threats/in/testland/sheets"


@pytest.fixture(autouse=True)
def lists(database):
    with database.writing(founder(NOW)) as session:
        reference.load_taxonomies(session)
        reference.load_areas(session, lists_of.testland())


def sent(browser, data, status=303):
    file = (io.BytesIO(data), "weekly.csv")
    return browser.post(SHEETS, {"file": file}, status=status)


def test_a_sheet_is_matched_looked_at_written_and_taken_back(client):
    relief = client("relief")
    answer = sent(relief, b"Threat,Summary,Kind,Begin\nFloods,S,PR15,03/04/2025\nBad,S,PR77,\n")
    match = answer.headers["Location"]
    assert "Kind" in relief.get(match)
    asked = {"c0": "title", "c1": "summary", "c2": "risk", "c3": "started_on", "order": ""}
    text = relief.post(match, asked, status=422).get_data(as_text=True)
    assert "two ways" in text
    plan = relief.post(match, {**asked, "order": "dmy"}).headers["Location"]
    page = relief.get(plan)
    assert "Floods" in page
    assert "PR77" in page
    assert "Floods" not in relief.get("/threats/in/testland"), "nothing is written yet"
    basis = re.search(r'name="basis"[^>]*value="([0-9a-f]+)"', page).group(1)
    relief.post(plan, {"basis": basis})
    assert "Floods" in relief.get("/threats/in/testland")
    assert "Floods" not in client("legal").get("/threats/in/testland")
    back = re.search(rf'action="({SHEETS}/[^"]+/back)"', relief.get(SHEETS)).group(1)
    relief.post(back, page=SHEETS)
    assert "Floods" not in relief.get("/threats/in/testland")
    assert "Taken back" in relief.get(SHEETS)


def test_rows_with_one_persons_data_come_first_and_say_so(client):
    relief = client("relief")
    rows = b"Roads,Closed,PR15\nFloods,Call +44 20 7946 0958,PR15\n"
    match = sent(relief, b"Threat,Summary,Kind\n" + rows).headers["Location"]
    asked = {"c0": "title", "c1": "summary", "c2": "risk", "order": ""}
    page = relief.get(relief.post(match, asked).headers["Location"])
    assert "1 row has words that look like one person" in page
    assert "“+44 20 7946 0958”" in page
    assert page.index("Floods") < page.index("Roads")


def test_another_organisations_sheet_is_not_there(client):
    match = sent(client("relief"), b"title,summary,risk\nFloods,S,PR15\n").headers["Location"]
    legal = client("legal")
    legal.get(match, status=404)
    legal.get(f"{match}/plan", status=404)
    legal.post(f"{SHEETS}/{uuid4()}/back", page=SHEETS, status=404)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 this is no sheet", "Excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(client, data, words):
    assert words in sent(client("relief"), data, status=422).get_data(as_text=True)


def test_an_observer_and_a_donor_have_no_such_page(client):
    client("observer").get(SHEETS, status=403)
    client("donor").get(SHEETS, status=403)
