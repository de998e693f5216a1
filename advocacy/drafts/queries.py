"""Whom one's own draft will be opened to, and how many records there are of each status."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.counting import queries as counting
from advocacy.drafts.schema import DraftAct
from advocacy.ground import acts
from advocacy.ground.errors import Conflict
from advocacy.ground.reasons import Reason
from advocacy.sharing import rules as sharing
from advocacy.threats import queries as threats
from advocacy.threats.rows import Sharing
from advocacy.threats.schema import Status, Threat


def draft(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    """One's own draft. Raises: NotFound; Denied; Conflict when it is no draft any more."""
    found = threats.own(session, actor, threat_id)
    if found.status != Status.DRAFT:
        raise Conflict(Reason("acts.stale"))
    return found


def last(session: Session, threat_id: UUID) -> DraftAct | None:
    """The last act on a draft; None where it came in with a sheet."""
    return acts.current(session.scalars(select(DraftAct).where(DraftAct.threat_id == threat_id)))


def chosen(session: Session, threat_id: UUID) -> Sharing:
    """Whom one's own draft will be opened to, as chosen so far."""
    head = last(session, threat_id)
    return sharing.chosen(head.choice) if head else Sharing()


def numbers(session: Session, actor: Actor, workspace_id: UUID) -> tuple[tuple[str, int], ...]:
    """How many records of each status the reader sees in a workspace."""
    shown = (Status.ACTIVE, Status.MONITORING, Status.CLOSED, Status.DRAFT)
    return tuple(
        (of.value, sum(counting.records(session, actor, workspace_id, of).values())) for of in shown
    )
