"""Hidden and absent cost the same: the same questions in the same order, whatever the address."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from advocacy.web.db import db
from tests.browser import Browser
from tests.house import routes
from tests.secrecy import texts, worlds
from tests.secrecy.test_differential import VIEWERS, absent, ask


@contextmanager
def asked(engine: Engine) -> Iterator[list[str]]:
    """The statements that reach the database, word for word."""
    found: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def test_a_hidden_record_costs_what_one_costs_that_never_was(new_world) -> None:
    app, made = new_world(worlds.HIDDEN)
    with app.app_context():
        engine = db.engine
    pairs = 0
    for viewer in VIEWERS:
        browser = Browser.open(app, made.database, made.world, viewer)
        ask(browser, "/")  # a session is noted as seen once a minute
        for rule in routes.rules(app):
            names = set(rule._converters) & set(made.hidden)
            if "GET" not in routes.methods(rule) or not names:
                continue
            for headers in ({}, {"HX-Request": "true"}):
                work = []
                for ids in (made.hidden, absent(made.hidden)):
                    known = {**made.shown, **{name: ids[name] for name in names}}
                    path = routes.address(app, rule, **known)
                    with asked(engine) as statements:
                        ask(browser, path, **headers)
                    work.append(list(statements))
                assert work[0] == work[1], (viewer, rule.endpoint)
                pairs += 1
    assert pairs > 100


def sent(endpoint: str, tokens: dict[str, str], key: str, payload: bytes) -> dict[str, Any]:
    """What a form sends, or a script of our own pages: whole, so that only the record is wrong."""
    if not endpoint.startswith("live."):
        return {"data": {**tokens, "idempotency_key": key}}
    headers = {
        "X-CSRFToken": tokens["csrf_token"],
        "X-Acting-For": tokens["acting_for"],
        "Idempotency-Key": key,
    }
    if endpoint == "live.presence_submit":
        return {"json": {"client": "1", "cid": ""}, "headers": headers}
    return {"data": payload, "headers": headers, "content_type": "application/octet-stream"}


def test_a_deed_on_a_hidden_record_costs_and_says_what_one_on_none_does(new_world) -> None:
    app, made = new_world(worlds.HIDDEN)
    with app.app_context():
        engine = db.engine
    pairs = 0
    for viewer in ("legal", "cluster", "observer", "donor"):
        browser = Browser.open(app, made.database, made.world, viewer)
        page = browser.get("/accounts/me")
        tokens = {n: browser._hidden(page, n) for n in ("csrf_token", "acting_for")}
        payload = texts.step(made, "rights", made.hidden["document_id"], " And?")
        for rule in routes.rules(app):
            names = set(rule._converters) & set(made.hidden)
            if "POST" not in routes.methods(rule) or not names:
                continue
            got, work = [], []
            # First at nothing: what is remembered of a first one's headers is no record's.
            for number, ids in enumerate((absent(made.hidden), made.hidden, absent(made.hidden))):
                known = {**made.shown, **{name: ids[name] for name in names}}
                path = routes.address(app, rule, **known)
                key = f"{pairs:08x}-0000-4000-8000-00000000000{number}"
                with asked(engine) as statements:
                    answer = browser.client.post(path, **sent(rule.endpoint, tokens, key, payload))
                said = answer.get_data(as_text=True)
                for name in names:
                    said = said.replace(str(ids[name]), "*")
                assert answer.status_code in {400, 403, 404, 405, 422}, (viewer, rule.endpoint)
                got.append((answer.status_code, len(said)))
                work.append(list(statements))
            assert got[1] == got[2], (viewer, rule.endpoint)
            assert work[1] == work[2], (viewer, rule.endpoint)
            pairs += 1
    assert pairs > 40
