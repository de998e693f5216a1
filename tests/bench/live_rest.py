"""The live text: opening, merging, kill -9, and many streams beside pages."""

import http.client
import os
import random
import secrets
import signal
import statistics
import threading
import time
from pathlib import Path
from typing import Any

from pycrdt import Doc

from advocacy.text.shape import fragment, made_of, words_of
from tests.bench.figures import Figure
from tests.bench.live_desks import (
    PAGES,
    PEOPLE,
    Desk,
    crowd,
    desks_of,
    lengthen,
    letters,
    twenty_pages,
)
from tests.bench.stage import Stage
from tests.bench.visitor import Visitor
from tests.journeys.server import Server, serve

WRITERS, UPDATES, KILLS = 20, 2_000, 20


def opens(_stage: Stage) -> list[Figure]:
    """A text with 100,000 edits, from its snapshot."""
    doc, rng = Doc(), random.Random(1)
    doc.apply_update(made_of(twenty_pages()))
    for _ in range(5_000):
        # People type in runs: a place, some words, a slip of the hand taken back.
        place = letters(doc, rng.randrange(PAGES * 2))
        at = rng.randrange(len(place))
        with doc.transaction():
            for _key in range(16):
                place.insert(at, rng.choice("etaoin "))
                at += 1
            for _key in range(4):
                at -= 1
                del place[at : at + 1]
    kept = doc.get_update()
    times = []
    for _ in range(7):
        begun = time.perf_counter()
        again: Doc[Any] = Doc()
        again.apply_update(kept)
        times.append(1000 * (time.perf_counter() - begun))
    note = f"100,000 edits, {len(kept) / 1000:.0f} KB"
    return [Figure("open: from its snapshot", statistics.median(times), "ms", 30, True, note)]


def merge(_stage: Stage) -> list[Figure]:
    """A thousand edits made offline, against five thousand made meanwhile."""
    server: Doc[Any] = Doc()
    server.apply_update(made_of(twenty_pages()))
    away: Doc[Any] = Doc()
    away.apply_update(server.get_update())
    left, rng = away.get_state(), random.Random(2)
    for doc, many in ((away, 1_000), (server, 5_000)):
        for _ in range(many):
            place = letters(doc, rng.randrange(PAGES * 2))
            place.insert(rng.randrange(len(place)), "y")
    back = away.get_update(left)
    begun = time.perf_counter()
    server.apply_update(back)
    answer = server.get_update(left)
    texts = [words_of(clause).text for clause in fragment(server).children]
    took = 1000 * (time.perf_counter() - begun)
    away.apply_update(answer)
    same = texts == [words_of(clause).text for clause in fragment(away).children]
    note = f"{len(back) / 1000:.0f} KB up; derived in the same time"
    return [
        Figure("merge: server time", took, "ms", 50, True, note),
        Figure("merge: came to one text", float(same), "", 1),
    ]


class Hand:
    """Writes names into a clause and notes which were acknowledged."""

    def __init__(self, desk: Desk, clause: int, name: str) -> None:
        self.desk, self.clause, self.name = desk, clause, name
        self.steps: list[bytes] = []
        self.doc: Doc[Any] = Doc()
        self.doc.apply_update(desk.state()[0])
        self.doc.observe(lambda event: self.steps.append(event.update))

    def write(self, acknowledged: list[str]) -> None:
        """Until the server is gone."""
        line, at = self.desk.connect(), letters(self.doc, self.clause)
        for count in range(UPDATES):
            name = f"a{self.name}.{count}z"
            at.insert(len(at), name)
            try:
                while (status := self.desk.post(line, self.steps[-1], secrets.token_hex(8))) != 200:
                    if status not in {429, 503}:
                        raise RuntimeError(f"updates: {status}")
                    time.sleep(0.2)
            except (OSError, http.client.HTTPException):
                return
            acknowledged.append(name)


def kill(stage: Stage) -> list[Figure]:
    """kill -9 somewhere in the middle of 2,000 acknowledged steps, and what is there afterwards."""
    settings = {"THREADS": "48", "SECRET_KEY": secrets.token_urlsafe(48)}
    home, rng, lost, total = stage.folder / "kill", random.Random(3), 0, 0
    desks: list[Desk] = []
    waiting: list[str] = []
    for turn in range(KILLS + 1):
        with serve(home, settings) as server:
            if not desks:
                desks = crowd([server], WRITERS)
                lengthen(desks[0])
            for desk in desks:
                desk.host = server.url.removeprefix("http://")
            whole: Doc[Any] = Doc()
            whole.apply_update(desks[0].state()[0])
            text = str(fragment(whole))
            lost += sum(name not in text for name in waiting)
            if turn < KILLS:
                waiting = _cut(server, desks, turn, rng.randrange(UPDATES // 20, UPDATES))
                total += len(waiting)
    note = f"{total:,} acknowledged, killed {KILLS} times"
    return [Figure("kill: acknowledged steps lost", lost, "", 0, is_most=True, note=note)]


def _cut(server: Server, desks: list[Desk], turn: int, after: int) -> list[str]:
    """What was acknowledged until the server was killed, in the middle of the writing."""
    acknowledged: list[str] = []
    hands = [
        threading.Thread(
            # Another clause each time: one alone would become longer than it may be.
            target=Hand(desk, (turn * WRITERS + number) % (PAGES * 2), turn * 100 + number).write,
            args=(acknowledged,),
        )
        for number, desk in enumerate(desks)
    ]
    for hand in hands:
        hand.start()
    until = time.monotonic() + 30
    while len(acknowledged) < after and time.monotonic() < until:
        time.sleep(0.002)
    _end(server)
    for hand in hands:
        hand.join()
    return acknowledged


def _end(server: Server) -> None:
    """At once, workers first."""
    below = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text()
    for pid in [*map(int, below.split()), server.process.pid]:
        os.kill(pid, signal.SIGKILL)


def streams(stage: Stage) -> list[Figure]:
    """Two hundred open streams on one worker, and pages beside them."""
    with serve(stage.folder / "streams", {"THREADS": "216"}) as server:
        desks = desks_of(server)
        who = Visitor(server, server.person(PEOPLE[0]))
        idle = _pages(who)
        lines = []
        for n in range(200):
            desk = desks[n % len(desks)]
            line = desk.connect()
            line.request("GET", f"{desk.base}/events", headers=desk.headers)
            answer = line.getresponse()
            lines.append((line, answer, answer.status))
        taken = sum(status == 200 for _line, _answer, status in lines)
        busy = _pages(who)
        most = max(map(_resident, _below(server.process.pid)))
    note = f"{taken} streams; p95 {busy:.0f} ms, without them {idle:.0f} ms"
    return [
        Figure("streams: pages beside them", busy / idle, "times", 2, is_most=True, note=note),
        Figure("streams: open", taken, "", 200),
        Figure("streams: memory of the worker", most, "MB"),
    ]


def _below(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(below for child in children for below in _below(int(child)))]


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


def _pages(who: Visitor) -> float:
    times = []
    for _ in range(60):
        begun = time.perf_counter()
        who.get("/")
        times.append(1000 * (time.perf_counter() - begun))
    return sorted(times)[56]
