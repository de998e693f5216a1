"""The stream down: what is new in a draft, to all who have it open.

One thread per open draft sends for everybody: it waits, lets some milliseconds of typing gather,
asks again who may still read, and writes one event for all. A stream itself only waits for its
turn: it holds a thread, and no connection to the database.
"""

import json
import logging
import sqlite3
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from queue import Empty
from time import monotonic, sleep
from uuid import UUID

import psycopg
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from advocacy.access import bearer, guard
from advocacy.access.actor import Actor, anonymous
from advocacy.access.kept import Keeper
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.ground import clock
from advocacy.ground.errors import Busy, DomainError
from advocacy.ground.neighbours import Box, folder_of
from advocacy.ground.reasons import Reason
from advocacy.ground.unit import Database
from advocacy.live import queries, rules
from advocacy.live.actions import CHANNEL
from advocacy.live.rows import ROOMS, Listener, Packing, Room, Row
from advocacy.organisations.queries import actors_signed_in as signed_in

log = logging.getLogger(__name__)

KEPT_FOR_PAGES = 16
SILENCE, LOOK, FULL_LOOK = 15.0, 5.0, 2.0
"""Seconds: between signs of life, between looks at access when nothing is typed, and between full
looks (seat, acting for another) at one reader."""
BLINK = 0.02
"""Seconds between looks at whether another process has written (SQLite)."""


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


@contextmanager
def place(room: Room, listener: Listener, *, threads: int) -> Iterator[None]:
    """The same, given back at once when what follows fails: nobody would end that stream."""
    enter(room, listener, threads=threads)
    try:
        yield
    except BaseException:
        leave(room, listener)
        raise


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
        own = b": here\n\n" + _event(first) + _presence([said for _at, said in _present(room)])
        yield Packing.HEAD + Packing()(own) if listener.is_packed else own
        while True:
            try:
                said = listener.waiting.get(timeout=SILENCE)
            except Empty:
                yield Packing.BREATH if listener.is_packed else b":\n\n"
                continue
            if said is None:
                return
            yield said
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


def serve(room: Room, database: Database, keeper: Keeper | None) -> None:
    """See that somebody sends in this room, and that other processes are heard."""
    if keeper is None:
        _EARS.listen(database.engine.url)
    else:
        _EYES.watch(database, keeper)
    with room.sent:
        if room.is_served:
            return
        room.is_served = True
    threading.Thread(target=_send_all, args=(room, database), daemon=True).start()


def _send_all(room: Room, database: Database) -> None:
    while True:
        with room.news:
            room.news.wait_for(lambda: room.is_stirred, LOOK)
        with room.sent:
            listeners = list(room.listeners)
        if not listeners:
            _rest(room, database)
            with room.sent:
                if not room.listeners:
                    room.is_served = False
                    return
            continue
        room.last = listeners[-1].actor
        rest = room.sent_at + room.pause() - monotonic()
        if rest > 0 and not room.is_at_once:
            sleep(rest)
        room.is_stirred, room.is_at_once, room.sent_at = False, False, monotonic()
        try:
            _send(room, database)
        except SQLAlchemyError as error:
            # The next look tries again, from the same place.
            log.warning("stream: %s", type(error).__name__)
            sleep(1)
            room.stir()


def _rest(room: Room, database: Database) -> None:
    """The last has left: the next opens it from a snapshot. Nothing is lost without it."""
    if room.last is None or room.sequence <= room.base:
        return
    actor = replace(room.last, now=clock.now())
    try:
        with database.writing(actor, lightly=True) as session:
            drafting.rest(session, actor, room.document_id)
    except (SQLAlchemyError, DomainError) as error:
        log.info("stream: no snapshot, %s", type(error).__name__)


def _send(room: Room, database: Database) -> None:
    """One look at the tables and one event, for everybody."""
    with room.news:
        told, room.told = list(room.told.values()), {}
    with room.sent:
        listeners = list(room.listeners)
    may, rows = _may_hear(room, database, listeners)
    said = _event(rows) + _presence(told)
    with room.sent:
        if rows:
            room.sent_sequence = rows[-1][0]
    for listener in listeners:
        if listener not in may:
            listener.waiting.put(None)
    if said:
        _tell([each for each in listeners if each in may], room, said)


def _tell(listeners: list[Listener], room: Room, said: bytes) -> None:
    """The same to all of them."""
    if any(each.is_packed and not each.has_begun for each in listeners):
        room.packing = Packing()
    packed = room.packing(said) if any(each.is_packed for each in listeners) else b""
    for each in listeners:
        each.has_begun = True
        each.waiting.put(packed if each.is_packed else said)


def _may_hear(
    room: Room, database: Database, listeners: list[Listener]
) -> tuple[set[Listener], list[Row]]:
    """Who may still read, and what is new: their session is alive, their organisation sees the
    open text. One question for all sessions, and one for all organisations."""
    now = clock.now()
    with (
        database.reading(anonymous(now)) as session,
        guard.system(session, guard.System.WORKER),
    ):
        by = _alive(session, listeners, now)
        sees = drafts.open_to(session, room.document_id, by, now=now) if by else set()
        may = [each for organisation in sees for each in by[organisation]]
        rows: list[Row] = []
        if may:  # asked as one of them: whatever a reader of the draft sees
            actor = replace(may[0].actor, now=now)
            rows = queries.since(session, actor, room.document_id, room.sent_sequence)
        session.rollback()  # else the wall is told that the block ends, for nothing
    return set(may), rows


def _alive(
    session: Session, listeners: list[Listener], now: datetime
) -> dict[UUID | None, list[Listener]]:
    """Those whose session is alive and acts for whom it did, by organisation."""
    alive = bearer.alive(session, {each.bearer_id for each in listeners}, now=now)
    at = monotonic()
    due = [each for each in listeners if at - each.looked_at >= FULL_LOOK]
    if due:  # who is due soon is looked at in the same question, and from then on with them
        due = [each for each in listeners if at - each.looked_at >= FULL_LOOK / 2]
    found = signed_in(session, {each.token for each in due}, now) if due else {}
    by: dict[UUID | None, list[Listener]] = {}
    for each in listeners:
        if each.bearer_id in alive and (each not in due or _acts_as_before(each, found, at)):
            by.setdefault(each.actor.organisation_id, []).append(each)
    return by


def _acts_as_before(listener: Listener, found: dict[str, Actor], at: float) -> bool:
    """Whether the session still acts for the same organisation; looked at now and then."""
    actor = found.get(listener.token)
    if actor is None or actor.holding_id != listener.actor.holding_id:
        return False
    listener.actor, listener.looked_at = actor, at
    return True


# --- what other processes say --------------------------------------------------------------------


def _heard_in(database: str) -> list[Room]:
    """The rooms of a database that somebody listens to here."""
    return [room for room in ROOMS.all(database) if room.listeners]


class _Eyes:
    """One thread per SQLite database that sees steps stored by other processes.

    SQLite has no bell. Where somebody is in the text is told from process to process, and stored
    nowhere: a table of places would be written many times a second.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: set[str] = set()

    def watch(self, database: Database, keeper: Keeper) -> None:
        """Begin, where nobody watches yet; it ends when nobody listens any more."""
        where = queries.named(database.engine.url)
        with self._lock:
            if where in self._known:
                return
            self._known.add(where)
        threading.Thread(target=self._watch, args=(where, database, keeper), daemon=True).start()

    def _watch(self, where: str, database: Database, keeper: Keeper) -> None:
        seen, box = -1, _box(database)
        while rooms := _heard_in(where):
            sleep(BLINK)
            for said in box.heard() if box else ():
                with suppress(ValueError, KeyError):  # from a process of another version
                    _heard(where, said)
            try:
                number = keeper.number()
                if number != seen and _stir_behind(database, rooms):
                    seen = number
            except (SQLAlchemyError, sqlite3.Error) as error:
                log.warning("stream: %s", type(error).__name__)
        if box:
            box.close()
        with self._lock:
            self._known.discard(where)
        if _heard_in(where):  # somebody came at this very moment
            self.watch(database, keeper)


def _box(database: Database) -> Box | None:
    folder = folder_of(database.engine.url.database)
    try:
        return Box(folder) if folder else None
    except OSError as error:
        log.info("stream: other processes are not heard, %s", type(error).__name__)
        return None


_EYES = _Eyes()


def _stir_behind(database: Database, rooms: list[Room]) -> bool:
    """Tell the rooms that have a step which nobody here has sent; whether all were looked at.

    What we stored ourselves was told at its commit, and who sends then reads what others stored:
    a room that is busy is looked at once it is not.
    """
    busy = {room for room in rooms if room.is_stirred or monotonic() - room.sent_at < 2 * BLINK}
    quiet = [room for room in rooms if room not in busy and room.sequence <= room.sent_sequence]
    if not quiet:
        return not busy
    asked = {room.document_id: room.sent_sequence + 1 for room in quiet}
    with (
        database.reading(anonymous(clock.now())) as session,
        guard.system(session, guard.System.WORKER),
    ):
        behind = queries.stored_at(session, asked)
    for room in quiet:
        if room.document_id in behind:
            room.stir()
    return not busy


class _Ears:
    """One connection per process that hears of steps stored by others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: set[str] = set()

    def listen(self, url: URL) -> None:
        """Begin, once."""
        with self._lock:
            if queries.named(url) in self._known:
                return
            self._known.add(queries.named(url))
        threading.Thread(target=self._listen, args=(url,), daemon=True).start()

    def _listen(self, url: URL) -> None:
        where, known = url.set(drivername="postgresql"), queries.named(url)
        while _heard_in(known):
            try:
                self._hear(where.render_as_string(hide_password=False), known)
            except psycopg.Error as error:
                log.warning("stream: not connected, %s", type(error).__name__)
                sleep(1)
        with self._lock:
            self._known.discard(known)
        if _heard_in(known):  # somebody came at this very moment
            self.listen(url)

    def _hear(self, where: str, known: str) -> None:
        with closing(psycopg.connect(where, autocommit=True)) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            for room in _heard_in(known):
                room.stir()  # what was said while nobody listened
            while _heard_in(known):
                for heard in connection.notifies(timeout=SILENCE / 15):
                    _heard(known, heard.payload)


_EARS = _Ears()


def _heard(database: str, payload: str) -> None:
    document_id, _blank, entry = payload.partition(" ")
    room = ROOMS.known(database, UUID(document_id))
    if room is None:
        return
    if entry[:1] == "{":
        said = json.loads(entry)
        room.tell(str(said["client"]), entry, monotonic(), is_gone=bool(said["gone"]))
        return
    number, _blank, sender = entry.partition(" ")
    # What we stored ourselves was told at its commit.
    if sender != rules.own_name() and int(number) > room.sent_sequence:
        room.stir()
