"""Pages take turns: a few are made at a time, the others wait outside the interpreter's lock.

Many threads are there for streams, which only wait. Threads that all make pages at once take the
lock from each other at every row of a query, and halve what one alone would do.

A turn is never waited for long: whoever reads a heavy file holds one for seconds, and two such
people must not keep the pages from everybody else.
"""

from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from typing import Any

AT_ONCE, PATIENCE = 2, 0.2
"""How many at a time; seconds after which one goes on without a turn."""


class InTurns:
    """`app`, which makes few answers at once. What it streams, it streams outside."""

    def __init__(self, app: Any, at_once: int = AT_ONCE) -> None:
        self._app, self._turns = app, BoundedSemaphore(at_once)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """As WSGI calls."""
        has_turn = self._turns.acquire(timeout=PATIENCE)
        try:
            answer: Iterable[bytes] = self._app(environ, start_response)
        finally:
            if has_turn:
                self._turns.release()
        return answer
