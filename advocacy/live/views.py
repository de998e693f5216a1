"""Doors of a draft's live document: for the script of our own pages, in bytes and JSON."""

import json
from base64 import b64encode
from time import monotonic
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, jsonify, request
from flask import session as cookie
from flask_login import current_user

from advocacy.config import Config
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.ground import neighbours
from advocacy.ground.errors import DomainError, TooLarge
from advocacy.ground.reasons import Reason
from advocacy.live import actions, queries, rules, stream
from advocacy.live.rows import Listener, pace
from advocacy.web import errors, gate
from advocacy.web.db import database, end_reading, keeper
from advocacy.web.submit import take

bp = Blueprint("live", __name__, url_prefix="/live/<uuid:document_id>")
bp.register_error_handler(DomainError, errors.as_data)


@bp.get("/state")
def state(document_id: UUID) -> Response:
    """The whole document, as one update."""
    whole, number = drafts.live_state(gate.session(), gate.actor(), document_id)
    response = Response(whole, mimetype="application/octet-stream")
    response.headers["X-Sequence"] = str(number)
    return response


@bp.get("/updates")
def updates(document_id: UUID) -> Response:
    """The steps after one: for those whose network lets no stream pass."""
    rows, is_closed = _since(document_id)
    if rows is None:
        return Response("", 410)
    if is_closed and not rows:
        return errors.as_data(drafting.closed())
    number = rows[-1][0] if rows else _number()
    return jsonify(sequence=number, updates=[b64encode(row).decode() for _n, row in rows])


def _number() -> int:
    given = request.args.get("since", "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _since(document_id: UUID) -> tuple[list[tuple[int, bytes]] | None, bool]:
    return drafts.live_since(gate.session(), gate.actor(), document_id, _number())


@bp.post("/updates")
def push_submit(document_id: UUID) -> Response:
    """One step. It is stored when this answers, or just after it by a shorter way, see `api`."""
    if (request.content_length or 0) > rules.MOST_BYTES:
        raise TooLarge(Reason("live.too-large"))
    if request.environ.get(rules.JUDGE) and gate.loaded() is not None:
        request.environ[rules.TOKEN] = cookie.get("_user_id")
        return jsonify()
    payload, key = request.get_data(cache=False), request.headers.get("Idempotency-Key", "")
    number = take(
        lambda s, a: drafting.push(s, a, document_id, payload, key=key),
        repeat=lambda s, a: drafting.push(s, a, document_id, payload, key=key, is_repeat=True),
    )
    room = queries.room_at(queries.named(database().engine.url), document_id)
    return jsonify(sequence=number, window=room.window())


@bp.get("/events")
def events(document_id: UUID) -> Response:
    """The stream. `since` is the last step that the browser has, or it says so itself."""
    heard = request.headers.get("Last-Event-ID", "")
    session, actor = gate.session(), gate.actor()
    after = int(heard) if heard.isdigit() and len(heard) < 10 else _number()
    _rows, is_closed = drafts.live_since(session, actor, document_id, 2**31 - 1)
    if is_closed:
        return errors.as_data(drafting.closed())
    if request.method == "HEAD":  # nobody would read the stream, nor end it
        return Response(mimetype="text/event-stream")
    room = queries.room(session, document_id)
    with room.lock:
        queries.bring_up_to_date(session, actor, room, drafts.seed_of(session, actor, document_id))
    loaded = gate.loaded()
    listener = Listener(
        token=current_user.token,
        bearer_id=loaded.bearer_id if loaded else document_id,
        actor=actor,
        looked_at=monotonic(),
        is_packed=request.accept_encodings["gzip"] > 0,
    )
    config: Config = current_app.config["ADVOCACY"]
    with stream.place(room, listener, threads=config.threads):
        end_reading()
        # Read after taking the place: what comes between is heard twice rather than not at all.
        first, _closed = drafts.live_since(gate.session(), actor, document_id, after)
        end_reading()
        stream.serve(room, database(), keeper())
    response = Response(stream.events(room, listener, first or []), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    response.vary.add("Accept-Encoding")
    if listener.is_packed:
        response.content_encoding = "gzip"
    response.call_on_close(lambda: stream.leave(room, listener))
    return response


@bp.post("/presence")
def presence_submit(document_id: UUID) -> Response:
    """Where somebody is in the text; kept in memory, and told to those who have it open."""
    actor = gate.actor()
    pace(actor.person_id)
    drafts.require_writer(gate.session(), actor, document_id)
    entry = _entry(actor)
    said = json.dumps(entry)  # in ASCII: half a sign, which a script may send, is no UTF-8
    where = queries.named(database().engine.url)
    queries.room_at(where, document_id).tell(
        entry["client"], said, monotonic(), is_gone=entry["gone"]
    )
    if not database().is_sqlite:
        take(lambda s, _a: actions.tell(s, document_id, said))
    elif near := neighbours.folder_of(database().engine.url.database):
        neighbours.tell(near, f"{document_id} {said}")
    return Response("", 204)


def _entry(actor: Any) -> dict[str, Any]:
    """What was sent, as far as it is what it should be; name and organisation as we know them."""
    given = (
        request.get_json(force=True, silent=True) if (request.content_length or 0) < 4_000 else 0
    )
    given = given if isinstance(given, dict) else {}
    entry = {name: str(given.get(name) or "")[:64] for name in ("client", "cid")}
    places = {name: _place(given.get(name)) for name in ("anchor", "head")}
    return {
        **entry,
        **places,
        "name": actor.person_name,
        "organisation": actor.organisation_name,
        "gone": given.get("gone") is True,
    }


def _place(given: object) -> object:
    """A place in the text, as the editor writes it; nothing larger."""
    return given if given is not None and len(json.dumps(given)) < 500 else None
