"""A reader of files from outside works in a process of its own, with little memory and time.

The child gets the bytes on its standard input, an empty environment and nothing else; it needs no
network and writes no file. What it found comes back as JSON over a pipe. If it dies, runs out of
memory or of time, the file is refused and nothing else has suffered.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from advocacy.ground.errors import Invalid, TooLarge
from advocacy.ground.reasons import Reason

MEMORY_BYTES = 256 * 1024 * 1024
SECONDS = 10
MOST_ANSWER_BYTES = 40_000_000
_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from {module} import main; main()"


class Refused(Exception):
    """A reader will not take this file. code: of the reason that is told."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def read(module: str, data: bytes, *, too_much: str) -> Any:
    """What `module.main` (see `serve`) finds in these bytes.

    too_much: code of the reason told when it needs more memory or time than there is.
    Raises: Invalid for a file that it refuses; TooLarge for one that it cannot bear.
    """
    command = [sys.executable, "-I", "-B", "-c", _START.format(module=module), str(_ROOT)]
    return ask(command, data, too_much=too_much)


def ask(command: list[str], data: bytes, *, too_much: str) -> Any:
    """What a command that sets its own limits, and answers as `serve` does, finds in these bytes.

    Raises: as `read`.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own words
            command, input=data, capture_output=True, timeout=SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise TooLarge(Reason(too_much, "file")) from None
    if done.returncode != 0 or len(done.stdout) > MOST_ANSWER_BYTES:
        raise TooLarge(Reason(too_much, "file"))
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Invalid(Reason(answer["refused"], "file", answer["facts"]))
    return answer["found"]


def serve(work: Callable[[bytes], Any]) -> None:
    """In the child: set the limits, do the work, answer. Whatever it raises ends the process."""
    _limit()
    try:
        answer: dict[str, Any] = {"found": work(sys.stdin.buffer.read())}
    except Refused as error:
        answer = {"refused": error.code, "facts": error.facts}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # No further process may start from here.
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
