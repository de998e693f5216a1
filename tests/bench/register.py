"""The register with 10,000 threats and with 100,000, for a member who may see every tenth.

Each answer is made anew: before each a record that the member sees is changed, so that no page
and no count of it was kept.
"""

import contextlib
import http.client
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests import postgres
from tests.bench import register_more as more
from tests.bench.figures import Figure
from tests.bench.live import database
from tests.bench.register_fill import READER, WORDS
from tests.bench.stage import Stage
from tests.bench.visitor import Visitor
from tests.journeys.server import ROOT, Server, serve

FEW, MANY = 10_000, 100_000
ROUNDS, MOST_MS, MOST_TIMES = 40, 60.0, 1.3
EMPTY = b"No protection risk matches"
BASE = "/threats/in/testland"
CHANGE = "UPDATE threat SET severity = 1 + coalesce(severity, 1) % 5 WHERE ref = 'B000000000'"
RISKS = ("PR05", "PR08", "PR12", "PR01")
PAGES: dict[str, tuple[list[str], float]] = {
    "first page": ([f"{BASE}/table"], MOST_MS),
    "worst first": ([f"{BASE}/table?sort=severity"], MOST_MS),
    "filtered page": (
        [f"{BASE}/table?risk={r}&severity={s}" for r in RISKS for s in "135"],
        MOST_MS,
    ),
    "search": ([f"{BASE}/table?q={w}" for w in (*WORDS, "checkpoint+police")], MOST_MS),
    "facets": (
        [f"{BASE}?severity={s}&trend=stable&risk={r}" for r in RISKS for s in "1234"],
        MOST_MS,
    ),
    "matrix": ([f"{BASE}?severity={s}" for s in "12345"] + [BASE], 2 * MOST_MS),
    "map": ([f"{BASE}/map?severity={s}" for s in "12345"] + [f"{BASE}/map"], 2 * MOST_MS),
}


def _fill(server: Server, first: int, last: int) -> None:
    words = [sys.executable, "-m", "tests.bench.register_fill", str(first), str(last)]
    subprocess.run(words, cwd=ROOT, env=server.environment, check=True, timeout=900)


def _asked(server: Server, cookie: str, paths: list[str], stir: Callable[[], None]) -> float:
    """The p95 of many answers, in milliseconds, over one line."""
    line = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    waits = []
    for n in range(ROUNDS + 3):
        stir()
        begun = time.perf_counter()
        line.request("GET", paths[n % len(paths)], headers={"Cookie": cookie})
        answer = line.getresponse()
        page = answer.read()
        waits.append(1000 * (time.perf_counter() - begun))
        if answer.status != 200 or EMPTY in page:
            raise RuntimeError(f"{paths[n % len(paths)]}: {answer.status}")
    line.close()
    return statistics.quantiles(waits[3:], n=20)[-1]


def _measured(server: Server, stir: Callable[[], None]) -> dict[str, float]:
    cookie = Visitor(server, server.person(READER)).cookie
    return {name: _asked(server, cookie, paths, stir) for name, (paths, _most) in PAGES.items()}


def _both(
    name: str,
    server: Server,
    folder: Path,
    stir: Callable[[], None],
    settle: Callable[[], None] = lambda: None,
) -> list[Figure]:
    _fill(server, 0, FEW)
    settle()
    few = _measured(server, stir)
    _fill(server, FEW, MANY)
    settle()
    many, said = _measured(server, stir), []
    for page, (_paths, most) in PAGES.items():
        of = f"register on {name}: {page}"
        said.append(Figure(f"{of}, p95", many[page], "ms", most, is_most=True))
        note = f"{few[page]:.1f} ms with {FEW:,}"
        times = many[page] / few[page]
        said.append(Figure(f"{of}, times", times, "", MOST_TIMES, is_most=True, note=note))
    reader = server.person(READER)
    said.append(more.answers(name, server, Visitor(server, reader).cookie, stir))
    said += more.taken_out(name, server)
    said.append(more.brought_in(name, server, folder, reader.email))
    return said


@contextlib.contextmanager
def _stirred(connect: Callable[[], Any]) -> Iterator[Callable[[], None]]:
    """A record that the reader sees is changed, so that nothing is answered from what was kept."""
    line = connect()
    try:
        yield lambda: line.execute(CHANGE).close()
    finally:
        line.close()


def _to_sqlite(file: Path) -> Any:
    return sqlite3.connect(file, isolation_level=None, timeout=20)


def _to_postgresql(at: postgres.Server) -> Any:
    admin = at.admin_url.format(database="live").replace("+psycopg", "")
    return psycopg.connect(admin, autocommit=True)


def _settle(at: postgres.Server) -> None:
    """What the database does for itself some minutes after much was written."""
    with _to_postgresql(at) as connection:
        connection.execute("VACUUM ANALYZE")


def register(stage: Stage) -> list[Figure]:
    """On both databases."""
    home, settings = stage.folder / "register", {"THREADS": "8"}
    file = home / "advocacy.sqlite3"
    with serve(home, settings) as server, _stirred(lambda: _to_sqlite(file)) as stir:
        said = _both("SQLite", server, stage.folder, stir)
    try:
        with (
            postgres.throwaway(postgres.MANY) as at,
            database(at) as named,
            serve(stage.folder / "register-postgres", {**settings, **named}) as server,
            _stirred(lambda: _to_postgresql(at)) as stir,
        ):
            said += _both("PostgreSQL", server, stage.folder, stir, lambda: _settle(at))
    except postgres.NoServer as error:
        said.append(Figure("register on PostgreSQL", 0, "skipped", note=str(error)))
    return said


CASES = {"register": register}
