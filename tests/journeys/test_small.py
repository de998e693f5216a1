"""Small ways that go wrong in life: two tabs, two people, a lost session, the wrong person."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.person import Person
from tests.journeys.server import Server


def _text_of(person: Person, title: str) -> str:
    """The address of a text in the list."""
    person.go("/positions/in/testland")
    link = person.page.locator("main").get_by_role("link", name=re.compile(title)).first
    return urlsplit(str(link.get_attribute("href"))).path


def _first_edit(person: Person, position: str) -> str:
    person.go(position)
    link = person.page.locator("main a[href$='/edit']").first
    return urlsplit(str(link.get_attribute("href"))).path


def test_two_tabs_for_two_organisations_do_not_stamp_each_other(
    window: Open, server: Server
) -> None:
    sara = window(name="sara").sign_in(server.person("sara"))
    sara.go("/threats/in/testland/new").fill(re.compile("^Title|^Who does what"), "Typed before")
    tab = sara.another_tab().go("/")
    tab.page.locator("details.mine summary").click()
    tab.press("Testland NGO Forum", inside="details.mine")
    sara.page.locator("main form button[type=submit]").last.click()
    sara.settled()
    words = sara.words()
    assert "Testland NGO Forum" in words
    assert "Relief Network" in words


def test_a_stale_clause_comes_back_with_both_texts(window: Open, server: Server) -> None:
    amal = window(name="amal").sign_in(server.person("amal"))
    edit = _first_edit(amal, _text_of(amal, "vict"))
    sara = window(name="sara", scripts=False).sign_in(server.person("sara"))
    sara.go(edit).fill("Text", "As Sara wrote it.")
    amal.go(edit).fill("Text", "As Amal wrote it, first.").press("Save")
    sara.press("Save")
    sara.sees("As Sara wrote it.", "As Amal wrote it, first.")


def test_a_form_sent_after_the_session_ended_says_so(window: Open, server: Server) -> None:
    sara = window(name="sara", scripts=False).sign_in(server.person("sara"))
    sara.go("/accounts/me")
    sara.page.context.clear_cookies()
    sara.click(sara.page.locator("main form button[type=submit]").first)
    expect(sara.page.locator("h1")).to_be_visible()
    assert "sign in" in sara.words().lower()


def test_the_wrong_person_finds_nothing(window: Open, server: Server) -> None:
    amal = window(name="amal").sign_in(server.person("amal"))
    address = _text_of(amal, "vict")
    erik = window(name="erik", width=360).sign_in(server.person("erik"))
    erik.go(address, status=404).sees_not("vict")
    absent = "/positions/00000000-0000-4000-8000-000000000000"
    hidden = erik.page.locator("main").inner_text()
    erik.go(absent, status=404)
    assert erik.page.locator("main").inner_text() == hidden


def test_an_answer_in_arabic_on_a_phone(window: Open, server: Server) -> None:
    claire = window(name="claire", width=360, scripts=False, locale="ar")
    claire.sign_in(server.person("claire")).go("/language/ar?next=/")
    expect(claire.page.locator("html")).to_have_attribute("dir", "rtl")
    asks = claire.page.locator("main a[href^='/signoff/']").all()
    endorse = claire.page.locator("main input[name=kind][value=endorse]")
    for path in [urlsplit(str(ask.get_attribute("href"))).path for ask in asks]:
        claire.go(path)
        answer = claire.page.locator("main a[href$='/answer']").first
        claire.go(urlsplit(str(answer.get_attribute("href"))).path)
        if endorse.count():  # a round by silence asks for no name
            break
    endorse.check()
    for _step in ("check", "record"):
        claire.click(claire.page.locator("main form button[type=submit]").first)
    assert "/receipts/" in claire.page.url
    expect(claire.page.locator("html")).to_have_attribute("dir", "rtl")
