"""A link that is ended while others open it: once it is ended, nothing opens any more."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from advocacy.ground.errors import NotFound
from advocacy.handouts import actions as handouts
from advocacy.shares import actions
from tests.shares.test_shares import Links
from tests.world import founder


@pytest.fixture
def links(world: Any, database: Any, now: Any) -> Links:
    return Links(world, database, now)


def test_whoever_opens_it_as_it_ends_reads_nothing_after(links: Links) -> None:
    share_id, token = links.make()
    begun, ended = Event(), Event()

    def visitor() -> tuple[list[str], list[str]]:
        """Opens it again and again: the passes it got, and what it got too late."""
        passes: list[str] = []
        late: list[str] = []
        for _time in range(60):
            was_over = ended.is_set()
            try:
                made = links.enter(token)
                (late if was_over else passes).append(made)
            except NotFound:
                break
            begun.set()
        return passes, late

    def end() -> None:
        begun.wait(10)
        links.do(actions.end, share_id)
        ended.set()

    with ThreadPoolExecutor(4) as pool:
        visits = [pool.submit(visitor) for _one in range(3)]
        pool.submit(end).result()
        found = [one.result() for one in visits]
    assert not [late for _passes, late in found if late]
    got = [one for passes, _late in found for one in passes]
    assert got
    nobody = founder(links.now)
    for made in got[:20]:
        with pytest.raises(NotFound):
            links.opened(made)
        with pytest.raises(NotFound), links.database.writing(nobody) as session:
            handouts.note(session, nobody, token=made, kind="csv")
    assert links.listed()[0].openings == len(got)
