"""Many typists in one process: `python -m tests.bench.live_typists`, spoken to by `live`.

One loop and plain sockets, so that what is measured is the server and not its visitors. Reads a
plan (JSON, one line), says "ready", waits for a line, types, says "typed", waits for a line, and
then says what it found (JSON).
"""

import asyncio
import json
import random
import sys
import time
import zlib
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any

from pycrdt import Doc, XmlText

from advocacy.text.shape import fragment, words_of

BYTES = {"Content-Type": "application/octet-stream"}
PACKED = {"Accept-Encoding": "gzip"}
KEYS = 5.0
"""A second."""


@dataclass
class Line:
    """One connection that is kept."""

    host: str
    headers: dict[str, str]
    reader: Any = None
    writer: Any = None

    async def ask(
        self, method: str, path: str, body: bytes = b"", **more: str
    ) -> tuple[int, dict[str, str], bytes]:
        """One question and its answer."""
        if self.writer is None:
            name, port = self.host.rsplit(":", 1)
            self.reader, self.writer = await asyncio.open_connection(name, int(port), limit=2**24)
        said = {"Host": self.host, "Content-Length": str(len(body)), **self.headers, **more}
        lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        status, headers = await self.head()
        size = int(headers.get("content-length", "0"))
        return status, headers, await self.reader.readexactly(size)

    async def head(self) -> tuple[int, dict[str, str]]:
        """The first line and the headers of an answer."""
        raw = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = [line.partition(":") for line in raw[1:] if line]
        status = int(raw[0].split(" ")[1])
        return status, {name.lower(): value.strip() for name, _colon, value in pairs}

    async def stream(self, path: str) -> None:
        """Begin a stream. HTTP/1.0: its lines come as they are."""
        name, port = self.host.rsplit(":", 1)
        self.reader, self.writer = await asyncio.open_connection(name, int(port), limit=2**24)
        lines = "".join(
            f"{k}: {v}\r\n" for k, v in {"Host": self.host, **PACKED, **self.headers}.items()
        )
        self.writer.write(f"GET {path} HTTP/1.0\r\n{lines}\r\n".encode())
        status, _headers = await self.head()
        if status != 200:
            raise RuntimeError(f"events: {status}")


@dataclass
class Log:
    """When each step left its writer, and when others heard it."""

    sent: dict[int, float] = field(default_factory=dict)
    waits: list[tuple[int, float]] = field(default_factory=list)
    keys: int = 0
    refused: int = 0
    sent_bytes: dict[bytes, float] = field(default_factory=dict)
    heard_bytes: list[tuple[bytes, float]] = field(default_factory=list)

    def latencies(self) -> list[float]:
        """Milliseconds from leaving one page to standing in another, sorted."""
        numbered = [at - self.sent[n] for n, at in self.waits if n in self.sent]
        known = self.sent_bytes
        bare = [at - known[step] for step, at in self.heard_bytes if step in known]
        return sorted(1000 * wait for wait in numbered + bare)


@dataclass
class Typist:
    """Types into one clause, hears the others, and notes when each step was heard."""

    base: str
    line: Line
    ear: Line
    number: int
    log: Log
    window: float
    doc: Doc[Any] = field(default_factory=Doc)
    steps: list[bytes] = field(default_factory=list)
    sequence: int = 0
    is_hearing: bool = False
    down: int = 0

    async def open(self) -> None:
        """Take the text and keep the stream."""
        status, headers, whole = await self.line.ask("GET", f"{self.base}/state")
        if status != 200:
            raise RuntimeError(f"state: {status}")
        self.sequence = int(headers["x-sequence"])
        self.doc.apply_update(whole)
        self.doc.observe(self._made)
        await self.ear.stream(f"{self.base}/events?since={self.sequence}")
        self.listening = asyncio.create_task(self._hear())

    def _made(self, event: Any) -> None:
        if not self.is_hearing:
            self.steps.append(event.update)

    async def _hear(self) -> None:
        number, unpack, rest = 0, zlib.decompressobj(31), b""
        while part := await self.ear.reader.read(65_536):
            self.down += len(part)
            *lines, rest = (rest + unpack.decompress(part)).split(b"\n")
            for line in lines:
                number = self._heard(line, number)

    def _heard(self, said: bytes, number: int) -> int:
        if said.startswith(b"id: "):
            return int(said[4:])
        if said.startswith(b"data: ") and not said.startswith(b"data: ["):
            at = time.monotonic()
            self.is_hearing = True
            self.doc.apply_update(b64decode(said[6:]))
            self.is_hearing = False
            self.log.waits += [(n, at) for n in range(self.sequence + 1, number + 1)]
            self.sequence = number
        return number

    async def type_for(self, seconds: float) -> None:
        """Key by key; what gathered goes up at the end of each window."""
        rng, count = random.Random(self.number), 0
        until = time.monotonic() + seconds
        await asyncio.sleep(rng.random() * self.window)
        while time.monotonic() < until:
            begun = time.monotonic()
            many = 1 + (rng.random() < self.window * KEYS - 1)
            with self.doc.transaction():
                for _ in range(many):
                    self._key(rng)
            self.log.keys += many
            count += 1
            step, self.steps = self.steps[0], []
            await self._post(step, f"t{self.number}:{count}")
            await asyncio.sleep(max(0.0, self.window - (time.monotonic() - begun)))

    def _key(self, rng: random.Random) -> None:
        letters = self.letters()
        if isinstance(letters, XmlText):
            letters.insert(len(letters), rng.choice("etaoin shrdlu"))

    def letters(self) -> Any:
        """Those of the clause one types in; None where the text has not come yet."""
        clauses = fragment(self.doc).children
        return clauses[self.number % len(clauses)].children[0].children[0] if len(clauses) else None

    def received(self) -> int:
        """Bytes that came down."""
        return self.down

    async def _post(self, step: bytes, key: str) -> None:
        sent = time.monotonic()
        while True:
            status, _headers, body = await self.line.ask(
                "POST", f"{self.base}/updates", step, **{"Idempotency-Key": key, **BYTES}
            )
            if status == 200:
                self.log.sent[json.loads(body)["sequence"]] = sent
                return
            if status not in {429, 503}:
                raise RuntimeError(f"updates: {status} {body[:200]!r}")
            self.log.refused += 1
            await asyncio.sleep(0.5)


def _texts(typists: list[Typist]) -> int:
    texts = {tuple(words_of(c) for c in fragment(each.doc).children) for each in typists}
    return len(texts)


async def _said() -> str:
    return await asyncio.to_thread(sys.stdin.readline)


def _seated(plan: dict[str, Any], log: Log) -> list[Typist]:
    from tests.bench.live_socket import SocketTypist  # noqa: PLC0415 - it is a typist too

    typists: list[Typist] = []
    for number in range(plan["typists"]):
        desk = plan["desks"][number % len(plan["desks"])]
        lines = [Line(desk["host"], desk["headers"]) for _ in range(2)]
        kind = SocketTypist if plan["is_socket"] else Typist
        typists.append(kind(desk["base"], *lines, number, log, plan["window"]))
    if plan["is_socket"]:
        typists[0].first = b64decode(plan["text"])  # type: ignore[attr-defined]  # one of those
    return typists


async def main() -> None:
    """As the first line says."""
    plan = json.loads(await _said())
    log = Log()
    typists = _seated(plan, log)
    for each in typists:
        await each.open()
    await asyncio.sleep(0.5)
    before = sum(each.received() for each in typists)
    print("ready", flush=True)
    await _said()
    await asyncio.gather(*(each.type_for(plan["seconds"]) for each in typists))
    print("typed", flush=True)
    await _said()
    until = time.monotonic() + 10
    while _texts(typists) > 1 and time.monotonic() < until:
        await asyncio.sleep(0.5)
    waits = log.latencies()
    found = {
        "one_text": _texts(typists) == 1,
        "messages": len(log.sent) + len(log.sent_bytes),
        "heard": len(waits),
        "refused": log.refused,
        "keys": log.keys,
        "down": sum(each.received() for each in typists) - before,
        "p50": waits[len(waits) // 2],
        "p95": waits[int(len(waits) * 0.95)],
        "own": time.process_time(),
    }
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
