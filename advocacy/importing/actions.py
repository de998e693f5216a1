"""Writing a plan. One transaction, the caller's: all of it or nothing."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.importing.mapper import Mapper
from advocacy.importing.rows import Item, Plan, R, Source
from advocacy.importing.rules import basis
from advocacy.importing.schema import ImportRow, ImportRun


def apply(
    session: Session, actor: Actor, plan: Plan[R], mapper: Mapper[R], *, source: Source
) -> ImportRun:
    """Write what the plan calls new and changed; leave same and missing as they are.

    The room that calls this has asked the policy and writes the audit event: only it knows what
    the records are. The run is kept also when there was nothing to write.

    Raises:
        Denied: nobody is signed in, or for no organisation.
        Invalid: the plan is another mapper's.
        Conflict: what is here has changed since the plan was made; `current` is the
            number of records here now.
    """
    if actor.person_id is None or actor.organisation_id is None:
        raise Denied(Reason("importing.nobody"))
    if plan.kind != mapper.kind:
        raise Invalid(Reason("importing.other-kind", facts={"kind": plan.kind}))
    here = mapper.existing()
    if basis(here) != plan.basis:
        raise Conflict(Reason("importing.stale-plan"), current=len(here))
    run = ImportRun(
        id=new_id(),
        kind=mapper.kind,
        workspace_id=mapper.workspace_id,
        person_id=actor.person_id,
        organisation_id=actor.organisation_id,
        at=actor.now,
        file_name=source.name,
        file_hash=source.sha256,
        state="applied",
        counts=dict(plan.counts()),
    )
    session.add(run)
    session.flush()  # the records' import_id may be a foreign key to it
    rows = [_write(session, actor, item, mapper, run.id) for item in (*plan.new, *plan.changed)]
    session.add_all(rows)
    session.flush()
    return run


def note(session: Session, run_id: UUID, key: str, target_id: UUID) -> None:
    """Say that a run made something beside its records, so that its undo knows."""
    row = ImportRow(run_id=run_id, key=key, verdict="new", target_id=target_id, fingerprint="")
    session.add(row)


def undoing(session: Session, actor: Actor, run_id: UUID) -> None:
    """From here to `undone`, the acts of this run may be deleted. Raises NotFound, as `undone`."""
    _move(session, actor, run_id, "undoing")


def undone(session: Session, actor: Actor, run_id: UUID) -> None:
    """Say that a run was taken back. Raises NotFound: no such run of the actor's organisation."""
    _move(session, actor, run_id, "undone")


def _move(session: Session, actor: Actor, run_id: UUID, state: str) -> None:
    run = session.get(ImportRun, run_id)
    if run is None or run.organisation_id != actor.organisation_id:
        raise NotFound(Reason("importing.no-run"))
    run.state = state
    session.flush()


def _write(
    session: Session, actor: Actor, item: Item[R], mapper: Mapper[R], run_id: UUID
) -> ImportRow:
    written = mapper.write(session, actor, item, run_id)
    return ImportRow(
        run_id=run_id,
        key=item.key,
        verdict="new" if item.existing is None else "changed",
        target_id=written.target_id,
        fingerprint=item.fingerprint,
        before=written.before,
        parts=written.parts,
    )
