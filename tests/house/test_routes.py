"""Every address is in routes.txt, with the status each kind of visitor gets; no GET writes.

After a wanted change: `python -m tests.house.routes`, and read the difference.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from advocacy.web import gate
from tests.browser import Browser
from tests.house import routes
from tests.world import World

WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "COPY", "CREATE", "DROP", "ALTER")


def listed() -> list[list[str]]:
    """routes.txt, line by line, its heading apart."""
    return [line.split(" ") for line in routes.FILE.read_text().splitlines()[1:]]


@pytest.fixture
def strange_world(database, world) -> World:
    return routes.with_stranger(database, world)


def test_every_address_answers_as_listed(
    app: Flask, database, strange_world, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [line.split(" ") for line in routes.lines(app, database, strange_world)] == listed()


def test_doors_without_a_session_are_the_ones_the_gate_lists() -> None:
    known = {endpoint for endpoint, *_ in listed()}
    public = {endpoint for endpoint, _, _, door, *_ in listed() if door == "public"}
    assert public == gate.OPEN & known
    assert known >= gate.OPEN


def test_nobody_gets_into_a_private_door() -> None:
    for endpoint, method, _, door, anonymous, *_ in listed():
        if door == "session":
            assert anonymous == ("303" if method == "GET" else "401"), endpoint


def test_a_form_without_its_token_gets_nowhere() -> None:
    for endpoint, method, _, _, *statuses in listed():
        if method != "GET":
            refused = {"404"} if endpoint in gate.WITHOUT_FORM else {"400", "401"}
            assert set(statuses) <= refused, endpoint


def test_reading_and_writing_are_endpoints_of_their_own() -> None:
    seen = [endpoint for endpoint, *_ in listed()]
    assert [endpoint for endpoint in seen if seen.count(endpoint) > 1] == []


def test_a_stranger_finds_no_record_and_no_list() -> None:
    """Pages of one's own are all that is left; a step of the sign-off leads back to its start."""
    for endpoint, method, rule, door, _, stranger, _ in listed():
        if method == "GET" and door == "session" and "<" in rule:
            expected = {"303"} if endpoint == "answers.confirm" else {"404", "403"}
            assert stranger in expected, endpoint


@pytest.fixture
def written() -> Iterator[list[str]]:
    """Statements that write, while the test runs."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement.lstrip().upper().startswith(WRITING):
            said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield said
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("viewer", ["", "cluster", "relief", "donor", "stranger"])
def test_no_get_writes(viewer, app: Flask, database, strange_world, written) -> None:
    client = Browser.open(app, database, strange_world, viewer).client
    written.clear()
    for rule in routes.rules(app):
        if "GET" in routes.methods(rule):
            with client.get(routes.address(app, rule)):
                assert written == [], rule.endpoint
