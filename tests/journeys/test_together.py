"""Two people in one clause at the same moment, one of them cut off and back."""

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


def _opens(person: Person, path: str) -> None:
    person.go(path)
    person.page.get_by_role("link", name="Write together").click()
    expect(person.page.locator(".editor")).to_be_visible()


def _types(person: Person, clause: int, words: str) -> None:
    place = person.page.locator(".live-clause").nth(clause).locator("p").last
    place.click()
    person.page.keyboard.press("End")
    person.page.keyboard.type(words, delay=15)


def _is_saved(person: Person) -> None:
    expect(person.page.locator(".live-saved")).to_have_attribute("data-state", "saved")
    expect(person.page.locator(".live-saved")).to_contain_text("Saved")


def _words(person: Person) -> str:
    """The first clause, without the names at the carets."""
    return str(
        person.page.locator(".live-clause").first.evaluate(
            """(clause) => {
              const copy = clause.cloneNode(true);
              copy.querySelectorAll(".caret, .ProseMirror-widget").forEach((el) => el.remove());
              return copy.textContent;
            }"""
        )
    )


def _shot(person: Person, name: str) -> None:
    if person.shots:
        person.page.screenshot(path=person.shots / f"{name}.png", full_page=True)


def test_two_write_in_one_clause_and_one_is_cut_off(window: Open, server: Server) -> None:
    amal = window(name="amal").sign_in(server.person("amal"))
    sara = window(name="sara", width=360).sign_in(server.person("sara"))
    path = _text_of(amal, "vict")
    _opens(amal, path)
    _opens(sara, path)
    _types(amal, 0, " Amal was here.")
    expect(sara.page.locator(".editor")).to_contain_text("Amal was here.")
    _types(sara, 0, " Sara too.")
    expect(amal.page.locator(".editor")).to_contain_text("Sara too.")
    expect(amal.page.locator(".live-who")).to_contain_text("Sara")
    _shot(amal, "together-1200")
    _shot(sara, "together-360")

    sara.page.context.set_offline(True)
    _types(sara, 0, " Written on the road.")
    _types(amal, 0, " Written meanwhile.")
    _is_saved(amal)
    _shot(sara, "cut-off-360")
    sara.page.context.set_offline(False)
    expect(amal.page.locator(".editor")).to_contain_text("Written on the road.")
    expect(sara.page.locator(".editor")).to_contain_text("Written meanwhile.")
    _is_saved(sara)
    assert _words(amal) == _words(sara)

    plain = window(name="plain", scripts=False).sign_in(server.person("amal"))
    plain.go(path)
    plain.sees("Written on the road.", "Written meanwhile.")
    plain.go(str(plain.page.locator("main a[href$='/edit']").first.get_attribute("href")))
    words = plain.page.locator("main textarea[name=text]").first
    expect(words).to_have_value(re.compile("Written on the road"))
