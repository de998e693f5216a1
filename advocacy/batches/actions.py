"""Write the records of a file, all or none; take a run back."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.batches import rules
from advocacy.batches.mapper import BatchMapper
from advocacy.batches.rows import Record
from advocacy.ground.errors import Conflict
from advocacy.ground.reasons import Reason
from advocacy.importing import actions as importing
from advocacy.importing import queries as runs
from advocacy.importing.rows import Plan, Source
from advocacy.institutions import actions as institutions
from advocacy.recommendations import mapper as texts
from advocacy.recommendations.rules import Imported


def write(
    session: Session, actor: Actor, found: Plan[Record], mapper: BatchMapper, *, source: Source
) -> UUID:
    """Write a plan, all of it or nothing; returns the run. Nothing comes in as done.

    The caller has asked the policy. Raises: Conflict when what is here has moved since.
    """
    run = importing.apply(session, actor, found, mapper, source=source)
    mapper.finish()
    counts = found.counts()
    event = Imported(counts["new"], counts["changed"], counts["same"], source.sha256)
    audit.record(session, actor, event, book=f"import:{run.id}", about=run.id)
    return run.id


def take_back(session: Session, actor: Actor, run_id: UUID) -> int:
    """Take a run back: what it brought is gone, what it changed is as before.

    Raises: NotFound; Denied; Conflict when it was taken back, or somebody acted on its records.
    """
    run = runs.run(session, actor, run_id)
    if run.kind not in rules.KINDS or run.state != "applied":
        raise Conflict(Reason("intake.gone"))
    policy.require(
        actor, "recommendation:add", policy.About(actor.organisation_id, run.workspace_id)
    )
    rows = runs.rows(session, actor, run_id)
    records = [row for row in rows if not row.key.startswith(rules.MADE)]
    seals = {row.target_id: row.fingerprint for row in records}
    if not texts.are_as_imported(session, actor, seals, run_id, since=run.at):
        raise Conflict(Reason("batches.acted"))
    importing.undoing(session, actor, run_id)
    try:
        texts.take_back(session, [row.target_id for row in records if row.before is None], run_id)
    except IntegrityError as error:  # something that this reader may not see hangs on one
        raise Conflict(Reason("batches.acted")) from error
    for row in records:
        if row.before is not None:
            texts.put_back(session, row.target_id, row.before)
    made = [row.target_id for row in rows if row.key.startswith(rules.MADE)]
    institutions.forget(session, actor, made)
    importing.undone(session, actor, run_id)
    event = rules.TakenBack(records=len(records))
    audit.record(session, actor, event, book=f"import:{run_id}", about=run_id)
    return len(records)
