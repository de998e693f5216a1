"""Somebody of Legal with a password, a browser at the door, and a site with a name."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from advocacy.accounts import rules as accounts
from advocacy.accounts.schema import Person
from advocacy.ground.unit import Database
from tests.browser import Browser
from tests.passkeys.device import ORIGIN
from tests.world import PASSWORD, World, founder


@pytest.fixture(autouse=True)
def named(request: pytest.FixtureRequest) -> None:
    """Passkeys belong to a name; the tests' own address is a bare number."""
    if "app" in request.fixturenames:
        app: Flask = request.getfixturevalue("app")
        app.config["ADVOCACY"] = replace(app.config["ADVOCACY"], base_url=ORIGIN)


@pytest.fixture
def password(database: Database, world: World) -> str:
    """Legal's person has one from now on."""
    with database.writing(founder()) as session:
        row = session.get_one(Person, world.people["legal"])
        row.password_hash = accounts.hash_password(PASSWORD)
    return PASSWORD


@pytest.fixture
def sign_in(client: Callable[[str], Browser], password: str) -> Callable[[], tuple[Browser, str]]:
    """A browser after the password, and where it was led."""

    def go() -> tuple[Browser, str]:
        browser = client("")
        given = {"email": "legal@legal.example", "password": password, "next": "/positions"}
        made = browser.post("/accounts/sign-in", given)
        return browser, made.headers["Location"]

    return go


def options(page: str) -> dict[str, Any]:
    """What the page tells a browser to ask of a device."""
    found = re.search(r'data-options="([^"]*)"', page)
    assert found, "no passkey is asked for"
    told: dict[str, Any] = json.loads(html.unescape(found.group(1)))
    return told
