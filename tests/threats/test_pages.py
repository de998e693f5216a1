"""The pages of the register by a client: plain and in part, in two directions of writing."""

import re
from uuid import uuid4

import pytest

from tests.threats.conftest import SECRET

REGISTER = "/threats/in/testland"


def typed(areas, **changes):
    return {
        "risk": "PR15",
        "title": "Soldiers close the market road",
        "summary": "Traders are turned back.",
        "area": str(areas["Harbour"]),
        "severity": "3",
        "trend": "worsening",
        "how_known": "saw",
        "party": "armed-forces",
        "language": "en",
        "sensitivity": "1",
        "level": "own",
        "narrative": SECRET,
        **changes,
    }


def test_a_member_reports_a_risk_and_finds_it(client, areas):
    relief = client("relief")
    assert "Report a risk" in relief.get(REGISTER)
    answer = relief.post(f"{REGISTER}/new", typed(areas))
    page = relief.get(answer.headers["Location"])
    assert "Soldiers close the market road" in page
    assert SECRET in page
    assert "Only us" in page
    assert "Soldiers close the market road" in relief.get(REGISTER)
    legal = client("legal")
    assert "Soldiers close" not in legal.get(REGISTER)
    legal.get(answer.headers["Location"], status=404)


def test_sharing_wider_shows_who_will_see_it_before_anything_is_saved(client, areas, world):
    relief, legal = client("relief"), client("legal")
    answer = relief.post(f"{REGISTER}/new", typed(areas, level="members"), status=422)
    text = answer.get_data(as_text=True)
    assert "Read this before you share" in text
    assert "Harbour Legal Aid" in text
    assert "Soldiers close" in text, "what was typed is kept"
    assert "Soldiers close" not in relief.get(REGISTER)
    confirmed = re.search(r'name="confirmed"[^>]*value="([^"]*)"', text).group(1)
    relief.post(f"{REGISTER}/new", typed(areas, level="members", confirmed=confirmed))
    assert "Soldiers close" in legal.get(REGISTER)
    for_other = typed(areas, level="donors", confirmed=confirmed)
    relief.post(f"{REGISTER}/new", for_other, status=422)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Write who does what"),
        ({"summary": ""}, "Write a safe summary"),
        ({"area": ""}, "Choose an area"),
        ({"area": str(uuid4())}, "Not a valid choice"),
        ({"people_low": "9", "people_high": "3"}, "less than the lower number"),
        ({"people_high": "3"}, "Write the lower number too"),
        ({"people_low": "9", "people_unknown": "y"}, "not both"),
        ({"people_low": "many"}, "Not a valid integer"),
        ({"started_on": "2027-01-01"}, "yet to come"),
        ({"next_review": "2026-01-01"}, "has passed"),
        ({"risk": "PR08", "place": "Mill Lane"}, "choose an area of the first level"),
        ({"severity": "9"}, "Not a valid choice"),
        ({"narrative_for": "nonsense"}, "not a valid choice"),
    ],
)
def test_bad_input_is_answered_in_words_and_kept(client, areas, change, sentence):
    relief = client("relief")
    answer = relief.post(f"{REGISTER}/new", typed(areas, **change), status=422)
    text = answer.get_data(as_text=True)
    assert sentence in text
    assert SECRET in text
    assert "Soldiers close" not in relief.get(REGISTER)


def test_donors_and_observers_cannot_report(client, areas):
    for name in ("donor", "observer"):
        browser = client(name)
        assert "Report a risk" not in browser.get(REGISTER)
        browser.get(f"{REGISTER}/new", status=403)


@pytest.mark.parametrize("level", ["members", "observers", "donors", "public"])
def test_the_full_account_is_on_no_page_of_another(client, report, level):
    threat_id = report(level)
    for name in ("legal", "observer", "donor"):
        browser = client(name)
        for path in (REGISTER, f"{REGISTER}?q=Halloran", f"{REGISTER}?q=mill"):
            assert "Halloran" not in browser.get(path).replace("?q=Halloran", "").replace(
                'value="Halloran"', ""
            ).replace("q%3DHalloran", "")
            assert "Checkpoints turn back" not in browser.get(path) or "q=" not in path
        for path in (f"/threats/{threat_id}", f"/threats/{threat_id}/history"):
            text = browser.client.get(path).get_data(as_text=True)
            assert "Halloran" not in text
        for path in ("edit", "share", "close"):
            status = browser.client.get(f"/threats/{threat_id}/{path}").status_code
            assert status in {403, 404}


def test_a_donor_reads_rounded_figures_and_no_reporter(client, report):
    threat_id = report("donors", sensitivity=2)
    text = client("donor").get(f"/threats/{threat_id}")
    assert "1,000 to 9,999" in text
    assert "1,200" not in text
    assert "Relief Network" not in text
    assert "Several independent sources" not in text
    member = client("legal").get(f"/threats/{threat_id}")
    assert "1,200 to 1,500" in member
    assert "Reported by" in member


def test_hidden_and_absent_get_the_same_answer(client, report):
    hidden, legal = report("own"), client("legal")
    for path in ("", "/history", "/edit", "/share", "/close"):
        answers = [
            legal.client.get(f"/threats/{i}{path}").get_data(as_text=True).replace(str(i), "ID")
            for i in (hidden, uuid4())
        ]
        masked = [re.sub(r'value="[^"]*"', "", answer) for answer in answers]
        assert masked[0] == masked[1], path
        assert legal.client.get(f"/threats/{hidden}{path}").status_code == 404


def test_a_stale_edit_shows_both_and_keeps_what_was_typed(client, report, areas):
    threat_id, relief = report("own"), client("relief")
    path = f"/threats/{threat_id}/edit"
    first = typed(areas, title="First of two", based_on="1")
    relief.post(path, first)
    answer = relief.post(path, typed(areas, title="Second of two", based_on="1"), status=409)
    text = answer.get_data(as_text=True)
    assert "First of two" in text
    assert "Second of two" in text
    assert "What it says now" in text
    assert "First of two" in relief.get(f"/threats/{threat_id}")
    based_on = re.search(r'name="based_on"[^>]*value="(\d+)"', text).group(1)
    relief.post(path, typed(areas, title="Second of two", based_on=based_on))
    assert "Second of two" in relief.get(f"/threats/{threat_id}")


def test_still_true_close_and_open_again(client, report):
    threat_id, relief = report("own"), client("relief")
    page = f"/threats/{threat_id}"
    relief.post(f"{page}/still-true", page=page)
    relief.post(f"{page}/close", {"ended_on": "2030-01-01"}, status=422)
    relief.post(f"{page}/close", {"ended_on": ""})
    assert "This is over" in relief.get(page)
    assert "Checkpoints" not in relief.get(REGISTER)
    assert "Checkpoints" in relief.get(f"{REGISTER}?state=closed")
    relief.post(f"{page}/reopen", page=page)
    assert "Checkpoints" in relief.get(REGISTER)
    history = relief.get(f"{page}/history")
    for words in ("Reported", "Checked: still true", "Closed: it is over", "Opened again"):
        assert words in history


def test_history_tells_what_changed_to_those_who_may_know(client, report, areas):
    threat_id, relief, donor = report("donors", sensitivity=2), client("relief"), client("donor")
    change = typed(areas, title="Checkpoints stop everybody", narrative="Other words", based_on="1")
    relief.post(f"/threats/{threat_id}/edit", {**change, "sensitivity": "2"})
    mine = relief.get(f"/threats/{threat_id}/history")
    assert "Other" in mine
    theirs = donor.get(f"/threats/{threat_id}/history")
    assert "everybody" in theirs
    assert "Other" not in theirs
    assert "Relief Network" not in theirs


def test_sharing_page_reads_back_and_then_asks_a_second_person(client, report):
    threat_id, relief, legal = report("own"), client("relief"), client("legal")
    path = f"/threats/{threat_id}/share"
    answer = relief.post(path, {"level": "members"}, status=422)
    text = answer.get_data(as_text=True)
    assert "Harbour Legal Aid" in text
    confirmed = re.search(r'name="confirmed"[^>]*value="([^"]*)"', text).group(1)
    relief.post(path, {"level": "members", "confirmed": confirmed})
    assert "Harbour Legal Aid" in relief.get(f"/threats/{threat_id}/waiting")
    legal.get(f"/threats/{threat_id}", status=404)


def test_a_narrower_choice_holds_at_once(client, report):
    threat_id, relief, legal = report("members"), client("relief"), client("legal")
    legal.get(f"/threats/{threat_id}")
    relief.post(f"/threats/{threat_id}/share", {"level": "own"})
    legal.get(f"/threats/{threat_id}", status=404)


def test_in_arabic_and_in_part(client, report):
    report("members", title="حواجز تمنع الفرق الطبية", language="ar")
    legal = client("legal")
    legal.client.set_cookie("language", "ar")
    page = legal.get(REGISTER)
    assert 'dir="rtl"' in page
    assert "حواجز تمنع" in page
    part = legal.get(REGISTER, headers={"HX-Request": "true"})
    assert part.lstrip().startswith('<div id="picture-register">')
    assert "<html" not in part


def test_nobody_signed_in_sees_nothing(client, report):
    threat_id = report("public")
    for path in (REGISTER, f"/threats/{threat_id}"):
        assert client("").client.get(path).status_code == 303


@pytest.mark.parametrize("level", ["everybody", "-1", "٣", "[]"])
def test_a_level_that_is_none_is_refused_in_words(client, areas, level):
    relief = client("relief")
    made = relief.post(f"{REGISTER}/new", typed(areas)).headers["Location"]
    for path in (f"{REGISTER}/new", f"{made}/share"):
        answer = relief.post(path, typed(areas, level=level, confirmed=""), status=422)
        assert "Choose one from the list." in answer.get_data(as_text=True)
    assert "Only us" in relief.get(made)


@pytest.mark.parametrize("page", ["edit", "share", "close"])
def test_the_forms_of_a_threat_are_shown_to_its_owner_only(client, areas, page):
    relief, legal = client("relief"), client("legal")
    shared = typed(areas, level="members")
    text = relief.post(f"{REGISTER}/new", shared, status=422).get_data(as_text=True)
    shared["confirmed"] = re.search(r'name="confirmed"[^>]*value="([^"]*)"', text).group(1)
    made = relief.post(f"{REGISTER}/new", shared).headers["Location"]
    legal.get(made)
    sent = {"level": "everybody", "title": "", "ended_on": "never"}
    answer = legal.post(f"{made}/{page}", sent, status=403)
    assert "<form" not in answer.get_data(as_text=True).split("<main")[-1]
