"""Flask-SQLAlchemy for the doors: one reading session per request, and the writing database."""

from datetime import datetime
from typing import cast

from flask import Flask, current_app, g, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from advocacy.access import guard, kept
from advocacy.ground import clock, unit
from advocacy.ground.base import Base

db = SQLAlchemy(model_class=Base, session_options={"autoflush": False})

_KEY, _KEEPER = "advocacy_database", "advocacy_keeper"


def init(app: Flask) -> None:
    """Bind the engine, with the house's settings and the guard's watch on its cursors."""
    db.init_app(app)
    with app.app_context():
        engine = guard.install(unit.prepare(db.engine))
        app.extensions[_KEY] = unit.Database(engine)
        app.extensions[_KEEPER] = kept.Keeper(engine) if engine.dialect.name == "sqlite" else None


def database() -> unit.Database:
    """The database of this app: open it with `writing(actor)`."""
    return cast(unit.Database, current_app.extensions[_KEY])


def keeper() -> kept.Keeper | None:
    """Knows the present state of this app's database; none on PostgreSQL."""
    return cast("kept.Keeper | None", current_app.extensions[_KEEPER])


def reading() -> Session:
    """This request's reading session. It never commits; the gate binds it to the actor.

    A request that only reads may be given answers that were kept; see `access/kept.py`.
    """
    session = db.session()
    state = _state()
    if state is not None:
        kept.begin(session, state)
    elif keeper() is None and request.method in {"GET", "HEAD"}:
        kept.begin_page(session)
    return session


def _state() -> kept.State | None:
    """The state of the database this request reads, looked at once."""
    if "kept" not in g:
        keeper, is_reading = current_app.extensions[_KEEPER], request.method in {"GET", "HEAD"}
        g.kept = keeper.state(now()) if keeper is not None and is_reading else None
    return cast("kept.State | None", g.kept)


def now() -> datetime:
    """The instant of this request: read once."""
    if "now" not in g:
        g.now = clock.now()
    return cast(datetime, g.now)


def start_over() -> None:
    """Somebody wrote while this request was reading: forget what it read, and keep nothing."""
    end_reading()
    for name in ("loaded", "actor", "_login_user"):
        g.pop(name, None)
    g.kept = None


def end_reading() -> None:
    """Let go of the reading session, so that a write does not wait for ourselves."""
    db.session.remove()
