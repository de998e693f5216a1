"""Two processes on one database: what one stores, the readers of the other hear at once."""

import json
import socket
import subprocess
import sys
import time
from base64 import b64encode
from typing import Any
from uuid import uuid4

from advocacy.drafting import queries
from advocacy.ground import neighbours
from advocacy.live import rules, stream
from advocacy.live.rows import ROOMS
from tests.live.test_doors import hears, replaced

OTHER = """
import sys
from uuid import UUID
from base64 import b64decode
from dataclasses import replace
from sqlalchemy import create_engine
from advocacy.access import guard
from advocacy.access.actor import Actor, Seat
from advocacy.app import load_schemas
from advocacy.drafting import actions
from advocacy.ground import clock, unit

load_schemas()
url, draft, organisation, person, seat, step = sys.argv[1:]
data = unit.Database(guard.install(unit.prepare(create_engine(url))))
actor = Actor(
    now=clock.now(), person_id=UUID(person), organisation_id=UUID(organisation),
    seats=tuple((kind.value, UUID(seat)) for kind in Seat), seat_id=UUID(seat),
)
with data.writing(actor, lightly=True) as session:
    print(actions.push(session, actor, UUID(draft), b64decode(step), key="other:1"))
data.engine.dispose()
"""


def test_another_process_is_heard(
    client: Any, app: Any, pen: Any, draft: Any, world: Any, database_url: str, reading: Any
) -> None:
    app.config["ADVOCACY"] = replaced(app, threads=20)
    relief, legal = client("relief"), world.actor("legal")
    response = relief.client.get(f"/live/{draft}/events?since=0", buffered=False)
    parts = iter(response.response)
    assert b"here" in next(parts)
    time.sleep(0.3)
    step = b64encode(pen("legal").types(0, " From afar.").step()).decode()
    said = subprocess.run(
        [sys.executable, "-c", OTHER, database_url, str(draft), str(legal.organisation_id),
         str(legal.person_id), str(legal.seat_id), step],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert said.stdout.strip() == "2", said.stderr
    begun = time.monotonic()
    assert "id: 2" in hears(response, "id: 2")
    assert time.monotonic() - begun < 2  # no look every five seconds finds it so soon
    response.close()
    with reading(world.actor("relief")) as session:
        found = queries.clauses(session, world.actor("relief"), draft)
    assert found[0].text == "Words of one. From afar."


SAYS = """
import sys
from pathlib import Path
from advocacy.ground import neighbours
neighbours.tell(Path(sys.argv[1]), sys.argv[2])
"""


def test_where_somebody_is_in_the_text_is_heard_from_another_process(
    client: Any, app: Any, draft: Any, engine: Any
) -> None:
    folder = neighbours.folder_of(engine.url.database)
    if engine.dialect.name != "sqlite" or folder is None:
        return  # there the database itself rings, see below
    app.config["ADVOCACY"] = replaced(app, threads=20)
    browser = client("relief")
    address = f"/live/{draft}/events?since=0"
    response = browser.client.get(address, buffered=False)
    assert b"here" in next(iter(response.response))
    until = time.monotonic() + 5
    while not list(folder.glob("[0-9]*")) and time.monotonic() < until:
        time.sleep(0.01)
    entry = json.dumps({"client": "far", "gone": False, "name": "Noor"})
    said = (f"{draft} nonsense", "nonsense", f"{draft} {entry}")
    for words in said:
        subprocess.run([sys.executable, "-c", SAYS, str(folder), words], check=True, timeout=60)
    assert "Noor" in hears(response, "event: presence")
    response.close()
    assert neighbours.folder_of(None) is None


def test_a_box_whose_process_has_ended_is_taken_away(tmp_path: Any) -> None:
    near = tmp_path / "near"
    near.mkdir()
    gone = near / "999999"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(gone))
    neighbours.tell(near, "Anybody?")
    assert not gone.exists()


def test_what_we_say_ourselves_does_not_come_back(tmp_path: Any) -> None:
    near = tmp_path / "near"
    box = neighbours.Box(near)
    neighbours.tell(near, "Here.")
    assert not list(box.heard())
    box.close()
    assert not list(near.iterdir())


def test_what_we_stored_ourselves_is_not_looked_for_again() -> None:
    """PostgreSQL rings for every process, also for the one that stored the step."""
    room = ROOMS.of("here", uuid4())
    stream._heard("here", f"{room.document_id} 7 {rules.own_name()}")
    assert not room.is_stirred
    stream._heard("here", f"{room.document_id} 7 another.1")
    assert room.is_stirred
