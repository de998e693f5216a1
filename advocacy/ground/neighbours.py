"""Words between the processes of one machine that serve the same database file.

For what need not be kept and is soon said again. A process that listens has a box (a Unix datagram
socket named by its number) in a folder that nobody else may enter. A box that is full, or whose
process has ended, hears nothing; where the system knows no such boxes, nobody does.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_MOST_BYTES = 16_384


def folder_of(database: str | None) -> Path | None:
    """Where the processes of a database file have their boxes; None = it has no file."""
    return Path(database).parent / ".near" if database and database != ":memory:" else None


def tell(folder: Path, said: str) -> None:
    """To all that listen but this one. Waits for nobody."""
    boxes = [box for box in folder.glob("[0-9]*") if box.name != str(os.getpid())]
    if not boxes:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.settimeout(0)
        for box in boxes:
            try:
                line.sendto(said.encode(), str(box))
            except ConnectionRefusedError:  # it ended without taking its box away
                box.unlink(missing_ok=True)
            except OSError:
                continue


class Box:
    """This process's own. Raises OSError where there can be none."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        self._path = folder / str(os.getpid())
        self._path.unlink(missing_ok=True)
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            self._line.bind(str(self._path))
        except OSError:
            self._line.close()
            raise
        self._line.settimeout(0)

    def heard(self) -> Iterator[str]:
        """What came since the last look."""
        with suppress(BlockingIOError):
            while said := self._line.recv(_MOST_BYTES):
                yield said.decode(errors="replace")

    def close(self) -> None:
        """Take it away."""
        self._line.close()
        self._path.unlink(missing_ok=True)
