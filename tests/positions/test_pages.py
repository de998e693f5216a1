"""Each page of positions, by a client that fills forms as the page gave them."""

import re

import pytest
from sqlalchemy import event

from advocacy.discussion import actions as discussion
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Insert
from advocacy.outbox import actions as outbox
from advocacy.outbox.actions import drain
from advocacy.positions import actions, mail
from advocacy.positions.schema import Stage
from advocacy.text.anchor import anchor_to
from advocacy.web.db import db
from tests.outbox.letters import text_of
from tests.positions.test_actions import frozen, order, started

START = {
    "kind": "joint_statement",
    "language": "en",
    "title": "Wells of Al Noor",
    "purpose": "Open them again",
    "channel": "public",
    "audience_words": "The governor",
    "attribution": "The organisations listed",
    "sensitivity": "2",
}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def version(world, led, writing):
    return frozen(writing, world.actor("legal"), led)


def pages_of(led):
    base = f"/positions/{led.id}"
    names = ("circle", "terms", "freeze", "comments", "activity")
    return [base, f"/versions/{led.id}/compare", *(f"{base}/{name}" for name in names)]


def test_who_is_not_invited_finds_no_page(world, client, led, version):
    legal = client("legal")
    files = [f"/versions/{version.id}/{end}" for end in ("text", "markdown")]
    pages = [*pages_of(led), f"/positions/versions/{version.id}", *files]
    for page in pages:
        legal.get(page)
    client("relief").get(pages[0])
    for name in ("cluster", "forum", "women", "observer", "donor"):
        stranger = client(name)
        for page in pages:
            for headers in ({}, HTMX):
                stranger.get(page, 404, headers=headers)
                assert led.title not in stranger.last
        if name != "donor":
            assert led.title not in stranger.get("/positions/in/testland")


def test_a_stranger_cannot_act_on_it(world, client, led):
    women = client("women")
    for end in ("/stage", "/circle", "/circle/remove", "/terms", "/freeze"):
        answer = women.post(
            f"/positions/{led.id}{end}", {}, page="/positions/in/testland", status=None
        )
        assert answer.status_code in (404, 422), end
        assert led.title not in answer.get_data(as_text=True)


def test_a_text_is_started_from_the_form(client, database):
    browser = client("relief")
    browser.get("/positions/in/testland/start")
    answer = browser.post("/positions/in/testland/start", START)
    page = browser.get(answer.location)
    assert "Wells of Al Noor" in page
    assert "What is happening" in page
    assert 'class="clause"' in page
    listed = browser.get("/positions/in/testland")
    assert answer.location in listed
    assert "Wells of Al Noor" in browser.get("/positions/in/testland?q=WELLS&stage=drafting")
    assert "Wells of Al Noor" not in browser.get("/positions/in/testland?stage=frozen")
    part = browser.get("/positions/in/testland?q=nothing", headers=HTMX)
    assert part.lstrip().startswith('<div id="positions-list"')


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client):
    browser = client("relief")
    bad = {**START, "title": "", "purpose": "Kept words"}
    answer = browser.post("/positions/in/testland/start", bad, status=422)
    page = answer.get_data(as_text=True)
    assert "Write a title." in page
    assert "Kept words" in page
    private = {**START, "kind": "private_letter"}
    answer = browser.post("/positions/in/testland/start", private, status=422)
    assert "never published" in answer.get_data(as_text=True)


def test_a_donor_has_no_form_to_start(client):
    client("donor").get("/positions/in/testland/start", 403)


def test_the_lead_sees_the_circle_and_a_participant_does_not(world, client, led, writing):
    with writing(world.actor("legal")) as session:
        actions.invite(session, world.actor("legal"), led.id, world.organisations["rights"])
    assert "Rights Watch" in client("legal").get(f"/positions/{led.id}/circle")
    relief = client("relief")
    for page in pages_of(led):
        assert "Rights Watch" not in relief.get(page), page
    assert "Invited" not in relief.get(f"/positions/{led.id}/activity")
    assert "Invited" in client("legal").get(f"/positions/{led.id}/activity")


def test_a_participant_is_offered_no_button_of_the_lead(client, led):
    page = client("relief").get(f"/positions/{led.id}")
    assert "freeze" not in page
    assert "/stage" not in page
    answer = client("relief").post(
        f"/positions/{led.id}/stage", {"to": "cancelled"}, page=f"/positions/{led.id}", status=403
    )
    assert answer.status_code == 403


def test_stages_by_buttons_and_only_those(client, led):
    legal, here = client("legal"), f"/positions/{led.id}"
    legal.post(f"{here}/stage", {"to": "consultation"}, page=here)
    assert "End the comments" in legal.get(here)
    for to in ("published", "signoff", "frozen", "nonsense"):
        legal.post(f"{here}/stage", {"to": to}, page=here, status=422)
    legal.post(f"{here}/stage", {"to": "consultation"}, page=here, status=409)


def test_a_button_does_not_end_a_round(world, client, led, version, writing):
    legal, here = client("legal"), f"/positions/{led.id}"
    with writing(world.actor("legal")) as session:
        actions.move(session, world.actor("legal"), led.id, to=Stage.SIGNOFF)
    for to in ("drafting", "cancelled"):
        legal.post(f"{here}/stage", {"to": to}, page=f"{here}/circle", status=409)


def test_the_text_is_frozen_as_it_was_read(world, client, led, writing):
    legal, here = client("legal"), f"/positions/{led.id}"
    page = legal.get(f"{here}/freeze")
    based = re.search(r'name="based_on"[^>]*value="([^"]*)"', page).group(1)
    client("relief").post(f"/drafting/{led.document_id}/add", _clause(led, client, "New words."))
    answer = legal.post(f"{here}/freeze", {"based_on": based}, status=409)
    assert "New words." in answer.get_data(as_text=True)
    page = legal.get(f"{here}/freeze")
    based = re.search(r'name="based_on"[^>]*value="([^"]*)"', page).group(1)
    answer = legal.post(f"{here}/freeze", {"based_on": based})
    frozen_page = legal.get(answer.location)
    assert "New words." in frozen_page
    assert re.search(r"[0-9a-f]{64}", frozen_page)
    assert "/edit" not in legal.get(here)


def _clause(led, client, text):
    page = client("relief").get(f"/drafting/{led.document_id}/add")
    based = re.search(r'name="based_on"[^>]*value="([^"]*)"', page).group(1)
    return {"based_on": based, "after": "", "kind": "paragraph", "heading": "", "text": text}


def test_terms_changed_by_two_are_shown_side_by_side(client, led):
    legal, here = client("legal"), f"/positions/{led.id}/terms"
    based = re.search(r'name="based_on"[^>]*value="([^"]*)"', legal.get(here)).group(1)
    form = {**START, "based_on": based, "title": "First title"}
    legal.post(here, form)
    answer = legal.post(here, {**form, "title": "Second title"}, status=409)
    page = answer.get_data(as_text=True)
    assert "First title" in page
    assert 'value="Second title"' in page


def test_arabic_text_says_its_direction(world, client, writing):
    legal = world.actor("legal")
    with writing(legal) as session:
        made = started(session, world, legal, language="ar", clauses=None, title="نص عربي")
        first = drafts.clauses(session, legal, made.document_id)[0]
    assert first.heading == "ما الذي يحدث"
    client("legal").post(
        f"/drafting/{first.cid}/edit",
        {"based_on": first.hash, "heading": first.heading, "text": "كلمات"},
    )
    page = client("legal").get(f"/positions/{made.id}")
    assert '<div lang="ar" dir="rtl"><p>كلمات</p></div>' in page


def test_hostile_words_do_not_run_on_any_page(world, client, writing):
    legal = world.actor("legal")
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    with writing(legal) as session:
        made = started(
            session, world, legal, title=bad, purpose=bad, audience_words=bad, attribution=bad
        )
        actions.freeze(session, legal, made.id, based_on=order(session, legal, made))
    browser = client("legal")
    for page in ["/positions/in/testland", *pages_of(made)]:
        text = browser.get(page)
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_damaged_page_link_is_said_in_words(client):
    page = client("relief").get("/positions/in/testland?after=%%%", 422)
    assert "Open the list again" in page


def test_the_list_goes_on_where_it_ended(world, client, writing):
    legal = world.actor("legal")
    with writing(legal) as session:
        for number in range(53):
            started(session, world, legal, title=f"Text {number:02}", clauses=[])
    page = client("legal").get("/positions/in/testland")
    further = re.search(r'rel="next" href="([^"]+)"', page).group(1).replace("&amp;", "&")
    rest = client("legal").get(further)
    titles = re.findall(r"Text \d\d", page) + re.findall(r"Text \d\d", rest)
    assert len(titles) == len(set(titles)) == 53


def test_the_number_of_questions_does_not_grow_with_the_text(world, client, led, writing, engine):
    counted = count_questions(client, f"/positions/{led.id}")
    legal = world.actor("legal")
    with writing(legal) as session:
        last = drafts.clauses(session, legal, led.document_id)[-1].cid
        new = [Insert(last, "paragraph", f"Clause {n}", "Words") for n in range(40)]
        based = order(session, legal, led)
        drafting.change(session, legal, led.document_id, new, based_on=based)
        for clause in drafts.clauses(session, legal, led.document_id)[:20]:
            discussion.say(
                session, legal, about_id=led.id, lead_id=led.organisation_id,
                audience_id=led.audience_id, text="A word", anchor=anchor_to(clause),
            )  # fmt: skip
    assert count_questions(client, f"/positions/{led.id}") == counted <= 30


def test_the_number_of_questions_does_not_grow_with_the_list(world, client, writing):
    legal, here = world.actor("legal"), "/positions/in/testland"
    with writing(legal) as session:
        started(session, world, legal)
    counted = count_questions(client, here)
    with writing(legal) as session:
        for _ in range(49):
            started(session, world, legal, clauses=[])
    assert count_questions(client, here) == counted <= 12


def count_questions(client, path):
    """How many statements a page asks of the database."""
    browser = client("legal")
    browser.get(path)
    asked = []
    with browser.client.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    browser.get(path)
    return len([words for words in asked if words.lstrip().upper().startswith("SELECT")])


def test_an_invitation_is_told_without_title_or_lead(world, led, database, letters, now):
    outbox.kinds.update(mail.KINDS)
    drain(database, now=now)
    (message,) = letters.arrived
    words = text_of(message)
    assert f"/positions/{led.id}" in words
    assert "Relief Network" in words
    assert "Harbour" not in words
    assert led.title not in words
