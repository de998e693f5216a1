"""Reading the register. Lists are Core statements that carry the reader's sentence."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import Group
from advocacy.ground.errors import NotFound
from advocacy.protocols import queries as protocols
from advocacy.threats import rules
from advocacy.threats.rows import Current, Entry, Seen
from advocacy.threats.schema import FieldClass, Level, Threat, ThreatMembers, ThreatRestricted

_t: Any = Threat.__table__


def threat(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    """One threat, safe class only. Raises NotFound: absent, hidden, or of another workspace."""
    found = session.get(Threat, threat_id)
    if found is None or not _may_read(session, actor, found):
        raise NotFound
    return found


def own(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    """A threat of one's own, asked for before its form is read: nobody else is shown that form.

    Raises: NotFound; Denied.
    """
    found = threat(session, actor, threat_id)
    policy.require(actor, "threat:edit", policy.About(found.organisation_id, found.workspace_id))
    return found


def space_of(session: Session, threat_id: UUID) -> UUID | None:
    """The workspace of a threat whose audience the reader is in, whatever they must accept."""
    found = session.get(Threat, threat_id)
    return found.workspace_id if found else None


def _may_read(session: Session, actor: Actor, found: Threat) -> bool:
    """Who has not accepted the workspace's protocol reads nothing of its register."""
    is_in = _is_in(actor, found.workspace_id, found.organisation_id) and found.status != "dropped"
    return is_in and protocols.is_open(session, actor, found.workspace_id)


def _is_in(actor: Actor, workspace_id: UUID, organisation_id: UUID) -> bool:
    """Who left the workspace reads nothing in it any more but their own."""
    about = policy.About(workspace_id=workspace_id)
    return organisation_id == actor.organisation_id or policy.allows(actor, "workspace:read", about)


def detail(session: Session, actor: Actor, threat_id: UUID) -> Seen:
    """One threat with the classes this reader may know. Raises NotFound."""
    found = as_read(session, threat_id)
    if found is None or not _may_read(session, actor, found.safe):
        raise NotFound
    return (
        replace(found, narrative=None) if protocols.is_over(session, actor, found.safe) else found
    )


def as_read(session: Session, threat_id: UUID) -> Seen | None:
    """What the reader of a session reads of a threat by its audiences alone."""
    query = (
        select(Threat, ThreatMembers, ThreatRestricted.narrative)
        .outerjoin(ThreatMembers, ThreatMembers.threat_id == Threat.id)
        .outerjoin(ThreatRestricted, ThreatRestricted.threat_id == Threat.id)
        .where(Threat.id == threat_id)
    )
    row = session.execute(query).first()
    return Seen(row[0], sharing_level(session, row[0].audience_id), row[1], row[2]) if row else None


def sharing_level(session: Session, audience_id: UUID) -> Level:
    """How far an audience goes, in one word."""
    groups = [group for group, _ in audience.parts_of(session, audience_id)]
    kinds = session.scalars(select(Group.kind).where(Group.id.in_(groups)))
    return rules.level_of(kinds, organisations=len(groups))


def named(session: Session, actor: Actor, threat_id: UUID) -> tuple[set[UUID], set[UUID]]:
    """Groups in a threat's audience and in that of its restricted part. For its owner only."""
    found = own(session, actor, threat_id)
    told = session.scalars(
        select(ThreatRestricted.audience_id).where(ThreatRestricted.threat_id == threat_id)
    ).one()
    return audience.named(session, found.audience_id), audience.named(session, told)


def ends(session: Session, threat: Threat) -> dict[FieldClass, UUID]:
    """Who reads each class of a threat today, as audiences: for what hangs on it.

    Asked as the system: who adds a row may itself read less than the class it adds to.
    """
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        members, told = session.execute(
            select(ThreatMembers.audience_id, ThreatRestricted.audience_id)
            .join_from(ThreatMembers, ThreatRestricted, ThreatRestricted.threat_id == threat.id)
            .where(ThreatMembers.threat_id == threat.id)
        ).one()
    return {
        FieldClass.SAFE: threat.audience_id,
        FieldClass.MEMBERS: members,
        FieldClass.RESTRICTED: told,
    }


def current(session: Session, actor: Actor, threat_id: UUID) -> Current:
    """All fields of one's own threat, and the version they are of. Raises NotFound, Denied."""
    edition = own(session, actor, threat_id).edition
    return Current(edition, entry(session, actor, threat_id))


def entry(session: Session, actor: Actor, threat_id: UUID) -> Entry:
    """All fields of one's own threat. Raises NotFound."""
    seen = detail(session, actor, threat_id)
    found, members = seen.safe, seen.members
    if members is None or seen.narrative is None:
        raise NotFound
    fields: dict[str, Any] = {"narrative": seen.narrative}
    for name in Entry.__dataclass_fields__:
        if name not in fields:
            of: Any = members if rules.CLASS_OF.get(name) is FieldClass.MEMBERS else found
            fields[name] = getattr(of, name)
    return Entry(**fields)


def titles(session: Session, actor: Actor, threat_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Titles of those of these threats that the reader may see."""
    query = select(_t.c.id, _t.c.title, _t.c.workspace_id, _t.c.organisation_id).where(
        _t.c.id.in_(sorted(threat_ids)), guard.sentence(_t.c.audience_id, actor)
    )
    rows = session.connection().execute(query).all()
    waits = protocols.waits(session, actor)
    return {
        i: title
        for i, title, space, owner in rows
        if space not in waits and _is_in(actor, space, owner)
    }
