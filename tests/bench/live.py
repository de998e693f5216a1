"""Fifty people type in one text of twenty pages: on SQLite, on PostgreSQL, and at a peer.

The peer is y-websocket 2.1.0, which keeps nothing: installed by npm for this run, and driven by the
same typists one after the other. BENCH_SECONDS sets how long they type each time.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from advocacy.text.shape import made_of
from tests import postgres
from tests.bench.figures import Figure
from tests.bench.live_desks import Desk, cpu, crowd, lengthen, twenty_pages
from tests.bench.live_rest import kill, merge, opens, streams
from tests.bench.stage import Stage
from tests.journeys.server import ROOT, free_port, serve, stop

TYPISTS, SECONDS, WINDOW = 50, float(os.environ.get("BENCH_SECONDS", "60")), 0.3
PEER = ("y-websocket@2.1.0", "yjs@13.6.33", "ws@8")
MOST = {"live": 8, "live on PostgreSQL": 12}
"""How many times the peer's own time a step may take."""


def typed(pid: int, desks: list[Desk], text: bytes = b"") -> dict[str, Any]:
    """What many typists found, and the processor time of the server while they typed.

    text: what the first brings to a peer, which has none of its own.
    """
    plan = {
        "is_socket": bool(text),
        "text": b64encode(text).decode(),
        "desks": [{"host": d.host, "base": d.base, "headers": d.headers} for d in desks],
        "typists": TYPISTS,
        "window": WINDOW,
        "seconds": SECONDS,
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.live_typists"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        _say(child.stdin, json.dumps(plan))
        _must(child.stdout, "ready")
        before = cpu(pid)
        _say(child.stdin, "go")
        _must(child.stdout, "typed")
        used = cpu(pid) - before
        _say(child.stdin, "go")
        found: dict[str, Any] = json.loads(child.stdout.readline())
    finally:
        child.kill()
        child.wait()
    return {**found, "cpu": used}


def _say(to: Any, line: str) -> None:
    to.write(line + "\n")
    to.flush()


def _must(said: Any, word: str) -> None:
    line = said.readline()
    if line != word + "\n":
        raise RuntimeError(f"the typists ended: {line!r}")


def _figures(name: str, found: dict[str, Any]) -> list[Figure]:
    messages = found["messages"]
    load = os.getloadavg()[0]
    note = (
        f"{TYPISTS} typists, {messages:,} messages, on the same cores; load of the box {load:.1f}"
    )
    spent = 1000 * found["cpu"] / messages
    return [
        Figure(f"{name}: came to one text", float(found["one_text"]), "", 1, note=note),
        Figure(f"{name}: heard by another, p50", found["p50"], "ms"),
        Figure(f"{name}: heard by another, p95", found["p95"], "ms", 50, is_most=True),
        Figure(f"{name}: server per message", spent, "ms CPU", 2.5, is_most=True),
        Figure(f"{name}: down per key and reader", _per_key(found), "bytes"),
    ]


def _per_key(found: dict[str, Any]) -> float:
    return float(found["down"] / found["keys"] / TYPISTS)


def on_sqlite(stage: Stage) -> dict[str, Any]:
    """As most have it: one process."""
    with serve(stage.folder / "live", {"THREADS": "96"}) as server:
        desks = crowd([server], TYPISTS)
        lengthen(desks[0])
        return typed(server.process.pid, desks)


def on_postgres(stage: Stage) -> dict[str, Any]:
    """Two processes, and a database that waits for its disk."""
    with postgres.throwaway(postgres.MANY) as at, database(at) as settings:
        more = {"THREADS": "80", "WORKERS": "2", **settings}
        with serve(stage.folder / "live-postgres", more) as server:
            desks = crowd([server], TYPISTS)
            lengthen(desks[0])
            return typed(server.process.pid, desks)


@contextlib.contextmanager
def database(at: postgres.Server) -> Iterator[dict[str, str]]:
    """An empty one, as a server's settings name it."""
    admin = at.admin_url.format(database="postgres").replace("+psycopg", "")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE live OWNER {postgres.OWNER}")
    yield {
        "DATABASE_URL": at.app_url.format(database="live"),
        "MIGRATE_URL": at.owner_url.format(database="live"),
    }


def at_peer(stage: Stage) -> dict[str, Any] | str:
    """The same typists at the peer; or why they could not."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        return "Node is not installed"
    home = stage.folder / "peer"
    home.mkdir()
    order = [npm, "install", "--no-audit", "--no-fund", "--silent", "--no-optional", *PEER]
    try:
        subprocess.run(order, cwd=home, check=True, capture_output=True, timeout=180)
    except subprocess.SubprocessError as error:
        return f"npm did not install it ({type(error).__name__})"
    with _peer(node, home) as (process, host):
        desk = Desk("/live", {}, host)
        return typed(process.pid, [desk], made_of(twenty_pages()))


@contextlib.contextmanager
def _peer(node: str, home: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = free_port()
    process = subprocess.Popen(
        [node, "node_modules/y-websocket/bin/server.cjs"],
        cwd=home,
        env={"PATH": os.environ.get("PATH", ""), "HOST": "127.0.0.1", "PORT": str(port)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            time.sleep(0.1)
        yield process, f"127.0.0.1:{port}"
    finally:
        stop(process)


def live(stage: Stage) -> list[Figure]:
    """Ours and the peer's, one after the other."""
    ours: dict[str, dict[str, Any]] = {"live": on_sqlite(stage)}
    peer = at_peer(stage)
    try:
        ours["live on PostgreSQL"] = on_postgres(stage)
        missing = []
    except postgres.NoServer as error:
        missing = [Figure("live on PostgreSQL", 0, "skipped", note=str(error))]
    said = [figure for name, found in ours.items() for figure in _figures(name, found)] + missing
    if isinstance(peer, str):
        return [*said, Figure("live: beside y-websocket", 0, "skipped", note=peer)]
    for name, found in ours.items():
        said += _beside(name, found, peer)
    return said


def _beside(name: str, found: dict[str, Any], peer: dict[str, Any]) -> list[Figure]:
    own = 1000 * peer["cpu"] / peer["messages"]
    note = f"its own {peer['p95']:.1f} ms, p50 {peer['p50']:.1f} ms, {own:.2f} ms CPU per message"
    bytes_note = f"its own {_per_key(peer):.1f} bytes"
    times, share = found["p95"] / peer["p95"], _per_key(found) / _per_key(peer)
    return [
        Figure(f"{name}: p95, times y-websocket's", times, "", MOST[name], is_most=True, note=note),
        Figure(f"{name}: bytes, share of its", share, "", 0.5, is_most=True, note=bytes_note),
    ]


CASES = {"live": live, "merge": merge, "open": opens, "kill": kill, "streams": streams}
