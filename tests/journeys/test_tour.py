"""Every page that leads on from the first one, seen by people of each standing."""

import re
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Open
from tests.journeys.person import Person
from tests.journeys.server import Server

PAGES = 45
EACH = 2  # pages of one kind: two threats are looked at, not twelve
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def tour(person: Person) -> dict[str, str]:
    """Look at every kind of page; returns what is wrong, by address."""
    todo, known, wrong = ["/"], {"/"}, {}
    kinds: dict[str, int] = {}
    while todo and len(known) - len(todo) < PAGES:
        path = todo.pop(0)
        try:
            person.go(path)
        except AssertionError as fault:
            wrong[path] = str(fault)
            person.faults.clear()
        links = person.page.locator("a[href]").evaluate_all("all => all.map(a => a.pathname)")
        for link in links:
            kind = _ID.sub("*", link)
            leads_away = re.match(r"/(language|leave|static)|.*/(text|markdown|file)$", link)
            if link not in known and not leads_away and kinds.get(kind, 0) < EACH:
                kinds[kind] = kinds.get(kind, 0) + 1
                known.add(link)
                todo.append(urlsplit(link).path)
    return wrong


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("sara", {"width": 360}),
        ("layla", {"width": 1200}),
        ("mariam", {"width": 360, "locale": "ar"}),
        ("erik", {"width": 1200, "dark": True}),
        ("claire", {"width": 360, "scripts": False, "locale": "fr-FR"}),
    ],
    ids=["member-phone", "coordinator-wide", "arabic-phone", "donor-dark", "french-no-script"],
)
def test_every_page_is_sound(
    window: Open, server: Server, name: str, options: dict[str, object]
) -> None:
    person = window(name=name, **options)
    person.sign_in(server.person(name))
    wrong = tour(person)
    assert not wrong, "\n\n".join(wrong.values())
