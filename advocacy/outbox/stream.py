"""The worker: a thread that drains the outbox beside the pages."""

import logging
import time
from threading import Thread

from flask import Flask
from sqlalchemy.exc import DBAPIError

from advocacy.access.actor import anonymous
from advocacy.ground import clock
from advocacy.outbox.actions import drain, sweep
from advocacy.outbox.queries import waiting
from advocacy.web.db import database

log = logging.getLogger(__name__)

_PAUSE_SECONDS = 2.0
_SWEEP_SECONDS = 60.0


def start_worker(app: Flask) -> Thread:
    """Drain the outbox of this app until the process ends. Several processes may do so at once:
    a row is claimed before it is done."""
    worker = Thread(target=_work, args=(app,), name="outbox", daemon=True)
    worker.start()
    return worker


def _work(app: Flask) -> None:
    with app.app_context():
        store = database()
        swept_at = time.monotonic()
        while True:
            try:
                if time.monotonic() - swept_at >= _SWEEP_SECONDS:
                    swept_at = time.monotonic()
                    sweep(store, now=clock.now())
                with store.reading(anonymous(clock.now())) as session:
                    is_due = waiting(session, now=clock.now()) > 0
                if is_due:  # an idle worker takes no writer's lock
                    drain(store, now=clock.now())
            except DBAPIError as error:
                # A locked or missing database passes, and so does another process that was first
                # to queue a reminder; the rows are still there.
                log.warning("outbox waits: %s", type(error.orig).__name__)
            time.sleep(_PAUSE_SECONDS)
