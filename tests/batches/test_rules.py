"""What the rows of a sheet say: owners and their replies, names in brackets, rows that disagree."""

from datetime import date

import pytest

from advocacy.batches import rules
from advocacy.batches.rows import About, Found, Owner, Record, Sheet

TODAY = date(2026, 11, 20)
ABOUT = About(owner="Testland", source="Report 7")


def read(*rows: dict[str, str]) -> Found:
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    lines = tuple((n, tuple(row.get(c, "") for c in header)) for n, row in enumerate(rows, 2))
    sheet = Sheet("a.csv", "0", header, lines)
    return rules.read(sheet, rules.guess(header), ABOUT, today=TODAY)


def one(**cells: str) -> Record:
    (record,) = read({"Text": "Open the courts", **cells}).records
    return record


def test_owners_in_one_cell_keep_their_own_replies() -> None:
    found = one(
        To="Rail Company: accepted; Road Agency (rejected)\nPorts: A to Z", Response="Noted"
    )
    assert found.owners == (
        Owner("Rail Company", "accepted"), Owner("Road Agency", "rejected"),
        Owner("Ports: A to Z", "noted"),
    )  # fmt: skip


def test_a_row_that_names_nobody_is_put_to_the_one_who_was_named_for_all() -> None:
    assert one().owners == (Owner("Testland", "none"),)
    assert one(Paragraph="45", Page="12").source == "Report 7, para. 45, p. 12"


@pytest.mark.parametrize(
    ("text", "left", "issuers"),
    [
        ("104.2 Go (Austria);", "Go", ("Austria",)),
        ("Go (Austria, Norway and Spain).", "Go", ("Austria", "Norway", "Spain")),
        ("Ratify it (ICCPR)", "Ratify it (ICCPR)", ()),
        ("Go (as agreed in 2010)", "Go (as agreed in 2010)", ()),
        ("5 states should go", "5 states should go", ()),
        ("Spend <5% of it", "Spend <5% of it", ()),
        ("<p>(a) Go<br/>home</p>", "Go home", ()),
    ],
)
def test_a_text_is_kept_and_what_stands_around_it_is_told_apart(
    text: str, left: str, issuers: tuple[str, ...]
) -> None:
    (found,) = read({"Text": text}).records
    assert (found.text, found.issuers) == (left, issuers)


def test_rows_of_one_key_are_one_record_and_their_odds_are_listed() -> None:
    found = read(
        {"Text": "Go", "Session": "17", "From": "Austria", "Response": "Accepted"},
        {"Text": " Go ", "Session": "17", "From": "Norway", "Response": "Noted"},
        {"Text": "Go", "Session": "14", "From": "Spain", "Response": "Accepted"},
    )
    first, second = found.records
    assert (first.issuers, first.owners[0].response, first.lines) == (
        ("Austria", "Norway"), "noted", (2, 3),
    )  # fmt: skip
    assert second.lines == (4,)
    ((clash),) = found.conflicts
    assert (clash.field, clash.taken) == ("response", "noted")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"Text": ""}, "upr.empty-cell"),
        ({"Response": "Implemented"}, "upr.unknown-response"),
        ({"Date": "20260-01-01"}, "batches.day"),
        ({"Date": "2027-01-01"}, "batches.day"),
        ({"Date": "03/04/2020"}, "batches.day"),
        ({"Text": "x" * 20_001}, "batches.long"),
        ({"Annotation type": "- Concerns/Observations"}, "batches.concern"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason(
    cells: dict[str, str], code: str
) -> None:
    found = read({"Text": "Go", **cells})
    assert found.records == ()
    assert [(row.line, row.reason.code) for row in found.refused] == [(2, code)]


def test_the_key_is_the_reference_or_else_state_session_and_text() -> None:
    assert one(Reference="018/24").key == "ref:018/24"
    by_text = {one(Session="5").key, one(Session="6").key, one(To="Elsewhere", Session="5").key}
    assert len(by_text) == 3
    assert one(Session="5", From="Austria").key == one(Session="5").key
    assert one(Session="5", From="Austria").fingerprint != one(Session="5").fingerprint


def test_groups_goals_and_clusters_are_told_from_the_lists_and_the_rest_stays_a_theme() -> None:
    found = one(
        AffectedPersons="- Women & girls\n- Refugees & asylum-seekers\n- Fisherfolk",
        Sdgs="- 16.2 - End abuse\n- 99.9\n- Goal 5", Cluster="WASH, Shelter", UprCycle="3rd cycle",
        Themes="Justice",
    )  # fmt: skip
    assert found.subjects == {
        "group": ["WOM", "REF", "ASY"], "sdg": ["5", "16.2"], "cluster": ["WASH", "SHL"],
        "review": ["UPR3"],
    }  # fmt: skip
    assert found.tags == ("99.9", "Fisherfolk", "Justice")


def test_rows_of_one_key_say_together_what_it_is_about() -> None:
    (found,) = read(
        {"Text": "Go", "AffectedPersons": "Women", "UprCycle": "1"},
        {"Text": "Go", "AffectedPersons": "Children", "UprCycle": "2"},
    ).records
    assert found.subjects == {"group": ["CHI", "WOM"], "review": ["UPR1"]}
