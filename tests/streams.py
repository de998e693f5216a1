"""Streams that a test opened end with it, and so do the threads that send to them."""

import time

from advocacy.live import stream
from advocacy.live.rows import ROOMS

PATIENCE = 10.0


def end_streams() -> None:
    """Nobody listens any more: who sends hears of it, lets go of its database and ends."""
    rooms = list(ROOMS._rooms.values())
    for room in rooms:
        room.listeners.clear()
        if room.is_served:
            room.stir()
    stream.COUNT.open = 0
    until = time.monotonic() + PATIENCE
    while any(room.is_served for room in rooms) and time.monotonic() < until:
        time.sleep(0.01)


def forget_rooms() -> None:
    """No text of this test stays in memory: its database, taken again, has the same addresses."""
    ROOMS._rooms.clear()
