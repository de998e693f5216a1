"""Reading runs. Before-images are not shown to anyone: only the undo reads them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.importing.rows import RunRow
from advocacy.importing.schema import ImportRun

_MOST_RUNS = 50


def runs(session: Session, actor: Actor, *, workspace_id: UUID | None = None) -> list[RunRow]:
    """The newest runs of the actor's own organisation, at most 50; nobody else's, ever."""
    query = select(ImportRun).where(ImportRun.organisation_id == actor.organisation_id)
    if workspace_id is not None:
        query = query.where(ImportRun.workspace_id == workspace_id)
    query = query.order_by(ImportRun.at.desc(), ImportRun.id).limit(_MOST_RUNS)
    return [_row(run) for run in session.scalars(query)]


def run(session: Session, actor: Actor, run_id: UUID) -> RunRow:
    """One run. Raises NotFound when it is not there, or another organisation's."""
    found = session.scalar(
        select(ImportRun).where(
            ImportRun.id == run_id, ImportRun.organisation_id == actor.organisation_id
        )
    )
    if found is None:
        raise NotFound(Reason("importing.no-run"))
    return _row(found)


def _row(run: ImportRun) -> RunRow:
    return RunRow(
        id=run.id,
        kind=run.kind,
        workspace_id=run.workspace_id,
        person_id=run.person_id,
        at=run.at,
        file_name=run.file_name,
        state=run.state,
        counts=dict(run.counts),
    )
