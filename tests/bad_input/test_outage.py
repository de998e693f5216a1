"""A database that is locked, gone or full: a page that says so, and nothing half-written."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, make_url

from advocacy.ground import unit
from advocacy.web.db import database
from tests.bad_input.conftest import make_app, sign_in
from tests.bad_input.forms import Form, crawl, send
from tests.browser import Browser

pytestmark = pytest.mark.only("sqlite", "the failures of a file")


@pytest.fixture
def app(planted_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An application that does not wait long for a lock."""
    monkeypatch.setattr(unit, "_BUSY_MILLISECONDS", 50)
    made = make_app(planted_url, tmp_path)
    yield made
    with made.app_context():
        database().engine.dispose()


@pytest.fixture
def file(planted_url: str) -> Path:
    return Path(str(make_url(planted_url).database))


@pytest.fixture
def sara(app: Flask, overseer: Engine) -> Browser:
    return sign_in(app, overseer, "sara")


@pytest.fixture
def form(sara: Browser) -> Form:
    """One that would be taken: a new text."""
    found = next(form for form in crawl(sara) if form.action.endswith("/start"))
    return found.filled().having(kind="joint_statement", channel="public", title="A new text")


def _said_so(answer: object) -> None:
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    body = answer.get_data(as_text=True)
    assert "<h1" in body
    assert "Traceback" not in body
    assert "sqlite" not in body.lower()


def _is_taken(sara: Browser, form: Form) -> None:
    """Afterwards all is as before, and the same form is taken."""
    assert send(sara, form.having(idempotency_key=str(uuid4()))).status_code == 303


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_a_locked_database_is_read_and_says_to_try_again(
    sara: Browser, form: Form, file: Path
) -> None:
    with _locked(file):
        _said_so(send(sara, form))
        assert sara.client.get("/accounts/me").status_code == 200
    _is_taken(sara, form)


def test_a_database_that_is_gone_is_a_page(
    app: Flask, overseer: Engine, sara: Browser, form: Form, file: Path
) -> None:
    with app.app_context():
        database().engine.dispose()
    overseer.dispose()
    away = file.rename(file.with_suffix(".away"))
    _said_so(sara.client.get("/accounts/me"))
    _said_so(send(sara, form))
    with app.app_context():
        database().engine.dispose()
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()
    away.rename(file)
    _is_taken(sara, form)


def test_a_full_disk_writes_nothing_by_half(
    sara: Browser, form: Form, file: Path, rows: object
) -> None:
    before = rows()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        answer = send(sara, form)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    _said_so(answer)
    assert rows() == before
    _is_taken(sara, form)


def test_twenty_thousand_brackets_are_a_text_like_any_other(app: Flask, overseer: Engine) -> None:
    amal = sign_in(app, overseer, "amal")
    form = next(f for f in crawl(amal) if "text" in f.texts and "/drafting/" in f.action)
    sent = form.having(heading="", text="[" * 19_990 + "<b>x")
    answer = send(amal, sent)
    assert answer.status_code == 303
    page = amal.client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "[" * 19_990 in page
    assert "<b>x" not in page
