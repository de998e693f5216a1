"""What the scripts do when things go wrong: nothing typed is lost, and everything is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.lab import AGAIN, Lab, make
from tests.journeys.person import Person


@pytest.fixture
def lab(browser: Browser, tmp_path: Path, shots: Path | None) -> Iterator[Lab]:
    person = Person.open(browser, "", name="lab", shots=shots)
    yield make(tmp_path, person)
    person.close()


def _type(lab: Lab, field: str, text: str) -> None:
    place = lab.person.page.locator(field)
    place.press("End")
    place.press_sequentially(text)


def _wait_until_kept(lab: Lab) -> None:
    kept = "Object.keys(sessionStorage).some(name => name.startsWith('keep:'))"
    lab.person.wait(kept)


def _storage(lab: Lab) -> str:
    return str(lab.person.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])"))


def _banner(lab: Lab) -> str:
    box = lab.person.page.locator("#net")
    expect(box).to_be_visible()
    return box.inner_text()


def test_a_refused_form_comes_back_with_its_words_and_the_summary_has_the_focus(lab: Lab) -> None:
    person = lab.open()
    lab.will("/lab/part", 422, lab.render(AGAIN, words="one"))
    person.page.locator("#words").fill("one")
    person.press("Save words", refused=True)
    expect(person.page.locator("[data-focus]")).to_be_focused()
    expect(person.page.locator("#words")).to_have_value("one")
    assert lab.sent()[-1]["way"] == ["quietly"]
    person.check()


def test_a_conflict_in_a_part_is_shown_and_not_only_announced(lab: Lab) -> None:
    person = lab.open()
    lab.will("/lab/part", 409, '<div id="lab-part"><p>What it says now: theirs</p></div>')
    person.press("Save words")
    person.sees("What it says now: theirs")
    expect(person.page.locator("#net")).to_be_hidden()


def test_a_conflict_that_is_a_whole_page_does_not_land_inside_a_part(lab: Lab) -> None:
    person = lab.open()
    lab.will("/lab/part", 409, "<!doctype html><html><body><h1>Another page</h1></body></html>")
    person.page.locator("#words").fill("my own words")
    person.press("Save words")
    assert _banner(lab)
    expect(person.page.locator("h1")).to_have_text("Lab")
    expect(person.page.locator("#words")).to_have_value("my own words")


def test_a_server_that_fails_is_named_and_try_again_sends_the_same(lab: Lab) -> None:
    person = lab.open()
    lab.will("/lab/part", 503)
    person.page.locator("#words").fill("words worth keeping")
    person.press("Save words")
    assert "Try again" in _banner(lab)
    person.check()
    person.press("Try again", inside="#net")
    person.sees("Saved.")
    sent = lab.sent()
    assert [form["words"] for form in sent] == [["words worth keeping"]] * 2
    assert [form["way"] for form in sent] == [["quietly"]] * 2
    assert sent[0]["idempotency_key"] == sent[1]["idempotency_key"]
    expect(person.page.locator("#net")).to_be_hidden()


def test_offline_is_said_and_the_typed_text_stays(lab: Lab) -> None:
    person = lab.open()
    person.page.context.set_offline(True)
    assert "offline" in _banner(lab).lower()
    _type(lab, "#words", " and typed offline")
    lab.will("/lab/part", 0)
    person.control("Save words").click()
    expect(person.page.locator("#net")).to_be_visible()
    expect(person.page.locator("#words")).to_have_value("as written and typed offline")
    person.page.context.set_offline(False)
    expect(person.page.locator("#net")).to_be_hidden()
    person.press("Save words")
    person.sees("Saved.")
    assert lab.sent()[-1]["words"] == ["as written and typed offline"]


def test_typed_words_survive_a_reload_and_go_when_sent(lab: Lab) -> None:
    person = lab.open()
    _type(lab, "#note", "half a note")
    _wait_until_kept(lab)
    person.go("/lab")
    expect(person.page.locator("#note")).to_have_value("half a note")
    person.press("Send note")
    assert "half a note" not in _storage(lab)


def test_newer_text_of_the_server_is_not_painted_over(lab: Lab) -> None:
    person = lab.open()
    _type(lab, "#words", " by me")
    _wait_until_kept(lab)
    lab.words = "as rewritten by others"
    person.go("/lab")
    expect(person.page.locator("#words")).to_have_value("as rewritten by others")


def test_a_secret_is_never_kept_in_the_browser(lab: Lab) -> None:
    person = lab.open()
    _type(lab, "#story", "what nobody may find")
    person.page.wait_for_timeout(600)
    assert "nobody may find" not in _storage(lab)
    person.go("/lab")
    expect(person.page.locator("#story")).to_have_value("")


def test_leave_now_forgets_and_goes_without_a_way_back_to_this_page(lab: Lab) -> None:
    person = lab.open()
    _type(lab, "#note", "half a note")
    _wait_until_kept(lab)
    person.page.locator("a[data-leave]").click()
    person.page.wait_for_url("**/leave")
    assert _storage(lab) == "[{},{}]"
    assert person.page.content().count("half a note") == 0
    assert person.page.evaluate("history.length") == 2, "the page was replaced, not left behind"


def test_a_double_press_sends_once_and_the_button_says_so(lab: Lab) -> None:
    person = lab.open()
    # The answer never comes: the page stays while the form is on its way.
    person.page.route("**/lab/part", lambda route: lab.asked.append(("/lab/part", {})))
    person.control("Save words").dblclick()
    person.wait("document.querySelector('#part button').disabled")
    expect(person.page.locator("#part button")).to_have_text("Sending…")
    person.page.evaluate("document.getElementById('part').requestSubmit()")
    person.page.wait_for_timeout(100)
    assert lab.times("/lab/part") == 1


def test_a_part_that_looks_for_news_fails_in_silence(lab: Lab) -> None:
    person = lab.open()
    for _ in range(3):
        lab.will("/lab/poll", 500)
    person.page.wait_for_timeout(1500)
    assert lab.times("/lab/poll") >= 1
    expect(person.page.locator("#net")).to_be_hidden()
    person.faults.clear()  # Chromium notes the 500s, which are the point


def test_one_menu_at_a_time_and_escape_closes_it(lab: Lab) -> None:
    person = lab.open()
    menu = person.page.locator("details.drop").first
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    person.check()
    person.page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_a_slow_answer_is_said_in_words(lab: Lab) -> None:
    person = lab.open()
    held = []
    person.page.route("**/lab/part", lambda route: held.append(route))
    person.page.clock.install()
    person.control("Save words").click()
    person.page.wait_for_timeout(100)
    person.page.clock.fast_forward(4500)
    assert _banner(lab)
    held[0].fulfill(status=200, body='<div id="lab-part">Saved.</div>', content_type="text/html")
    expect(person.page.locator("#net")).to_be_hidden()
