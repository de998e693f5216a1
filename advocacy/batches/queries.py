"""Read a batch that waits."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.batches.rows import About, Sheet
from advocacy.batches.schema import Batch
from advocacy.formats.csv import RefusedRow
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason


def batch(session: Session, actor: Actor, batch_id: UUID) -> Batch:
    """A batch that waits, of one's own organisation. Raises NotFound."""
    found = session.get(Batch, batch_id)
    if found is None or found.organisation_id != actor.organisation_id:
        raise NotFound
    return found


def own(session: Session, actor: Actor, workspace_id: UUID) -> list[Batch]:
    """Batches of one's own organisation that wait in a workspace."""
    query = select(Batch).where(
        Batch.workspace_id == workspace_id, Batch.organisation_id == actor.organisation_id
    )
    return list(session.scalars(query))


def sheet(of: Batch) -> Sheet:
    """The rows of a batch that waits."""
    return Sheet(
        name=of.name,
        digest=of.digest,
        header=tuple(of.header),
        lines=tuple((line, tuple(cells)) for line, cells in of.lines),
        refused=tuple(RefusedRow(n, Reason(code, facts=facts)) for n, code, facts in of.refused),
        notes=tuple(Reason(code, facts=facts) for code, facts in of.notes),
    )


def about(of: Batch) -> About:
    """What holds for every row."""
    return About(**of.about)
