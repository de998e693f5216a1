"""What a process keeps between requests is no reader's: kept or drawn anew, all is the same."""

import functools
import gc
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from advocacy.web import nav
from tests.browser import Browser
from tests.secrecy import worlds
from tests.secrecy.test_differential import Answer, ask, examples
from tests.secrecy.worlds import Made

# Who sees the hidden rows first, then those who must not be given them; one in two languages.
READERS = (("rights", "en"), ("relief", "en"), ("relief", "ar"), ("donor", "en"), ("", "en"))
Browsers = dict[tuple[str, str], Browser]


def _keepers() -> list[Any]:
    """Every function of ours that keeps what it has answered."""
    return [
        one
        for one in gc.get_objects()
        if isinstance(one, functools._lru_cache_wrapper)
        and str(one.__module__).startswith("advocacy.")
    ]


def _all(
    app: Flask, made: Made, browsers: Browsers, *, keepers: tuple[Any, ...] = ()
) -> dict[tuple[str, str, str], Answer]:
    """All pages of all viewers in two languages, one viewer after the other on each page.

    keepers: those that forget all they know before each question, as does what is kept of the
    database's state. Each page is asked whole and as a part.
    """
    got = {}
    for endpoint, paths in examples(app, made).items():
        if endpoint == "language":
            continue  # it would change whom the rest is for
        for path in paths[:1]:
            for headers in ({}, {"HX-Request": "true"}):
                for (viewer, language), browser in browsers.items():
                    for keeper in keepers:
                        keeper.cache_clear()
                    if keepers:
                        _forget(app)
                    got[viewer, language, f"{headers} {path}"] = ask(browser, path, **headers)
    return got


def _forget(app: Flask) -> None:
    """Lose what was read and drawn in this state of the database (SQLite)."""
    keeper = app.extensions["advocacy_keeper"]
    if keeper is not None:
        keeper._state = None


@pytest.mark.only(
    "sqlite", "of a PostgreSQL database nothing is kept, and what functions keep is the same"
)
def test_what_another_reader_was_shown_is_never_given_to_this_one(new_world) -> None:
    app, made = new_world(worlds.HIDDEN)
    browsers = {
        (viewer, language): Browser.open(app, made.database, made.world, viewer)
        for viewer, language in READERS
    }
    for (_viewer, language), browser in browsers.items():
        browser.client.get(f"/language/{language}")
    warm = _all(app, made, browsers)  # so that every room is there
    keepers = tuple(_keepers())
    assert len(keepers) > 15
    alone = _all(app, made, browsers, keepers=keepers)
    # Who saw a page last sees it first.
    together = _all(app, made, dict(reversed(browsers.items())))
    different = [key for key in alone if alone[key] != together[key]]
    assert not different, different[:5]
    assert warm == together


def test_nobody_is_called_by_a_mark_of_the_kept_band(client, database, world, engine) -> None:
    """Also the marks that were there before: names are words, and stay words."""
    token = nav._TOKEN
    names = ("@@token@@ @@key@@ @@next@@", "{0} %s %(name)s {{ 7 * 7 }}")
    for name in names:
        with engine.connect() as connection:
            connection.execute(text("UPDATE person SET name = :name"), {"name": name})
            connection.execute(text("UPDATE organisation SET name = :name"), {"name": name})
            connection.commit()
        page = client("relief").get("/accounts/me")
        assert token not in page
        assert name in page
    assert all(len(mark) > 30 for mark in (nav._TOKEN, nav._KEY, nav._NEXT))
