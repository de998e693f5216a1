"""What is out cannot be called back: the pages do not offer it, and a form kept open is refused."""

from typing import Any

from flask import Flask

from advocacy.ground.unit import Database
from tests.browser import Browser
from tests.releases.conftest import Make
from tests.world import World


def test_after_publishing_nothing_is_given_up_or_frozen(
    app: Flask, database: Database, world: World, over: Make
) -> None:
    done: Any = over({"relief": {}, "legal": {}})
    relief = Browser.open(app, database, world, "relief")
    round_page, text = f"/rounds/{done.round_.id}", f"/positions/{done.scene.position_id}"
    assert "Give the round up" in relief.get(round_page)
    done.check()
    done.publish()
    assert "Give the round up" not in relief.get(round_page)
    assert "Freeze this text" not in relief.get(f"{text}/freeze")
    relief.post(f"{round_page}/abandon", {"reason": "Too late"}, page=round_page, status=409)
    relief.post(f"{text}/freeze", {"based_on": "x"}, page=text, status=409)
