"""Whatever is sent: the right status, a sentence, nothing written, never a stack trace."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from tests.bad_input.forms import TOKENS, Form, crawl, send
from tests.browser import Browser

REFUSED = {400, 403, 404, 409, 413, 422}
# These end the session that the other tries need. Both are about oneself, not for anybody.
ENDING = {"accounts.sign_out_submit", "accounts.end_sessions_submit"}
PEOPLE = ("layla", "sara", "erik")
Enter = Callable[[str], Browser]
Rows = Callable[[], dict[str, int]]
FormsOf = Callable[[str, Browser], list[Form]]
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.fixture(params=PEOPLE)
def reached(
    request: pytest.FixtureRequest, planted: Flask, enter: Enter, forms_of: FormsOf
) -> list[Form]:
    """One form of each endpoint that this person can reach, signed in as them."""
    browser = request.node.browser = enter(request.param)
    return list(_fullest(planted, forms_of(request.param, browser)))


def _fullest(app: Flask, forms: list[Form]) -> Iterator[Form]:
    """Of each endpoint the form with the most fields: it reaches the most of what it reads."""
    found: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        found[endpoint(app, form.action)].append(form)
    for name, same in found.items():
        if name not in ENDING:
            yield max(same, key=lambda form: len(form.fields)).filled()


def _is_personal(form: Form) -> bool:
    """About oneself, whoever one acts for."""
    return form.action.startswith(("/accounts/", "/passkeys/", "/reminders")) and (
        "/call/" not in form.action
    )


def endpoint(app: Flask, path: str) -> str:
    """Which view answers a POST there."""
    name, _values = app.url_map.bind("localhost").match(path.partition("?")[0], method="POST")
    return str(name)


def sane(status: int, body: str, allowed: set[int] = REFUSED) -> bool:
    """A status we may give, with a sentence, and nothing of the machine in it."""
    has_words = "<h1" in body or "lab-part" in body or len(body) > 20
    return status in allowed and has_words and "Traceback" not in body and "sqlalchemy" not in body


def outcome(browser: Browser, form: Form) -> tuple[int, str]:
    answer = send(browser, form)
    return answer.status_code, answer.get_data(as_text=True)


def assert_refused(
    browser: Browser, rows: Rows, tries: Iterator[tuple[str, Form]], allowed: set[int] = REFUSED
) -> None:
    """Each of the tries is refused in words, and none writes anything."""
    found = slips(browser, rows, tries, allowed)
    assert not found, "\n".join(found)


def slips(
    browser: Browser, rows: Rows, tries: Iterator[tuple[str, Form]], allowed: set[int] = REFUSED
) -> list[str]:
    """The tries that were not refused, or that wrote something."""
    found, before = [], rows()
    for what, form in tries:
        status, body = outcome(browser, form)
        after = rows()
        # Steps before the last one only lead on, and a log is only compared: they record nothing.
        path = form.action.partition("?")[0]
        records_nothing = path.endswith(("/answer", "/look")) or "/proofs/log/" in path
        is_step = records_nothing and status == 200
        if not is_step and not sane(status, body, allowed):
            found.append(f"{form.action}: {what}: {status}")
        written = {name: after[name] - before[name] for name in after if after[name] > before[name]}
        if written:
            found.append(f"{form.action}: {what}: wrote {written}")
        before = after
    return found


@pytest.mark.only("sqlite", "refused before any database is asked")
def test_a_form_without_its_tokens_is_refused(
    reached: list[Form], rows: Rows, request: pytest.FixtureRequest
) -> None:
    tries = (
        (f"no {name}", form.without(name))
        for form in reached
        for name in TOKENS
        if name in form.fields and not (name == "acting_for" and _is_personal(form))
    )
    assert all("csrf_token" in form.fields for form in reached)
    assert_refused(request.node.browser, rows, tries)


def test_a_form_with_forged_tokens_is_refused(
    reached: list[Form], rows: Rows, request: pytest.FixtureRequest
) -> None:
    forged = {
        "csrf_token": ("x", "00" * 40, "\x00"),
        "idempotency_key": ("x", "'; --", "\x00", "9" * 5000),
        "acting_for": (str(uuid4()), "not-a-uuid", "\x00"),
    }
    if request.config.getoption("--db") != "sqlite":
        del forged["csrf_token"]  # refused before any database is asked
    tries = (
        (f"{name}={value[:8]!r}", form.having(**{name: value}))
        for form in reached
        for name, values in forged.items()
        for value in values
        if name in form.fields and not (name == "acting_for" and _is_personal(form))
    )
    assert_refused(request.node.browser, rows, tries)


def test_a_text_far_too_long_is_refused(
    reached: list[Form], rows: Rows, request: pytest.FixtureRequest
) -> None:
    tries = (
        (f"huge {name}", form.having(**{name: "word " * 100_000}))
        for form in reached
        for name in sorted(form.texts)
    )
    assert_refused(request.node.browser, rows, tries)


def test_a_text_with_a_nul_is_refused(
    reached: list[Form], rows: Rows, request: pytest.FixtureRequest
) -> None:
    tries = (
        (f"NUL in {name}", form.having(**{name: f"{form.fields.get(name, '')} a\x00b"}))
        for form in reached
        for name in sorted(form.texts)
    )
    assert_refused(request.node.browser, rows, tries)


def test_a_choice_nobody_offered_is_refused(
    reached: list[Form], rows: Rows, request: pytest.FixtureRequest
) -> None:
    hidden = {form.action: set(form.fields) - form.texts - set(TOKENS) for form in reached}
    tries = (
        (f"{name}={value[:12]!r}", form.having(**{name: value}))
        for form in reached
        for name in sorted(hidden[form.action])
        for value in ("not-a-uuid", "\x00", "-1", "9" * 400)
    )
    # A hidden word that is ignored leaves a form that is as good as before: 303 writes, so is found
    # by the rows; what may not happen is a page that broke.
    found = slips(request.node.browser, rows, tries, REFUSED | {303})
    assert not [slip for slip in found if ": wrote" not in slip]


def test_an_address_with_an_id_of_others_is_not_found(
    reached: list[Form], rows: Rows, overseer: Engine, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(7)
    ids = [*_some_ids(overseer, chance), str(uuid4())]
    tries = (
        (f"id {number}", Form(form.page, _UUID.sub(found, form.action), form.fields))
        for form in reached
        if _UUID.search(form.action)
        for number, found in enumerate(chance.sample(ids, 12))
        if found not in form.action
    )
    assert_refused(request.node.browser, rows, tries)


# An observer and a donor have no part in these. A member may well take part in another's text: of
# those that she can open she tries none, and all of the others.
@pytest.mark.parametrize("name", ["ines", "erik", "claire"])
def test_a_form_of_another_organisation_is_refused(
    planted: Flask, enter: Enter, forms_of: FormsOf, rows: Rows, name: str
) -> None:
    reader = enter(name)
    mine = forms_of(name, reader)
    own, tokens = {form.action for form in mine}, mine[0].fields
    theirs = {
        (other, endpoint(planted, form.action)): form.filled().having(
            **{key: tokens[key] for key in TOKENS if key in tokens}
        )
        for other in ("layla", "sara", "amal", "hana")
        for form in forms_of(other, enter(other))
        if _UUID.search(form.action) and form.action not in own
        # One of each kind is tried, so those that she has a part in go before it is chosen.
        if name != "claire" or _is_closed(reader, form)
    }
    assert len(theirs) > 5, sorted(theirs)
    tries = ((f"of {other}", form) for (other, _name), form in theirs.items())
    assert_refused(reader, rows, tries, {403, 404})


def _is_closed(reader: Browser, form: Form) -> bool:
    """Whether it is nothing to the reader: no page of theirs is there, nor one of their own."""
    page, own = (reader.client.get(path).status_code for path in (form.page, form.action))
    return bool(_UUID.search(form.page)) and page == 404 and own != 200


def _some_ids(overseer: Engine, chance: random.Random) -> list[str]:
    """Ids of accounts and sessions: real rows, and never the record of an address."""
    with overseer.connect() as connection:
        found = connection.execute(text("SELECT id FROM person")).scalars()
        return sorted(_dashed(str(one)) for one in found)


def _dashed(found: str) -> str:
    plain = found.replace("-", "")
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))


def _posts(app: Flask) -> list[tuple[str, str]]:
    """(endpoint, address) of everything that takes a POST, with ids that do not exist."""
    found = []
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()):
            values = {name: _value(app, name) for name in rule.arguments}
            with app.test_request_context():
                found.append((rule.endpoint, app.url_for(rule.endpoint, **values)))
    return found


def _value(app: Flask, name: str) -> object:
    return "testland" if name.endswith("slug") else uuid4()


def test_every_address_refuses_a_post_without_tokens_and_of_strangers(
    planted: Flask, enter: Enter, rows: Rows
) -> None:
    sara, nobody = enter("sara"), enter("")
    before, found = rows(), []
    for name, path in _posts(planted):
        for who, browser in (("sara", sara), ("nobody", nobody)):
            answer = browser.client.post(path, data={"words": "x"})
            if not sane(answer.status_code, answer.get_data(as_text=True), REFUSED | {401, 405}):
                found.append(f"{name} by {who}: {answer.status_code}")
    assert not found
    assert rows() == before


def test_an_id_that_is_none_is_a_page_not_found(planted: Flask, enter: Enter) -> None:
    sara = enter("sara")
    for _name, path in _posts(planted):
        broken = _UUID.sub("not-a-uuid", path)
        if broken != path:
            answer = sara.client.post(broken)
            assert answer.status_code in {400, 404, 405}, broken


def test_a_post_of_somebody_whose_session_ended_says_so(enter: Enter, rows: Rows) -> None:
    sara = enter("sara")
    form = next(form for form in crawl(sara) if form.texts)
    sara.client.delete_cookie("advocacy")
    before = rows()
    status, body = outcome(sara, form.filled())
    assert status in {400, 401}
    assert (
        "sign in" in body.lower()
        or "signed" in body.lower()
        or "open the page again" in body.lower()
    )
    assert rows() == before


def test_a_body_that_is_too_large_is_a_page_of_its_own(enter: Enter, rows: Rows) -> None:
    sara = enter("sara")
    form = next(form for form in crawl(sara) if form.texts)
    before = rows()
    status, body = outcome(sara, form.having(**{sorted(form.texts)[0]: "x" * 3_000_000}))
    assert status == 413
    assert "<h1" in body
    assert rows() == before
