"""The same typist at a server that speaks the WebSocket protocol of y-websocket.

Types, hears and counts as at ours; only what carries the steps is another. A step has no number
there: it is known again by its bytes.
"""

import asyncio
import os
import time
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any

from pycrdt import create_sync_message, create_update_message, handle_sync_message, read_message

from tests.bench.live_typists import Typist

SYNC, STEP_1 = 0, 0
BINARY, PING, PONG = 2, 9, 10


@dataclass
class Socket:
    """A WebSocket, as much of it as this needs."""

    host: str
    path: str
    reader: Any = None
    writer: Any = None
    down: int = 0

    async def open(self) -> None:
        """Shake hands."""
        name, port = self.host.rsplit(":", 1)
        self.reader, self.writer = await asyncio.open_connection(name, int(port), limit=2**24)
        key = b64encode(os.urandom(16)).decode()
        said = {
            "Host": self.host,
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": key,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        self.writer.write(f"GET {self.path} HTTP/1.1\r\n{lines}\r\n".encode())
        answer = await self.reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in answer.split(b"\r\n")[0]:
            raise RuntimeError(f"no socket: {answer[:100]!r}")

    def send(self, payload: bytes, kind: int = BINARY) -> None:
        """One message, masked as a client's must be."""
        size = len(payload)
        if size < 126:
            head = bytes([128 | kind, 128 | size])
        elif size < 2**16:
            head = bytes([128 | kind, 128 | 126]) + size.to_bytes(2, "big")
        else:
            head = bytes([128 | kind, 128 | 127]) + size.to_bytes(8, "big")
        # A mask of zeros leaves the bytes as they are.
        self.writer.write(head + bytes(4) + payload)

    async def receive(self) -> tuple[int, bytes]:
        """The next message: its kind and what it holds."""
        first, second = await self.reader.readexactly(2)
        size, more = second & 127, 0
        if size > 125:
            more = 2 if size == 126 else 8
            size = int.from_bytes(await self.reader.readexactly(more), "big")
        payload = await self.reader.readexactly(size)
        self.down += 2 + more + size
        return first & 15, payload


@dataclass
class SocketTypist(Typist):
    """A typist at the peer."""

    first: bytes = b""
    ours: dict[bytes, float] = field(default_factory=dict)

    async def open(self) -> None:
        """Take the text, or bring it there as the first."""
        self.socket = Socket(self.line.host, self.base)
        await self.socket.open()
        self.socket.send(create_sync_message(self.doc))
        if self.first:
            self.doc.apply_update(self.first)
            self.socket.send(create_update_message(self.first))
        self.doc.observe(self._made)
        self.listening = asyncio.create_task(self._hear())
        until = time.monotonic() + 20
        while not self.letters() and time.monotonic() < until:
            await asyncio.sleep(0.05)

    async def _hear(self) -> None:
        while True:
            kind, said = await self.socket.receive()
            if kind == PING:
                self.socket.send(said, PONG)
            if kind != BINARY or said[0] != SYNC:
                continue
            self.is_hearing = True
            answer = handle_sync_message(said[1:], self.doc)
            self.is_hearing = False
            if answer:
                self.socket.send(answer)
            if said[1] != STEP_1:
                self.log.heard_bytes.append((read_message(said[2:]), time.monotonic()))

    async def _post(self, step: bytes, key: str) -> None:
        self.log.sent_bytes[step] = time.monotonic()
        self.socket.send(create_update_message(step))
        await self.socket.writer.drain()

    def received(self) -> int:
        """Bytes that came down."""
        return self.socket.down
