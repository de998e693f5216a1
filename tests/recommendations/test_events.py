"""Every event of recommendations, asks and institutions has words people can read."""

from typing import Any

import pytest

from advocacy.asks.rules import Acted, Kind
from advocacy.audit.rules import Event
from advocacy.web import events


def of_these_rooms() -> list[type[Event]]:
    rooms = ("advocacy.asks", "advocacy.recommendations", "advocacy.institutions")
    return [one for one in Event.__subclasses__() if one.__module__.startswith(rooms)]


@pytest.mark.parametrize("kind", [*Kind, "publish"])
def test_each_step_has_words(app: Any, kind: str) -> None:
    with app.test_request_context():
        said = events.say(Acted.NAME, {"ask": "x", "kind": str(kind), "value": "y"})
    assert said
    assert "{" not in said


def test_no_event_of_these_rooms_is_without_words(app: Any) -> None:
    detail = {"source": "hand", "reach": "own", "new": 1, "changed": 2, "kind": "state"}
    with app.test_request_context():
        dumb = [
            e.NAME for e in of_these_rooms() if e is not Acted and not events.say(e.NAME, detail)
        ]
    assert of_these_rooms()
    assert not dumb
