"""One record of the register with all that may hang on it, and the same where nobody looks.

Steps for worlds.py, which says which of them are shown and which are hidden from whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from advocacy.analysis import actions as analysis
from advocacy.analysis.rows import Blocks, NewPlace
from advocacy.assessments import actions as assessments
from advocacy.drafts import actions as drafts
from advocacy.duplicates import actions as duplicates
from advocacy.extracts import actions as extracts
from advocacy.handovers.schema import TakenOver
from advocacy.proposals import actions as proposals
from advocacy.reference import queries as reference
from advocacy.retention.schema import Erasure
from advocacy.sharing import actions as sharing
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.schema import FieldClass
from tests.secrecy import says

if TYPE_CHECKING:
    from tests.secrecy.worlds import Made

CALL = "+44 20 7946 0958"


@dataclass(frozen=True)
class Cast:
    """Who owns the record, who else speaks of it, who agrees."""

    owner: str
    other: str
    coordinator: str


def a_known_record(made: Made) -> None:
    known(made, Cast("relief", "legal", "cluster"), "Roads", Sharing("public"))


def a_hidden_known_record(made: Made) -> None:
    """Shared with the Association and the Forum, whose agreement nobody else may know."""
    ids = frozenset(made.world.organisations[key] for key in ("women", "forum"))
    cast = Cast("rights", "women", "forum")
    known(made, cast, "Halloran's road", Sharing("named", ids))


def a_record_for_a_hidden_circle(made: Made) -> None:
    """Of the circle that Rights Watch keeps; Blue Valley's members know of neither."""
    to = Sharing("named", circle_ids=frozenset({made.hidden["ring_id"]}))
    reported(made, "rights", "Halloran among friends", to)


def a_draft(made: Made) -> None:
    """Meant for everybody here, and its organisation's alone."""
    made.at["drafts.open_draft"] = made.at["drafts.aside"] = {
        "threat_id": drafted(made, "relief", "Roads, not yet")
    }


def a_hidden_draft(made: Made) -> None:
    """The same of an organisation that nobody who looks is in."""
    drafted(made, "rights", "Halloran's road, not yet")


def drafted(made: Made, by: str, title: str) -> UUID:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        entry = Entry(risk_code="PR15", title=title, summary=title, sensitivity=1)
        of = made.world.workspace_id
        public = Sharing("public")
        return drafts.begin(session, actor, workspace_id=of, entry=entry, sharing=public).id


def reported(made: Made, by: str, title: str, to: Sharing) -> UUID:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        areas = {area.name: area.id for area in reference.areas(session, "TST")}
        entry = Entry(
            risk_code="PR15", title=title, summary=f"{title}, call {CALL}", sensitivity=1,
            area_id=areas["Blue Valley"], narrative=f"{title}, in full",
        )  # fmt: skip
        return threats.report(
            session, actor, workspace_id=made.world.workspace_id, entry=entry, sharing=to
        ).id


def known(made: Made, cast: Cast, title: str, to: Sharing) -> None:
    """Every kind of row that the room's own actions hang on a record."""
    record = reported(made, cast.owner, title, to)
    told(made, cast.owner, record)
    marked(made, cast.owner, record)
    says.of(made, cast.other, record, f"{title}, as we see it")
    says.proof(made, cast.other, record, "view", f"{title}, an order")
    says.proof(made, cast.owner, record, "record", f"{title}, a letter")
    lead = made.world.actor(cast.coordinator)
    with made.database.writing(lead) as session:
        assessments.agree(session, lead, record, severity=5, basis=title, after=None)
    settled = says.proposal(made, cast.other, record, f"{title}, said better")
    owner = made.world.actor(cast.owner)
    with made.database.writing(owner) as session:
        proposals.decline(session, owner, settled, reason=f"{title}, as it is.")
    put_together(made, cast.owner, record, reported(made, cast.owner, f"{title} again", to))
    waiting(made, cast, reported(made, cast.owner, f"{title}, ours", Sharing()))


def told(made: Made, by: str, record: UUID) -> None:
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        edition = records.current(session, actor, record).edition
        analysis.describe(
            session, actor, record, Blocks(kinds=("violence",), context="By night."),
            based_on=edition,
        )  # fmt: skip
        edition = records.current(session, actor, record).edition
        analysis.add_place(session, actor, record, NewPlace("Harbour"), based_on=edition)
        extracts.say_nobodys(session, actor, record)


def marked(made: Made, by: str, record: UUID) -> None:
    """That it was taken over, and that its full account was erased: rows that take months."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        threat = records.own(session, actor, record)
        safe, members = (
            threats.under(session, actor, threat, of)
            for of in (FieldClass.SAFE, FieldClass.MEMBERS)
        )
        at = actor.now
        session.add(Erasure(threat_id=record, done_at=at, person_id=None, **safe))
        session.add(TakenOver(threat_id=record, at=at, **members))


def put_together(made: Made, by: str, record: UUID, again: UUID) -> None:
    """Two that are one, and two that are not."""
    actor = made.world.actor(by)
    third = reported(made, by, "Something else", Sharing())
    with made.database.writing(actor) as session:
        duplicates.merge(session, actor, record, again)
        duplicates.say_distinct(session, actor, record, third)


def waiting(made: Made, cast: Cast, record: UUID) -> None:
    """A widening that a second person has not confirmed yet."""
    actor = made.world.actor(cast.owner)
    with made.database.writing(actor) as session:
        sharing.share(session, actor, record, Sharing("members"))
