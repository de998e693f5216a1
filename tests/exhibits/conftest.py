"""Views to put evidence to. Factories at the foot are dull."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from advocacy.exhibits import actions, queries
from advocacy.exhibits.rows import ExhibitRow, Piece, Sent
from advocacy.formats.attachment import Attachment
from advocacy.ground import unit
from advocacy.threats import queries as threats
from tests.assessments.conftest import give
from tests.threats.conftest import areas, entry, report
from tests.world import World

__all__ = ["areas", "entry", "give", "report"]

AGREED = {
    "consent": "given",
    "consent_to": "Members may read it",
    "consent_by": "A teacher",
    "consent_on": date(2026, 11, 1),
}
SHARED = {"is_held": False, "ask": "", **AGREED}


@pytest.fixture
def add(world: World, database: unit.Database) -> Callable[..., UUID]:
    """`add("legal", threat_id, to="view", data=b"…")`: a piece, with a file where there is data."""

    def made(by: str, threat_id: UUID, *, to: str = "view", data: bytes = b"", **said: object):
        actor = world.actor(by)
        values = {"kind": "visit", "words": "A roadblock", "dated_on": date(2026, 11, 2),
                  "ask": "Our field office", **(SHARED if data else {}), **said}  # fmt: skip
        sent = Sent(Attachment("application/pdf", data)) if data else None
        with database.writing(actor) as session:
            return actions.add(session, actor, threat_id, Piece(**values), to=to, sent=sent).id

    return made


@pytest.fixture
def read(world: World, database: unit.Database) -> Callable[..., list[ExhibitRow]]:
    """The evidence that an organisation reads."""

    def rows(by: str, threat_id: UUID) -> list[ExhibitRow]:
        actor = world.actor(by)
        with database.reading(actor) as session:
            return queries.exhibits(session, actor, threats.threat(session, actor, threat_id))

    return rows


@pytest.fixture
def withdraw(world: World, database: unit.Database) -> Callable[..., None]:
    """`withdraw("legal", threat_id, exhibit_id)`: after its last act."""

    def done(by: str, threat_id: UUID, exhibit_id: UUID, *, why: str = "consent") -> None:
        actor = world.actor(by)
        with database.writing(actor) as session:
            after = queries.last_act(session, exhibit_id)
            actions.withdraw(session, actor, threat_id, exhibit_id, why=why, after=after)

    return done
