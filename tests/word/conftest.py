"""A text of Relief Network in the making, with Legal and Women taking part."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import pytest

from advocacy.drafting.rules import NewClause
from advocacy.positions import queries as positions
from advocacy.word import actions, queries
from tests.signoff import scene
from tests.word import files

CLAUSES = (
    NewClause("heading", "What is happening", ""),
    NewClause("paragraph", "", "Four **clinics** have been turned back since October."),
    NewClause("paragraph", "Water", "Wells are dry.\n\n- in Al Noor\n- in the *valley*"),
    NewClause("recommendation", "", "We ask the Governor to let clinics move by day."),
)


@dataclass
class Text:
    id: UUID
    document_id: UUID
    cids: list[UUID]


@pytest.fixture
def text(world, writing) -> Text:
    relief = world.actor("relief")
    with writing(relief) as session:
        made = scene.start(
            session, relief, world, circle=("legal", "women"), clauses=CLAUSES, title="Clinics"
        )
        of = positions.position(session, relief, made)
        cids = [row.clause.cid for row in positions.drafts.rows(session, relief, of.document_id)]
        return Text(made, of.document_id, cids)


@pytest.fixture
def copy(text, world, reading):
    """The text as Harbour Legal Aid takes it along."""

    def make(who: str = "legal", version=None) -> bytes:
        actor = world.actor(who)
        with reading(actor) as session:
            return files.exported(session, actor, text.id, version)

    return make


@pytest.fixture
def receive(text, world, writing):
    """Send a file in, as Harbour Legal Aid unless another is named; what was found."""

    def do(data: bytes, who: str = "legal"):
        actor = world.actor(who)
        with writing(actor) as session:
            kept = actions.receive(
                session, actor, text.id, paper=files.paper(data), digest=sha256(data).hexdigest()
            )
            return queries.file(session, actor, kept)

    return do


@pytest.fixture
def send(world, writing):
    def do(file_id, who: str = "legal"):
        actor = world.actor(who)
        with writing(actor) as session:
            return actions.send(session, actor, file_id)

    return do
