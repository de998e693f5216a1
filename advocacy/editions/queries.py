"""What headquarters needs to clear a text: for one organisation, and as it may know it."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.editions.rows import Pack
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.releases import queries as releases
from advocacy.signoff import queries as signoff
from advocacy.text import diff
from advocacy.text.diff import Change


def pack(session: Session, actor: Actor, round_id: UUID) -> Pack:
    """The pack of a round (practice B21). Raises NotFound for all whom it does not ask."""
    round_ = signoff.round_of(session, actor, round_id)
    if not signoff.is_invited(session, actor, round_id):
        raise NotFound
    version = positions.version(session, actor, round_.version_id)
    answered = signoff.answer_before(session, actor, round_)
    before = positions.version(session, actor, answered.version_id) if answered else None
    changes = diff.compare(before.clauses, version.clauses) if before else []
    names = organisations.names(session, [round_.lead_id])
    lines = signoff.roster(session, actor, round_id)
    return Pack(
        round=round_,
        version=version,
        lead=names.get(round_.lead_id, ""),
        before=before,
        changes=tuple(change for change in changes if change.kind is not Change.UNCHANGED),
        others=tuple(line for line in lines if line.answer is not None and not line.us),
        harm=releases.harm_check(session, actor, round_.version_id),
    )
