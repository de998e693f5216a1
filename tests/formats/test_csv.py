"""Files as people send them: read by evidence, refused in clear words."""

import csv as standard
import io
import tracemalloc
from pathlib import Path

import pytest

from advocacy.formats import csv
from advocacy.ground.errors import DomainError, Invalid, TooLarge

HEADER = "Place,Risk,Note"


def table(data: bytes, **options: object) -> list[dict[str, str]]:
    return [cells for _, cells in csv.read(data, **options).rows]


def refusal(data: bytes, **options: object) -> list[tuple[str, str]]:
    """Reads the whole file and returns (code, about) of what it was refused for."""
    with pytest.raises(DomainError) as raised:
        list(csv.read(data, **options).rows)
    return [(reason.code, reason.about) for reason in raised.value.reasons]


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        ("Equité à Al Noor, l’été", "mac-roman", "mac-roman"),
        ("Equité à Al Noor, l’été", "cp1252", "cp1252"),
        ("Señor Núñez", "mac-roman", "mac-roman"),
        ("Señor Núñez", "cp1252", "cp1252"),
        ("the State’s duty", "mac-roman", "mac-roman"),
        ("the State’s duty", "cp1252", "cp1252"),
        ("a “quoted” word – here", "cp1252", "cp1252"),
        ("ÉTAT CIVIL, Élections", "mac-roman", "mac-roman"),
        ("vis-à-vis", "mac-roman", "mac-roman"),
        ("النور، الوادي الأزرق", "utf-8", "utf-8"),
        ("النور، الوادي الأزرق", "utf-8-sig", "utf-8-sig"),
        ("النور، الوادي الأزرق", "utf-16", "utf-16"),
        ("plain words", "ascii", "utf-8"),
    ],
)
@pytest.mark.parametrize("line_end", ["\r", "\n", "\r\n"])
def test_the_encoding_is_found_by_what_the_bytes_say(
    text: str, codec: str, found: str, line_end: str
) -> None:
    lines = [HEADER, f'Harbour,PR01,"{text.replace(chr(34), chr(34) * 2)}"', "East,PR02,x", ""]
    sheet = csv.read(line_end.join(lines).encode(codec))

    assert sheet.encoding == found
    assert [cells["Note"] for _, cells in sheet.rows] == [text, "x"]


@pytest.mark.parametrize(("mark", "name"), [("\r", "CR"), ("\n", "LF"), ("\r\n", "CRLF")])
def test_line_ends_are_found_and_told(mark: str, name: str) -> None:
    sheet = csv.read(mark.join([HEADER, "a,b,c", "d,e,f"]).encode())

    assert sheet.line_end == name
    assert [line for line, _ in sheet.rows] == [2, 3]
    assert sheet.notes == ()


def test_an_old_encoding_and_mixed_line_ends_are_noted() -> None:
    sheet = csv.read("Place,Note\r\nHarbour,été\nEast,b\r\n".encode("mac-roman"))

    assert [note.code for note in sheet.notes] == [
        "csv.note-old-encoding",
        "csv.note-mixed-line-ends",
    ]
    assert sheet.notes[0].facts["outside_ascii"] == 2


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(mark: str) -> None:
    data = mark.join(["Place", "Risk"]) + "\n" + mark.join(["Old Town", "PR01"])

    assert csv.read(data.encode()).delimiter == mark
    assert table(data.encode(), required=("Risk",)) == [{"Place": "Old Town", "Risk": "PR01"}]


def test_line_numbers_count_the_lines_inside_cells_and_blank_ones() -> None:
    data = b'Place,Note\na,"one\ntwo"\n\nb,x\n,\nc,y\n'

    assert [(line, cells["Place"]) for line, cells in csv.read(data).rows] == [
        (2, "a"),
        (5, "b"),
        (7, "c"),
    ]


def test_columns_are_found_in_any_case_and_order_under_a_preamble() -> None:
    data = b"Export of the register\nMade on Monday,,\n\nNOTE , place,Extra,,\nx,Harbour,1,,\n"
    sheet = csv.read(data, required=("Place", "Note"))

    assert sheet.header == ("Note", "Place", "Extra")
    assert list(sheet.rows) == [(5, {"Note": "x", "Place": "Harbour", "Extra": "1"})]
    assert [note.code for note in sheet.notes] == ["csv.note-preamble"]


def test_rows_with_too_few_or_too_many_cells_are_refused_with_their_line() -> None:
    sheet = csv.read(b"A,B\n1,2\n3\n4,5,6\n7,8,\n")

    assert [cells for _, cells in sheet.rows] == [{"A": "1", "B": "2"}, {"A": "7", "B": "8"}]
    assert [(row.line, row.reason.code) for row in sheet.refused] == [
        (3, "csv.ragged-row"),
        (4, "csv.ragged-row"),
    ]
    assert sheet.refused[0].reason.facts == {"line": 3, "cells": 1, "expected": 2}


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (b"", [("csv.empty", "")]),
        (b"\xef\xbb\xbf \r\n\r\n", [("csv.empty", "")]),
        (b"Place,Note\na,\x00b\n", [("csv.not-text", "")]),
        (b"PK\x03\x04\x14\x00\x06\x00spreadsheet", [("csv.not-text", "")]),
        (b"\x89PNG\r\n\x1a\n\x00\x00", [("csv.not-text", "")]),
        (b"1,2,3\n4,5,6\n", [("csv.no-header", "")]),
        (b"Place,,Note\na,b,c\n", [("csv.no-header", "")]),
        (b"Place,Note,place\na,b,c\n", [("csv.duplicate-column", "Place"),
                                        ("csv.duplicate-column", "place")]),
        (b'Place,Note\na,"never closed\nb,c\n', [("csv.truncated-quote", "")]),
        (b'Place,Note\na,"b"c\n', [("csv.bad-quote", "")]),
        (b"Place,Note\na," + b"x" * 200_000 + b"\n", [("csv.field-too-long", "")]),
        ("Place,Note\na,été à Genève\n".encode() + b"\xc3", [("csv.mixed-encoding", "")]),
        ("Place,Note\na,été à Genève\nb,".encode() + b"\xe9t\n", [("csv.mixed-encoding", "")]),
        (b"\xef\xbb\xbfPlace,Note\na,\xff\n", [("csv.mixed-encoding", "")]),
        ("Place,Note\nميناء,ملاحظة\n".encode("cp1256"), [("csv.unknown-encoding", "")]),
        ("Место,Примечание\nгавань,да\n".encode("cp1251"), [("csv.unknown-encoding", "")]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(
    data: bytes, reasons: list[tuple[str, str]]
) -> None:
    assert refusal(data) == reasons


def test_each_missing_column_is_named() -> None:
    assert refusal(b"Place,Other\na,b\n", required=("Place", "Risk", "Note")) == [
        ("csv.missing-column", "Risk"),
        ("csv.missing-column", "Note"),
    ]


def test_a_file_without_any_of_the_columns_has_no_header() -> None:
    assert refusal(b"Harbour,PR01\nEast,PR02\n", required=("Place",)) == [("csv.no-header", "")]


def test_a_quotation_mark_that_never_closes_says_where_it_began() -> None:
    with pytest.raises(Invalid) as raised:
        list(csv.read(b'A,B\n1,2\n3,"four\n5,6\n7,8').rows)

    assert raised.value.reasons[0].facts == {"line": 3}


def test_too_many_bytes_are_refused_without_being_read(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(TooLarge) as raised:
        csv.read(endless, max_bytes=3_000_000)
    assert raised.value.reasons[0].facts == {"limit_mb": "3"}
    assert endless.given == 3_000_001

    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(100_000_000)  # 100 MB that take no room on disk
    tracemalloc.start()
    with pytest.raises(TooLarge):
        csv.read(huge)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 1_000_000


def test_too_many_rows_are_refused() -> None:
    assert refusal(b"A,B\n" + b"1,2\n" * 11, max_rows=10) == [("csv.too-many-rows", "")]
    assert len(table(b"A,B\n" + b"1,2\n" * 10, max_rows=10)) == 10


def test_reading_holds_one_row_at_a_time() -> None:
    data = b"A,B\n" + b"some words,and some more of them\n" * 60_000
    tracemalloc.start()
    count = sum(1 for _ in csv.read(data).rows)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 60_000
    assert peak_bytes < 2 * len(data)


def test_finding_the_encoding_of_a_large_file_takes_little_memory() -> None:
    data = b"A,B\n" + ("le marché fermé,à Genève\n" * 80_000).encode("cp1252")
    tracemalloc.start()
    sheet = csv.read(data)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sheet.encoding == "cp1252"
    assert sheet.notes[0].facts["outside_ascii"] == 320_000
    assert peak_bytes < 3 * len(data)


def test_a_byte_without_meaning_far_down_is_found_before_any_row_is_read() -> None:
    data = b"A,B\n" + ("le marché fermé,à Genève\n" * 10_000).encode("cp1252") + b"a,\x81\n"
    with pytest.raises(Invalid) as raised:
        csv.read(data)

    assert raised.value.reasons[0].code == "csv.unknown-encoding"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x",
     "  =1", "\u200b=1", "\u00a0@x"],
)  # fmt: skip
def test_no_cell_we_write_is_a_formula(text: str) -> None:
    written = csv.write([["Note"], [text]]).decode("utf-8-sig")

    assert list(standard.reader(io.StringIO(written, newline="")))[1] == [f"'{text}"]


def test_plain_text_numbers_and_nothing_are_written_as_they_are() -> None:
    data = csv.write([["A", "B", "C", "D"], ["a - b", -5, None, 'say "yes", or no']])

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b'a - b,-5,,"say ""yes"", or no"\r\n')
    assert table(data) == [{"A": "a - b", "B": "-5", "C": "", "D": 'say "yes", or no'}]
