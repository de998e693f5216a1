"""The stream down: what is new in a draft, to all who have it open.

One thread per open draft sends for everybody: it waits, lets some milliseconds of typing gather,
asks again who may still read, and writes one event for all. A stream itself only waits for its
turn: it holds a thread, and no connection to the database.
"""

import json
import logging
import threading
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic, sleep
from uuid import UUID

import psycopg
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from advocacy.access import bearer
from advocacy.access.actor import Actor, anonymous
from advocacy.drafting import queries as drafts
from advocacy.ground import clock
from advocacy.ground.errors import Busy, NotFound
from advocacy.ground.reasons import Reason
from advocacy.ground.unit import Database
from advocacy.live import queries
from advocacy.live.actions import CHANNEL
from advocacy.live.rows import ROOMS, Listener, Room, Row
from advocacy.web import gate

log = logging.getLogger(__name__)

KEPT_FOR_PAGES = 16
SILENCE, LOOK, FULL_LOOK = 15.0, 5.0, 2.0
"""Seconds: between signs of life, between looks at access when nothing is typed, and between full
looks (seat, acting for another) at one reader."""
GATHER, LONGEST_GATHER = 0.0006, 0.03
"""Seconds of gathering per listener, and at most: few readers hear at once, many in one event."""


class _Count:
    """How many streams this process holds."""

    def __init__(self) -> None:
        self.lock, self.open = threading.Lock(), 0


COUNT = _Count()


def enter(room: Room, listener: Listener, *, threads: int) -> int:
    """Take a place; the number up to which the listener must read for itself.

    Raises: Busy when the streams have their share of the threads.
    """
    with COUNT.lock:
        if COUNT.open >= threads - KEPT_FOR_PAGES:
            raise Busy(Reason("live.full", facts={"seconds": 30}))
        COUNT.open += 1
    with room.sent:
        if not room.listeners:
            room.sent_sequence = room.sequence
        room.listeners.append(listener)
        return room.sent_sequence


def leave(room: Room, listener: Listener) -> None:
    """Give the place back; once."""
    with room.sent:
        if listener not in room.listeners:
            return
        room.listeners.remove(listener)
    with COUNT.lock:
        COUNT.open -= 1
    room.stir()


def events(room: Room, listener: Listener, first: list[Row]) -> Iterator[bytes]:
    """What one browser hears, until it leaves or may not hear more."""
    try:
        yield b": here\n\n" + _event(first) + _presence([said for _at, said in _present(room)])
        while True:
            with room.sent:
                if not listener.waiting and not listener.is_over:
                    room.sent.wait(SILENCE)
                waiting, listener.waiting = listener.waiting, []
            if waiting:
                yield b"".join(waiting)
            elif listener.is_over:
                return
            else:
                yield b":\n\n"
    finally:
        leave(room, listener)


def _present(room: Room) -> list[tuple[float, str]]:
    with room.news:
        return list(room.present.values())


def _event(rows: list[Row]) -> bytes:
    if not rows:
        return b""
    return b"id: %d\ndata: %s\n\n" % (rows[-1][0], b64encode(queries.merged(rows)))


def _presence(entries: list[str]) -> bytes:
    if not entries:
        return b""
    return b"event: presence\ndata: [%s]\n\n" % ",".join(entries).encode()


# --- the one who sends ---------------------------------------------------------------------------


def serve(room: Room, database: Database) -> None:
    """See that somebody sends in this room, and that other processes are heard."""
    if not database.is_sqlite:
        _EARS.listen(database.engine.url)
    with room.sent:
        if room.is_served:
            return
        room.is_served = True
    threading.Thread(target=_send_all, args=(room, database), daemon=True).start()


def _send_all(room: Room, database: Database) -> None:
    while True:
        with room.news:
            room.news.wait_for(lambda: room.is_stirred, LOOK)
            room.is_stirred = False
        with room.sent:
            if not room.listeners:
                room.is_served = False
                return
            many = len(room.listeners)
        if many > 1:
            sleep(min(many * GATHER, LONGEST_GATHER))
        try:
            _send(room, database)
        except SQLAlchemyError as error:
            # The next look tries again, from the same place.
            log.warning("stream: %s", type(error).__name__)
            with room.news:
                room.is_behind = True
            sleep(1)


def _send(room: Room, database: Database) -> None:
    with room.news:
        rows, room.outgoing = sorted(room.outgoing), []
        told, room.told = list(room.told.values()), {}
        is_behind, room.is_behind = room.is_behind, False
    with room.sent:
        listeners = list(room.listeners)
    may = _may_hear(room.document_id, database, listeners)
    rows = [row for row in rows if row[0] > room.sent_sequence]
    has_gap = bool(rows) and rows[-1][0] - room.sent_sequence != len(rows)
    if (is_behind or has_gap) and may:
        rows = _read(room, database, may[0].actor)
    said = _event(rows) + _presence(told)
    with room.sent:
        if rows:
            room.sent_sequence = rows[-1][0]
        for listener in listeners:
            if listener in may:
                if said:
                    listener.waiting.append(said)
            else:
                listener.is_over = True
        room.sent.notify_all()


def _read(room: Room, database: Database, actor: Actor) -> list[Row]:
    with database.reading(replace(actor, now=clock.now())) as session:
        return queries.since(session, actor, room.document_id, room.sent_sequence)


def _may_hear(document_id: UUID, database: Database, listeners: list[Listener]) -> list[Listener]:
    """Who may still read: their session is alive, their organisation sees the open text."""
    now = clock.now()
    with database.reading(anonymous(now)) as session:
        alive = bearer.alive(session, {each.bearer_id for each in listeners}, now=now)
    sees: dict[UUID | None, bool] = {}
    may = []
    for each in listeners:
        if each.bearer_id not in alive or not _looked(database, each):
            continue
        organisation = each.actor.organisation_id
        if organisation not in sees:
            actor = replace(each.actor, now=now)
            with database.reading(actor) as session:
                sees[organisation] = drafts.is_open_to(session, actor, document_id)
        if sees[organisation]:
            may.append(each)
    return may


def _looked(database: Database, listener: Listener) -> bool:
    """Whether the session still acts for the same organisation; looked at now and then."""
    if monotonic() - listener.looked_at < FULL_LOOK:
        return True
    now = clock.now()
    with database.reading(anonymous(now)) as session:
        try:
            found = gate.load_actor(session, listener.token, now).actor
        except NotFound:
            return False
    was, listener.actor = listener.actor, found
    listener.looked_at = monotonic()
    return found.holding_id == was.holding_id


# --- what other processes say --------------------------------------------------------------------


class _Ears:
    """One connection per process that hears of steps stored by others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: set[str] = set()

    def listen(self, url: URL) -> None:
        """Begin, once."""
        with self._lock:
            if str(url) in self._known:
                return
            self._known.add(str(url))
        threading.Thread(target=self._listen, args=(url,), daemon=True).start()

    def _listen(self, url: URL) -> None:
        where = url.set(drivername="postgresql").render_as_string(hide_password=False)
        while True:
            try:
                with psycopg.connect(where, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    for room in ROOMS.all(str(url)):
                        room.stir(is_behind=True)  # what was said while nobody listened
                    for heard in connection.notifies():
                        _heard(str(url), heard.payload)
            except psycopg.Error as error:
                log.warning("stream: not connected, %s", type(error).__name__)
                sleep(1)


_EARS = _Ears()


def _heard(database: str, payload: str) -> None:
    document_id, _blank, entry = payload.partition(" ")
    room = ROOMS.known(database, UUID(document_id))
    if room is None:
        return
    if entry:
        said = json.loads(entry)
        room.tell(str(said["client"]), entry, monotonic(), is_gone=bool(said["gone"]))
    else:
        room.stir(is_behind=True)
