"""The stage of the measurements: the workspace with full lists, and the one-line page beside it."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import cached_property
from pathlib import Path
from typing import Self

from tests.bench.visitor import Visitor
from tests.journeys.server import COMMAND, ROOT, Server, free_port, serve, stop

UPR = ROOT.parent / "shared" / "data" / "upr" / "1-5.csv"
WORKSPACE = "testland"
# Both are served alike: a process for each of two cores.
LIKE = {"WORKERS": "2", "THREADS": "16"}


class Stage(contextlib.ExitStack):
    """Starts what a case asks for, once, and ends it all at the end."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    @cached_property
    def server(self) -> Server:
        """The workspace as `advocacy run` serves it, one worker, with full lists."""
        server = self.enter_context(serve(self.folder / "workspace", LIKE))
        for command in (["-m", "tests.bench.fill"],):
            subprocess.run(
                [sys.executable, *command],
                cwd=ROOT,
                env=server.environment,
                check=True,
                timeout=300,
            )
        if UPR.exists():
            self.imported(server)
        return server

    def imported(self, server: Server, *more: str) -> tuple[float, float, str]:
        """Import the UPR file in a child process: (seconds, megabytes at most, what it said)."""
        out = self.folder / "import.json"
        begun = time.monotonic()
        with out.open("wb") as said:
            child = subprocess.Popen(
                [*COMMAND, "import", "recommendations", str(UPR), "--json", *more],
                cwd=ROOT,
                env=server.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
            )
            _, code, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(code)
        seconds, text = time.monotonic() - begun, out.read_text(encoding="utf-8")
        if child.returncode:
            raise RuntimeError(f"The import ended with {child.returncode}: {text}")
        return seconds, usage.ru_maxrss / 1024, text

    @cached_property
    def hello(self) -> str:
        """The address of the one-line page, served with the same settings."""
        port = free_port()
        environment = {**os.environ, "PORT": str(port), "PYTHONPATH": str(ROOT), **LIKE}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.hello"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.callback(stop, process)
        url = f"http://127.0.0.1:{port}/"
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{url}healthz", timeout=5).close()  # noqa: S310 - ours
                return url
            time.sleep(0.1)
        raise RuntimeError("The one-line page does not answer.")

    def visitor(self, name: str) -> Visitor:
        """Somebody of the demo, signed in: the start of their address names them."""
        logins = self.server.logins
        return Visitor(self.server, next(one for one in logins if one.email.startswith(name)))

    @cached_property
    def pages(self) -> dict[str, tuple[str, Visitor]]:
        """The measured pages: name -> (address, who reads it)."""
        member, donor = self.visitor("sara"), self.visitor("erik")
        round_ = member.links("/", r"/signoff/[0-9a-f-]{36}")[0]
        workspace = member.links(f"/positions/in/{WORKSPACE}", r"/positions/[0-9a-f-]{36}")[0]
        return {
            "threat list": (f"/threats/in/{WORKSPACE}", member),
            "sign-off page": (round_, member),
            "recommendation list": (f"/recommendations/in/{WORKSPACE}", member),
            "donor page": (f"/donors/in/{WORKSPACE}", donor),
            "home": ("/", member),
            "position workspace": (workspace, member),
        }
