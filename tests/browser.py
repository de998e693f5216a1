"""A test client that behaves like a person's browser: it fills forms as the page gave them."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from advocacy.access.actor import anonymous
from advocacy.accounts import actions as accounts
from advocacy.ground import clock, unit
from tests.world import World


class _Page(HTMLParser):
    """What every page is checked for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.h1 = 0
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.h1 += tag == "h1"
        if given.get("id"):
            self.ids.append(str(given["id"]))
        posts = str(given.get("method", "get")).lower() == "post"
        if tag == "form" and posts and not given.get("action"):
            self.faults.append("a form without an action")
        if tag == "script" and not given.get("src"):
            self.faults.append("an inline script")
        self.faults += [f"inline {n}" for n in given if n == "style" or n.startswith("on")]


def check_page(html: str) -> None:
    """One h1, no id twice, forms with an action, nothing inline."""
    page = _Page(html)
    assert page.h1 == 1, f"{page.h1} h1 on the page"
    twice = {i for i in page.ids if page.ids.count(i) > 1}
    assert not twice, f"ids twice: {twice}"
    assert not page.faults, page.faults


class Browser:
    """A signed-in client. `get` checks every page; `post` sends the tokens a page carries."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.last = ""

    @classmethod
    def open(cls, app: Flask, database: unit.Database, world: World, key: str = "") -> "Browser":
        browser = cls(app.test_client())
        if key:
            with database.writing(anonymous(clock.now())) as session:
                token = accounts.begin(session, person=world.people[key], now=clock.now())
            with browser.client.session_transaction() as cookie:
                cookie["_user_id"] = token
                cookie["_fresh"] = True
        return browser

    def get(self, path: str, status: int = 200, **options: Any) -> str:
        """The page at a path; checked."""
        answer = self.client.get(path, **options)
        text = answer.get_data(as_text=True)
        assert answer.status_code == status, (answer.status_code, path, text[:2000])
        if "text/html" in answer.content_type and not options.get("headers") and text:
            check_page(text)
        self.last = text
        return text

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        *,
        page: str = "",
        status: int | None = 303,
        key: str = "",
    ) -> TestResponse:
        """Send a form as the page `page` (the path itself if empty) carries it."""
        source = self.client.get(page or path).get_data(as_text=True)
        sent = {
            "csrf_token": self._hidden(source, "csrf_token"),
            "acting_for": self._hidden(source, "acting_for"),
            "idempotency_key": key or str(uuid4()),
            **(data or {}),
        }
        answer = self.client.post(path, data=sent)
        if status is not None:
            text = answer.get_data(as_text=True)
            assert answer.status_code == status, (answer.status_code, path, text[:3000])
        return answer

    @staticmethod
    def _hidden(html: str, name: str) -> str:
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
        value = re.search(r'value="([^"]*)"', tag.group(0)) if tag else None
        return value.group(1) if value else ""
