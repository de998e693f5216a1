"""Ask a virus scanner (ClamAV's daemon) about a file, over its socket.

Protocol: `zINSTREAM`, then the bytes in pieces with their length before each, then a length of 0;
the answer is `stream: OK`, `stream: … FOUND` or an error. `zVERSION` says which signatures it has.
"""

import re
import socket
import struct
import time
from typing import Protocol

from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason

SECONDS = 20
_PIECE_BYTES, _MOST_ANSWER_BYTES = 65_536, 4_096
_ANSWER = re.compile(r"^[^:]*: (?P<what>OK|.* FOUND)$")


class Silent(Exception):
    """The scanner does not answer, or not in words that we know."""


class _Socket(Protocol):
    def sendall(self, data: bytes, /) -> None: ...
    def recv(self, size: int, /) -> bytes: ...
    def settimeout(self, value: float | None, /) -> None: ...


def scan(address: str, data: bytes, *, seconds: float = SECONDS) -> str:
    """The scanner's own words for which signatures found nothing: engine/number/day.

    address: `unix:/path` or `host:port`. seconds: for all of it.
    Raises: Invalid, about `file`, for one in which something was found; Silent.
    """
    until = time.monotonic() + seconds
    try:
        by = _ask(address, b"zVERSION\0", until=until)
        said = _ask(address, b"zINSTREAM\0", data, until=until)
    except (OSError, UnicodeError, ValueError) as error:
        raise Silent from error
    found = _ANSWER.match(said)
    if found is None or not by:
        raise Silent
    if found["what"] != "OK":
        raise Invalid(Reason("uploads.infected", "file"))
    return by[:200]


def _ask(address: str, command: bytes, data: bytes | None = None, *, until: float) -> str:
    with _connected(address, until) as line:
        _say(line, command, until)
        if data is not None:
            for at in range(0, len(data), _PIECE_BYTES):
                piece = data[at : at + _PIECE_BYTES]
                _say(line, struct.pack(">I", len(piece)) + piece, until)
            _say(line, struct.pack(">I", 0), until)
        return _heard(line, until)


def _connected(address: str, until: float) -> socket.socket:
    kind, _colon, path = address.partition(":")
    if kind == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(_left(until))
            line.connect(path)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_left(until))


def _say(line: _Socket, words: bytes, until: float) -> None:
    line.settimeout(_left(until))
    line.sendall(words)


def _heard(line: _Socket, until: float) -> str:
    """One answer, up to its NUL."""
    heard = b""
    while b"\0" not in heard and len(heard) <= _MOST_ANSWER_BYTES:
        line.settimeout(_left(until))
        more = line.recv(_MOST_ANSWER_BYTES)
        if not more:
            break
        heard += more
    return heard.partition(b"\0")[0].decode("ascii").strip()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
