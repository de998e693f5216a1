"""Signing in, and all that must not be learnt or kept by it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.access.actor import anonymous
from advocacy.access.schema import Bearer
from advocacy.accounts import actions, rules
from advocacy.accounts.schema import Attempt, Person
from advocacy.ground import clock
from advocacy.web import gate
from tests.world import PASSWORD

SIGN_IN = "/accounts/sign-in"


@pytest.fixture
def sara(database, now) -> str:
    """Someone with a password; the address."""
    with database.writing(anonymous(now)) as session:
        actions.add_person(
            session, anonymous(now), name="Sara", email="Sara@relief.example", password=PASSWORD
        )
    return "sara@relief.example"


def sign_in(browser, email: str, password: str, *, status: int = 303, where: str = "", **named):
    data = {"email": email, "password": password, "next": where}
    return browser.post(SIGN_IN, data, status=status, **named)


def token_of(browser) -> str:
    with browser.client.session_transaction() as cookie:
        return cookie.get("_user_id", "")


def test_a_right_password_opens_a_session_and_leads_on(client, sara) -> None:
    browser = client("")
    answer = sign_in(browser, " SARA@Relief.example ", PASSWORD, where="/accounts/me?a=1")
    assert answer.headers["Location"] == "/accounts/me?a=1"
    assert "Sara" in browser.get("/accounts/me")


def test_only_a_hash_of_the_token_is_kept(client, sara, database, now) -> None:
    browser = client("")
    sign_in(browser, sara, PASSWORD)
    with database.reading(anonymous(now)) as session:
        kept = session.scalars(select(Bearer.token_hash)).all()
    assert token_of(browser)
    assert token_of(browser) not in kept


def test_signing_in_again_gives_a_new_token_and_ends_the_old_one(
    client, sara, app, database, now
) -> None:
    browser, copy = client(""), app.test_client()
    sign_in(browser, sara, PASSWORD)
    old = token_of(browser)
    with copy.session_transaction() as cookie:
        cookie["_user_id"] = old
    assert copy.get("/accounts/me").status_code == 200
    page = browser.client.get("/accounts/me").get_data(as_text=True)
    browser.client.post(
        SIGN_IN,
        data={
            "csrf_token": browser._hidden(page, "csrf_token"),
            "idempotency_key": browser._hidden(page, "idempotency_key"),
            "email": sara,
            "password": PASSWORD,
        },
    )
    assert token_of(browser) not in ("", old)
    assert copy.get("/accounts/me").status_code == 303


def test_a_planted_cookie_is_not_taken_over(client, sara) -> None:
    browser = client("")
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"] = "planted"
        cookie["planted"] = "yes"
    sign_in(browser, sara, PASSWORD)
    with browser.client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["_user_id"] != "planted"


def plain(text: str) -> str:
    """A page without what is fresh in every page."""
    text = re.sub(r'value="[0-9a-f-]{36,}"', "", text)
    return re.sub(r"(?:sara|nobody)@relief\.example", "", text)


def test_an_unknown_address_gets_the_same_bytes_and_the_same_work(
    client, sara, monkeypatch
) -> None:
    verified: list[str] = []
    real = rules._hasher.verify

    class Counting:
        hash = staticmethod(rules._hasher.hash)

        @staticmethod
        def verify(kept, given):
            verified.append(given)
            return real(kept, given)

    monkeypatch.setattr(rules, "_hasher", Counting)
    known = sign_in(client(""), sara, "a wrong password", status=422)
    unknown = sign_in(client(""), "nobody@relief.example", "a wrong password", status=422)
    assert verified == ["a wrong password"] * 2
    first, second = (plain(a.get_data(as_text=True)) for a in (known, unknown))
    assert first == second
    assert "Address or password is not right" in first
    assert dict(known.headers).keys() == dict(unknown.headers).keys()


def test_someone_without_a_password_cannot_use_an_empty_one(client, world) -> None:
    sign_in(client(""), "relief@relief.example", "", status=422)
    sign_in(client(""), "relief@relief.example", "nobody has this password", status=422)


def test_attempts_on_an_account_slow_down_and_time_opens_it_again(client, sara, now) -> None:
    for _ in range(5):
        sign_in(client(""), sara, "a wrong password", status=422)
    slow = sign_in(client(""), sara, PASSWORD, status=429)
    assert slow.headers["Retry-After"] == "5"
    assert "Wait 5 seconds" in slow.get_data(as_text=True)
    clock.freeze(now + timedelta(seconds=5))
    sign_in(client(""), sara, "a wrong password", status=422)
    assert sign_in(client(""), sara, PASSWORD, status=429).headers["Retry-After"] == "10"
    clock.freeze(now + timedelta(seconds=16))
    sign_in(client(""), sara, PASSWORD)
    for _ in range(4):
        sign_in(client(""), sara, "a wrong password", status=422)
    sign_in(client(""), sara, PASSWORD)


def test_an_unknown_account_slows_down_just_the_same(client, sara) -> None:
    for _ in range(5):
        sign_in(client(""), "nobody@relief.example", "a wrong password", status=422)
    sign_in(client(""), "nobody@relief.example", "a wrong password", status=429)


def test_one_address_that_tries_many_accounts_slows_down_and_others_do_not(
    client, sara, database, now
) -> None:
    keys = rules.counted_under(
        "a secret of tests, long enough for them",
        email="-",
        address="127.0.0.1",
        what="sign-in",
    )
    with database.writing(anonymous(now)) as session:
        session.add_all(Attempt(about=keys[1], at=now) for _ in range(17))
    sign_in(client(""), sara, PASSWORD, status=429)
    browser = client("")
    browser.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    sign_in(browser, sara, PASSWORD)


def test_no_address_is_kept_and_old_attempts_are_forgotten(client, sara, database, now) -> None:
    sign_in(client(""), sara, "a wrong password", status=422)
    with database.reading(anonymous(now)) as session:
        kept = session.scalars(select(Attempt.about)).all()
    assert len(kept) == 2
    assert not any(word in about for about in kept for word in ("127.0.0.1", "sara"))
    clock.freeze(now + timedelta(hours=2))
    sign_in(client(""), "nobody@relief.example", "a wrong password", status=422)
    with database.reading(anonymous(now)) as session:
        assert len(session.scalars(select(Attempt.about)).all()) == 2


def test_a_whole_line_of_addresses_counts_as_one() -> None:
    def key(address: str) -> str:
        return rules.counted_under("s", email="e", address=address, what="sign-in")[1]

    assert key("2001:db8:1:2::1") == key("2001:db8:1:2:ffff::9")
    assert key("2001:db8:1:2::1") != key("2001:db8:1:3::1")
    assert key("192.0.2.1") != key("192.0.2.2")


@pytest.mark.parametrize(
    "hostile",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x=1",
        "javascript:alert(1)",
        "http:evil.example",
        "evil.example",
        "",
    ],
)
def test_a_hostile_next_leads_home(client, sara, hostile: str) -> None:
    assert gate.safe_next(hostile) == "/"
    answer = sign_in(client(""), sara, PASSWORD, where=hostile)
    assert answer.headers["Location"] == "/"


def test_someone_signed_in_is_led_on_from_the_sign_in_page(client) -> None:
    answer = client("relief").client.get(SIGN_IN + "?next=//evil.example")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_signing_out_ends_the_token_everywhere(client, app) -> None:
    browser, copy = client("relief"), app.test_client()
    token = token_of(browser)
    answer = browser.post("/accounts/sign-out", page="/accounts/me")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    with copy.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert copy.get("/accounts/me").status_code == 303
    assert browser.client.get("/accounts/me").status_code == 303


@pytest.mark.parametrize(
    ("quiet", "after"), [(True, timedelta(minutes=31)), (False, timedelta(hours=12))]
)
def test_a_session_ends_when_idle_and_at_the_latest_after_twelve_hours(
    client, now, quiet: bool, after: timedelta
) -> None:
    browser = client("relief")
    if not quiet:
        for minutes in range(0, 12 * 60, 20):
            clock.freeze(now + timedelta(minutes=minutes))
            browser.get("/accounts/me")
    clock.freeze(now + after)
    assert browser.client.get("/accounts/me").status_code == 303


def test_a_sign_in_link_shows_whom_it_signs_in_and_works_once(client, world, database, now) -> None:
    with database.writing(anonymous(now)) as session:
        token = actions.issue_link(session, person=world.people["relief"], now=now)
    path = f"/accounts/link/{token}"
    browser = client("")
    assert "Sign in as Relief Person, Relief Network" in browser.get(path)
    browser.get(path)
    assert browser.client.get("/accounts/me").status_code == 303, "opening it does nothing"
    browser.post(path)
    assert "Relief Network" in browser.get("/accounts/me")
    spent = client("")
    assert "does not work any more" in spent.get(path, status=404)
    assert "does not work" in spent.post(path, page=SIGN_IN, status=422).get_data(as_text=True)


def test_a_sign_in_link_is_good_for_a_day(client, world, database, now) -> None:
    with database.writing(anonymous(now)) as session:
        token = actions.issue_link(session, person=world.people["relief"], now=now)
    clock.freeze(now + timedelta(hours=24))
    client("").get(f"/accounts/link/{token}", status=404)


def test_someone_switched_off_is_out_at_the_next_request(client, world, database, now) -> None:
    browser = client("relief")
    browser.get("/accounts/me")
    with database.writing(anonymous(now)) as session:
        session.get_one(Person, world.people["relief"]).is_active = False
    assert browser.client.get("/accounts/me").status_code == 303


def test_sending_a_form_without_its_token_is_said_in_clear_words(client, sara) -> None:
    answer = client("").client.post(SIGN_IN, data={"email": sara, "password": PASSWORD})
    assert answer.status_code == 400
    text = answer.get_data(as_text=True)
    assert "Nothing was changed" in text
    assert "Traceback" not in text


def test_a_form_from_another_site_is_refused(client, sara) -> None:
    browser = client("")
    page = browser.client.get(SIGN_IN).get_data(as_text=True)
    answer = browser.client.post(
        SIGN_IN,
        data={"csrf_token": browser._hidden(page, "csrf_token"), "email": sara},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 400


HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@pytest.mark.parametrize(
    ("path", "status", "cache"),
    [
        (SIGN_IN, 200, "private, no-store"),
        ("/nowhere", 404, "private, no-store"),
        ("/accounts/me", 303, "private, no-store"),
        ("/static/css/base.css", 200, None),
    ],
)
def test_every_answer_carries_the_headers(client, path: str, status: int, cache) -> None:
    answer = client("").client.get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    if cache:
        assert answer.headers["Cache-Control"] == cache
    assert "Server" not in answer.headers


def test_over_https_browsers_are_told_to_stay_there(client) -> None:
    answer = client("").client.get(SIGN_IN, base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, sara) -> None:
    cookie = sign_in(client(""), sara, PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_broken_acting_as_is_not_found(client) -> None:
    browser = client("relief")
    for given in ("x", "", "00000000-0000-0000-0000-000000000000"):
        answer = browser.post(
            "/accounts/act-as", {"holding_id": given}, page="/accounts/me", status=None
        )
        assert answer.status_code in (404, 422), given
