"""Log a file that is taken out; keep an author's word that marked words are about nobody."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.extracts import queries, rules
from advocacy.extracts.schema import Extract, ExtractEnd, Kind, NobodysWords, Reach
from advocacy.ground.base import new_id
from advocacy.ground.errors import Denied, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations.rows import WorkspaceRow
from advocacy.picture import queries as picture
from advocacy.picture.rows import Filters
from advocacy.protocols import queries as protocols
from advocacy.text import personal
from advocacy.threats import actions as threats
from advocacy.threats import queries as register
from advocacy.threats.schema import FieldClass


def begin(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    filters: Filters,
    *,
    kind: Kind,
    reach: Reach,
    asked: Mapping[str, Any],
) -> Extract:
    """Note that a file is taken out, before a byte of it is sent. Only one's own side reads it.

    Raises: Denied outside the workspace; Invalid when the list is too long for such a file, or,
    for outside, when it holds what looks like one person's data.
    """
    policy.require(actor, "workspace:read", policy.About(workspace_id=space.id))
    if not protocols.is_open(session, actor, space.id):
        raise Denied(Reason("access.denied", facts={"permission": "workspace:read"}))
    most = rules.MOST.get(kind, rules.MOST_ROWS)
    cells = picture.cells(session, actor, space, filters)
    if sum(cell.number for cell in cells if not cell.is_more) > most:
        raise Invalid(Reason("extracts.too-many", "kind", {"most": most}))
    if reach is Reach.OUTSIDE:
        Invalid.unless_empty(queries.person_faults(session, actor, space, filters))
    who = audience.intern(session, {actor.must_organisation()})
    row = Extract(
        id=new_id(),
        workspace_id=space.id,
        person_id=actor.person_id,
        at=actor.now,
        kind=kind,
        reach=reach,
        asked=dict(asked),
        organisation_id=actor.must_organisation(),
        audience_id=who,
        own_audience_id=who,
    )
    session.add(row)
    session.flush()
    event = rules.Taken(kind=kind, reach=reach)
    audit.record(session, actor, event, book=f"extracts:{row.organisation_id}", about=row.id)
    return row


def end(session: Session, actor: Actor, extract_id: UUID, *, rows: int, digest: str) -> ExtractEnd:
    """Note that a file went out whole, and what it was. Raises NotFound: not one's own."""
    of = session.get(Extract, extract_id)
    if of is None or of.organisation_id != actor.organisation_id:
        raise NotFound
    row = ExtractEnd(
        id=new_id(),
        extract_id=of.id,
        at=actor.now,
        rows=rows,
        digest=digest,
        organisation_id=of.organisation_id,
        audience_id=of.audience_id,
        own_audience_id=of.own_audience_id,
    )
    session.add(row)
    session.flush()
    return row


def say_nobodys(session: Session, actor: Actor, threat_id: UUID) -> NobodysWords | None:
    """Keep the author's word that what is marked in the safe part is no person's data.

    None where nothing is marked, or it was said before. Raises: NotFound; Denied.
    """
    of = register.own(session, actor, threat_id)
    digest = personal.digest([*personal.marks(of.title), *personal.marks(of.summary)])
    if not digest or digest in queries.kept_words(session, actor, threat_id):
        return None
    row = NobodysWords(
        id=new_id(),
        threat_id=threat_id,
        digest=digest,
        at=actor.now,
        person_id=actor.person_id,
        **threats.under(session, actor, of, FieldClass.SAFE),
    )
    session.add(row)
    session.flush()
    return row
