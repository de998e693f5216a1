"""A spreadsheet from outside: its first table, and a clear word for whatever it cannot be."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from advocacy.formats import csv, xlsx_read
from advocacy.formats.sandbox import Refused
from advocacy.formats.xlsx import Column, Sheet, write
from advocacy.ground.errors import Invalid

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, words: bytes) -> bytes:
    """The same file with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, words)
    return out.getvalue()


@pytest.fixture
def sheet() -> bytes:
    book = Workbook()
    book.active.title = "hidden"
    book.active.sheet_state = "hidden"
    page = book.create_sheet("shown")
    page["B2"], page["C2"] = "Organisation", "Answer"
    page["B4"], page["C4"] = 'Harbour "Aid",\nof the coast', "نعم"
    page["B5"], page["C5"] = 7, "=1+1"
    return saved(book)


def test_the_first_table_that_is_shown_comes_as_lines(sheet: bytes) -> None:
    assert xlsx_read.is_xlsx(sheet)
    rows = list(csv.read(xlsx_read.as_csv(sheet), required=("Organisation", "Answer")).rows)
    assert [(line, row["Organisation"], row["Answer"]) for line, row in rows] == [
        (4, 'Harbour "Aid", of the coast', "نعم"),
        (5, "7", ""),
    ]


def test_our_own_sheets_are_read_back() -> None:
    columns = [Column("Organisation"), Column("Answer", choices=("Yes", "No"))]
    data = write(Sheet("x", columns, [["=cmd|'/C calc'!A1", "Yes"]], "A note"), at=AT)
    assert xlsx_read.table(data)[0] == ["A note", ""]
    assert xlsx_read.table(data)[2] == ["=cmd|'/C calc'!A1", "Yes"]


def test_a_file_that_is_no_sheet_is_named(sheet: bytes) -> None:
    bomb = changed(sheet, "xl/sharedStrings.xml", b" " * 30_000_000)
    entity = b'<!DOCTYPE s [<!ENTITY a "b">]><sst>&a;</sst>'
    word = changed(
        sheet, "[Content_Types].xml", b"<Types><D ContentType='wordprocessingml'/></Types>"
    )
    cases = {
        "sheet.too-heavy": bomb,
        "sheet.macros": changed(sheet, "xl/vbaProject.bin", b"x"),
        "sheet.not-sheet": word,
        "sheet.old": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        "csv.empty": saved(Workbook()),
    }
    for code, data in cases.items():
        with pytest.raises(Refused) as refused:
            xlsx_read.table(data)
        assert refused.value.code == code
    damaged = (
        sheet[:400],
        changed(sheet, "xl/sharedStrings.xml", entity),
        changed(sheet, "xl/workbook.xml", b"<not"),
        changed(sheet, "xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        changed(sheet, "../../etc/passwd", b"x"),
    )
    for data in damaged:
        with pytest.raises(Refused) as refused:
            xlsx_read.table(data)
        assert refused.value.code == "sheet.damaged"


def test_a_cell_far_away_costs_nothing() -> None:
    book = Workbook()
    book.active["A1"], book.active["A1048576"] = "Organisation", "x"
    with pytest.raises(Invalid) as refused:
        xlsx_read.as_csv(saved(book))
    assert refused.value.reasons[0].code == "sheet.too-long"


def test_a_sheet_of_many_rows_is_read_within_the_readers_memory(sheet: bytes) -> None:
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c></row>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    words = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(30_000)]
    rows = "".join(row.format(n, said) for n, said in enumerate(words, start=1))
    data = changed(
        sheet,
        "xl/worksheets/sheet2.xml",
        f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode(),
    )
    found = xlsx_read.as_csv(data).decode().splitlines()
    assert found == [f'"{said}"' for said in words]
