"""The UPR database's file becomes one record per recommendation. All rows here are made up."""

from pathlib import Path

import pytest

from advocacy.formats.upr import UprFile, read_upr
from advocacy.ground.errors import Invalid

HEADER = "To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session"
REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "upr"


def row(
    text: str = "Open the courts",
    *,
    to: str = "Testland",
    by: str = "Blue State",
    response: str = "Accepted",
    action: str = "4",
    issue: str = "Justice",
    session: str = "5",
) -> str:
    return f'{to},Asia,"OIC, AL","{text}",{by},WEOG,EU,{response},{action},"{issue}",{session}'


def read(*rows: str, header: str = HEADER) -> UprFile:
    """Reads rows written as the publisher does: Mac Roman, lone CR, no end of the last line."""
    return read_upr("\r".join([header, *rows]).encode("mac-roman"))


def test_one_text_of_several_states_is_one_recommendation_with_its_issuers() -> None:
    found = read(row(by="Blue State"), row(by="Harbour Republic"), row(by="Blue State"))

    assert (found.rows, len(found.records), found.refused) == (3, 1, ())
    (record,) = found.records
    assert [issuer.name for issuer in record.issuers] == ["Blue State", "Harbour Republic"]
    assert record.lines == (2, 3, 4)
    assert record.issuers[0].organisations == ("EU",)
    assert (record.state, record.state_group, record.session) == ("Testland", "Asia", 5)
    assert record.state_organisations == ("AL", "OIC")


def test_what_was_found_out_about_the_file_is_told() -> None:
    found = read(row("Rétablir l’état civil à Genève"), row("b"))

    assert (found.encoding, found.line_end) == ("mac-roman", "CR")
    assert found.records[0].text == "Rétablir l’état civil à Genève"
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    "same",
    ["Open  the courts", " Open the courts ", "Open the\tcourts", "Open&#32;the courts"],
)
def test_layout_alone_makes_no_other_recommendation(same: str) -> None:
    assert len(read(row("Open the courts"), row(same, by="Other")).records) == 1


@pytest.mark.parametrize(
    "other", ["open the courts", "Open the courts.", "Open the court", "Open the courts;"]
)
def test_a_letter_a_capital_or_a_mark_makes_another_recommendation(other: str) -> None:
    assert len(read(row("Open the courts"), row(other, by="Other")).records) == 2


def test_another_session_or_state_is_another_recommendation() -> None:
    found = read(row(), row(session="17"), row(to="Blue State"))

    assert len({record.key for record in found.records}) == 3


def test_tags_are_united() -> None:
    (record,) = read(row(issue="Justice,Labour"), row(issue="Detention,Justice")).records

    assert record.issues == ("Detention", "Justice", "Labour")


def test_rows_that_disagree_are_listed_and_the_most_cautious_value_is_taken() -> None:
    found = read(
        row(response="Accepted", action="5"),
        row(response="Noted", action="2", by="b"),
        row(response="Accepted", action="5", by="c"),
    )

    (record,) = found.records
    assert (record.response, record.specificity) == ("noted", 2)
    assert [(clash.field, clash.values, clash.taken) for clash in found.conflicts] == [
        ("response", (("accepted", (2, 4)), ("noted", (3,))), "noted"),
        ("specificity", (("2", (3,)), ("5", (2, 4))), "2"),
    ]
    assert {clash.key for clash in found.conflicts} == {record.key}


@pytest.mark.parametrize(
    ("bad", "code", "column"),
    [
        (row(to=""), "upr.empty-cell", "To"),
        (row(text=" "), "upr.empty-cell", "Text"),
        (row(by=""), "upr.empty-cell", "From"),
        (row(session=""), "upr.empty-cell", "Session"),
        (row(session="five"), "upr.bad-session", "Session"),
        (row(session="0"), "upr.bad-session", "Session"),
        (row(action="6"), "upr.bad-specificity", "Action"),
        (row(action=""), "upr.bad-specificity", "Action"),
        (row(response="Voluntary Pledge"), "upr.pledge", "Response"),
        (row(response="Implemented"), "upr.unknown-response", "Response"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line_and_the_others_stay(
    bad: str, code: str, column: str
) -> None:
    found = read(row(), bad, row("Pay the teachers"))

    assert [(r.line, r.reason.code, r.reason.about) for r in found.refused] == [(3, code, column)]
    assert found.rows == 3
    assert [record.text for record in found.records] == ["Open the courts", "Pay the teachers"]


def test_a_row_cut_short_is_refused_with_its_line() -> None:
    found = read(row(), "Testland,Asia,OIC,Half a sen")

    assert [(r.line, r.reason.code) for r in found.refused] == [(3, "csv.ragged-row")]
    assert (found.rows, len(found.records)) == (2, 1)


def test_a_file_without_the_answer_column_is_refused_by_name() -> None:
    with pytest.raises(Invalid) as raised:
        read(row(), header=HEADER.replace("Response", "Reply"))

    assert [(r.code, r.about) for r in raised.value.reasons] == [("csv.missing-column", "Response")]


def test_characters_written_as_html_references_are_read_and_unknown_groups_left_out() -> None:
    cells = row(by="&#40;Unknown&#41;").replace("WEOG,EU", "&#40;Unknown&#41;,&#40;Unknown&#41;")
    (record,) = read(cells).records

    issuer = record.issuers[0]
    assert (issuer.name, issuer.group, issuer.organisations) == ("(Unknown)", "", ())


def test_the_key_stays_and_the_fingerprint_moves_when_the_answer_changes() -> None:
    (before,) = read(row(response="Noted")).records
    (after,) = read(row(response="Accepted")).records
    (again,) = read("", row(response="Accepted")).records

    assert before.key == after.key
    assert before.fingerprint != after.fingerprint
    assert again.lines != after.lines
    assert again.fingerprint == after.fingerprint


@pytest.mark.skipif(
    not REAL.is_dir(), reason="the real UPR files (../shared/data/upr) are not on this machine"
)
@pytest.mark.parametrize(
    ("name", "rows", "records", "refused", "conflicts"),
    [("1-5", 6094, 5643, 0, 1), ("14-17", 9598, 9385, 0, 1), ("voluntary", 947, 0, 947, 0)],
)
def test_the_real_files_are_read_whole(
    name: str, rows: int, records: int, refused: int, conflicts: int
) -> None:
    found = read_upr(REAL / f"{name}.csv")

    assert found.rows == rows
    assert len(found.records) == records
    assert len({record.key for record in found.records}) == records
    assert len(found.refused) == refused
    assert len(found.conflicts) == conflicts
    assert (found.encoding, found.line_end) == ("mac-roman", "CR")
