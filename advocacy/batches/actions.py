"""Keep a batch until it is matched, make its plan, write it all or not; take a run back."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.asks.queries import today
from advocacy.audit import actions as audit
from advocacy.batches import queries, rules
from advocacy.batches.mapper import BatchMapper
from advocacy.batches.rows import About, Found, Record, Sheet
from advocacy.batches.schema import Batch
from advocacy.formats.csv import RefusedRow
from advocacy.formats.upr import normalise
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.importing import actions as importing
from advocacy.importing.rows import Plan, Source
from advocacy.importing.rules import plan as compare
from advocacy.institutions import actions as institutions
from advocacy.institutions import queries as institutions_of
from advocacy.institutions.rules import compared
from advocacy.institutions.schema import InstitutionKind
from advocacy.organisations.rows import WorkspaceRow
from advocacy.recommendations.rules import Imported


def receive(session: Session, actor: Actor, space: WorkspaceRow, sheet: Sheet) -> Batch:
    """Keep a batch until it is matched and written; those that waited before go.

    Raises: Denied.
    """
    policy.require(actor, "recommendation:add", policy.About(actor.organisation_id, space.id))
    for old in queries.own(session, actor, space.id):
        session.delete(old)
    who = audience.intern(session, {actor.must_organisation()})
    row = Batch(
        id=new_id(),
        workspace_id=space.id,
        person_id=actor.person_id,
        at=actor.now,
        name=sheet.name,
        digest=sheet.digest,
        header=list(sheet.header),
        lines=[[line, list(cells)] for line, cells in sheet.lines],
        refused=[[row.line, row.reason.code, dict(row.reason.facts)] for row in sheet.refused],
        notes=[[note.code, dict(note.facts)] for note in sheet.notes],
        matched=rules.guess(sheet.header),
        about=asdict(About()),
        owners={},
        organisation_id=actor.must_organisation(),
        audience_id=who,
        own_audience_id=who,
    )
    session.add(row)
    session.flush()
    return row


def match(
    session: Session, actor: Actor, batch_id: UUID, matched: Mapping[str, str], about: About
) -> list[str]:
    """Confirm which column is which field, and what holds for all; returns owners not known.

    Raises: NotFound; Invalid: no column for the text, a field twice, nobody to put rows to.
    """
    of = queries.batch(session, actor, batch_id)
    kept = {c: f for c, f in matched.items() if c in of.header and f in rules.NAMES}
    found = rules.match_faults(kept)
    if "owner" not in kept.values() and not about.owner:
        found.append(Reason("batches.no-owner", "owner"))
    if about.reach not in {"own", "members"}:
        found.append(Reason("form.choice", "reach"))
    Invalid.unless_empty(found)
    of.matched, of.about = kept, asdict(about)
    session.flush()
    return unknown(session, actor, of)


def unknown(session: Session, actor: Actor, of: Batch) -> list[str]:
    """Owners in a batch that are no institution here, whatever was answered about them."""
    found = _read(session, actor, of)
    return BatchMapper(
        session, actor, workspace_id=of.workspace_id, records=found.records
    ).unknown()


def answer(session: Session, actor: Actor, batch_id: UUID, owners: Mapping[str, str]) -> None:
    """Say who the unknown owners are. owners: name -> institution, new:kind, or empty.

    A name that stands for one of one's own institutions is kept as another name of it.
    Raises: NotFound; Invalid.
    """
    of = queries.batch(session, actor, batch_id)
    offered = institutions_of.institutions(session, actor, workspace_id=of.workspace_id)
    known = {str(one.id): one.id for one in offered}
    kinds = {f"new:{kind}" for kind in InstitutionKind}
    if not set(owners.values()) <= {"", *known, *kinds}:
        raise Invalid(Reason("form.choice"))
    for name, said in owners.items():
        if said in known:
            institutions.learn(session, actor, institution_id=known[said], name=name)
    of.owners = {compared(name): said for name, said in owners.items()}
    session.flush()


def plan(session: Session, actor: Actor, of: Batch) -> tuple[Plan[Record], BatchMapper]:
    """What a batch would do. Writes nothing."""
    return plan_of(
        session,
        actor,
        _read(session, actor, of),
        workspace_id=of.workspace_id,
        kind=rules.KIND_UPR if rules.is_upr(of.header) else rules.KIND,
        reach=queries.about(of).reach,
        owners=of.owners,
    )


def plan_of(
    session: Session,
    actor: Actor,
    found: Found,
    *,
    workspace_id: UUID,
    kind: str,
    reach: str,
    owners: Mapping[str, str],
) -> tuple[Plan[Record], BatchMapper]:
    """What these records would do, and the mapper that writes them. Writes nothing.

    kind, reach and owners: as `BatchMapper` takes them. A record of an owner whom nobody named,
    and one that is here with other words, are refused.
    """
    mapper = BatchMapper(
        session,
        actor,
        workspace_id=workspace_id,
        records=found.records,
        kind=kind,
        reach=reach,
        owners=owners,
    )
    strange = set(mapper.unknown())
    mapper.existing()  # learns the texts that are here
    refused, lines = list(found.refused), list[tuple[int, Record]]()
    for one in found.records:
        name = next((owner.name for owner in one.owners if owner.name in strange), None)
        line, here = one.lines[0], mapper.texts.get(one.key)
        if name is not None:
            facts = {"line": line, "name": name}
            refused.append(RefusedRow(line, Reason("batches.owner", facts=facts)))
        elif here is not None and normalise(here) != one.text:
            facts = {"line": line, "ref": one.ref}
            refused.append(RefusedRow(line, Reason("batches.other-words", facts=facts)))
        else:
            lines.append((line, one))
    return compare(lines, mapper, refused=refused, conflicts=found.conflicts), mapper


def keep(
    session: Session, actor: Actor, batch_id: UUID, *, basis: str, kept: Collection[str] | None
) -> UUID:
    """Write what a batch would do, and forget the batch; returns the run.

    basis: of the plan that was looked at; kept: keys of the records to keep, None = all.
    Raises: NotFound; Denied; Invalid: nothing is kept; Conflict when what is here has moved.
    """
    of = queries.batch(session, actor, batch_id)
    policy.require(
        actor, "recommendation:add", policy.About(actor.organisation_id, of.workspace_id)
    )
    found, mapper = plan(session, actor, of)
    if found.basis != basis:
        raise Conflict(Reason("importing.stale-plan"))
    if kept is not None:
        new, changed = ([i for i in one if i.key in kept] for one in (found.new, found.changed))
        found = replace(found, new=tuple(new), changed=tuple(changed))
    if not found.new and not found.changed:
        raise Invalid(Reason("batches.nothing"))
    run = write(session, actor, found, mapper, source=Source(of.name, of.digest))
    session.delete(of)
    session.flush()
    return run


def _read(session: Session, actor: Actor, of: Batch) -> Found:
    about = queries.about(of)
    if about.owner:
        who = institutions_of.institution(session, actor, UUID(about.owner))
        about = replace(about, owner=who.name)
    on = today(session, actor, of.workspace_id)
    return rules.read(queries.sheet(of), of.matched, about, today=on)


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
