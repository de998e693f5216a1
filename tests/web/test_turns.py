"""Taking turns makes pages faster; it never keeps them from anybody."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from advocacy.web.turns import AT_ONCE, InTurns


def test_slow_requests_of_some_do_not_stop_the_pages_of_others():
    all_began, end = Barrier(AT_ONCE + 1), Event()

    def app(environ, _start):
        if environ["slow"]:
            all_began.wait(10)
            end.wait(10)
        return [b"page"]

    served = InTurns(app)
    with ThreadPoolExecutor(AT_ONCE + 1) as pool:
        slow = [pool.submit(served, {"slow": True}, None) for _ in range(AT_ONCE)]
        all_began.wait(10)
        page = pool.submit(served, {"slow": False}, None)
        try:
            assert page.result(timeout=5) == [b"page"]
            assert not any(one.done() for one in slow)
        finally:
            end.set()


def test_a_request_that_fails_gives_its_turn_back():
    def app(environ, _start):
        raise OSError

    served = InTurns(app)
    for _ in range(AT_ONCE + 1):
        with pytest.raises(OSError):  # noqa: PT011 - any will do
            served({}, None)
    assert all(served._turns.acquire(timeout=0) for _ in range(AT_ONCE))
