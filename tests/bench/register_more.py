"""Beside the pages of a large register: files out and in, and what an absent record costs.

`python -m tests.bench.register_more csv` takes the register out, with a server's settings, and
prints by how many megabytes its process grew.
"""

import http.client
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.extracts import mapper, queries, rules
from advocacy.extracts.schema import Kind, Reach
from advocacy.ground import clock
from advocacy.organisations.queries import workspaces
from advocacy.picture.rows import Filters
from advocacy.web.db import database
from tests.bench.figures import Figure
from tests.bench.fill import _actor
from tests.bench.register_fill import HIDDEN, WATCHER
from tests.journeys.server import COMMAND, ROOT, Server

IMPORTED, IMPORT_SECONDS, GROWTH_MB = 50_000, 90.0, 100.0
REQUESTS, APART_MS = 2_000, 1.0
HEAD = "Reference,Title,Summary,Risk code,Severity,Trend,Area\n"


def taken_out(name: str, server: Server) -> list[Figure]:
    """Files of all that somebody sees who sees nearly everything."""
    said = []
    for kind in (Kind.CSV, Kind.XLSX):
        words = [sys.executable, "-m", "tests.bench.register_more", kind]
        child = subprocess.run(
            words, cwd=ROOT, env=server.environment, check=True, timeout=400, stdout=subprocess.PIPE
        )
        found = json.loads(child.stdout)
        note = (
            f"{found['rows']:,} records, {found['bytes'] / 1e6:.0f} MB in {found['seconds']:.0f} s"
        )
        of = f"register on {name}: {kind} out, growth"
        said.append(Figure(of, found["grew"], "MB", GROWTH_MB, is_most=True, note=note))
    return said


def brought_in(name: str, server: Server, folder: Path, who: str) -> Figure:
    """A long sheet by the command, as `advocacy import threats` writes it."""
    path = folder / f"{name}.csv"
    lines = (
        f"S{n},Police close the road near place {n},Families ask for help.,PR0{1 + n % 9},"
        f"{1 + n % 5},stable,\n"
        for n in range(IMPORTED)
    )
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    words = ["import", "threats", str(path), "--workspace", "testland", "--by", who, "--json"]
    begun = time.monotonic()
    child = subprocess.run(
        [*COMMAND, *words],
        cwd=ROOT,
        env=server.environment,
        check=True,
        timeout=600,
        stdout=subprocess.PIPE,
    )
    seconds, counts = time.monotonic() - begun, json.loads(child.stdout)
    if counts["new"] != IMPORTED:
        raise RuntimeError(f"The sheet was not written whole: {counts}")
    of = f"register on {name}: {IMPORTED:,} records in"
    return Figure(of, seconds, "s", IMPORT_SECONDS, is_most=True)


def answers(name: str, server: Server, cookie: str, stir: Callable[[], None]) -> Figure:
    """A record that is not there and one that is hidden, asked in turn: medians."""
    line = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    waits: dict[str, list[float]] = {"absent": [], "hidden": []}
    for n in range(REQUESTS):
        stir()
        kind = ("absent", "hidden")[n % 2]
        begun = time.perf_counter()
        line.request("GET", f"/threats/{_one(kind)}", headers={"Cookie": cookie})
        answer = line.getresponse()
        answer.read()
        waits[kind].append(1000 * (time.perf_counter() - begun))
        if answer.status != 404:
            raise RuntimeError(f"a record that is {kind}: {answer.status}")
    line.close()
    absent, hidden = (statistics.median(found) for found in waits.values())
    note = f"absent {absent:.2f} ms, hidden {hidden:.2f} ms"
    of = f"register on {name}: absent and hidden apart"
    return Figure(of, abs(absent - hidden), "ms", APART_MS, is_most=True, note=note)


def _one(kind: str) -> str:
    return str(HIDDEN if kind == "hidden" else uuid4())


def _taken(kind: Kind, most: int) -> tuple[int, int]:
    """Write a file of so many records at most; how many they were, and its bytes."""
    data, actor = database(), _actor(database(), WATCHER)
    cover = mapper.Cover("Risks", ("Made for a measurement.",), clock.now(), "en")
    seen = 0
    with data.reading(actor) as session:
        space = workspaces(session, actor)[0]
        first = queries.words(session, space, "en")

        def pages() -> Iterator[mapper.Page]:
            nonlocal seen
            words = first
            for rows in queries.pages(session, actor, space, Filters()):
                words = queries.explained(session, actor, rows, words)
                seen += len(rows)
                yield rows, words
                if seen >= most:
                    return

        size = sum(len(part) for part in mapper.parts(kind, Reach.OURS, pages(), cover))
    return seen, size


def main(kind: Kind) -> None:
    """Once some pages, so that all is loaded; then all of it, or as many as such a file holds."""
    with create_app(Config.from_environment()).app_context():
        _taken(kind, queries.PAGE)
        before, begun = _peak(), time.monotonic()
        rows, size = _taken(kind, rules.MOST.get(kind, rules.MOST_ROWS))
    said = {"rows": rows, "bytes": size, "seconds": time.monotonic() - begun}
    print(json.dumps(said | {"grew": _peak() - before}))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(Kind(sys.argv[1]))
