"""A sign-on sheet goes round in the language of who took it, and comes back as Excel saved it."""

import html
import io
import re

import pytest
from openpyxl import load_workbook

from advocacy.ground.unit import Database
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from advocacy.signons import rules
from tests.browser import Browser
from tests.signoff import scene
from tests.world import World


@pytest.fixture
def opened(database: Database, world: World) -> RoundRow:
    frozen, lead = scene.frozen(database, world), world.actor("relief")
    with database.writing(lead) as session:
        round_id = frozen.open_round(session, lead, scene.ids(world, "legal", "women"))
        return signoff.round_of(session, lead, round_id)


def looked_at(browser: Browser, opened: RoundRow, data: bytes) -> str:
    path = f"/signons/round/{opened.id}"
    page = browser.get(path)
    names = ("csrf_token", "acting_for", "idempotency_key")
    sent = {name: Browser._hidden(page, name) for name in names}
    got = browser.client.post(f"{path}/sheet", data={**sent, "file": (io.BytesIO(data), "s.xlsx")})
    return html.unescape(got.get_data(as_text=True))


def test_a_blank_sheet_in_any_language_is_read_back_filled(client, opened: RoundRow) -> None:
    lead, path = client("relief"), f"/signons/round/{opened.id}"
    assert f"{path}/sheet.xlsx" in lead.get(path)
    for language in ("en", "fr", "es", "ar"):
        lead.client.set_cookie("language", language)
        got = lead.client.get(f"{path}/sheet.xlsx")
        assert got.status_code == 200
        book = load_workbook(io.BytesIO(got.data))
        page = book.active
        assert bool(page.sheet_view.rightToLeft) == (language == "ar")
        assert [page["A3"].value, page["A4"].value] == [
            "Blue Valley Women’s Association",
            "Harbour Legal Aid",
        ]
        choices = [
            each.formula1.strip('"').split(",") for each in page.data_validations.dataValidation
        ]
        page["D3"], page["F3"] = choices[0][0], choices[1][0]
        page["A6"], page["C6"], page["D6"] = "École Sans Murs", "e@murs.example", choices[0][-1]
        page["G6"] = choices[2][-1]
        out = io.BytesIO()
        book.save(out)
        said = looked_at(lead, opened, out.getvalue())
        rows = re.search(r'name="rows"[^>]*value="(\[.*?\])"', said)
        assert rows
        assert rows.group(1).count('"organisation"') == 2
        assert '"kind": "endorse"' in rows.group(1)
        assert '"logo": true' in rows.group(1)
        assert '"of_kind": "forum"' in rows.group(1)


def test_nobody_but_the_lead_takes_the_sheet(client, opened: RoundRow) -> None:
    path = f"/signons/round/{opened.id}/sheet.xlsx"
    assert client("legal").client.get(path).status_code == 403
    assert client("donor").client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("said", "kind"),
    [("OUI", "endorse"), ("Sí.", "endorse"), ("نعم", "endorse"), ("لا", "decline")],
)
def test_a_yes_is_understood_in_four_languages(said: str, kind: str) -> None:
    cells = dict.fromkeys(rules.COLUMNS, "") | {"organisation": "A", "answer": said}
    read = rules.sheet([(2, cells)], [], allowed=("endorse", "decline"))
    assert [heard.kind for heard in read.heard] == [kind]


def test_a_line_without_an_answer_is_left_out_and_counted() -> None:
    cells = dict.fromkeys(rules.COLUMNS, "") | {"organisation": "A"}
    read = rules.sheet([(2, cells)], [], allowed=("endorse",))
    assert (read.heard, read.refused, read.empty) == ((), (), 1)
