"""The pages of proposed wording: plain, in parts, in Arabic; and nothing for those outside."""

import re

import pytest
from sqlalchemy import event

from advocacy.amendments import actions
from advocacy.amendments.rows import State
from advocacy.amendments.schema import Kind
from advocacy.web.db import db
from tests.amendments.conftest import NIGHT

HTMX = {"HX-Request": "true"}


@pytest.fixture
def made(room):
    return room.propose()


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def value(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page).group(1)


def test_wording_is_proposed_from_the_clause_and_shown_word_by_word(room, client):
    cid = room.clauses()[0].cid
    legal = client("legal")
    page = legal.get(f"/amendments/clause/{cid}/propose")
    typed = {
        "based_on": value(page, "based_on"), "kind": "replacement", "heading": "Access",
        "wording": NIGHT, "reason": "The sick cannot wait.", "after": "",
    }  # fmt: skip
    answer = legal.post(f"/amendments/clause/{cid}/propose", typed)
    page = legal.get(answer.location)
    assert '<del><bdi class="vh">removed: </bdi>' in page
    assert '<ins><bdi class="vh">added: </bdi>' in page
    assert "The sick cannot wait." in page
    assert "Harbour Legal Aid" in client("women").get(answer.location)


def test_a_new_clause_is_proposed_for_its_place(room, client):
    here = f"/amendments/about/{room.position_id}/propose"
    after = str(room.clauses()[1].cid)
    typed = {"clause_kind": "recommendation", "after": after, "heading": "", "reason": "",
             "wording": "We ask for a report."}  # fmt: skip
    women = client("women")
    page = women.get(women.post(here, typed).location)
    assert "A new clause after clause 2" in words(page)
    assert "Write the wording you propose." in women.post(
        here, {**typed, "wording": ""}, status=422
    ).get_data(as_text=True)


def test_a_stale_proposal_shows_both_and_keeps_what_was_typed(room, client):
    cid = room.clauses()[0].cid
    legal, here = client("legal"), f"/amendments/clause/{cid}/propose"
    based = value(legal.get(here), "based_on")
    room.edit(1, "Mobile clinics must reach every valley by day.")
    typed = {"based_on": based, "kind": "replacement", "heading": "Access", "wording": NIGHT,
             "reason": "", "after": ""}  # fmt: skip
    page = legal.post(here, typed, status=409).get_data(as_text=True)
    assert "Mobile clinics" in page
    assert page.count("day and night") == 2
    again = {**typed, "based_on": value(page, "based_on")}
    assert legal.post(here, again).status_code == 303


def test_the_lead_takes_it_from_the_list_and_comes_back_to_it(room, made, client):
    relief = client("relief")
    here = f"/amendments/about/{room.position_id}"
    page = relief.get(f"{here}?state=open")
    action = re.search(r'action="(/decisions/[^"]*)"', page).group(1).replace("&amp;", "&")
    sent = {"after": value(page, "after"), "seen": value(page, "seen")}
    answer = relief.post(action, sent, page=f"{here}?state=open")
    assert answer.location == f"{here}?state=open"
    assert room.clauses()[0].text == NIGHT
    assert "No proposal matches." in relief.get(answer.location)
    assert "Put" not in words(relief.get(f"/decisions/{made}"))


def test_a_decision_on_a_text_that_moved_is_refused_on_a_page_with_both(room, made, client):
    relief, here = client("relief"), f"/decisions/{made}"
    page = relief.get(here)
    sent = {"after": value(page, "after"), "seen": value(page, "seen")}
    room.edit(1, "Clinics must reach every valley within a day.")
    page = relief.post(f"{here}/accept", sent, page=here, status=409).get_data(as_text=True)
    assert "Both, side by side" in page
    assert "within a day" in page
    assert room.row(made).state is State.OPEN


def test_an_offer_goes_back_and_is_agreed_to(room, made, client):
    relief, legal, here = client("relief"), client("legal"), f"/decisions/{made}"
    page = relief.get(here)
    sent = {"after": value(page, "after"), "seen": value(page, "seen"), "heading": "Access",
            "wording": "Clinics must reach every valley, always.", "reason": ""}  # fmt: skip
    relief.post(f"{here}/offer", sent, page=here)
    assert "The lead offers other wording for your proposal" in legal.get("/")
    page = legal.get(here)
    sent = {"after": value(page, "after"), "seen": value(page, "seen")}
    legal.post(f"{here}/agree", sent, page=here)
    assert room.clauses()[0].text == "Clinics must reach every valley, always."
    assert "Taken with changes" in legal.get(here)


def test_a_rejection_needs_its_reason_and_tells_it_to_the_circle(room, made, client):
    relief, here = client("relief"), f"/decisions/{made}"
    after = value(relief.get(here), "after")
    empty = relief.post(f"{here}/reject", {"after": after, "reason": ""}, page=here, status=422)
    assert "Write the reason." in empty.get_data(as_text=True)
    told = {"after": after, "reason": "It is said in clause 3."}
    relief.post(f"{here}/reject", told, page=here)
    assert "It is said in clause 3." in client("women").get(here)


def test_others_stand_behind_it_and_step_back(room, made, client):
    women, here = client("women"), f"/decisions/{made}"
    women.post(f"{here}/support", {"on": "2026-11-20"}, page=here)
    assert "20 Nov 2026" in client("relief").get(here)
    listed = words(client("relief").get(f"/amendments/about/{room.position_id}"))
    assert "1 organisation stands behind it: Blue Valley Women’s Association" in listed
    women.post(f"{here}/unsupport", page=here)
    assert "No other organisation has said so yet." in women.get(here)
    women.post(f"{here}/support", {"on": "2030-01-01"}, page=here, status=422)


def test_the_proposer_does_not_agree_or_takes_it_back(room, made, client):
    room.offer(made)
    legal, here = client("legal"), f"/decisions/{made}"
    sent = {"after": value(legal.get(here), "after"), "reason": "Not what we mean."}
    legal.post(f"{here}/refuse", sent, page=here)
    assert "Not what we mean." in client("relief").get(here)
    legal.post(f"{here}/withdraw", {"after": value(legal.get(here), "after")}, page=here)
    assert room.row(made).state is State.WITHDRAWN


def test_two_wordings_for_one_clause_stand_side_by_side(room, made, client):
    room.propose("women", wording="Clinics must reach us.")
    cid = room.clauses()[0].cid
    page = client("relief").get(f"/amendments/clause/{cid}")
    assert page.count('class="proposal"') == 2
    assert "see them side by side" in client("relief").get(f"/amendments/about/{room.position_id}")


def test_a_proposal_for_a_clause_that_is_gone_is_read_and_made_anew(room, made, client):
    room.remove(1)
    legal = client("legal")
    page = legal.get(f"/decisions/{made}")
    assert "The clause is no longer in the text" in page
    assert "day and night" in page
    again = re.search(r'href="([^"]*again=[^"]*)"', page).group(1)
    assert "day and night" in legal.get(again)
    legal.get(f"/amendments/about/{room.position_id}/propose?again=nonsense")
    for cid in {room.row(made).cid}:
        legal.get(f"/amendments/clause/{cid}")
        legal.get(f"/amendments/clause/{cid}/propose")


def test_filters_stand_in_the_address_and_the_list_comes_alone(room, made, client):
    room.propose("women", 2, wording="Else.")
    here = f"/amendments/about/{room.position_id}"
    legal = client("legal")
    assert legal.get(f"{here}?ours=1").count('class="proposal"') == 1
    assert legal.get(f"{here}?state=rejected").count('class="proposal"') == 0
    assert legal.get(f"{here}?clause={room.clauses()[1].cid}").count('class="proposal"') == 1
    part = legal.get(here, headers=HTMX)
    assert part.lstrip().startswith('<div id="amendments-list"')
    assert "data-keys-entry" in part


def test_a_long_list_is_cut_into_pages(room, world, client):
    clause, legal = room.clauses()[0], world.actor("legal")
    with room.database.writing(legal) as session:
        for number in range(51):
            actions.propose(
                session, legal, room.position_id, cid=clause.cid, after=None,
                kind=Kind.REPLACEMENT, heading="Access", wording=f"{NIGHT} {number}.",
                reason="", base_hash=clause.hash,
            )  # fmt: skip
    relief, here = client("relief"), f"/amendments/about/{room.position_id}"
    page = relief.get(here)
    assert page.count('class="proposal"') == 50
    following = re.search(r'rel="next" href="([^"]*)"', page).group(1).replace("&amp;", "&")
    assert relief.get(following).count('class="proposal"') == 1


def test_those_outside_find_no_page_and_no_button(room, made, client):
    cid = room.clauses()[0].cid
    for who in ("rights", "cluster", "observer", "donor"):
        browser = client(who)
        for path in (
            f"/amendments/about/{room.position_id}",
            f"/amendments/about/{room.position_id}/propose",
            f"/amendments/clause/{cid}",
            f"/amendments/clause/{cid}/propose",
            f"/decisions/{made}",
        ):
            browser.get(path, status=404)
        for deed in ("accept", "offer", "reject", "agree", "refuse", "withdraw", "support"):
            browser.post(f"/decisions/{made}/{deed}", {}, page="/", status=404)
        assert "waits for your decision" not in browser.get("/")


def test_the_pages_stand_in_arabic(room, made, client):
    room.propose("women", wording="يجب أن تصل العيادات إلى كل وادٍ.")
    relief = client("relief")
    relief.client.set_cookie("language", "ar")
    for path in (
        f"/amendments/about/{room.position_id}",
        f"/amendments/clause/{room.clauses()[0].cid}",
        f"/amendments/clause/{room.clauses()[0].cid}/propose",
        f"/decisions/{made}",
    ):
        assert '<html lang="ar" dir="rtl">' in relief.get(path)


def test_the_number_of_questions_does_not_grow_with_the_list(room, world, client, engine):
    def asked(path):
        seen = []

        def note(*args):
            seen.append(args[2])

        relief.get(path)
        with relief.client.application.app_context():
            its = db.engine
        event.listen(its, "before_cursor_execute", note)
        relief.get(path)
        event.remove(its, "before_cursor_execute", note)
        return len(seen)

    relief, here = client("relief"), f"/amendments/about/{room.position_id}"
    room.propose("legal", 1)
    few = asked(here)
    for number in (1, 2, 3):
        room.propose("women", number, wording=f"Else {number}.")
    assert asked(here) == few
