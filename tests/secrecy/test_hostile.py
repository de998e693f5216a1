"""A member who sends what no page of ours would send: nothing breaks, leads away, or is told."""

import logging
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from advocacy.web.db import database as database_of
from advocacy.web.paging import pack
from tests.browser import Browser
from tests.house import routes
from tests.secrecy.test_differential import ask, examples

EVIL = "evil.example"
HEADERS = (
    {"Host": EVIL},
    {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "gopher", "X-Original-URL": f"//{EVIL}/"},
    {"Origin": f"https://{EVIL}", "Referer": f"https://{EVIL}/", "Forwarded": f"host={EVIL}"},
    {"HX-Request": "true", "HX-Current-URL": f"https://{EVIL}/", "HX-Target": f'"><{EVIL}'},
    {"HX-Request": "true", "HX-Boosted": "maybe", "HX-Prompt": "\u00ff", "HX-Trigger": EVIL},
    {"Accept-Language": f"{EVIL},xx;q=a,*;q=9", "Accept": "\u00ff", "Range": "bytes=0-1"},
    {"X-HTTP-Method-Override": "DELETE", "Content-Type": "application/json"},
    {"If-Modified-Since": "never", "If-None-Match": "*", "Accept-Encoding": "br;q=x, gzip"},
)
ASKED = (
    "?q=%00",
    "?q=%ff%fe",
    "?after=%00&after=x",
    "?after=eyJ4IjoxfQ==",
    f"?after={pack('9999-12-31T23:59:59-14:00', str(UUID(int=1)))}",
    f"?after={pack('2026-01-01', str(UUID(int=1)))}",
    f"?after={pack('no key')}",
    f"?next=//{EVIL}&words=%0d%0aSet-Cookie:%20x=1",
    "?on=9999-99-99&severity=99999999999999999999&risk=%27--&owner=x&session=%00&tag=%f0",
)
LEADS_AWAY = (
    f"//{EVIL}", f"/\\{EVIL}", f"\\\\{EVIL}", f"https://{EVIL}", f"/\t/{EVIL}", f"/\r\n/{EVIL}",
    f"///{EVIL}", f"javascript:alert('{EVIL}')", f" //{EVIL}", f"/\u0000/{EVIL}", f"@{EVIL}",
)  # fmt: skip


def _at_home(answer: tuple[int, list[tuple[str, str]], str], of: object) -> None:
    status, headers, _body = answer
    assert status < 500, of
    assert not [pair for pair in headers if EVIL in pair[1] and "next=" not in pair[1]], of
    assert "Set-Cookie: x" not in str(headers), of


def test_headers_of_a_liar_break_nothing_and_lead_nowhere(new_world) -> None:
    app, made = new_world([])
    app.config.update(PROPAGATE_DEFECTS=False)
    plain = {name: paths[0] for name, paths in examples(app, made).items()}
    for viewer in ("legal", ""):
        browser = Browser.open(app, made.database, made.world, viewer)
        for path in plain.values():
            for headers in HEADERS:
                answer = ask(browser, path, **headers)
                _at_home(answer, (viewer, path, headers))
                assert EVIL not in answer[2], (viewer, path, headers)


def test_questions_of_a_liar_break_nothing(new_world) -> None:
    app, made = new_world([])
    app.config.update(PROPAGATE_DEFECTS=False)
    browser = Browser.open(app, made.database, made.world, "legal")
    for paths in examples(app, made).values():
        for asked in ASKED:
            _at_home(ask(browser, paths[0] + asked), paths[0] + asked)


@pytest.mark.parametrize("way", LEADS_AWAY)
def test_no_address_leads_away(way: str, client) -> None:
    relief, nobody = client("relief"), client("")
    answer = nobody.client.get("/language/ar", query_string={"next": way})
    assert answer.headers["Location"] == "/"
    page = nobody.client.get("/accounts/sign-in", query_string={"next": way})
    assert f'name="next" value="{way}"' not in page.get_data(as_text=True)
    got = relief.client.get("/accounts/sign-in", query_string={"next": way})
    assert got.headers.get("Location", "/") == "/"


def test_a_form_of_another_site_is_refused_also_with_our_tokens(client) -> None:
    relief = client("relief")
    page = relief.get("/accounts/me")
    names = ("csrf_token", "acting_for")
    data = {name: relief._hidden(page, name) for name in names}
    for site in ("cross-site", "same-site", "same-origin, cross-site", "None", ""):
        headers = {"Sec-Fetch-Site": site}
        answer = relief.client.post("/accounts/sign-out", data=data, headers=headers)
        assert answer.status_code == 400, site
    stranger = client("legal")
    assert stranger.client.post("/accounts/sign-out", data=data).status_code == 400


def test_files_that_nobody_asked_for_are_refused(new_world) -> None:
    """An upload to each address: no page keeps it, none breaks."""
    app, made = new_world([])
    app.config.update(PROPAGATE_DEFECTS=False)
    browser = Browser.open(app, made.database, made.world, "legal")
    page = browser.get("/accounts/me")
    tokens = {n: browser._hidden(page, n) for n in ("csrf_token", "acting_for")}
    for rule in routes.rules(app):
        if "POST" not in routes.methods(rule) or rule.endpoint.startswith("accounts."):
            continue
        path = routes.address(app, rule, **{**routes.VALUES, **made.shown})
        for name, kind in (("../../x\r\ny.html", "text/html"), ("\u202ecod.exe", "x/y; a=b")):
            files: dict[str, Any] = {"file": (BytesIO(b"PK\x03\x04<script>"), name, kind)}
            data = {**tokens, **files, "title": (BytesIO(b"\x00"), name, kind)}
            answer = browser.client.post(path, data=data, content_type="multipart/form-data")
            assert answer.status_code < 500, rule.endpoint


def test_a_defect_writes_no_words_of_people_into_the_log(app: Flask, caplog) -> None:
    """A refused statement quotes the row it was to write: the log gets the place, not the row."""
    secret = "Halloran at the mill"

    def broken() -> str:
        with database_of().engine.begin() as connection:
            words = "INSERT INTO person (id, name) VALUES (:id, :name)"
            connection.execute(text(words), {"id": None, "name": secret})
        return ""

    app.config.update(PROPAGATE_DEFECTS=False, TESTING=False)
    app.view_functions["leave"] = broken
    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get("/leave")
    assert answer.status_code in {500, 503}
    assert secret not in answer.get_data(as_text=True)
    written = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    assert "IntegrityError" in written
    assert "broken" in written
    assert secret not in written
