"""One's own account: settings, password, sessions, a forgotten password."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.access.actor import anonymous
from advocacy.accounts import actions, mail, rules
from advocacy.accounts.schema import Person
from advocacy.ground import clock
from advocacy.outbox.actions import drain
from tests.outbox.letters import Letters, link_in, text_of
from tests.world import PASSWORD

NEW = "nine lanterns hang over the old bridge"


@pytest.fixture
def with_password(database, world, now) -> str:
    """The person of Relief Network has a password; the address."""
    with database.writing(anonymous(now)) as session:
        who = session.get_one(Person, world.people["relief"])
        who.password_hash = rules.hash_password(PASSWORD)
        return who.email


def is_in(browser) -> bool:
    return browser.client.get("/accounts/me").status_code == 200


def test_settings_are_kept_and_speak_the_language_at_once(client) -> None:
    browser = client("relief")
    browser.post("/accounts/me", {"name": " Sara ", "language": "ar", "zone": "Asia/Amman"})
    page = browser.get("/accounts/me")
    assert 'lang="ar" dir="rtl"' in page
    assert 'value="Sara"' in page


@pytest.mark.parametrize("wrong", [{"name": " "}, {"language": "xx"}, {"zone": "Moon/Base"}])
def test_wrong_settings_come_back_as_typed(client, wrong) -> None:
    browser = client("relief")
    given = {"name": "Sara Typed", "language": "en", "zone": "UTC", **wrong}
    text = browser.post("/accounts/me", given, status=422).get_data(as_text=True)
    assert "Please look at this again" in text
    if "name" not in wrong:
        assert "Sara Typed" in text


def test_a_new_password_ends_the_other_sessions_and_not_this_one(client, with_password) -> None:
    here, there = client("relief"), client("relief")
    here.post("/accounts/me/password", {"old": PASSWORD, "new": NEW}, page="/accounts/me")
    assert is_in(here)
    assert not is_in(there)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("not this one at all", NEW, "present password is not right"),
        (PASSWORD, "short", "Use at least 15 characters"),
        (PASSWORD, "aaaaaaaaaaaaaaaaaaaa", "easy to guess"),
        (PASSWORD, "relief@relief.example", "easy to guess"),
        (PASSWORD, "x" * 513, "Use at most 512"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(
    client, with_password, old: str, new: str, words: str
) -> None:
    browser = client("relief")
    answer = browser.post(
        "/accounts/me/password", {"old": old, "new": new}, page="/accounts/me", status=422
    )
    assert words in answer.get_data(as_text=True)
    assert f'value="{new}"' not in answer.get_data(as_text=True)


def test_all_sessions_end_at_once_with_links_that_would_open_new_ones(
    client, database, world, now
) -> None:
    here, there = client("relief"), client("relief")
    with database.writing(anonymous(now)) as session:
        link = actions.issue_link(session, person=world.people["relief"], now=now)
    here.post("/accounts/me/sessions", page="/accounts/me")
    assert not is_in(here)
    assert not is_in(there)
    client("").get(f"/accounts/link/{link}", status=404)


def ask(browser, email: str):
    return browser.post("/accounts/forgot", {"email": email})


def test_a_forgotten_password_is_set_anew_by_a_mail(
    client, database, with_password, now, letters: Letters
) -> None:
    old, browser = client("relief"), client("")
    answer = ask(browser, with_password)
    assert "a mail is on its way" in browser.get(answer.headers["Location"])
    assert drain(database, now=now) == 1
    path = link_in(letters.arrived[0])
    assert "Relief Person" in browser.get(path)
    weak = browser.post(path, {"password": "short"}, status=422)
    assert "at least 15 characters" in weak.get_data(as_text=True)
    browser.post(path, {"password": NEW})
    assert is_in(browser)
    assert not is_in(old)
    client("").get(path, status=404)
    sent = {"email": with_password, "password": NEW, "next": ""}
    client("").post("/accounts/sign-in", sent)


def test_an_unknown_address_gets_the_same_answer_and_no_mail(
    client, database, world, now, letters: Letters
) -> None:
    answer = ask(client(""), "nobody@relief.example")
    assert answer.headers["Location"] == "/accounts/sign-in"
    assert drain(database, now=now) == 1
    assert letters.arrived == []


def test_nobody_fills_a_mailbox_with_our_mails(client, with_password) -> None:
    for _ in range(5):
        ask(client(""), with_password)
    answer = client("").post("/accounts/forgot", {"email": with_password}, status=429)
    assert "Retry-After" in answer.headers


def test_a_newer_reset_link_ends_the_older_one_and_all_end_after_two_hours(
    client, database, world, now
) -> None:
    person = world.people["relief"]
    with database.writing(anonymous(now)) as session:
        first = actions.issue_reset(session, person=person, now=now)
        second = actions.issue_reset(session, person=person, now=now)
    client("").get(f"/accounts/reset/{first}", status=404)
    client("").get(f"/accounts/reset/{second}")
    clock.freeze(now + timedelta(hours=2))
    client("").get(f"/accounts/reset/{second}", status=404)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_reset_mail_speaks_the_language_of_its_reader(
    client, database, world, with_password, now, letters: Letters, language: str
) -> None:
    with database.writing(anonymous(now)) as session:
        session.get_one(Person, world.people["relief"]).language = language
    ask(client(""), with_password)
    drain(database, now=now)
    (arrived,) = letters.arrived
    assert arrived["Content-Language"] == language
    subject, text = mail.WORDS[language]
    assert text_of(arrived).startswith(text[:20])
    assert len({words[0] for words in mail.WORDS.values()}) == 4
    assert "Relief" not in subject


def test_the_same_form_sent_twice_has_one_effect(
    client, database, with_password, now, letters: Letters
) -> None:
    browser = client("")
    key = "6f0f4c1e-7f0a-4c4f-8ce2-3f3a9f0c2b11"
    first = browser.post("/accounts/forgot", {"email": with_password}, key=key)
    second = browser.post("/accounts/forgot", {"email": with_password}, key=key)
    assert first.headers["Location"] == second.headers["Location"]
    assert drain(database, now=now) == 1
    assert len(letters.arrived) == 1


def test_a_key_used_for_another_form_is_refused(client) -> None:
    browser = client("relief")
    key = "6f0f4c1e-7f0a-4c4f-8ce2-3f3a9f0c2b12"
    browser.post("/accounts/me", {"name": "S", "language": "en", "zone": "UTC"}, key=key)
    answer = browser.post("/accounts/me/sessions", page="/accounts/me", key=key, status=None)
    assert answer.status_code == 409 or "sent before" in answer.get_data(as_text=True)
    assert is_in(browser)


@pytest.mark.parametrize("path", ["/accounts/sign-in", "/accounts/forgot"])
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_open_pages_work_in_every_language(client, path: str, language: str) -> None:
    browser = client("")
    browser.client.set_cookie("language", language)
    page = browser.get(path)
    assert f'lang="{language}"' in page
    assert ('dir="rtl"' in page) is (language == "ar")


def test_the_account_page_works_in_arabic_and_without_a_seat(client, database, world, now) -> None:
    with database.writing(anonymous(now)) as session:
        actions.add_person(session, anonymous(now), name="Nour", email="nour@nobody.example")
        who = session.scalars(select(Person).where(Person.name == "Nour")).one()
        world.people["nour"] = who.id
    browser = client("nour")
    browser.client.set_cookie("language", "ar")
    assert 'dir="rtl"' in browser.get("/accounts/me")
    assert "You hold no seat now" in client("nour").get("/accounts/me")
