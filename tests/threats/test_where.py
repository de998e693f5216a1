"""Where it is, in a country with more areas than a list can hold: it is written."""

from uuid import UUID

import pytest

from advocacy.reference import forms
from advocacy.threats import queries

NEW = "/threats/in/testland/new"


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(forms, "MOST_LISTED", 2)


def sent(areas, **changes):
    fields = {
        "risk": "PR15", "title": "Roads", "summary": "Closed", "area": str(areas["Harbour"]),
        "severity": "", "trend": "unclear", "how_known": "one", "party": "unknown",
        "language": "en", "sensitivity": "", "level": "own", "confirmed": "", "based_on": "0",
    }  # fmt: skip
    return {**fields, **changes}


def test_only_the_first_level_is_listed_and_a_smaller_area_is_written(
    client, areas, large, database, world
):
    relief = client("relief")
    page = relief.get(NEW)
    assert "Harbour" in page
    assert "Old Town<" not in page
    assert "Smaller area" in page
    for words in ("TST0301", "old town"):
        answer = relief.post(NEW, sent(areas, area_name=words), status=None)
        assert answer.status_code in {200, 302, 303}, answer.get_data(as_text=True)[:2000]
        threat_id = answer.headers.get("HX-Redirect", answer.headers.get("Location", ""))
        actor = world.actor("relief")
        with database.reading(actor) as session:
            kept = queries.current(session, actor, UUID(threat_id.rpartition("/")[2])).entry
        assert kept.area_id == areas["Old Town"]
    assert 'value="TST0301"' in relief.get(f"{threat_id}/edit")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("TST0999", "No place of this country is called"),
        ("TST0201", "does not lie in the one you chose above"),
    ],
)
def test_what_is_no_area_there_is_said_and_what_was_typed_stays(client, areas, large, words, said):
    page = client("relief").post(NEW, sent(areas, area_name=words), status=422)
    text = page if isinstance(page, str) else page.get_data(as_text=True)
    assert said in text
    assert f'value="{words}"' in text


def test_a_small_country_has_one_list_and_no_more(client, areas):
    page = client("relief").get(NEW)
    assert "Old Town" in page
    assert "Smaller area" not in page
