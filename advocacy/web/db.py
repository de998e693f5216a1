"""Flask-SQLAlchemy for the doors: one reading session per request, and the writing database."""

from typing import cast

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.ground import unit
from advocacy.ground.base import Base

db = SQLAlchemy(model_class=Base, session_options={"autoflush": False})

_KEY = "advocacy_database"


def init(app: Flask) -> None:
    """Bind the engine, with the house's settings and the guard's watch on its cursors."""
    db.init_app(app)
    with app.app_context():
        engine = guard.install(unit.prepare(db.engine))
        app.extensions[_KEY] = unit.Database(engine)


def database() -> unit.Database:
    """The database of this app: open it with `writing(actor)`."""
    return cast(unit.Database, current_app.extensions[_KEY])


def reading() -> Session:
    """This request's reading session. It never commits; the gate binds it to the actor."""
    return db.session()


def end_reading() -> None:
    """Let go of the reading session, so that a write does not wait for ourselves."""
    db.session.remove()
