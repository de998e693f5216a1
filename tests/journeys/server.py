"""A real server of our own for journeys: `advocacy run`, with its own data and made-up people."""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
COMMAND = [sys.executable, "-c", "from advocacy.cli import main; main()"]
OURS = ("DATABASE_URL", "MIGRATE_URL", "SMTP_URL", "BASE_URL", "HOST", "TRUSTED_PROXIES")


@dataclass(frozen=True)
class Login:
    """One seat of a made-up person."""

    name: str
    organisation: str
    role: str
    email: str
    password: str


@dataclass
class Server:
    """A running server. home: its data, also where it logs."""

    url: str
    home: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    logins: tuple[Login, ...] = ()

    def person(self, key: str) -> Login:
        """Somebody of the demo: the start of their address names them."""
        return next(login for login in self.logins if login.email.startswith(f"{key}@"))

    def log(self) -> str:
        """What the server said so far."""
        return (self.home / "log").read_text(errors="replace")


def free_port() -> int:
    """A port of this machine that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(home: Path, port: int, settings: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {
        **kept,
        "DATA_DIR": str(home),
        "SECRET_KEY": secrets.token_urlsafe(48),
        "DEMO": "1",
        "PORT": str(port),
        "THREADS": "48",
        "PYTHONPATH": str(ROOT),
        # A `.env` of this checkout speaks of another place; what is set here wins.
        "HOST": "127.0.0.1",
        "DATABASE_URL": "",
        "MIGRATE_URL": "",
        "SMTP_URL": "",
        "BASE_URL": "",
        **settings,
    }


@contextlib.contextmanager
def serve(home: Path, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Start, wait until it answers, and end it again by its own number, workers included."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    environment = _environment(home, port, settings or {})
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [*COMMAND, "run"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    server = Server(f"http://127.0.0.1:{port}", home, environment, process)
    try:
        _wait(server)
        server.logins = _logins(environment)
        yield server
    finally:
        stop(process)


def _wait(server: Server) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{server.url}/healthz", timeout=5).close()  # noqa: S310 - ours
            return
        time.sleep(0.1)
    raise AssertionError(f"The server does not answer.\n{server.log()}")


def _logins(environment: Mapping[str, str]) -> tuple[Login, ...]:
    """The people of the demo, as `advocacy demo --logins --json` prints them."""
    said = subprocess.run(
        [*COMMAND, "demo", "--logins", "--json"],
        cwd=ROOT,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    names = ("name", "organisation", "role", "email", "password")
    return tuple(Login(*(str(row[name]) for name in names)) for row in json.loads(said.stdout))


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server: politely, then for good. It leads its own group, so workers end with it."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
