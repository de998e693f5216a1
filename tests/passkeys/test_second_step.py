"""With a second step a password alone signs nobody in."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from advocacy.accounts import actions as accounts
from advocacy.accounts.queries import person_by_email
from advocacy.audit.schema import AuditDetail, AuditEvent
from advocacy.ground import clock
from advocacy.ground.errors import Invalid
from advocacy.ground.unit import Database
from advocacy.passkeys import actions, queries, rules
from advocacy.passkeys.rules import Site
from tests.browser import Browser
from tests.passkeys.conftest import options
from tests.passkeys.device import ORIGIN, Device
from tests.world import NOW, World, founder

Open = Callable[[str], Browser]
Go = Callable[[], tuple[Browser, str]]
SECRET = "a secret of tests, long enough for them"
SITE = Site(ORIGIN, "localhost")


def enrolled(browser: Browser, device: Device) -> str:
    """The page after a passkey was added."""
    told = options(browser.get("/passkeys/"))
    browser.post("/passkeys/", {"answer": device.make(told), "name": "My phone"})
    return browser.get("/passkeys/")


def test_without_a_second_step_signing_in_is_as_before(sign_in: Go) -> None:
    browser, where = sign_in()
    assert where == "/positions"
    assert "Your account" in browser.get("/accounts/me")


def test_a_passkey_is_the_second_step(sign_in: Go, client: Open) -> None:
    device = Device()
    page = enrolled(client("legal"), device)
    assert "My phone" in page
    assert len(re.findall(r'<li class="hash">', page)) == 10
    browser, where = sign_in()
    assert where == "/passkeys/second"
    browser.get("/accounts/me", 303)
    told = options(browser.get("/passkeys/second"))
    answer = device.answer(told)
    made = browser.post("/passkeys/second", {"answer": answer})
    assert made.headers["Location"] == "/positions"
    assert "Your account" in browser.get("/accounts/me")
    other, _where = sign_in()
    again = other.post("/passkeys/second", {"answer": answer}, status=422)
    assert "did not answer as it should" in again.get_data(as_text=True)


@pytest.mark.parametrize(
    "device", [Device(verified=False), Device(origin="http://evil.example")], ids=["asleep", "evil"]
)
def test_a_device_that_asked_nobody_or_for_another_site_is_refused(
    device: Device, sign_in: Go, client: Open
) -> None:
    legal, good = client("legal"), Device()
    told = options(legal.get("/passkeys/"))
    legal.post("/passkeys/", {"answer": device.make(told), "name": "x"}, status=422)
    enrolled(legal, good)
    device.key, device.credential, device.count = good.key, good.credential, good.count
    browser, _where = sign_in()
    told = options(browser.get("/passkeys/second"))
    browser.post("/passkeys/second", {"answer": device.answer(told)}, status=422)
    for nonsense in ("{}", "[]", "\x01", '{"id": 7}', "a" * 30_000, '{"id":"' + "[" * 9_000):
        browser.post("/passkeys/second", {"answer": nonsense}, status=422)
    browser.get("/accounts/me", 303)


def test_a_passkey_of_another_person_opens_nothing(sign_in: Go, client: Open) -> None:
    mine, other = Device(), Device()
    enrolled(client("legal"), mine), enrolled(client("women"), other)
    browser, _where = sign_in()
    told = options(browser.get("/passkeys/second"))
    browser.post("/passkeys/second", {"answer": other.answer(told)}, status=422)


def test_a_code_app_counts_from_its_first_code_and_each_code_is_good_once(
    database: Database, world: World, sign_in: Go, client: Open
) -> None:
    legal = client("legal")
    legal.post("/passkeys/app", page="/passkeys/app")
    assert "otpauth://totp/" in legal.get("/passkeys/app")
    assert sign_in()[1] == "/positions"
    actor = world.actor("legal")
    with database.reading(actor) as session:
        row = queries.app(session, actor)
        assert row
        secret = rules.app_secret(SECRET, world.people["legal"], row.salt)
    step = int(NOW.timestamp()) // 30
    page = {"page": "/passkeys/app"}
    legal.post("/passkeys/app/code", {"code": "000000"}, status=422, **page)
    legal.post("/passkeys/app/code", {"code": rules.code_at(secret, step)}, **page)
    browser, where = sign_in()
    assert where == "/passkeys/second"
    send = {"page": "/passkeys/second"}
    for wrong in (rules.code_at(secret, step), rules.code_at(secret, step + 2)):
        browser.post("/passkeys/second/code", {"code": wrong}, status=422, **send)
    clock.freeze(NOW + timedelta(seconds=30))
    code = rules.code_at(secret, step + 1)
    browser.post("/passkeys/second/code", {"code": f"{code[:3]} {code[3:]}"}, **send)
    assert "Your account" in browser.get("/accounts/me")


def test_wrong_codes_slow_the_next_one_down(sign_in: Go, client: Open) -> None:
    enrolled(client("legal"), Device())
    browser, _where = sign_in()
    send = {"page": "/passkeys/second"}
    for _time in range(5):
        browser.post("/passkeys/second/code", {"code": "123456"}, status=422, **send)
    browser.post("/passkeys/second/code", {"code": "123456"}, status=429, **send)


def test_a_code_on_paper_works_once_when_the_device_is_lost(sign_in: Go, client: Open) -> None:
    page = enrolled(client("legal"), Device())
    code = re.findall(r'<li class="hash">([^<]+)', page)[3]
    browser, _where = sign_in()
    send = {"page": "/passkeys/second"}
    browser.post("/passkeys/second/code", {"code": code.lower()}, **send)
    page = browser.get("/passkeys/")
    assert "9 codes are left" in page
    href = re.search(r"/passkeys/remove/[0-9a-f-]+", page)
    assert href
    browser.post(href.group(0), page="/passkeys/")
    assert sign_in()[1] == "/positions"
    enrolled(client("legal"), Device())
    again, _where = sign_in()
    again.post("/passkeys/second/code", {"code": code}, status=422, **send)


def test_codes_on_paper_are_shown_for_ten_minutes(client: Open) -> None:
    legal = client("legal")
    enrolled(legal, Device())
    clock.freeze(NOW + timedelta(minutes=10))
    assert '<li class="hash">' not in legal.get("/passkeys/")


def test_half_of_the_way_lasts_ten_minutes(sign_in: Go, client: Open) -> None:
    enrolled(client("legal"), Device())
    browser, _where = sign_in()
    clock.freeze(NOW + timedelta(minutes=10))
    browser.get("/passkeys/second", 303)


def test_a_reset_link_does_not_stand_for_the_second_step(
    database: Database, world: World, client: Open
) -> None:
    enrolled(client("legal"), Device())
    with database.writing(founder()) as session:
        token = accounts.issue_reset(session, person=world.people["legal"], now=NOW)
    browser = client("")
    made = browser.post(f"/accounts/reset/{token}", {"password": "nine calm lanterns by the shore"})
    assert made.headers["Location"] == "/passkeys/second"
    browser.get("/accounts/me", 303)


def test_who_lost_everything_is_let_in_from_the_console(
    database: Database, world: World, sign_in: Go, client: Open
) -> None:
    legal = client("legal")
    enrolled(legal, Device())
    with database.writing(founder()) as session:
        who = person_by_email(session, "legal@legal.example")
        assert who
        actions.forget_all(session, founder(), who.id)
    legal.get("/passkeys/", 303)
    assert sign_in()[1] == "/positions"


def test_a_code_app_begun_anew_takes_the_one_before_away_and_says_so(
    database: Database, world: World
) -> None:
    legal = world.actor("legal")
    with database.writing(legal) as session:
        actions.begin_app(session, legal)
        row = queries.app(session, legal)
        assert row
        secret = rules.app_secret(SECRET, world.people["legal"], row.salt)
        code = rules.code_at(secret, int(NOW.timestamp()) // 30)
        actions.confirm_app(session, legal, code=code, secret=SECRET)
    with database.writing(legal) as session:
        actions.begin_app(session, legal)
        assert not queries.mine(session, legal).has_app
        named = select(AuditEvent.id).where(AuditEvent.name == rules.CodeAppSet.NAME)
        told = session.scalars(select(AuditDetail).where(AuditDetail.event_id.in_(named)))
        assert sorted(row.detail["on"] for row in told) == [False, True]


def test_a_passkey_is_added_once_under_a_name(database: Database, world: World) -> None:
    legal, women, device = world.actor("legal"), world.actor("women"), Device()
    made = device.make({"challenge": "AAAA"})
    given: dict[str, Any] = {"answer": made, "site": SITE, "asked": b"\0\0\0"}
    with pytest.raises(Invalid), database.writing(legal) as session:
        actions.enrol(session, legal, name=" ", **given)
    with database.writing(legal) as session:
        actions.enrol(session, legal, name="Phone", **given)
    for actor in (legal, women):
        with pytest.raises(Invalid), database.writing(actor) as session:
            actions.enrol(session, actor, name="Phone", **given)


def test_a_bare_network_address_has_no_passkeys() -> None:
    assert rules.site("http://127.0.0.1:8000") is None
    assert rules.site("http://[::1]:8000") is None
    assert rules.site("https://our.example:8443") == Site("https://our.example:8443", "our.example")


@pytest.mark.parametrize(
    ("at", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")]
)
def test_codes_are_those_of_rfc_6238(at: int, code: str) -> None:
    assert rules.code_at(b"12345678901234567890", at // 30) == code


@given(st.binary(min_size=20, max_size=20), st.integers(-3, 3), st.integers(-3, 3))
def test_a_code_is_good_for_its_neighbours_and_never_twice(
    secret: bytes, given_at: int, used: int
) -> None:
    present = int(NOW.timestamp()) // 30
    code = rules.code_at(secret, present + given_at)
    found = rules.step_of(secret, code, now=NOW, after=present + used)
    if found is not None:
        assert abs(found - present) <= 1
        assert found > present + used
    elif abs(given_at) <= 1:
        assert given_at <= used
