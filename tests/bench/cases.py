"""The cases: each measures on the stage and says whether its goals hold."""

import contextlib
import json
import os
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench import (
    crowds,
    live,
    load,
    moved,
    phone,
    receipts,
    recommendations,
    register,
    signing,
)
from tests.bench.compare import compare
from tests.bench.figures import Figure
from tests.bench.stage import UPR, Stage
from tests.bench.visitor import Visitor
from tests.journeys.server import serve

ROUNDS, SECONDS = 3, 2.0
SHARES = {
    "threat list": 12,
    "sign-off page": 12,
    "recommendation list": 12,
    "donor page": 12,
    "home": 8,
    "position workspace": 8,
}
WEIGHTS = {"sign-off page": 60, "position workspace": 180}
REQUESTS, MOST_MEMORY = 10_000, 200
ROWS, RECORDS = 6_094, 5_643


def pages(stage: Stage) -> list[Figure]:
    """Requests per second of each page, as a share of the one-line page's, round by round."""
    asked = {name: (stage.server.url + path, who.cookie) for name, (path, who) in _open(stage)}
    shares: dict[str, list[float]] = {name: [] for name in asked}
    rates: dict[str, list[float]] = {name: [] for name in [*asked, "hello"]}
    for url, cookie in [(stage.hello, ""), *asked.values()]:
        load.burst(url, cookie, 1)  # warm
    for _ in range(ROUNDS):
        for name, (url, cookie) in asked.items():
            hello, _count = load.burst(stage.hello, "", SECONDS)
            rate, _count = load.burst(url, cookie, SECONDS)
            rates["hello"].append(hello)
            rates[name].append(rate)
            shares[name].append(100 * rate / hello)
    said = [Figure("pages: one-line page", statistics.median(rates["hello"]), "requests/s")]
    for name, goal in SHARES.items():
        rate = statistics.median(rates[name])
        share = statistics.median(shares[name])
        said.append(Figure(f"pages: {name}", share, "%", goal, note=f"{rate:.0f} requests/s"))
    return said


def _open(stage: Stage) -> list[tuple[str, tuple[str, Visitor]]]:
    """The pages, each seen once: an error page would be fast, and its figure worthless."""
    found = list(stage.pages.items())
    for _name, (path, who) in found:
        who.get(path)
    return found


def weight(stage: Stage) -> list[Figure]:
    """Bytes over the wire of a first view, everything a browser fetches included."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not program:
        return [Figure("weight", 0, "skipped", note="no Chromium here")]
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        said = []
        for name, goal in WEIGHTS.items():
            path, who = stage.pages[name]
            context = browser.new_context(viewport={"width": 360, "height": 740})
            context.add_cookies(
                [{"name": c.name, "value": c.value or "", "url": stage.server.url} for c in who.jar]
            )
            page, sizes = context.new_page(), []
            wire = context.new_cdp_session(page)
            wire.send("Network.enable")
            wire.on(
                "Network.loadingFinished", lambda e, to=sizes: to.append(e["encodedDataLength"])
            )
            page.goto(stage.server.url + path, wait_until="networkidle")
            note = f"{len(sizes)} requests"
            figure = sum(sizes) / 1000
            said.append(Figure(f"weight: {name}", figure, "KB", goal, is_most=True, note=note))
            context.close()
        browser.close()
    return said


def memory(stage: Stage) -> list[Figure]:
    """What one worker keeps in memory after many requests of all pages."""
    asked = [(stage.server.url + path, who.cookie) for _name, (path, who) in _open(stage)]
    count, until = 0, time.monotonic() + 180
    while count < REQUESTS and time.monotonic() < until:
        for url, cookie in asked:
            count += load.burst(url, cookie, SECONDS)[1]
    workers = _children(stage.server.process.pid)
    most = max(_resident(pid) for pid in workers)
    note = f"{count:,} requests"
    if count < REQUESTS:
        note += ", too slow for more in the time"
    return [Figure("memory: one worker", most, "MB", MOST_MEMORY, is_most=True, note=note)]


def _children(pid: int) -> list[int]:
    """Every process below one, however deep."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            after = stat.read_text().rpartition(")")[2].split()
            below.setdefault(int(after[1]), []).append(int(stat.parent.name))
    found, todo = [], [pid]
    while todo:
        here = below.get(todo.pop(), [])
        found += here
        todo += here
    return found


def _resident(pid: int) -> float:
    """Megabytes a process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


def imports(stage: Stage) -> list[Figure]:
    """The UPR file as its publisher left it, into an empty list, and again."""
    if not UPR.exists():
        note = f"{UPR.parent.name}/{UPR.name} is not beside this checkout"
        return [Figure("import", 0, "skipped", note=note)]
    with serve(stage.folder / "import") as server:
        seconds, megabytes, said = stage.imported(server)
        first = json.loads(said)
        again = json.loads(stage.imported(server)[2])
    note = f"{first['rows']:,} rows, {first['new']:,} new; again {again['new']} new"
    said_rows = Figure("import: rows read", first["rows"], "rows", ROWS)
    return [
        said_rows,
        Figure("import: recommendations", first["records"], "records", RECORDS),
        Figure("import: time", seconds, "s", 10, is_most=True, note=note),
        Figure("import: memory at most", megabytes, "MB", 300, is_most=True),
        Figure(
            "import: new or changed again", again["new"] + again["changed"], "", 0, is_most=True
        ),
    ]


CASES: dict[str, Callable[[Stage], list[Figure]]] = {
    "pages": pages,
    "weight": weight,
    "memory": memory,
    "import": imports,
    "compare": compare,
    **phone.CASES,
    **live.CASES,
    **signing.CASES,
    **crowds.CASES,
    **moved.CASES,
    **receipts.CASES,
    **register.CASES,
    **recommendations.CASES,
}
