"""The five main screens as they are printed, in the dark, and with the longest names."""

import re
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Open
from tests.journeys.person import Person
from tests.journeys.server import Server

LONG = "Menschenrechtsorganisationenkoordinierungsausschuss für Vertriebenenangelegenheiten"
SCREENS = {
    "home": ("layla", "/", ""),
    "risks": ("layla", "/threats/in/testland", ""),
    "position": ("amal", "/positions/in/testland", "/positions/"),
    "sign-off": ("sara", "/", "/signoff/"),
    "donor": ("erik", "/donors/in/testland", ""),
}
# Every name of a person or organisation, and what people wrote, becomes a long one.
_LENGTHEN = """(words) => {
  const parts = document.querySelectorAll("main bdi, main [dir=auto], header bdi, .who, .org");
  for (const part of parts)
    for (const piece of part.childNodes)
      if (piece.nodeType === Node.TEXT_NODE && piece.data.trim()) piece.data = words;
  return parts.length;
}"""


def _open(window: Open, server: Server, screen: str, **options: object) -> Person:
    """The screen, in the window of one who works with it."""
    who, start, kind = SCREENS[screen]
    person = window(name=f"{screen}-{options.get('width', 1200)}", **options)
    person.sign_in(server.person(who)).go(start)
    if kind:
        link = person.page.locator("main").locator(f"a[href*='{kind}']")
        found = [str(a.get_attribute("href")) for a in link.all()]
        path = re.compile(rf"^{kind}[0-9a-f-]{{36}}$")
        person.go(next(p for p in (urlsplit(address).path for address in found) if path.match(p)))
    return person


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_prints_and_is_read_in_the_dark(window: Open, server: Server, screen: str) -> None:
    person = _open(window, server, screen, width=680)  # A4 less its margins
    person.look("print", media="print")
    person.look("dark", dark=True)


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_longest_names_stay_inside_a_screen(
    window: Open, server: Server, screen: str, width: int
) -> None:
    person = _open(window, server, screen, width=width)
    assert person.page.evaluate(_LENGTHEN, LONG), "nobody is named on this screen"
    person.check("long")
