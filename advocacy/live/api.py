"""The short way in for a step: many come in a second, and Flask would cost more than the step.

The long way (`views`) judges the headers of a step: cookie, form token and origin. What is the same
sign for sign would be judged alike, and for a minute it is not asked again. Who it is and what they
may do is asked of the database each time. Steps that come at about the same time are stored in one
transaction, and answered when it is committed. Whatever is not in order is not answered here: it
goes the long way, which says why.
"""

import json
import re
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Row
from sqlalchemy.exc import DBAPIError

from advocacy.access.actor import Actor, anonymous
from advocacy.drafting import actions as drafting
from advocacy.ground import clock, unit
from advocacy.ground.errors import DomainError, NotFound
from advocacy.ground.unit import Database
from advocacy.live import actions, queries, rules
from advocacy.live.rows import Room, Step
from advocacy.organisations.queries import actors_signed_in as signed_in
from advocacy.web.db import database

BYTES = "application/octet-stream"
KNOWN_FOR, MOST_KNOWN = 60.0, 2_000
"""Seconds for which headers are known, and how many."""
_DOOR = re.compile(r"/live/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/updates")
_NEEDED = ("HTTP_COOKIE", "HTTP_X_CSRFTOKEN")
_NAMED = ("HTTP_X_ACTING_FOR", "HTTP_IDEMPOTENCY_KEY")
_JUDGED = (*_NEEDED, "HTTP_SEC_FETCH_SITE", "HTTP_HOST", "wsgi.url_scheme")

Start = Callable[..., Any]
Answer = Iterable[bytes]


@dataclass(frozen=True)
class _Known:
    """What the long way said: whose session, with which headers it answered, and when."""

    token: str
    headers: list[tuple[str, str]]
    at: float


class ShortWay:
    """Before `inner`, the whole of `app`."""

    def __init__(self, app: Flask, inner: Callable[[dict[str, Any], Start], Answer]) -> None:
        with app.app_context():
            self._database = database()
        self._where = queries.named(self._database.engine.url)
        self._inner = inner
        self._known: dict[tuple[object, ...], _Known] = {}
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Answer:
        """As WSGI calls."""
        door = _DOOR.fullmatch(environ["PATH_INFO"]) if _is_small(environ) else None
        if door is None:
            return self._inner(environ, start_response)
        payload = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        known = self._known_for(environ, payload)
        if known is not None:
            room = queries.room_at(self._where, UUID(door[1]))
            acting_for, key = (environ.get(name, "") for name in _NAMED)
            step = Step(known.token, acting_for, key, payload)
            store_together(self._database, room, step)
            if step.number is not None:
                said = json.dumps({"sequence": step.number, "window": room.window()}).encode()
                start_response("200 OK", [*known.headers, ("Content-Length", str(len(said)))])
                return [said]
        environ["wsgi.input"] = BytesIO(payload)
        return self._inner(environ, start_response)

    def _known_for(self, environ: dict[str, Any], payload: bytes) -> _Known | None:
        """What the long way says to such headers, or said a moment ago; None = not in order."""
        asked = tuple(environ.get(name, "") for name in _JUDGED)
        known = self._known.get(asked)
        if known is not None and monotonic() - known.at <= KNOWN_FOR:
            return known
        known = self._judged({**environ, rules.JUDGE: True, "wsgi.input": BytesIO(payload)})
        if known is not None:
            self._remember(asked, known)
        return known

    def _judged(self, environ: dict[str, Any]) -> _Known | None:
        said: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *_more: Any) -> Any:
            said[:] = [status, headers]

        answer = self._inner(environ, start)
        if close := getattr(answer, "close", None):
            close()
        token, (status, headers) = environ.get(rules.TOKEN), said
        if not status.startswith("200") or not isinstance(token, str):
            return None
        if any(name.lower() == "set-cookie" for name, _value in headers):
            return None
        kept = [pair for pair in headers if pair[0].lower() != "content-length"]
        return _Known(token, kept, monotonic())

    def _remember(self, asked: tuple[object, ...], known: _Known) -> None:
        with self._lock:
            self._known.pop(asked, None)
            self._known[asked] = known
            if len(self._known) > MOST_KNOWN:
                self._known.pop(next(iter(self._known)))


def _is_small(environ: dict[str, Any]) -> bool:
    """Whether a request may be a step: with its token in a header, and saying how long it is."""
    if environ["REQUEST_METHOD"] != "POST" or environ.get("CONTENT_TYPE") != BYTES:
        return False
    if not all(environ.get(name) for name in _NEEDED):
        return False
    length = str(environ.get("CONTENT_LENGTH") or "")
    return length.isascii() and length.isdigit() and int(length) <= rules.MOST_BYTES


# --- several in one transaction ------------------------------------------------------------------


def store_together(data: Database, room: Room, step: Step) -> None:
    """Store a step with those that come at about the same time; committed when this returns.

    The first to come waits for others and stores them all; they wait for it. A step that could
    not be stored has no number then.
    """
    step.done.acquire()
    with room.sent:
        room.steps.append(step)
        is_first, room.is_gathering = not room.is_gathering, True
    if not is_first:
        step.done.acquire()
        return
    if pause := room.pause():
        sleep(pause)
    with room.turn:  # while one lot is stored, the next grows
        with room.sent:
            steps, room.steps, room.is_gathering = room.steps, [], False
        try:
            _store(data, room.document_id, steps)
        finally:
            for each in steps:
                each.done.release()


def _store(data: Database, document_id: UUID, steps: list[Step]) -> None:
    """One transaction for all of them; without those that cannot be stored."""
    left = list(steps)
    while left:
        numbers: list[int] = []
        try:
            _store_all(data, document_id, left, numbers)
        except DomainError:
            del left[len(numbers)]  # nothing was stored, and it was about this one
            continue
        except DBAPIError:
            if len(left) > 1:  # which of them it was about is found by trying each alone
                for step in left:
                    _store(data, document_id, [step])
            return
        for step, number in zip(left, numbers, strict=True):
            step.number = number
        return


def _store_all(data: Database, document_id: UUID, steps: list[Step], numbers: list[int]) -> None:
    """All of them or none. numbers: filled as it goes, in the order that `steps` is put in.

    One organisation after the other: then their rows go to the database together.
    """
    now, heads = clock.now(), dict[UUID | None, Row[Any]]()
    with data.writing(anonymous(now), lightly=True) as first:
        actors = signed_in(first, {step.token for step in steps}, now)
        steps.sort(key=lambda step: _organisation(actors.get(step.token)))
        whose = [_organisation(actors.get(step.token)) for step in steps]
        for step, following in zip(steps, [*whose[1:], None], strict=True):
            actor = actors.get(step.token)
            if actor is None or not _acts_for(actor, step.acting_for):
                raise NotFound
            with closing(unit.beside(first, actor)) as session:
                actions.together(first, session)
                again, step.is_counted = step.is_counted, True  # else others pay for a bad one
                number = drafting.push(
                    session,
                    actor,
                    document_id,
                    step.payload,
                    key=step.key,
                    is_counted=again,
                    heads=heads,
                )
                session.flush()
                if following != _organisation(actor):
                    actions.write(session, actor)
            numbers.append(number)


def _organisation(actor: Actor | None) -> str:
    return str(actor.organisation_id) if actor else ""


def _acts_for(actor: Actor, given: str) -> bool:
    """Two tabs for two organisations do not stamp each other's steps; see `submit`."""
    return actor.holding_id is None or given == str(actor.holding_id)
