"""Every page that leads on from the first one, seen by people of each standing."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.person import Person
from tests.journeys.server import Server

PAGES = 45
EACH = 2  # pages of one kind: two threats are looked at, not twelve
STANDING = [
    "/calendars/in/testland",
    "/checks/",
    "/clearances/ladder",
    "/delegations",
    "/editions/in/testland",
    "/logos",
    "/passkeys/",
    "/passkeys/app",
    "/proofs/keys",
    "/reminders",
]
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# Not pages: files to take along, and what changes the window itself.
_AWAY = re.compile(
    r"/(language|leave|static|annexes/files)|.*/(text|markdown|file|html|pdf|word|feed)$|.*\.(xlsx|zip|jws|json|py)$"
)


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
        # A link inside a drawing has no path of its own.
        links = person.page.locator("a[href]").evaluate_all(
            "all => all.map(a => new URL(a.getAttribute('href'), location.href).pathname)"
        )
        for link in links:
            kind = _ID.sub("*", link)
            if link not in known and not _AWAY.match(link) and kinds.get(kind, 0) < EACH:
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


def _about(person: Person, title: str) -> str:
    """The address of a text, open in front of the person."""
    return _follow(person.go("/positions/in/testland"), "/positions/", title)


def _follow(person: Person, kind: str, title: str = "") -> str:
    """Follow the first link of that kind that leads to one thing; returns where it leads."""
    links = person.page.locator(f"main a[href^='{kind}']").filter(has_text=title)
    found = [str(link.get_attribute("href")) for link in links.all()]
    path = next(p for p in (urlsplit(a).path for a in found) if re.fullmatch(kind + _ID.pattern, p))
    person.go(path)
    return path


def _of_the_lead(person: Person) -> list[str]:
    """What the lead sees while the round is open and one asks for a change."""
    position = _about(person, "Mobile clinics").rsplit("/", 1)[1]
    round_id = _follow(person, "/rounds/").rsplit("/", 1)[1]
    _follow(person, "/objections/")
    of_round = [f"/signons/round/{round_id}", f"/carries/{round_id}/spelling"]
    release = [f"/releases/before/{position}", f"/releases/harm/{position}"]
    return [*of_round, *release, f"/adoptions/of/{position}"]


def _of_the_opener(person: Person) -> list[str]:
    """A frozen text, with each way in which it can pass."""
    opening = _about(person, "Access to Old Town").replace("/positions/", "/rounds/open/")
    person.go(opening)
    return [f"{opening}?mode={mode}" for mode in ("explicit", "mixed", "silence")] + STANDING


def _of_a_signer(person: Person) -> list[str]:
    """What one who has answered sees, up to the proof."""
    _about(person, "Mobile clinics")
    round_id = _follow(person, "/signoff/").rsplit("/", 1)[1]
    _follow(person, "/receipts/")
    _follow(person, "/proofs/")
    answering = [f"/signoff/{round_id}/answer", f"/receipts/lower/{round_id}"]
    return [
        *answering,
        f"/clearances/{round_id}",
        f"/carries/{round_id}",
        f"/channels/{round_id}",
        f"/proofs/log/{round_id}",
    ]


def _of_a_release(person: Person) -> list[str]:
    """What went out, where it went, and how it is put right."""
    release = _follow(person.go("/editions/in/testland"), "/releases/", "Collaborative advocacy")
    deliveries = release.replace("/releases/", "/deliveries/")
    return [deliveries, f"{deliveries}/correct", f"{deliveries}/withdraw"]


@pytest.mark.parametrize(
    "options",
    [
        {"width": 360, "locale": "ar"},
        {"width": 1200, "dark": True, "scripts": False},
    ],
    ids=["arabic-phone", "wide-dark-no-script"],
)
@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("hana", _of_the_lead),
        ("layla", _of_the_opener),
        ("claire", _of_a_signer),
        ("claire", _of_a_release),
    ],
    ids=["lead", "opener", "signer", "release"],
)
def test_every_page_of_a_round_is_sound(
    window: Open,
    server: Server,
    name: str,
    pages: Callable[[Person], list[str]],
    options: dict[str, object],
) -> None:
    language = options.get("locale", "en")
    person = window(name=name, **options).sign_in(server.person(name))
    person.go(f"/language/{language}?next=/")
    for path in pages(person):
        person.go(path)
        expect(person.page.locator("html")).to_have_attribute("lang", str(language))


@pytest.mark.parametrize("options", [{"locale": "ar"}, {"dark": True, "scripts": False}])
def test_a_page_that_says_no_is_sound_too(
    window: Open, server: Server, options: dict[str, object]
) -> None:
    """What is not there, what is not allowed, what is not filled in, and what is old."""
    person = window(name="erik", width=360, **options).sign_in(server.person("erik"))
    person.go("/positions/00000000-0000-4000-8000-000000000000", status=404)
    person.go("/positions/in/testland/start", status=403)
    person.go("/signons/text", status=404)
    person.go("/accounts/me")
    person.page.locator("main input[name=name]").fill("")
    person.click(person.page.locator("main #settings form button[type=submit]"))
    expect(person.page.locator("main [role=alert]")).to_be_visible()
