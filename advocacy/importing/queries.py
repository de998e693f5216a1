"""Reading runs. Before-images are not shown to anyone: only the undo reads them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.importing.rows import RunRow
from advocacy.importing.schema import ImportRow, ImportRun

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


def targets(session: Session, actor: Actor, *, kind: str, workspace_id: UUID) -> dict[str, UUID]:
    """Key -> record, of the standing runs of one kind of the actor's own organisation."""
    query = (
        select(ImportRow.key, ImportRow.target_id)
        .join(ImportRun, ImportRun.id == ImportRow.run_id)
        .where(ImportRun.organisation_id == actor.organisation_id, ImportRun.kind == kind)
        .where(ImportRun.workspace_id == workspace_id, ImportRun.state == "applied")
        .order_by(ImportRun.at, ImportRow.id)
    )
    return {row.key: row.target_id for row in session.execute(query)}


def rows(session: Session, actor: Actor, run_id: UUID) -> list[ImportRow]:
    """What a run made or changed, for its undo. Raises NotFound: another organisation's."""
    run(session, actor, run_id)
    return list(session.scalars(select(ImportRow).where(ImportRow.run_id == run_id)))


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
