"""Typists for the live text: `python -m tests.bench.live_people 50`, with a server's settings.

New people in the seats of two organisations of the demo, each with a session of their own: prints
for each their cookie and the headers of the page's script (JSON).
"""

import json
import sys
from secrets import token_hex
from typing import Any

from flask import g
from flask import session as cookie

from advocacy.access.actor import Seat, anonymous
from advocacy.accounts import actions as accounts
from advocacy.app import create_app, load_actor
from advocacy.config import Config
from advocacy.ground import clock
from advocacy.organisations import actions as organisations
from advocacy.web import nav
from advocacy.web.db import database
from tests.bench.fill import _actor

WRITERS = ("amal", "sara")


def main(many: int) -> None:
    """Make them."""
    app = create_app(Config.from_environment())
    made = []
    with app.app_context():
        data, now = database(), clock.now()
        beside = [_actor(data, name) for name in WRITERS]
        for number in range(many):
            of = beside[number % len(beside)]
            with data.writing(anonymous(now)) as session:
                name, email = f"Typist {number}", f"t{token_hex(8)}@typists.example"
                person = accounts.add_person(session, of, name=name, email=email)
            with data.writing(of) as session:
                for kind, _seat in of.seats:
                    organisations.seat_person(
                        session,
                        of,
                        organisation_id=of.must_organisation(),
                        person_id=person.id,
                        kind=Seat(kind),
                    )
            with data.writing(anonymous(now)) as session:
                token = accounts.begin(session, person=person.id, now=now)
            with data.reading(anonymous(now)) as session:
                actor = load_actor(session, token, clock.now()).actor
            with app.test_request_context("/"):
                cookie["_user_id"], cookie["_fresh"] = token, True
                for kept_for_one in ("csrf_masked", "csrf_token"):
                    g.pop(kept_for_one, None)
                csrf = nav.csrf()
                interface: Any = app.session_interface
                signing = interface.get_signing_serializer(app)
                kept = signing.dumps(dict(cookie))
            made.append(
                {
                    "Cookie": f"{app.config['SESSION_COOKIE_NAME']}={kept}",
                    "X-CSRFToken": csrf,
                    "X-Acting-For": str(actor.holding_id),
                }
            )
    print(json.dumps(made))


if __name__ == "__main__":
    main(int(sys.argv[1]))
