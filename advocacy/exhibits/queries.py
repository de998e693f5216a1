"""Read evidence, as far as the reader may read the view or the account that it belongs to."""

from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.assessments import queries as assessments
from advocacy.assessments.schema import Assessment
from advocacy.exhibits import rules
from advocacy.exhibits.rows import ExhibitRow, FileRow, Handed, Panel, Piece, Room
from advocacy.exhibits.schema import Exhibit, ExhibitAct, ExhibitFile
from advocacy.formats.attachment import ENDINGS
from advocacy.ground.acts import current
from advocacy.ground.errors import NotFound
from advocacy.protocols import queries as protocols
from advocacy.threats import queries as threats
from advocacy.threats.schema import Status, Threat

_FILE = (ExhibitFile.media, ExhibitFile.size, ExhibitFile.sha256, ExhibitFile.tells)
_SCAN = (ExhibitFile.scanned_at, ExhibitFile.scanned_by)


def panel(
    session: Session,
    actor: Actor,
    threat: Threat,
    views: Collection[UUID] = (),
    also: Iterable[UUID] = (),
) -> Panel:
    """Evidence for a threat's own page. views: those that are shown there; also: records that
    were put together with this one."""
    rows = exhibits(session, actor, threat, views=views, also=also)
    by_view: dict[UUID, tuple[ExhibitRow, ...]] = {}
    for row in rows:
        if row.view_id is not None:
            by_view[row.view_id] = (*by_view.get(row.view_id, ()), row)
    return Panel(
        of_record=tuple(row for row in rows if row.is_of_record),
        by_view=by_view,
        count=len(rows),
        may_add=may_add(session, actor, threat),
    )


def exhibits(
    session: Session,
    actor: Actor,
    threat: Threat,
    *,
    views: Collection[UUID] = (),
    also: Iterable[UUID] = (),
) -> list[ExhibitRow]:
    """Evidence that this reader may read, the newest first. views, also: as for `panel`."""
    if protocols.is_over(session, actor, threat):
        return []
    return _rows(session, actor, Exhibit.threat_id.in_([threat.id, *also]), views)


def many(
    session: Session, actor: Actor, threat_ids: Iterable[UUID]
) -> dict[UUID, list[ExhibitRow]]:
    """Evidence that this reader may read of many threats, and that nobody withdrew.

    threat_ids: of records whose full account may still be shown (`protocols.is_over`).
    """
    found: dict[UUID, list[ExhibitRow]] = {}
    for row in _rows(session, actor, Exhibit.threat_id.in_(sorted(threat_ids)), ()):
        if row.withdrawn_at is None:
            found.setdefault(row.threat_id, []).append(row)
    return found


def exhibit(session: Session, actor: Actor, threat_id: UUID, exhibit_id: UUID) -> ExhibitRow:
    """One piece of evidence on a threat, with its last act where it is ours. Raises NotFound."""
    threat = threats.threat(session, actor, threat_id)
    if protocols.is_over(session, actor, threat):
        raise NotFound
    which = and_(Exhibit.threat_id == threat_id, Exhibit.id == exhibit_id)
    for row in _rows(session, actor, which, ()):
        return row
    raise NotFound


def last_act(session: Session, exhibit_id: UUID) -> UUID | None:
    """The act that a next one on this piece follows; None for those outside."""
    acts = session.scalars(select(ExhibitAct).where(ExhibitAct.exhibit_id == exhibit_id))
    last = current(acts)
    return last.id if last else None


def _rows(
    session: Session, actor: Actor, which: ColumnElement[bool], views: Collection[UUID]
) -> list[ExhibitRow]:
    own, shown = aliased(Assessment), aliased(Assessment)
    of_it = and_(
        own.threat_id == Exhibit.threat_id,
        own.organisation_id == Exhibit.organisation_id,
        own.period == Exhibit.period,
    )
    beside = and_(shown.organisation_id == Exhibit.organisation_id, shown.id.in_(list(views)))
    query = (
        select(Exhibit, own.id, shown.id, *_FILE, *_SCAN)
        .outerjoin(ExhibitFile, ExhibitFile.exhibit_id == Exhibit.id)
        .outerjoin(own, of_it)
        .outerjoin(shown, beside)
        .where(which)
        .order_by(Exhibit.dated_on.desc(), Exhibit.id)
    )
    found = []
    for row, own_id, shown_id, *file in session.execute(query):
        is_ours = row.organisation_id == actor.organisation_id
        # Who cannot read the view cannot read what is under it, however wide it was asked for.
        if is_ours or own_id is not None or not row.period:
            found.append(_row(row, shown_id if row.period else None, file, is_ours=is_ours))
    return found


def _row(row: Exhibit, view_id: UUID | None, file: list[Any], *, is_ours: bool) -> ExhibitRow:
    media, size, digest, tells, *scan = file
    return ExhibitRow(
        id=row.id,
        threat_id=row.threat_id,
        said=Piece(**{name: getattr(row, name) for name in Piece.__dataclass_fields__}),
        file=FileRow(media, size, digest, tuple(tells), *scan) if media else None,
        view_id=view_id,
        is_of_record=not row.period,
        is_ours=is_ours,
        added_at=row.added_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_why=row.withdrawn_why,
    )


def file(session: Session, actor: Actor, threat_id: UUID, exhibit_id: UUID) -> Handed:
    """The file of a piece. Raises NotFound: for those outside, held, withdrawn, erased."""
    if exhibit(session, actor, threat_id, exhibit_id).file is None:
        raise NotFound
    columns = (ExhibitFile.media, ExhibitFile.sha256, ExhibitFile.data)
    query = select(*columns).where(ExhibitFile.exhibit_id == exhibit_id)
    media, digest, data = session.execute(query).one()
    if sha256(data).hexdigest() != digest:
        raise RuntimeError(f"the file of {exhibit_id} is not what was kept")
    return Handed(f"evidence-{digest[:12]}.{ENDINGS[media]}", media, data)


def room(session: Session, actor: Actor, workspace_id: UUID) -> Room:
    """How much room one's own files take. Of nobody else's: a sum would tell of hidden ones."""
    query = (
        select(func.coalesce(func.sum(ExhibitFile.size), 0))
        .join(Threat, Threat.id == ExhibitFile.threat_id)
        .where(
            ExhibitFile.organisation_id == actor.must_organisation(),
            Threat.workspace_id == workspace_id,
        )
    )
    return Room(int(session.scalars(query).one()), rules.MOST_BYTES)


def pieces_of_ours(session: Session, actor: Actor, threat_id: UUID) -> int:
    """How many pieces one's own organisation has on a record, those withdrawn too."""
    query = select(func.count(Exhibit.id)).where(
        Exhibit.threat_id == threat_id, Exhibit.organisation_id == actor.must_organisation()
    )
    return session.scalars(query).one()


def may_add(session: Session, actor: Actor, threat: Threat) -> bool:
    """Whether this reader may add evidence: to its own record, or to its own standing view."""
    about = policy.About(threat.organisation_id, threat.workspace_id)
    if threat.status in {Status.MERGED, Status.DROPPED}:
        return False
    if not policy.allows(actor, "exhibit:add", about) or protocols.is_over(session, actor, threat):
        return False
    return bool(places(session, actor, threat))


def places(session: Session, actor: Actor, threat: Threat) -> list[str]:
    """What one's own organisation may put evidence to: `record`, `view`, both or nothing."""
    is_owner = threat.organisation_id == actor.organisation_id
    has_view = assessments.mine(session, actor, threat.id).said is not None
    sees = assessments.sees_members_part(session, actor, threat.id)
    found = {"view": has_view and sees, "record": is_owner}
    return [name for name, is_there in found.items() if is_there]
