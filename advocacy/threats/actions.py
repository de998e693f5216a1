"""Report, change and share a threat. Each writes its history in the same commit."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import EVERYONE
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.ground.base import new_id, new_ref
from advocacy.ground.errors import Conflict, NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.protocols import queries as protocols
from advocacy.threats import mapper, queries, rules
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.schema import (
    FieldClass,
    Status,
    Threat,
    ThreatMembers,
    ThreatRestricted,
    ThreatVersion,
    What,
    hanging,
)

FOLLOWERS: list[Callable[[Session, Actor, Threat], None]] = []
"""What rooms above do when a threat's audience changes, besides the tables of `hanging`."""


def report(
    session: Session, actor: Actor, *, workspace_id: UUID, entry: Entry, sharing: Sharing
) -> Threat:
    """Put a threat into the register. Its audience is part of the same fact.

    Raises: NotFound; Denied (wider than one's own organisation needs a lead's seat); Invalid.
    """
    space = organisations.workspace_by_id(session, actor, workspace_id)
    about = policy.About(actor.organisation_id, workspace_id)
    policy.require(actor, "threat:report", about)
    if sharing != Sharing():
        policy.require(actor, "threat:share", about)
    entry, safe = mapper.prepared(session, actor, space, entry)
    mapper.check_sharing(session, actor, space, entry, sharing)
    who = mapper.audiences(session, actor, space, sharing, of=entry)
    threat = Threat(
        id=new_id(),
        ref=new_ref(),
        workspace_id=workspace_id,
        status=Status.ACTIVE,
        scale_id=rules.SCALE,
        checked_at=actor.now,
        created_at=actor.now,
        edition=0,
        **_owned(actor, who[FieldClass.SAFE]),
        **safe,
    )
    session.add(threat)
    session.flush()
    owned = _owned(actor, who[FieldClass.MEMBERS])
    session.add(ThreatMembers(threat_id=threat.id, **owned, **mapper.pick(entry, mapper.MEMBERS)))
    # Who is named for it reads it as long as they read the record: in a group, by leaving, no more.
    shared = audience.meet(session, who[FieldClass.SAFE], who[FieldClass.RESTRICTED], now=actor.now)
    owned = _owned(actor, who[FieldClass.RESTRICTED]) | {"audience_id": shared}
    session.add(ThreatRestricted(threat_id=threat.id, narrative=entry.narrative, **owned))
    session.flush()
    write(session, actor, threat, What.REPORTED, rules.changes(None, mapper.fields(entry, safe)))
    note(session, actor, threat, rules.Reported(level=sharing.level), threat.id)
    return threat


def edit(session: Session, actor: Actor, threat_id: UUID, entry: Entry, *, based_on: int) -> Threat:
    """Change one's own threat; counts as a check. Raising sensitivity narrows at once.

    Raises: NotFound; Denied; Invalid; Conflict when it changed since version `based_on`.
    """
    threat, space = held(session, actor, threat_id)
    old = queries.current(session, actor, threat_id)
    if old.edition != based_on:
        raise Conflict(Reason("acts.stale"), current=old)
    entry, safe = mapper.prepared(session, actor, space, entry, kept_review=old.entry.next_review)
    before = mapper.fields(old.entry, {name: getattr(threat, name) for name in safe})
    changed = rules.changes(before, mapper.fields(entry, safe))
    members, told = _parts(session, threat)
    _set(threat, safe)
    _set(members, mapper.pick(entry, mapper.MEMBERS))
    told.narrative = entry.narrative
    _look(actor, threat)
    _narrow_to_cap(session, actor, threat, entry, old.entry)
    write(session, actor, threat, What.CHANGED, changed)
    rows = {FieldClass.MEMBERS: members.id, FieldClass.RESTRICTED: told.id}
    for of in changed:
        note(session, actor, threat, rules.Changed(field_class=of), rows.get(of, threat.id))
    if FieldClass.SAFE not in changed:
        note(session, actor, threat, rules.Checked(), threat.id)
    return threat


def share(
    session: Session,
    actor: Actor,
    threat_id: UUID,
    sharing: Sharing,
    *,
    is_agreed: bool = False,
    is_second: bool = False,
) -> Threat:
    """Set who may see a threat and its restricted part, from this instant on.

    History older than a widening stays with those who could read it then. That a second person
    confirms a widening is asked by `sharing`, whose door this is; is_second: that person acts.
    is_agreed: who coordinates the area of a survivor's record agreed to this.
    Raises: NotFound; Denied (any editor may narrow, only a lead's seat may widen); Invalid.
    """
    permission = "threat:confirm" if is_second else "threat:edit"
    threat, space = held(session, actor, threat_id, permission)
    entry = queries.entry(session, actor, threat_id)
    mapper.check_sharing(session, actor, space, entry, sharing, is_agreed=is_agreed)
    who = mapper.audiences(session, actor, space, sharing, of=entry)
    if not is_second and widens(session, actor, threat, who):
        policy.require(actor, "threat:share", policy.About(actor.organisation_id, space.id))
    before = queries.sharing_level(session, threat.audience_id)
    told = keep(session, actor, threat, who)
    changed = {FieldClass.SHARING: {"level": [str(before), sharing.level]}}
    write(session, actor, threat, What.SHARED, changed)
    note(session, actor, threat, rules.Shared(level=sharing.level), told.id)
    return threat


def keep(
    session: Session, actor: Actor, threat: Threat, who: Mapping[FieldClass, UUID]
) -> ThreatRestricted:
    """Give each class of a threat its audience; see `spread`."""
    members, told = _parts(session, threat)
    members.own_audience_id = who[FieldClass.MEMBERS]
    told.own_audience_id = who[FieldClass.RESTRICTED]
    spread(session, actor, threat, who[FieldClass.SAFE])
    return told


def widens(session: Session, actor: Actor, threat: Threat, who: Mapping[FieldClass, UUID]) -> bool:
    """Whether somebody would read more of one's own threat with these audiences than now."""
    now = queries.ends(session, threat)
    return any(
        audience.reaches_more(session, who[of], now[of], now=actor.now)
        for of in (FieldClass.SAFE, FieldClass.RESTRICTED)
    )


def amend(
    session: Session,
    actor: Actor,
    threat_id: UUID,
    changed: Mapping[FieldClass, dict[str, list[Any]]],
    *,
    based_on: int,
) -> Threat:
    """Write into a threat's history what a room above changed of it; counts as a check.

    changed: class of fields -> field -> [before, after], plain enough for JSON. Call it in the
    transaction of the change itself, before the change: it locks the threat.

    Raises: NotFound; Denied; Conflict when the threat changed since version `based_on`.
    """
    threat, _space = held(session, actor, threat_id)
    if threat.edition != based_on:
        raise Conflict(Reason("acts.stale"), current=threat.edition)
    _look(actor, threat)
    write(session, actor, threat, What.CHANGED, changed)
    for of in changed:
        note(session, actor, threat, rules.Changed(field_class=of), threat.id)
    return threat


def under(
    session: Session, actor: Actor, threat: Threat, of: FieldClass, *, own: UUID | None = None
) -> dict[str, Any]:
    """The columns that say whose a new row on a threat is and who reads it.

    own: the audience that its writer asks for; None = as far as the class `of` goes, on every day.
    The writer may be another organisation than the threat's owner.
    """
    asked = audience.intern(session, {EVERYONE}) if own is None else own
    kept = audience.meet(session, queries.ends(session, threat)[of], asked, now=actor.now)
    organisation = actor.must_organisation()
    return {"organisation_id": organisation, "audience_id": kept, "own_audience_id": asked}


def held(
    session: Session, actor: Actor, threat_id: UUID, permission: str = "threat:edit"
) -> tuple[Threat, WorkspaceRow]:
    """One's own threat, locked until the end of the transaction, with its workspace.

    Raises: NotFound; Denied; Conflict when it was put together with another one, or is closed
    for longer than its full account is kept.
    """
    query = select(Threat).where(Threat.id == threat_id).with_for_update()
    fresh = query.execution_options(populate_existing=True)
    # After a wait PostgreSQL asks who may read as it was before: a second question asks anew.
    threat = session.scalars(fresh).first() or session.scalars(fresh).first()
    if threat is None:
        raise NotFound
    space = organisations.workspace_by_id(session, actor, threat.workspace_id)
    policy.require(actor, permission, policy.About(threat.organisation_id, threat.workspace_id))
    if threat.status == Status.MERGED:
        raise Conflict(Reason("duplicates.merged"))
    if protocols.is_over(session, actor, threat):
        raise Conflict(Reason("retention.over"))
    return threat, space


def _narrow_to_cap(
    session: Session, actor: Actor, threat: Threat, entry: Entry, old: Entry
) -> None:
    """Bring the audience down to what the sensitivity still allows; it only ever narrows."""
    parts = audience.parts_of(session, threat.audience_id)
    kept = audience.cap(session, parts, threat.sensitivity)
    if rules.stays_own(entry) and (old.risk_code != entry.risk_code or not rules.stays_own(old)):
        kept = [part for part in kept if part[0] == threat.organisation_id]
    if set(kept) != parts:
        spread(session, actor, threat, audience.intern(session, kept))


def spread(session: Session, actor: Actor, threat: Threat, who: UUID) -> None:
    """Give a threat an audience, and its parts and history what they share with it.

    For the rooms above that put records together; people choose by `share`. A draft stays its own
    organisation's, whatever it is given.
    """
    if threat.status == Status.DRAFT:
        who = audience.intern(session, {threat.organisation_id})
    threat.audience_id = threat.own_audience_id = who
    members, told = _parts(session, threat)
    for part in (members, told):
        part.audience_id = audience.meet(session, who, part.own_audience_id, now=actor.now)
    session.flush()
    ends = queries.ends(session, threat)
    history: Any = ThreatVersion.__table__
    for of in (FieldClass.SAFE, FieldClass.MEMBERS, FieldClass.RESTRICTED):
        # What was read once is narrowed, never widened: its own past is what it is met with.
        mine = (history.c.threat_id == threat.id, history.c.field_class == of)
        _meet(session, actor, history, mine, ends[of], history.c.audience_id)
    for table, of in hanging():
        _meet(session, actor, table, (table.c.threat_id == threat.id,), ends[of])
    for follow in FOLLOWERS:
        follow(session, actor, threat)


def _meet(
    session: Session, actor: Actor, table: Any, mine: tuple[Any, ...], end: UUID, asked: Any = None
) -> None:
    """Give rows the audience that their parent's and the one they asked for share.

    Also the rows that who narrows a threat cannot see: they would be left wide.
    """
    asked = table.c.own_audience_id if asked is None else asked
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for old in session.scalars(select(asked).where(*mine).distinct()).all():
            new = audience.meet(session, old, end, now=actor.now)
            change = update(table).where(*mine, asked == old, table.c.audience_id != new)
            session.execute(change.values(audience_id=new))


def write(
    session: Session,
    actor: Actor,
    threat: Threat,
    what: What,
    changed: Mapping[FieldClass, dict[str, list[Any]]],
) -> None:
    """One row of history per class. What only touched hidden classes looks like a check."""
    own = audience.intern(session, {threat.organisation_id})
    ends = {**queries.ends(session, threat), FieldClass.SHARING: own}
    rows = dict(changed)
    if what is not What.SHARED:
        rows.setdefault(FieldClass.SAFE, {})
    threat.edition += 1
    for of, pairs in rows.items():
        seen_as = What.STILL_TRUE if of is FieldClass.SAFE and not pairs else what
        session.add(
            ThreatVersion(
                threat_id=threat.id,
                number=threat.edition,
                field_class=of,
                what=seen_as,
                changes=pairs,
                at=actor.now,
                person_id=actor.person_id,
                **_owned(actor, ends[of]),
            )
        )
    session.flush()


def note(session: Session, actor: Actor, threat: Threat, event: Event, about: UUID) -> None:
    """Put an event of a threat into the register's book, which nobody is shown."""
    audit.record(session, actor, event, book=f"register:{threat.workspace_id}", about=about)


def _parts(session: Session, threat: Threat) -> tuple[ThreatMembers, ThreatRestricted]:
    """The other two classes; whoever may edit a threat sees them."""
    of_members = select(ThreatMembers).where(ThreatMembers.threat_id == threat.id)
    of_told = select(ThreatRestricted).where(ThreatRestricted.threat_id == threat.id)
    return session.scalars(of_members).one(), session.scalars(of_told).one()


def _owned(actor: Actor, who: UUID) -> dict[str, Any]:
    own = actor.must_organisation()
    return {"organisation_id": own, "audience_id": who, "own_audience_id": who}


def _look(actor: Actor, threat: Threat) -> None:
    # Once it is closed this is the instant of its closing, which its retention is counted from.
    if threat.status != Status.CLOSED:
        threat.checked_at = actor.now


def _set(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
