"""The live text: many typists over real HTTP, opening, merging, kill -9, many streams."""

import http.client
import json
import os
import random
import re
import secrets
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pycrdt import Doc, XmlText

from advocacy.text.shape import Words, fragment, made_of, words_of
from tests.bench.figures import Figure
from tests.bench.stage import Stage
from tests.bench.visitor import Visitor
from tests.journeys.server import ROOT, Server, serve

TYPISTS, SECONDS, WINDOW, KEYS = 50, 20.0, 0.3, 5.0
PEOPLE = ("amal", "sara")
PAGES = 20


@dataclass
class Desk:
    """A position's live text as its page gives it to a script."""

    base: str
    headers: dict[str, str]
    host: str

    @classmethod
    def of(cls, who: Visitor, path: str) -> "Desk":
        """From the page."""
        page = who.get(path)
        found = {
            name: re.search(rf'data-{name}="([^"]*)"', page)
            for name in ("base", "csrf", "acting-for")
        }
        said = {name: match.group(1) if match else "" for name, match in found.items()}
        headers = {
            "Cookie": who.cookie,
            "X-CSRFToken": said["csrf"],
            "X-Acting-For": said["acting-for"],
        }
        return cls(said["base"], headers, urlsplit(who.base).netloc)

    def connect(self) -> http.client.HTTPConnection:
        """A line of one's own."""
        return http.client.HTTPConnection(self.host, timeout=30)

    def state(self) -> tuple[bytes, int]:
        """The whole."""
        line = self.connect()
        line.request("GET", f"{self.base}/state", headers=self.headers)
        answer = line.getresponse()
        whole = answer.read()
        line.close()
        if answer.status != 200:
            raise RuntimeError(f"state: {answer.status}")
        return whole, int(answer.headers["X-Sequence"])


@dataclass
class Typist:
    """Types into one clause, hears the others, and notes when each step was heard."""

    desk: Desk
    number: int
    log: "Log"
    doc: Doc[Any] = field(default_factory=Doc)
    steps: list[bytes] = field(default_factory=list)
    sequence: int = 0
    is_hearing: bool = False
    bytes_down: int = 0
    lock: Any = field(default_factory=threading.Lock)

    def open(self) -> None:
        """Take the text and keep the stream."""
        whole, self.sequence = self.desk.state()
        self.doc.apply_update(whole)
        self.doc.observe(self._made)
        self.line = self.desk.connect()
        path = f"{self.desk.base}/events?since={self.sequence}"
        self.line.request("GET", path, headers=self.desk.headers)
        self.answer = self.line.getresponse()
        if self.answer.status != 200:
            raise RuntimeError(f"events: {self.answer.status}")
        threading.Thread(target=self._hear, daemon=True).start()

    def _made(self, event: Any) -> None:
        if not self.is_hearing:
            self.steps.append(event.update)

    def _hear(self) -> None:
        number = 0
        while True:
            try:
                said = self.answer.readline()
            except (OSError, ValueError, AttributeError, http.client.HTTPException):
                return
            if not said:
                return
            self.bytes_down += len(said)
            if said.startswith(b"id: "):
                number = int(said[4:])
            elif said.startswith(b"data: ") and not said.startswith(b"data: ["):
                with self.lock:
                    self.is_hearing = True
                    self.doc.apply_update(b64decode(said[6:]))
                    self.is_hearing = False
                self.log.heard(number, self.sequence)
                self.sequence = number

    def type_for(self, seconds: float) -> None:
        """Key by key; what gathered goes up at the end of each window."""
        rng, line, count = random.Random(self.number), self.desk.connect(), 0
        until = time.monotonic() + seconds
        time.sleep(rng.random() * WINDOW)
        while time.monotonic() < until:
            begun = time.monotonic()
            with self.lock, self.doc.transaction():
                for _ in range(1 + (rng.random() < WINDOW * KEYS - 1)):
                    self._key(rng)
                    self.log.keys += 1
            count += 1
            step, self.steps = self.steps[0], []
            sent = time.monotonic()
            self.post(line, step, f"t{self.number}:{count}", sent)
            time.sleep(max(0.0, WINDOW - (time.monotonic() - begun)))

    def _key(self, rng: random.Random) -> None:
        clauses = fragment(self.doc).children
        letters = clauses[self.number % len(clauses)].children[0].children[0]
        if isinstance(letters, XmlText):
            letters.insert(len(letters), rng.choice("etaoin shrdlu"))

    def post(self, line: http.client.HTTPConnection, step: bytes, key: str, sent: float) -> None:
        """Until it is taken."""
        headers = {**self.desk.headers, "Idempotency-Key": key}
        while True:
            line.request("POST", f"{self.desk.base}/updates", step, headers)
            answer = line.getresponse()
            body = answer.read()
            if answer.status == 200:
                self.log.stored(json.loads(body)["sequence"], sent)
                return
            if answer.status not in {429, 503}:
                raise RuntimeError(f"updates: {answer.status} {body[:200]!r}")
            time.sleep(0.5)


class Log:
    """When each step left its writer, and when others heard it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.sent: dict[int, float] = {}
        self.waits: list[tuple[int, float]] = []
        self.keys = 0

    def stored(self, number: int, sent: float) -> None:
        """A step has its number."""
        with self.lock:
            self.sent[number] = sent

    def heard(self, number: int, before: int) -> None:
        """Everything up to a number was heard, from after another."""
        at = time.monotonic()
        with self.lock:
            self.waits += [(one, at) for one in range(before + 1, number + 1)]

    def latencies(self) -> list[float]:
        """Milliseconds from leaving one page to standing in another."""
        return [1000 * (at - self.sent[one]) for one, at in self.waits if one in self.sent]


def _cpu(server: Server) -> float:
    """Seconds of processor time of the server and its workers."""
    ticks = 0
    pids, todo = [], [server.process.pid]
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(after[1]), []).append(int(stat.parent.name))
    while todo:
        pids.append(todo.pop())
        todo += below.get(pids[-1], [])
    for pid in pids:
        after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(after[11]) + int(after[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _desks(server: Server) -> list[Desk]:
    """The same text, as two organisations open it."""
    people = [Visitor(server, server.person(name)) for name in PEOPLE]
    for path in people[0].links("/positions/in/testland", r"/positions/[0-9a-f-]{36}"):
        if all("data-live" in who.get(path) for who in people):
            return [Desk.of(who, path) for who in people]
    raise RuntimeError("no text that both write in")


def _settled(typists: list[Typist], seconds: float = 10) -> bool:
    """Whether all come to one text."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        texts = set()
        for each in typists:
            with each.lock:
                clauses = fragment(each.doc).children
                texts.add(tuple(words_of(clause) for clause in clauses))
        if len(texts) == 1:
            return True
        time.sleep(0.5)
    return False


def typed(servers: list[Server], desks: list[Desk], seconds: float = SECONDS) -> dict[str, Any]:
    """What many typists found, and the processor time of the servers while they typed."""
    plan = {
        "desks": [{"host": d.host, "base": d.base, "headers": d.headers} for d in desks],
        "typists": TYPISTS,
        "window": WINDOW,
        "seconds": seconds,
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
        before = sum(map(_cpu, servers))
        _say(child.stdin, "go")
        _must(child.stdout, "typed")
        used = sum(map(_cpu, servers)) - before
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
    per_key = found["down"] / found["keys"] / TYPISTS
    return [
        Figure(f"{name}: came to one text", float(found["one_text"]), "", 1, note=note),
        Figure(f"{name}: heard by another, p50", found["p50"], "ms"),
        Figure(f"{name}: heard by another, p95", found["p95"], "ms", 50, is_most=True),
        Figure(f"{name}: server per message", 1000 * found["cpu"] / messages, "ms CPU", 2.5, True),
        Figure(f"{name}: down per key and reader", per_key, "bytes"),
    ]


def crowd(servers: list[Server], many: int) -> list[Desk]:
    """The same text as each of many people has it open, spread over the servers."""
    desk = _desks(servers[0])[0]
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.live_people", str(many)],
        cwd=ROOT,
        env=servers[0].environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    hosts = [urlsplit(server.url).netloc for server in servers]
    people = json.loads(said.stdout.splitlines()[-1])
    # Two in a row go to one server, so that both organisations are at both.
    return [Desk(desk.base, one, hosts[n // 2 % len(hosts)]) for n, one in enumerate(people)]


def live(stage: Stage) -> list[Figure]:
    """Fifty typists in one text."""
    with serve(stage.folder / "live", {"THREADS": "96"}) as server:
        return _figures("live", typed([server], crowd([server], TYPISTS)))


def _twenty_pages() -> list[Words]:
    words = "The displaced people of the settlement need water, shelter and protection. " * 24
    return [Words(uuid(n), "paragraph", f"Clause {n}", words.strip()) for n in range(PAGES * 2)]


def uuid(number: int) -> Any:
    """An identity that differs from all others here."""
    from uuid import UUID  # noqa: PLC0415 - one line

    return UUID(int=(number + 1) << 70)


def _letters(doc: Doc[Any], clause: int) -> XmlText:
    found = fragment(doc).children[clause].children[0].children[0]
    assert isinstance(found, XmlText)
    return found


def opens(_stage: Stage) -> list[Figure]:
    """A text with 100,000 edits, from its snapshot."""
    doc, rng = Doc(), random.Random(1)
    doc.apply_update(made_of(_twenty_pages()))
    for _ in range(5_000):
        # People type in runs: a place, some words, a slip of the hand taken back.
        letters = _letters(doc, rng.randrange(PAGES * 2))
        at = rng.randrange(len(letters))
        with doc.transaction():
            for _key in range(16):
                letters.insert(at, rng.choice("etaoin "))
                at += 1
            for _key in range(4):
                at -= 1
                del letters[at : at + 1]
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
    server.apply_update(made_of(_twenty_pages()))
    away: Doc[Any] = Doc()
    away.apply_update(server.get_update())
    left, rng = away.get_state(), random.Random(2)
    for doc, many in ((away, 1_000), (server, 5_000)):
        for _ in range(many):
            letters = _letters(doc, rng.randrange(PAGES * 2))
            letters.insert(rng.randrange(len(letters)), "y")
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


def kill(stage: Stage) -> list[Figure]:
    """kill -9 in the middle of acknowledged steps, and what is there afterwards."""
    home, acknowledged, lost, times = stage.folder / "kill", 0, 0, 20
    names: set[str] = set()
    for turn in range(times):
        with serve(home, {"THREADS": "48"}) as server:
            desk = _desks(server)[0]
            typist = Typist(desk, 0, Log())
            whole, _number = desk.state()
            typist.doc.apply_update(whole)
            text = str(fragment(typist.doc))
            lost += sum(name not in text for name in names)
            typist.doc.observe(typist._made)
            line = desk.connect()
            stop = time.monotonic() + 30
            worker = threading.Timer(0.5 + random.random(), _end, args=(server,))
            worker.start()
            while time.monotonic() < stop:
                name = f"<{turn}.{acknowledged}>".replace("<", "a").replace(">", "z")
                letters = _letters(typist.doc, 1)
                letters.insert(len(letters), name)
                step, typist.steps = typist.steps[0], []
                try:
                    typist.post(line, step, secrets.token_hex(8), 0)
                except (OSError, http.client.HTTPException, ValueError):
                    break
                names.add(name)
                acknowledged += 1
            worker.join()
    note = f"{acknowledged:,} acknowledged, killed {times} times"
    shutil.rmtree(home, ignore_errors=True)
    return [Figure("kill: acknowledged steps lost", lost, "", 0, True, note)]


def _end(server: Server) -> None:
    """At once, workers first."""
    below = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text()
    for pid in [*map(int, below.split()), server.process.pid]:
        os.kill(pid, signal.SIGKILL)


def streams(stage: Stage) -> list[Figure]:
    """Two hundred open streams, and pages beside them."""
    with serve(stage.folder / "streams", {"THREADS": "216"}) as server:
        desks = _desks(server)
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
    note = f"{taken} streams; p95 {busy:.0f} ms, without them {idle:.0f} ms"
    return [Figure("streams: pages beside them", busy / idle, "times", 2, True, note)]


def _pages(who: Visitor) -> float:
    times = []
    for _ in range(60):
        begun = time.perf_counter()
        who.get("/")
        times.append(1000 * (time.perf_counter() - begun))
    return sorted(times)[56]


CASES = {"live": live, "merge": merge, "open": opens, "kill": kill, "streams": streams}
