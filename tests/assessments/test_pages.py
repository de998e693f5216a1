"""What organisations say, by a client."""

import re

import pytest

VIEW = {
    "stance": "corroborates",
    "severity": "5",
    "how_known": "saw",
    "trend": "unclear",
    "likelihood": "",
    "reach": "all",
    "attribution": "hidden",
    "rationale": "Three teams were stopped",
}


def based_on(page: str) -> str:
    return re.search(r'name="based_on"[^>]*value="([^"]*)"', page).group(1)


def test_we_see_this_too_takes_two_taps(client, report):
    threat_id = report("members")
    legal = client("legal")
    assert f"/threats/{threat_id}/view?stance=corroborates" in legal.get(f"/threats/{threat_id}")
    form = legal.get(f"/threats/{threat_id}/view?stance=corroborates")
    assert re.search(r'value="corroborates" checked', form)
    legal.post(f"/threats/{threat_id}/view", VIEW)
    assert "Three teams were stopped" in legal.get(f"/threats/{threat_id}")
    page = client("cluster").get(f"/threats/{threat_id}")
    said = page[page.index('id="say"') :]
    assert "Three teams were stopped" in said
    assert "Harbour Legal Aid" not in said
    assert "An organisation" in said


def test_a_stale_form_keeps_what_was_typed_and_shows_what_was_saved(client, report):
    threat_id = report("members")
    legal, path = client("legal"), f"/threats/{report('members')}/view"
    legal.post(path, VIEW)
    answer = legal.post(path, {**VIEW, "rationale": "Two roads"}, status=409)
    page = answer.get_data(as_text=True)
    assert "Two roads" in page
    assert "Three teams were stopped" in page
    legal.post(path, {**VIEW, "rationale": "Two roads", "based_on": based_on(page)})
    legal.post(f"{path}/take-back", {"based_on": "nonsense"}, status=409)
    legal.post(f"{path}/take-back", {"based_on": based_on(legal.get(path))})
    assert "Two roads" not in legal.get(f"/threats/{threat_id}")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"stance": ""}, "Choose what you see"),
        ({"severity": "9"}, "Not a valid choice"),
        ({"observed_to": "2027-05-05"}, "yet to come"),
        ({"verified_by": "A task force"}, "the body that verified it, and the day"),
    ],
)
def test_bad_input_is_answered_in_words_and_kept(client, report, change, sentence):
    path = f"/threats/{report('members')}/view"
    answer = client("legal").post(path, {**VIEW, **change}, status=422)
    page = answer.get_data(as_text=True)
    assert sentence in page
    assert "Three teams were stopped" in page


def test_a_coordinator_records_and_ends_what_was_agreed(client, report):
    path = f"/threats/{report('donors', sensitivity=2)}"
    cluster = client("cluster")
    cluster.post(f"{path}/agreed", {"severity": "", "basis": "Met"}, status=422)
    cluster.post(f"{path}/agreed", {"severity": "4", "basis": "Met on Monday"})
    assert "Agreed severity: 4" in client("donor").get(path)
    assert "Met on Monday" not in client("donor").get(path)
    assert "Met on Monday" in client("legal").get(path)
    cluster.post(f"{path}/agreed", {"severity": "2", "basis": "Later"}, status=409)
    form = cluster.get(f"{path}/agreed")
    cluster.post(f"{path}/agreed/end", {"based_on": based_on(form)})
    assert "Agreed severity: 4" not in client("legal").get(path)


def test_what_is_not_for_you_is_not_there(client, report):
    hidden, shown = report("own"), report("donors", sensitivity=2)
    for path in ("view", "agreed"):
        client("legal").get(f"/threats/{hidden}/{path}", status=404)
        client("legal").post(f"/threats/{hidden}/{path}", VIEW, status=404)
        client("donor").get(f"/threats/{shown}/{path}", status=403)
    client("legal").get(f"/threats/{shown}/agreed", status=403)
    assert "What organisations say" not in client("donor").get(f"/threats/{shown}")
