"""Open admissions: of a workspace one coordinates, and by the link that somebody holds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from advocacy.access import audience, bearer, policy
from advocacy.access.actor import Actor, Seat
from advocacy.access.schema import GroupKind
from advocacy.accounts.queries import by_id
from advocacy.admissions.rows import AdmissionRow
from advocacy.admissions.rules import JOIN, JOIN_LASTS
from advocacy.admissions.schema import Admission
from advocacy.ground.errors import NotFound
from advocacy.organisations.queries import addresses, group


def _open() -> Select[Admission]:
    return (
        select(Admission)
        .where(Admission.withdrawn_at.is_(None), Admission.accepted_at.is_(None))
        .order_by(Admission.at.desc(), Admission.id)
    )


def _row(of: Admission) -> AdmissionRow:
    return AdmissionRow(
        id=of.id,
        workspace_id=of.workspace_id,
        workspace_name=of.workspace_name,
        standing=of.standing,
        email=of.email,
        language=of.language,
        asked_for=of.asked_for,
        asked_by=of.asked_by,
        at=of.at,
    )


def admissions(session: Session, actor: Actor, *, workspace_id: UUID) -> list[AdmissionRow]:
    """What was asked and not answered yet. Raises Denied for all but coordinators."""
    policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))
    here = _open().where(
        Admission.workspace_id == workspace_id, Admission.at > actor.now - JOIN_LASTS
    )
    return [_row(found) for found in session.scalars(here)]


def admission(session: Session, admission_id: UUID) -> AdmissionRow | None:
    """One open admission; None once it was accepted or taken back."""
    found = session.scalars(_open().where(Admission.id == admission_id)).first()
    return _row(found) if found else None


def by_link(session: Session, actor: Actor, token: str) -> AdmissionRow | None:
    """What a link says to the one it went to; None for a spent, old or unknown one, or another's.

    A link dies with the power of who sent it: they must still coordinate the workspace.
    """
    try:
        held = bearer.look(session, JOIN, token, now=actor.now)
    except NotFound:
        return None
    found = admission(session, UUID(str(held.about["admission"])))
    me = by_id(session, actor.person_id) if actor.person_id else None
    if found is None or me is None or me.email != found.email:
        return None
    return found if _still_coordinates(session, found, now=actor.now) else None


def _still_coordinates(session: Session, found: AdmissionRow, *, now: datetime) -> bool:
    holders = addresses(session, found.asked_for, seats=[Seat.COORDINATOR], now=now)
    members = group(session, found.workspace_id, GroupKind.MEMBERS)
    is_in = found.asked_for in audience.members(session, members, now=now)
    return is_in and found.asked_by in {who.id for who in holders}
