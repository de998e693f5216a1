"""Keep a sheet until it is matched, make its plan, write it, take a run back."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.analysis.rules import CELLS
from advocacy.audit import actions as audit
from advocacy.formats.csv import RefusedRow
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.importing import actions as importing
from advocacy.importing import queries as runs
from advocacy.importing.rows import Plan, Source
from advocacy.importing.rules import plan as compare
from advocacy.intake import mapper, queries, rules
from advocacy.intake.rows import Record, Table
from advocacy.intake.schema import IntakeSheet
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.picture import queries as picture
from advocacy.reference import queries as reference
from advocacy.threats import actions as threats
from advocacy.threats.schema import Status, Threat

Planned = tuple[Plan[Record], mapper.SheetMapper]


def receive(session: Session, actor: Actor, space: WorkspaceRow, table: Table) -> IntakeSheet:
    """Keep a sheet until it is matched and written; those that waited before go.

    Raises: Denied.
    """
    policy.require(actor, "threat:report", policy.About(actor.organisation_id, space.id))
    for old in queries.own(session, actor, space):
        session.delete(old)
    own = audience.intern(session, {actor.must_organisation()})
    row = IntakeSheet(
        id=new_id(),
        workspace_id=space.id,
        person_id=actor.person_id,
        at=actor.now,
        name=table.name,
        digest=table.digest,
        header=list(table.header),
        lines=[[line, list(cells)] for line, cells in table.lines],
        refused=[[row.line, row.reason.code, dict(row.reason.facts)] for row in table.refused],
        matched=rules.guess(table.header),
        order="",
        organisation_id=actor.must_organisation(),
        audience_id=own,
        own_audience_id=own,
    )
    session.add(row)
    session.flush()
    return row


def match(
    session: Session, actor: Actor, sheet_id: UUID, matched: Mapping[str, str], *, order: str
) -> IntakeSheet:
    """Confirm which column is which field, and in which order days are written.

    Raises: NotFound; Invalid: a field is missing or there twice, or the order has to be said.
    """
    of = queries.sheet(session, actor, sheet_id)
    kept = {c: f for c, f in matched.items() if c in of.header and f in rules.NAMES}
    Invalid.unless_empty(rules.match_faults(kept))
    cells = [line for _number, line in of.lines]
    fits = rules.orders(rules.days_of(of.header, cells, kept))
    if len(fits) > 1 and any(not rules.day(v, "") for v in rules.days_of(of.header, cells, kept)):
        if order not in fits:
            raise Invalid(Reason("intake.order", "order"))
        fits = {order}
    of.matched, of.order = kept, next(iter(fits)) if len(fits) == 1 else order
    session.flush()
    return of


def plan(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    table: Table,
    matched: Mapping[str, str],
    *,
    order: str,
) -> Planned:
    """What a sheet would do. Writes nothing."""
    known = queries.lists(session, actor, space)
    made = mapper.SheetMapper(
        session,
        actor,
        space,
        places=known.places,
        usual=mapper.usual(reference.risks(session)),
        cells=CELLS.keys() & set(matched.values()),
    )
    refused: list[RefusedRow] = list(table.refused)

    def records() -> Iterable[tuple[int, Record]]:
        for line, cells in table.lines:
            named = dict(zip(table.header, cells, strict=True))
            found = rules.record(line, named, matched, known, order)
            if isinstance(found, Record):
                yield line, found
            else:
                refused.extend(RefusedRow(line, reason) for reason in found)

    lines = list(records())
    return compare(lines, made, refused=refused), made


def write(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    table: Table,
    planned: Planned,
    *,
    basis: str,
) -> UUID:
    """Write a plan, all of it or nothing; everything new stays at own level.

    basis: of the plan that was looked at. Raises: Denied; Conflict when the register moved since.
    """
    policy.require(actor, "threat:report", policy.About(actor.organisation_id, space.id))
    found, made = planned
    if found.basis != basis:
        raise Conflict(Reason("importing.stale-plan"))
    run = importing.apply(session, actor, found, made, source=Source(table.name, table.digest))
    made.finish()
    event = rules.BroughtIn(len(found.new), len(found.changed), table.digest)
    audit.record(session, actor, event, book=f"register:{space.id}", about=run.id)
    return run.id


def done(session: Session, actor: Actor, sheet_id: UUID) -> None:
    """Forget a sheet that was written. Raises NotFound."""
    session.delete(queries.sheet(session, actor, sheet_id))
    session.flush()


def take_back(session: Session, actor: Actor, run_id: UUID) -> int:
    """Take a run back: its new records are in no list any more, changed ones are as before.

    Raises: NotFound; Denied; Conflict: a day is over, or somebody acted on its records since.
    """
    run = runs.run(session, actor, run_id)
    if run.kind != rules.KIND or run.workspace_id is None:
        raise Conflict(Reason("intake.gone"))
    space = organisations.workspace_by_id(session, actor, run.workspace_id)
    policy.require(actor, "threat:report", policy.About(actor.organisation_id, space.id))
    if run.state != "applied":
        raise Conflict(Reason("intake.gone"))
    if actor.now > run.at + timedelta(hours=rules.UNDO_HOURS):
        raise Conflict(Reason("intake.late", facts={"hours": rules.UNDO_HOURS}))
    rows = runs.rows(session, actor, run_id)
    for row in rows:
        now = threats.held(session, actor, row.target_id)[0]
        if _acted_at(session, actor, now) != run.at or (row.before is None and now.edition != 1):
            raise Conflict(Reason("intake.acted"))
        if row.before is None:
            now.status = Status.DROPPED
        else:
            entry = mapper.entry_of(row.before)
            threats.edit(session, actor, row.target_id, entry, based_on=now.edition)
            if cells := row.before.get("cells"):
                places = reference.gazetteer(session, space.country)
                mapper.put_parts(session, actor, row.target_id, cells, places)
    session.flush()
    importing.undone(session, actor, run_id)
    event = rules.TakenBack(records=len(rows))
    audit.record(session, actor, event, book=f"register:{space.id}", about=run_id)
    return len(rows)


def _acted_at(session: Session, actor: Actor, threat: Threat) -> datetime:
    """When somebody last wrote to a record: of a closed one its history alone knows."""
    if threat.status == Status.ACTIVE:
        return threat.checked_at
    return max(row.at for row in picture.history(session, actor, threat.id))
