"""25,000 recommendations and 250,000, for a member who may see every tenth.

Each answer is made anew: before each a recommendation that all readers see is changed, and most
addresses are asked only once.
"""

import contextlib
import http.client
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice, product
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from advocacy.web.paging import pack
from tests import postgres
from tests.bench import recommendations_more as more
from tests.bench.figures import Figure
from tests.bench.live import database
from tests.bench.recommendations_fill import INSTITUTIONS, LOT, institution, source
from tests.bench.register import _settle, _to_postgresql, _to_sqlite
from tests.bench.register_fill import READER
from tests.bench.stage import Stage
from tests.bench.visitor import Visitor
from tests.journeys.server import ROOT, Server, serve

FEW, MANY = 25_000, 250_000
ROUNDS, MOST_MS, MOST_TIMES, MOST_KB = 40, 60.0, 1.3, 60.0
BASE, DONORS = "/recommendations/in/testland", "/donors/in/testland"
CHANGE = (
    "UPDATE recommendation SET title = substr(title, 2) || substr(title, 1, 1) "
    "WHERE ref = 'B000000000'"
)
WORDS = (
    *("women", "torture", "police", "freedom of expression", '"death penalty"', "children school"),
    *("discrimination", "trafficking", "disabilities", "migrant workers", "judiciary", "prison"),
    *("statelessness", "landmines", "ratify optional protocol", "domestic violence law", "roma"),
)


def _said(**asked: object) -> str:
    return f"{BASE}?{urlencode(asked)}"


def _filters() -> list[str]:
    """Many addresses, each of two or three choices."""
    both = product(("accepted", "noted", "rejected", "none"), ("in_progress", "claimed", ""))
    found = [_said(response=r, progress=p, specificity=1 + n % 5) for n, (r, p) in enumerate(both)]
    found += [_said(late="1", session=n) for n in range(1, 15)]
    found += [_said(owner=f"Ministry {n}", progress="not_started") for n in range(10, 20)]
    return found + [_said(tag=one, response="accepted") for one in ("women", "torture", "child")]


def _searches() -> list[str]:
    return [_said(words=one) for one in WORDS] + [
        _said(words=one, progress=progress)
        for one, progress in product(WORDS, ("not_started", "in_progress"))
    ]


def _later() -> list[str]:
    """Pages in the middle of the list."""
    at = datetime.now(UTC) - timedelta(days=200)
    each = ((at - timedelta(days=n)).isoformat() for n in range(ROUNDS + 3))
    return [_said(after=pack(one, str(UUID(int=0)))) for one in each]


def _owners() -> list[str]:
    return [f"/recommendations/owners/{institution(n)}" for n in range(INSTITUTIONS)]


PAGES: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "list": (READER, lambda: [BASE]),
    "later page": (READER, _later),
    "filter": (READER, _filters),
    "search": (READER, _searches),
    "board": (READER, lambda: [f"{BASE}/board"]),
    "one column": (READER, lambda: [f"{BASE}/board?progress=not_started"]),
    "timeline": (READER, lambda: [f"{BASE}/timeline"]),
    "owner page": (READER, _owners),
    "what is due": (READER, lambda: ["/dues/in/testland"]),
    "donor page": ("erik", lambda: [DONORS]),
}


def fill(server: Server, first: int, last: int) -> None:
    """Make lots of recommendations at a server, or copies of all."""
    words = [sys.executable, "-m", "tests.bench.recommendations_fill", str(first), str(last)]
    subprocess.run(words, cwd=ROOT, env=server.environment, check=True, timeout=600)


def asked(
    server: Server, cookie: str, paths: list[str], stir: Callable[[], None]
) -> tuple[float, float]:
    """The p95 of many answers over one line, in milliseconds, and the longest, in kilobytes."""
    line = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    waits, most = [], 0
    for path in islice(cycle(paths), ROUNDS + 3):
        stir()
        begun = time.perf_counter()
        line.request("GET", path, headers={"Cookie": cookie})
        answer = line.getresponse()
        page = answer.read()
        waits.append(1000 * (time.perf_counter() - begun))
        most = max(most, len(page))
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    line.close()
    return statistics.quantiles(waits[3:], n=20)[-1], most / 1000


def measured(server: Server, stir: Callable[[], None]) -> dict[str, tuple[float, float]]:
    """Each page: its p95 and its size."""
    cookies = {who: Visitor(server, server.person(who)).cookie for who, _paths in PAGES.values()}
    return {
        name: asked(server, cookies[who], paths(), stir) for name, (who, paths) in PAGES.items()
    }


def _both(
    name: str, server: Server, stir: Callable[[], None], settle: Callable[[], None] = lambda: None
) -> list[Figure]:
    fill(server, 0, FEW // LOT)
    settle()
    few = measured(server, stir)
    fill(server, 1, MANY // FEW)
    settle()
    many, said = measured(server, stir), []
    for page, (spent, kilobytes) in many.items():
        of = f"recommendations on {name}: {page}"
        note = f"{kilobytes:.0f} KB, {source()}"
        said.append(Figure(f"{of}, p95", spent, "ms", MOST_MS, is_most=True, note=note))
        before = few[page][0]
        note = f"{before:.1f} ms with {FEW:,}"
        said.append(Figure(f"{of}, times", spent / before, "", MOST_TIMES, is_most=True, note=note))
    donor = f"recommendations on {name}: donor page"
    said.append(Figure(donor, many["donor page"][1], "KB", MOST_KB, is_most=True))
    return [*said, more.taken_out(name, server)]


@contextlib.contextmanager
def _stirred(connect: Callable[[], Any]) -> Iterator[Callable[[], None]]:
    """A recommendation that everybody reads is changed, so that nothing kept is given."""
    line = connect()
    try:
        yield lambda: line.execute(CHANGE).close()
    finally:
        line.close()


def recommendations(stage: Stage) -> list[Figure]:
    """On both databases."""
    home, settings = stage.folder / "recommendations", {"THREADS": "8"}
    file = home / "advocacy.sqlite3"
    with serve(home, settings) as server, _stirred(lambda: _to_sqlite(file)) as stir:
        said = _both("SQLite", server, stir)
    try:
        with (
            postgres.throwaway(postgres.MANY) as at,
            database(at) as named,
            serve(stage.folder / "recommendations-postgres", {**settings, **named}) as server,
            _stirred(lambda: _to_postgresql(at)) as stir,
        ):
            said += _both("PostgreSQL", server, stir, lambda: _settle(at))
    except postgres.NoServer as error:
        said.append(Figure("recommendations on PostgreSQL", 0, "skipped", note=str(error)))
    return said


CASES = {"recommendations": recommendations}
