"""A throwaway PostgreSQL server for tests, gone when its user is gone.

`python -m tests.postgres -- pytest --db=postgres` starts one, runs the command against it and
stops it, whatever happens. initdb refuses to work for root, so then a plain user runs the server.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

OWNER, APP = "advocacy_owner", "advocacy_app"
START_SECONDS = 60
# A test database may be lost with the power; safety against that is what makes a server slow.
MANY = ("max_connections=200",)
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", *MANY)


class NoServer(Exception):
    """There is no PostgreSQL here, or it does not start; says what to do."""


@dataclass(frozen=True)
class Server:
    """Addresses of a running server. Each holds `{database}`, to be filled in with a name."""

    admin_url: str
    owner_url: str
    app_url: str
    pid: int

    def environment(self) -> dict[str, str]:
        """What a command needs in its environment to find this server."""
        return {
            "TEST_POSTGRES_ADMIN_URL": self.admin_url,
            "TEST_POSTGRES_OWNER_URL": self.owner_url,
            "TEST_POSTGRES_APP_URL": self.app_url,
        }


def find_program(name: str) -> Path:
    """The newest installed server program of that name.

    Raises NoServer when there is none.
    """
    debian = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = sorted(debian, key=lambda path: int(path.parts[-3].partition(".")[0]))
    found = str(newest[-1]) if newest else shutil.which(name)
    if not found:
        raise NoServer("PostgreSQL is not installed. Install the package postgresql.")
    return Path(found)


@contextlib.contextmanager
def throwaway(settings: tuple[str, ...] = FAST) -> Iterator[Server]:
    """A fresh server on a free port of this machine; stopped and erased at the end."""
    initdb = find_program("initdb")
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        user = _plain_user()
        if user:
            os.chown(home, user.pw_uid, user.pw_gid)
        passwords = {name: secrets.token_hex(16) for name in ("postgres", OWNER, APP)}
        _make_cluster(initdb, home, passwords["postgres"], user)
        program = initdb.parent / "postgres"
        process, port = _start(program, home, passwords["postgres"], user, settings)
        try:
            _make_roles(_url("postgres", passwords["postgres"], port), passwords)
            yield Server(
                admin_url=_url("postgres", passwords["postgres"], port),
                owner_url=_url(OWNER, passwords[OWNER], port),
                app_url=_url(APP, passwords[APP], port),
                pid=process.pid,
            )
        finally:
            _stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _plain_user() -> pwd.struct_passwd | None:
    """Who runs the server: ourselves, or for root the user postgres, else nobody."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer("There is no plain user to run PostgreSQL as. Run the tests as a plain user.")


def _as(user: pwd.struct_passwd | None) -> list[str]:
    """The words before a command that let `user` run it, and let it end when we end."""
    setpriv = shutil.which("setpriv")
    if not setpriv:
        if user:
            raise NoServer("setpriv is missing. Install the package util-linux.")
        return []
    words = [setpriv, "--pdeathsig", "QUIT"]
    if user:
        words += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return words


def _make_cluster(initdb: Path, home: Path, password: str, user: pwd.struct_passwd | None) -> None:
    secret = home / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if user:
        os.chown(secret, user.pw_uid, user.pw_gid)
    made = subprocess.run(
        [
            *_as(user),
            *(str(initdb), "-D", str(home / "data"), "-U", "postgres", "--no-sync"),
            *("--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8"),
        ],
        cwd=home,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise NoServer(f"PostgreSQL could not be set up: {made.stderr.strip()}")
    secret.unlink()


def _start(
    program: Path,
    home: Path,
    password: str,
    user: pwd.struct_passwd | None,
    given: tuple[str, ...],
) -> tuple[subprocess.Popen[bytes], int]:
    """Start the server. Another process may take the free port first, so try again then."""
    log = home / "log"
    for _ in range(3):
        port = _free_port()
        settings = (
            *given,
            f"port={port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={home}",
        )
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*_as(user), str(program), "-D", str(home / "data")]
                + [word for setting in settings for word in ("-c", setting)],
                cwd=home,
                env={"PATH": os.environ.get("PATH", ""), "HOME": str(home)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # Ctrl-C is for the tests; they end first, then the server.
                start_new_session=True,
            )
        try:
            if _answers(process, _url("postgres", password, port)):
                return process, port
        except BaseException:
            _stop(process)
            raise
        _stop(process)
    raise NoServer(f"PostgreSQL does not start: {log.read_text(errors='replace').strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    """Wait until the server answers; False when it ended instead."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(_plain(url), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


def _make_roles(url: str, passwords: dict[str, str]) -> None:
    """The two roles of ours: one owns the tables, one may only use them; walls hold for both."""
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        for name in (OWNER, APP):
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}").format(
                    sql.Identifier(name), sql.Literal(passwords[name])
                )
            )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server at once (SIGQUIT); what it held is thrown away."""
    if process.poll() is None:
        process.send_signal(signal.SIGQUIT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _url(user: str, password: str, port: int) -> str:
    return f"postgresql+psycopg://{user}:{password}@127.0.0.1:{port}/{{database}}"


def _plain(url: str) -> str:
    """The address as psycopg reads it, of the database that is always there."""
    return url.format(database="postgres").replace("+psycopg", "")


def main(words: list[str]) -> int:
    """Run a command against a throwaway server; its exit code is ours."""
    command = words[1:] if words[:1] == ["--"] else words
    if not command:
        print("Say what to run: python -m tests.postgres -- pytest --db=postgres", file=sys.stderr)
        return 2
    # A polite request to end is treated like Ctrl-C, so that the server is stopped too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with throwaway() as server:
            return _run(command, {**os.environ, **server.environment()})
    except NoServer as error:
        print(error, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


def _run(command: list[str], environment: dict[str, str]) -> int:
    with subprocess.Popen(command, env=environment) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            code = process.wait()
            return code if code >= 0 else 128 - code
        except KeyboardInterrupt:
            # The terminal has told the command as well: let it clean up, but not for ever.
            with contextlib.suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
                process.wait(timeout=20)
            process.kill()
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
