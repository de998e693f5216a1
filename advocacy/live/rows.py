"""What this process keeps of a draft in memory, and nothing that the tables do not have."""

import threading
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from queue import SimpleQueue
from time import monotonic
from typing import Any
from uuid import UUID

from pycrdt import Doc

from advocacy.access.actor import Actor
from advocacy.ground.errors import TooMany
from advocacy.ground.reasons import Reason
from advocacy.text.shape import Words, cid_of, fragment, is_clause, words_of

Row = tuple[int, bytes]
_FORGOTTEN_AFTER = 60.0
WINDOW, WIDE_WINDOW, MANY = 0.3, 1.0, 80
"""Seconds of typing in one step; the longer ones where more people than that have it open."""
GATHER, LONGEST_GATHER = 0.00025, 0.02
"""Seconds of gathering per listener, and at most."""
_MOST_ROOMS = 200
_MOST_PEOPLE = 10_000


class Packing:
    """Packs (gzip) what all readers of a room are sent, once for all of them.

    What was said before makes what follows shorter, so whoever joins makes it begin anew: from
    there on every reader has heard the same. Nothing may come in between but BREATH, which says
    nothing.
    """

    HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    BREATH = b"\0\0\0\xff\xff"

    def __init__(self) -> None:
        self._made = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)

    def __call__(self, said: bytes) -> bytes:
        """The next part."""
        return self._made.compress(said) + self._made.flush(zlib.Z_SYNC_FLUSH)


@dataclass(eq=False)
class Listener:
    """One open stream. token, actor: who listens, as of the last full look. is_packed: takes what
    is said packed; has_begun: has heard something that all were sent."""

    token: str
    bearer_id: UUID
    actor: Actor
    looked_at: float
    is_packed: bool = False
    has_begun: bool = False
    waiting: SimpleQueue[bytes | None] = field(default_factory=SimpleQueue)


@dataclass(eq=False)
class Step:
    """A step that waits to be stored with others. token, acting_for: who sends it, unasked yet.

    is_counted: its sender's pace counts it already. number: once it is stored; None = it was not,
    and is to be asked for alone. done: held until that is known.
    """

    token: str
    acting_for: str
    key: str
    payload: bytes
    is_counted: bool = False
    number: int | None = None
    done: Any = field(default_factory=threading.Lock)


@dataclass
class Wrote:
    """The last step that wrote in a clause, and whose it was. words: read from it, kept."""

    number: int
    organisation_id: UUID | None
    at: datetime | None
    words: Words | None = None


@dataclass(eq=False)
class Room:
    """A draft in this process.

    made: the step that the last change of `doc` came to. genesis: its first step, while it has no
    row.
    lock: held by whoever reads or changes `doc`, by a writer until its commit. sequence: the last
    row that `doc` has; base: the one it was opened at. touched: places of clauses that the last
    step wrote in; is_reordered, is_marked: it changed which clauses there are, or what they are.
    wrote: by clause, who wrote in it last. began: since when an organisation is known to write in
    a clause. room_left: characters that a clause may surely still take. derived_at: when the
    clauses got the words; line: those of which step. kept, kept_at: the last snapshot.
    news: tells the one who sends; is_at_once: what is new was gathered before it was stored here,
    and waits no second time; sent: guards the streams. last: one who listened last. sent_at:
    when it last sent something; packing: for all who listen.
    steps: those that wait to be stored together; is_gathering: somebody waits for more of them;
    turn: held while some are stored.
    """

    document_id: UUID
    lock: Any = field(default_factory=threading.RLock)
    doc: Doc[Any] | None = None
    text: Any = None
    sequence: int = 0
    base: int = 0
    touched: set[int] = field(default_factory=set)
    is_reordered: bool = False
    is_marked: bool = False
    made: bytes = b""
    _found: tuple[set[int], dict[UUID, Any]] | None = None
    genesis: bytes = b""
    wrote: dict[UUID, Wrote] = field(default_factory=dict)
    began: dict[tuple[UUID, UUID | None], datetime] = field(default_factory=dict)
    room_left: dict[UUID, int] = field(default_factory=dict)
    derived_at: float = 0.0
    line: int = 0
    kept: int = 0
    kept_at: float = 0.0

    news: threading.Condition = field(default_factory=threading.Condition)
    told: dict[str, str] = field(default_factory=dict)
    is_stirred: bool = False
    is_at_once: bool = False

    sent: Any = field(default_factory=threading.Lock)
    listeners: list[Listener] = field(default_factory=list)
    sent_sequence: int = 0
    present: dict[str, tuple[float, str]] = field(default_factory=dict)
    is_served: bool = False
    last: Actor | None = None
    sent_at: float = 0.0
    packing: Packing = field(default_factory=Packing)

    steps: list[Step] = field(default_factory=list)
    is_gathering: bool = False
    turn: Any = field(default_factory=threading.Lock)

    def begin(self, doc: Doc[Any], sequence: int) -> None:
        """Keep a document, and hear of what changes in it."""
        self.doc, self.sequence, self.base, self.kept = doc, sequence, sequence, sequence
        # What is not kept hears nothing.
        self.text = fragment(doc)
        self.text.observe_deep(self._changed)
        doc.observe(self._made)

    def _made(self, event: Any) -> None:
        self.made = event.update

    def _changed(self, events: list[Any]) -> None:
        for event in events:
            if not event.path:
                self.is_reordered = True
                self.touched |= _inserted(event.delta)
                continue
            self.touched.add(int(event.path[0]))
            if len(event.path) == 1:
                keys = event.keys or {}
                self.is_reordered |= "cid" in keys
                self.is_marked |= "kind" in keys

    def clean(self) -> None:
        """The next change is the first that counts."""
        self.touched, self.is_reordered, self.is_marked, self.made = set(), False, False, b""
        self._found = None

    def note(self, number: int, organisation_id: UUID | None, at: datetime) -> None:
        """The change since `clean` was this step, of this organisation."""
        for cid in self.clauses_touched():
            self.wrote[cid] = Wrote(number, organisation_id, at)

    def clauses_touched(self) -> dict[UUID, Any]:
        """The clauses that the last change wrote in."""
        if self._found is not None and self._found[0] == self.touched:
            return self._found[1]
        children = self.text.children
        found: dict[UUID, Any] = {}
        for at in sorted(self.touched):
            node = children[at] if at < len(children) else None
            cid = cid_of(node) if is_clause(node) else None
            if cid is not None:
                found.setdefault(cid, node)
        self._found = set(self.touched), found
        return found

    def newer(self, number: int) -> dict[UUID, Wrote]:
        """The clauses that were written in after a step, with their words.

        Where the copy was opened after that step nobody remembers which: then all of them.
        """
        if not any(each.number > number for each in self.wrote.values()) and self.base <= number:
            return {}
        found = {}
        for node in self.text.children:
            cid = cid_of(node) if is_clause(node) else None
            wrote = self.wrote.get(cid) if cid else None
            if cid is None or cid in found or not is_clause(node):
                continue
            if wrote is None and self.base > number:
                found[cid] = Wrote(self.base, None, None, words_of(node))
            elif wrote is not None and wrote.number > number:
                wrote.words = wrote.words or words_of(node)
                found[cid] = wrote
        return found

    def forget(self) -> None:
        """Let the copy go: it may hold what was never stored."""
        self.doc, self.text, self.sequence, self.base = None, None, 0, 0
        self.wrote, self.began, self.room_left, self.derived_at = {}, {}, {}, 0.0
        self.clean()

    def heard_of_line(self, number: int) -> None:
        """The clauses have the words of this step; another process may have given them."""
        if number > self.line:
            self.line, self.derived_at = number, monotonic()

    def heard_of_snapshot(self, number: int) -> None:
        """The whole is kept as of this step; another process may have done it."""
        if number > self.kept:
            self.kept, self.kept_at = number, monotonic()

    def pause(self) -> float:
        """Seconds of typing that are gathered: few readers hear at once, many in one event."""
        many = len(self.listeners)
        return min(many * GATHER, LONGEST_GATHER) if many > 1 else 0.0

    def window(self) -> float:
        """Seconds for which a browser gathers what is typed before it sends."""
        return WIDE_WINDOW if len(self.listeners) > MANY else WINDOW

    def stir(self, *, is_at_once: bool = False) -> None:
        """There is something to look at."""
        with self.news:
            self.is_stirred = True
            self.is_at_once |= is_at_once
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


def _inserted(delta: list[dict[str, Any]]) -> set[int]:
    """The places of what was put into the text."""
    places: set[int] = set()
    at = 0
    for part in delta:
        here = int(part["retain"]) if "retain" in part else len(part.get("insert", ()))
        if "insert" in part:
            places.update(range(at, at + here))
        at += here
    return places


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


@dataclass(frozen=True)
class Where:
    """A draft as its writer found it, for what is stored beside it."""

    document_id: UUID
    audience_id: UUID
    own_audience_id: UUID
    at: datetime

    def beside(self, organisation_id: UUID) -> dict[str, UUID]:
        """Whose a row stored beside the draft is, who reads it, and which draft it is of."""
        return {
            "organisation_id": organisation_id,
            "audience_id": self.audience_id,
            "own_audience_id": self.own_audience_id,
            "document_id": self.document_id,
        }
