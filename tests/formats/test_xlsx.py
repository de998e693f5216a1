"""A table as a spreadsheet: text stays text, whatever it begins with."""

import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from advocacy.formats.xlsx import MOST_IN_CELL, Column, Sheet, write

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
COLUMNS = [Column("Number", 8), Column("Words", 40), Column("Day")]
HOSTILE = [
    "=1+1",
    "+1",
    "-2 households",
    "@SUM(A1)",
    "\t=1",
    "=HYPERLINK(\"https://a.example\",\"x\")",
    "=cmd|' /C calc'!A0",
    "{=1+1}",
    "https://a.example",
    "mailto:a@a.example",
    "internal:Sheet!A1",
    "<b>&amp;</b>",
    "007",
    "1e5",
    "_x000D_",
]  # fmt: skip


def table(*rows, **more):
    return Sheet("Comments", COLUMNS, rows, **more)


def opened(data):
    return load_workbook(io.BytesIO(data)).active


def test_what_is_written_is_read_again_in_its_place():
    page = opened(write(table((1, "مرحبا, “412” households", date(2026, 11, 22))), at=AT))
    assert [cell.value for cell in page[2]] == ["Number", "Words", "Day"]
    number, words, day = page[3]
    assert (number.value, words.value) == (1, "مرحبا, “412” households")
    assert day.value.date() == date(2026, 11, 22)
    assert page.freeze_panes == "A3"


@pytest.mark.parametrize("words", HOSTILE)
def test_a_text_is_never_a_formula_or_a_link(words):
    data = write(table((1, words, None)), at=AT)
    cell = opened(data)["B3"]
    assert cell.data_type == "s"
    assert cell.value == words
    assert cell.quotePrefix, "it would become a formula when somebody edits it"
    assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            assert not re.search(rb"<f>|<f |hyperlink", parts.read(name)), name
        assert not [
            n for n in parts.namelist() if n.endswith(".rels") and b"External" in parts.read(n)
        ]


def test_heading_and_note_are_inert_too():
    sheet = Sheet("=1+1", [Column("=2+2")], [("x",)], note="=3+3")
    page = opened(write(sheet, at=AT))
    assert (page["A1"].value, page["A2"].value) == ("=3+3", "=2+2")
    assert {page["A1"].data_type, page["A2"].data_type} == {"s"}


def test_equal_tables_are_equal_files():
    assert write(table((1, "a", None)), at=AT) == write(table((1, "a", None)), at=AT)


def test_nothing_touches_the_disk_on_the_way(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "absent"))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("tempfile.mkstemp", None)
    monkeypatch.setattr("tempfile.mkdtemp", None)
    assert opened(write(table((1, "a", None)), at=AT))["B3"].value == "a"


def test_a_sheet_for_arabic_begins_at_the_right():
    assert opened(write(table((1, "a", None), right_to_left=True), at=AT)).sheet_view.rightToLeft
    assert not opened(write(table((1, "a", None)), at=AT)).sheet_view.rightToLeft


def test_words_beyond_a_cell_are_cut_where_one_sees_it():
    page = opened(
        write(table((1, "x" * (MOST_IN_CELL + 5), None), (2, "😀" * 20_000, None)), at=AT)
    )
    assert len(page["B3"].value) == MOST_IN_CELL
    assert page["B3"].value.endswith("…")
    assert page["B4"].value.endswith("😀…")


def test_an_empty_table_and_a_name_that_no_sheet_can_have():
    page = opened(write(Sheet("Comments: [all] / 'of' them, and more words", COLUMNS, []), at=AT))
    assert page.title.startswith("Comments")
    assert not set(page.title) & set("[]:*?/\\'")
    assert len(page.title) <= 31
    assert page.max_row == 2


def test_what_is_no_cell_is_refused():
    with pytest.raises(TypeError):
        write(table((1.5, "a", None)), at=AT)
    with pytest.raises(TypeError):
        write(table((True, "a", None)), at=AT)
