"""However many records there are, each view of the register asks the database as often."""

import pytest
from sqlalchemy import event

from advocacy.web.db import database as of_app

REGISTER = "/threats/in/testland"
VIEWS = ("", "/table", "/table?q=record&sort=severity", "/map", "/trend", "/check")


@pytest.fixture
def cost(app, client):
    """`cost(path)`: the statements that one page sends."""
    relief, asked = client("relief"), []
    with app.app_context():
        engine = of_app().engine

    def count(*_rest):
        asked.append(1)

    def ask(path):
        asked.clear()
        relief.get(path)
        return len(asked)

    event.listen(engine, "before_cursor_execute", count)
    yield ask
    event.remove(engine, "before_cursor_execute", count)


def test_one_record_or_thirty_cost_the_same_number_of_questions(cost, report):
    report("members", title="Record one")
    few = {view: cost(REGISTER + view) for view in VIEWS}
    for number in range(29):
        report("own" if number % 2 else "members", title=f"Record {number}")
    many = {view: cost(REGISTER + view) for view in VIEWS}
    assert many == few
    assert max(many.values()) < 40
