"""What this process keeps of a draft in memory, and nothing that the tables do not have."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from pycrdt import Doc

from advocacy.access.actor import Actor
from advocacy.ground.errors import TooMany
from advocacy.ground.reasons import Reason
from advocacy.live.rules import fragment

Row = tuple[int, bytes]
_FORGOTTEN_AFTER = 60.0
_MOST_ROOMS = 200
_MOST_PEOPLE = 10_000


@dataclass(eq=False)
class Listener:
    """One open stream. token, actor: who listens, as of the last full look."""

    token: str
    bearer_id: UUID
    actor: Actor
    looked_at: float
    waiting: list[bytes] = field(default_factory=list)
    is_over: bool = False


@dataclass(eq=False)
class Room:
    """A draft in this process.

    made: the step that the last change of `doc` came to. genesis: its first step, while it has no
    row.
    lock: held by whoever reads or changes `doc`, by a writer until its commit. sequence: the last
    row that `doc` has. touched: places of clauses that were written in since `begin`.
    news: tells the one who sends; sent: tells the streams. Both guard what is listed after them.
    """

    document_id: UUID
    lock: Any = field(default_factory=threading.RLock)
    doc: Doc[Any] | None = None
    text: Any = None
    sequence: int = 0
    touched: set[int] = field(default_factory=set)
    is_reordered: bool = False
    made: bytes = b""
    genesis: bytes = b""

    news: threading.Condition = field(default_factory=threading.Condition)
    outgoing: list[Row] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    is_stirred: bool = False
    is_behind: bool = False

    sent: threading.Condition = field(default_factory=threading.Condition)
    listeners: list[Listener] = field(default_factory=list)
    sent_sequence: int = 0
    present: dict[str, tuple[float, str]] = field(default_factory=dict)
    is_served: bool = False

    def begin(self, doc: Doc[Any], sequence: int) -> None:
        """Keep a document, and hear of what changes in it."""
        self.doc, self.sequence = doc, sequence
        # What is not kept hears nothing.
        self.text = fragment(doc)
        self.text.observe_deep(self._changed)
        doc.observe(self._made)

    def _made(self, event: Any) -> None:
        self.made = event.update

    def _changed(self, events: list[Any]) -> None:
        for event in events:
            if event.path:
                self.touched.add(int(event.path[0]))
            else:
                self.is_reordered = True

    def forget(self) -> None:
        """Let the copy go: it may hold what was never stored."""
        self.doc, self.text, self.sequence = None, None, 0
        self.touched, self.is_reordered = set(), False

    def publish(self, rows: list[Row]) -> None:
        """Rows that are committed. Told in any order; sent in theirs."""
        with self.news:
            self.outgoing += rows
            self.stir()

    def stir(self, *, is_behind: bool = False) -> None:
        """There is something to look at."""
        with self.news:
            self.is_behind |= is_behind
            self.is_stirred = True
            self.news.notify_all()

    def tell(self, client: str, entry: str, at: float, *, is_gone: bool) -> None:
        """Where somebody is in the text, or that they left it."""
        with self.news:
            self.present = {
                name: (when, said)
                for name, (when, said) in self.present.items()
                if at - when < _FORGOTTEN_AFTER
            }
            if is_gone:
                self.present.pop(client, None)
            else:
                self.present[client] = (at, entry)
            self.told[client] = entry
            self.stir()


class Rooms:
    """The rooms of this process, by database and draft."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rooms: dict[tuple[str, UUID], Room] = {}

    def of(self, database: str, document_id: UUID) -> Room:
        """The room of a draft."""
        with self._lock:
            found = self._rooms.pop((database, document_id), None) or Room(document_id)
            self._rooms[database, document_id] = found
            if len(self._rooms) > _MOST_ROOMS:
                self._let_go()
            return found

    def _let_go(self) -> None:
        """The document that was asked for longest ago leaves memory."""
        for room in list(self._rooms.values())[: len(self._rooms) - _MOST_ROOMS]:
            if not room.listeners and room.lock.acquire(blocking=False):
                try:
                    room.forget()
                finally:
                    room.lock.release()

    def known(self, database: str, document_id: UUID) -> Room | None:
        """The room if there is one."""
        return self._rooms.get((database, document_id))

    def all(self, database: str) -> list[Room]:
        """Every room of a database."""
        with self._lock:
            return [room for (where, _id), room in self._rooms.items() if where == database]


ROOMS = Rooms()

PACE, BURST = 20.0, 100.0


class _Pace:
    """How fast each person sends: PACE steps a second for long, BURST at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: dict[UUID | None, tuple[float, float]] = {}

    def __call__(self, person_id: UUID | None) -> None:
        """Count one step. Raises TooMany."""
        with self._lock:
            now = monotonic()
            left, at = self._left.pop(person_id, (BURST, now))
            left = min(BURST, left + (now - at) * PACE)
            self._left[person_id] = (left - (left >= 1), now)
            if len(self._left) > _MOST_PEOPLE:
                self._left.pop(next(iter(self._left)))
        if left < 1:
            raise TooMany(Reason("live.too-fast", facts={"seconds": 2}))


pace = _Pace()


@contextmanager
def open_room(room: Room) -> Iterator[Room]:
    """The room, with nobody else at its document."""
    with room.lock:
        yield room


@dataclass(frozen=True)
class Where:
    """A draft as its writer found it, for what is stored beside it."""

    document_id: UUID
    audience_id: UUID
    own_audience_id: UUID
    at: datetime
