"""What cannot be is refused in a sentence, with what was typed, and nothing of it is written."""

import re
from datetime import date, timedelta

import pytest
from markupsafe import escape

from advocacy.reference import actions as reference
from advocacy.reference.rows import AreaLine
from advocacy.web.reasons import WORDS
from tests.analysis.test_pages import edition
from tests.world import NOW

BEGAN = date(2026, 3, 5)
GIRLS = {"kind": "killed", "population": "all", "sex": "f", "age": "0-17", "disability": "all",
         "method": "counted"}  # fmt: skip
REFUSED = [
    ("/analysis/places", {"area": "TST01", "latitude": "120.5", "longitude": "33"},
     "analysis.point-swapped"),
    ("/analysis/places", {"area": "TST01", "latitude": "9", "longitude": "181"},
     "analysis.point-range"),
    ("/analysis/places", {"area": "TST0399"}, "reference.area-ended"),
    ("/analysis/places", {"area": "OTH01"}, "reference.area-foreign"),
    ("/analysis/places", {"area": "Twin Wells"}, "reference.area-many"),
    ("/analysis/figures", {**GIRLS, "low": "9", "high": "8"}, "threats.people-order"),
    ("/analysis/figures", {**GIRLS, "low": "0", "is_unknown": "y"}, "analysis.known-and-unknown"),
    ("/analysis/figures", GIRLS, "analysis.number-or-unknown"),
    ("/close", {"ended_on": "2026-03-04"}, "threats.ends-before"),
]  # fmt: skip


@pytest.fixture
def places(areas, database, world):
    """Another country, a code that ended, and two places of one name."""
    lines = [
        AreaLine("OTH", 0, "OTH", "Otherland"),
        AreaLine("OTH", 1, "OTH01", "Far Coast", "OTH"),
        AreaLine("TST", 2, "TST0399", "Old Fort", "TST03", valid_to=NOW.date() - timedelta(days=9)),
        AreaLine("TST", 2, "TST0297", "Twin Wells", "TST02"),
        AreaLine("TST", 2, "TST0398", "Twin Wells", "TST03"),
    ]
    with database.writing(world.actor("relief")) as session:
        reference.load_areas(session, lines)


def test_each_is_a_sentence_beside_what_was_typed_and_changes_nothing(places, report, client):
    threat, relief = f"/threats/{report(started_on=BEGAN)}", client("relief")
    before = edition(relief.get(f"{threat}/analysis"))
    missing = []
    for path, typed, code in REFUSED:
        page = f"{threat}/analysis" if "analysis" in path else threat + path
        asked = {"based_on": before} if "analysis" in path else {}
        answer = relief.post(threat + path, {**asked, **typed}, page=page, status=422)
        text = answer.get_data(as_text=True)
        # The longest part of the sentence that names nothing of this case.
        sentence = str(escape(max(re.split(r"{\w+}", str(WORDS[code])), key=len)))
        missing += [(code, word) for word in (sentence, *typed.values()) if word not in text]
    assert not missing
    assert edition(relief.get(f"{threat}/analysis")) == before
