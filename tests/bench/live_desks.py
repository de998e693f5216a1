"""Who types where: the live text as its page gives it to a script, and many people at it."""

import http.client
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from pycrdt import Doc, XmlText

from advocacy.text.shape import Words, fragment, put
from tests.bench.visitor import Visitor
from tests.journeys.server import ROOT, Server

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

    def post(self, line: http.client.HTTPConnection, step: bytes, key: str) -> int:
        """Send a step; the status of the answer."""
        kind = {"Content-Type": "application/octet-stream", "Idempotency-Key": key}
        line.request("POST", f"{self.base}/updates", step, {**self.headers, **kind})
        answer = line.getresponse()
        answer.read()
        return answer.status

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


def cpu(pid: int) -> float:
    """Seconds of processor time of a server and its workers."""
    ticks = 0
    pids, todo = [], [pid]
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


def desks_of(server: Server) -> list[Desk]:
    """The same text, as two organisations open it."""
    people = [Visitor(server, server.person(name)) for name in PEOPLE]
    for path in people[0].links("/positions/in/testland", r"/positions/[0-9a-f-]{36}"):
        if all("data-live" in who.get(path) for who in people):
            return [Desk.of(who, path) for who in people]
    raise RuntimeError("no text that both write in")


def crowd(servers: list[Server], many: int) -> list[Desk]:
    """The same text as each of many people has it open, spread over the servers."""
    desk = desks_of(servers[0])[0]
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


def twenty_pages() -> list[Words]:
    """A text of some length."""
    words = "The displaced people of the settlement need water, shelter and protection. " * 24
    return [Words(uuid(n), "paragraph", f"Clause {n}", words.strip()) for n in range(PAGES * 2)]


def uuid(number: int) -> UUID:
    """An identity that differs from all others here."""
    return UUID(int=(number + 1) << 70)


def letters(doc: Doc[Any], clause: int) -> XmlText:
    """The letters of a clause's first paragraph."""
    found = fragment(doc).children[clause].children[0].children[0]
    assert isinstance(found, XmlText)
    return found


def lengthen(desk: Desk) -> None:
    """Make the text as long as twenty pages, by one paste."""
    doc: Doc[Any] = Doc()
    doc.apply_update(desk.state()[0])
    text, before = fragment(doc), doc.get_state()
    with doc.transaction():
        for words in twenty_pages():
            put(text, len(text.children), words)
    line = desk.connect()
    status = desk.post(line, doc.get_update(before), "twenty-pages")
    line.close()
    if status != 200:
        raise RuntimeError(f"paste: {status}")
