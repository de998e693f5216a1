"""A donor whose last day has passed gets what an organisation gets that was never here."""

from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.grants import actions, queries
from advocacy.grants.rules import Said
from advocacy.ground import clock
from tests import world as organisations
from tests.browser import Browser
from tests.secrecy import worlds
from tests.secrecy.test_differential import Answer, ask, examples

NEVER, DAYS = "stranger", timedelta(days=60)


def a_last_day(made: Any, last_on: date) -> None:
    """Of the one donor, which an ask was put to and which took out a file and a feed."""
    cluster = made.world.actor("cluster", now=worlds.AFTER)
    with made.database.writing(cluster) as session:
        rows = queries.donors(session, cluster, workspace_id=made.world.workspace_id)
        donor = made.world.organisations["donor"]
        mine = next(row for row in rows if row.organisation_id == donor)
        actions.set_end(
            session, cluster, membership_id=mine.membership_id, said=Said(last_on, "The end."),
            after=None,
        )  # fmt: skip


def a_stranger(made: Any) -> None:
    with made.database.writing(organisations.founder()) as session:
        organisations.make_organisation(session, made.world, NEVER, "A Stranger", "donor")


def crawl(app: Any, made: Any, viewer: str) -> dict[str, Answer]:
    browser = Browser.open(app, made.database, made.world, viewer)
    return {path: ask(browser, path) for of in examples(app, made).values() for path in of}


@pytest.mark.long
def test_after_the_last_day_every_address_answers_like_one_never_let_in(new_world: Any) -> None:
    app, made = new_world([])
    last_on = worlds.AFTER.date() + timedelta(days=2)
    a_last_day(made, last_on)
    a_stranger(made)
    before = crawl(app, made, "donor")
    clock.freeze(worlds.AFTER + DAYS)
    ended, never = crawl(app, made, "donor"), crawl(app, made, NEVER)
    wrong = {
        path: (ended[path][0], never[path][0]) for path in ended if ended[path][0] != never[path][0]
    }
    assert not wrong
    reads = [path for path in before if before[path][0] == 200 and ended[path][0] != 200]
    assert any(path.startswith("/donors/in/") for path in reads)
    assert "Pay for two clinics" not in "".join(answer[2] for answer in ended.values())
