"""What organisations say of threats, in the two worlds."""

from typing import Any
from uuid import UUID

from advocacy.assessments import actions, queries
from advocacy.assessments.rows import Said
from advocacy.exhibits import actions as exhibits
from advocacy.exhibits.rows import Piece, Sent
from advocacy.formats.attachment import Attachment
from advocacy.proposals import actions as proposals
from advocacy.proposals import queries as proposed
from advocacy.proposals.rules import digest
from advocacy.talks import actions as talks


def of(made: Any, by: str, threat_id: UUID, why: str, **said: Any) -> None:
    """The view of one organisation, of severity 2."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        after = queries.mine(session, actor, threat_id).act_id
        view = Said("corroborates", severity=2, rationale=why, detail=why, **said)
        actions.give(session, actor, threat_id, view, after=after)


def proof(made: Any, by: str, threat_id: UUID, to: str, why: str) -> UUID:
    """A piece of evidence with a file, to a view of one's own or to one's own record."""
    actor = made.world.actor(by)
    day = actor.now.date()
    piece = Piece(
        "paper", why, day, is_held=False, consent="given", consent_to=why, consent_by=why,
        consent_on=day,
    )  # fmt: skip
    with made.database.writing(actor) as session:
        sent = Sent(Attachment("application/pdf", why.encode()))
        return exhibits.add(session, actor, threat_id, piece, to=to, sent=sent).id


def agreed(made: Any, threat_id: UUID) -> None:
    """The coordinator's record of severity 4."""
    cluster = made.world.actor("cluster")
    with made.database.writing(cluster) as session:
        actions.agree(session, cluster, threat_id, severity=4, basis="Met.", after=None)


def proposal(made: Any, by: str, threat_id: UUID, why: str) -> UUID:
    """Another title, proposed for a record of somebody else."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        based_on = digest(proposed.values(session, actor, threat_id))
        return proposals.propose(
            session, actor, threat_id, {"title": why}, reason=why, based_on=based_on
        ).id


def remark(made: Any, by: str, threat_id: UUID, why: str, to: str, *, asks: str = "") -> UUID:
    """What one organisation says of a threat to some."""
    actor = made.world.actor(by)
    whom = made.world.organisations[asks] if asks else None
    with made.database.writing(actor) as session:
        return talks.say(session, actor, threat_id, text=why, to=to, asks=whom).id


def folded(made: Any, remark_id: UUID) -> None:
    """Folded away by the coordinator."""
    cluster = made.world.actor("cluster")
    with made.database.writing(cluster) as session:
        talks.fold(session, cluster, remark_id, is_folded=True)


def taken_back(made: Any, by: str, remark_id: UUID) -> None:
    """Taken back by who said it."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        talks.take_back(session, actor, remark_id)
