"""A text of Relief with Legal and Women in its circle, and a short way to propose and decide."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from advocacy.amendments import actions, queries, rules
from advocacy.amendments.schema import Kind
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import NewClause, Remove, Replace
from advocacy.positions import queries as positions
from tests.signoff import scene

CLAUSES = (
    NewClause("paragraph", "Access", "Clinics must reach every valley by day."),
    NewClause("paragraph", "", "Four clinics have been turned back since October."),
    NewClause("recommendation", "", "We ask the Governor to let clinics move."),
)
NIGHT = "Clinics must reach every valley, day and night."


@dataclass
class Room:
    """The text, and who does what in it. Every step is a transaction of its own."""

    database: object
    world: object
    position_id: UUID
    document_id: UUID

    def clauses(self, who="relief"):
        actor = self.world.actor(who)
        with self.database.reading(actor) as session:
            return drafts.clauses(session, actor, self.document_id)

    def propose(self, who="legal", number=1, kind=Kind.REPLACEMENT, **more):
        clauses = self.clauses()
        clause = clauses[number - 1]
        is_new = kind is Kind.INSERTION
        given = {
            "cid": None if is_new else clause.cid,
            "after": clause.cid if is_new else None,
            "heading": clause.heading,
            "wording": NIGHT,
            "reason": "The sick cannot wait.",
            "base_hash": clause.hash,
            **more,
        }
        return self.do(who, actions.propose, self.position_id, kind=kind, **given).id

    def do(self, who, act, about, **more):
        actor = self.world.actor(who)
        with self.database.writing(actor) as session:
            return act(session, actor, about, **more)

    def row(self, amendment_id, who="relief"):
        actor = self.world.actor(who)
        with self.database.reading(actor) as session:
            return queries.amendment(session, actor, amendment_id)

    def read(self, amendment_id, who="relief"):
        """What a page would send back with a decision: the last act, and the text's basis."""
        row = self.row(amendment_id, who)
        return {"after": row.head_id, "seen": rules.basis(row, self.clauses(who))}

    def head(self, amendment_id):
        return self.row(amendment_id).head_id

    def accept(self, amendment_id, who="relief", **read):
        read = read or self.read(amendment_id)
        return self.do(who, actions.accept, amendment_id, **read)

    def offer(self, amendment_id, wording="Clinics must reach every valley at any hour.", **more):
        read = {**self.read(amendment_id), "heading": "Access", "reason": "", **more}
        self.do("relief", actions.offer, amendment_id, wording=wording, **read)

    def agree(self, amendment_id, who="legal"):
        self.do(who, actions.agree, amendment_id, **self.read(amendment_id))

    def reject(self, amendment_id, reason="It is said in clause 3."):
        head = self.head(amendment_id)
        self.do("relief", actions.reject, amendment_id, after=head, reason=reason)

    def edit(self, number, text, who="women"):
        clause = self.clauses()[number - 1]
        edit = Replace(clause.cid, clause.heading, text)
        self.do(who, drafting.change, self.document_id, edits=[edit], based_on=clause.hash)

    def remove(self, number, who="women"):
        clause = self.clauses()[number - 1]
        edits = [Remove(clause.cid)]
        self.do(who, drafting.change, self.document_id, edits=edits, based_on=clause.hash)


@pytest.fixture
def room(database, world):
    actor = world.actor("relief")
    with database.writing(actor) as session:
        made = scene.start(session, actor, world, circle=("legal", "women"), clauses=CLAUSES)
        document_id = positions.position(session, actor, made).document_id
    return Room(database, world, made, document_id)
