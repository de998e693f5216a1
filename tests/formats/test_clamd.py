"""What a virus scanner is told and what its answers mean, with a scanner of our own making."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from advocacy.formats import clamd
from advocacy.ground.errors import Invalid

VERSION = "ClamAV 1.4.2/27500/Mon Nov 23 08:00:00 2026"


class Scanner(threading.Thread):
    """Speaks as the daemon does, and remembers what it was sent. says: its answer to a file."""

    def __init__(self, listening: socket.socket, says: bytes, version: bytes) -> None:
        super().__init__(daemon=True)
        self.listening, self.says, self.version = listening, says, version
        self.files: list[bytes] = []

    def run(self) -> None:
        while True:
            try:
                line, _from = self.listening.accept()
            except OSError:
                return
            with line, line.makefile("rb") as heard:
                self.answer(line, heard)

    def answer(self, line, heard) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += heard.read(1)
        if command == b"zVERSION\0":
            line.sendall(self.version)
            return
        assert command == b"zINSTREAM\0"
        found = b""
        while length := struct.unpack(">I", heard.read(4))[0]:
            found += heard.read(length)
        self.files.append(found)
        line.sendall(self.says)


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[Callable[..., tuple[str, Scanner]]]:
    opened: list[tuple[socket.socket, Scanner]] = []

    def start(says: bytes = b"stream: OK\0", *, unix: bool = False, version: bytes = b""):
        at = tmp_path / "clamd"
        kind = socket.AF_UNIX if unix else socket.AF_INET
        listening = socket.socket(kind, socket.SOCK_STREAM)
        listening.bind(str(at) if unix else ("127.0.0.1", 0))
        listening.listen()
        made = Scanner(listening, says, version or VERSION.encode() + b"\0")
        made.start()
        opened.append((listening, made))
        return (f"unix:{at}" if unix else f"127.0.0.1:{listening.getsockname()[1]}"), made

    yield start
    for listening, made in opened:
        # Who waits in `accept` is woken by this, not by closing alone.
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        made.join(timeout=5)


@pytest.mark.parametrize("unix", [True, False])
def test_a_clean_file_is_told_with_the_day_of_the_signatures(scanner, unix) -> None:
    address, made = scanner(unix=unix)
    data = bytes(range(256)) * 800  # more than one piece
    assert clamd.scan(address, data) == VERSION
    assert made.files == [data]


def test_what_is_infected_is_refused(scanner) -> None:
    address, _made = scanner(b"stream: Eicar-Test-Signature FOUND\0")
    with pytest.raises(Invalid) as error:
        clamd.scan(address, b"x")
    assert [(r.code, r.about) for r in error.value.reasons] == [("uploads.infected", "file")]


@pytest.mark.parametrize(
    "says",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"",
        b"stream: OKAY\0",
        b"OK\0",
        b"stream: \xff OK\0",
        b"x" * 20_000,
    ],
)
def test_an_answer_that_says_neither_is_no_answer(scanner, says) -> None:
    address, _made = scanner(says)
    with pytest.raises(clamd.Silent):
        clamd.scan(address, b"x")


@pytest.mark.parametrize("address", ["127.0.0.1:1", "unix:/nowhere/at.all", "127.0.0.1:x", "x"])
def test_a_scanner_that_is_not_there_is_silent(address) -> None:
    with pytest.raises(clamd.Silent):
        clamd.scan(address, b"x")


def test_a_scanner_that_says_nothing_is_not_waited_for(tmp_path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with pytest.raises(clamd.Silent):
            clamd.scan(f"127.0.0.1:{listening.getsockname()[1]}", b"x", seconds=0.05)
