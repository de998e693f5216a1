"""Where copies of a text are."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.deliveries.rows import Copy, Outsider, Reply
from advocacy.deliveries.rules import Kind
from advocacy.deliveries.schema import Delivery, DeliveryAct, DeliveryAddress
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.releases import queries as releases


def copies(session: Session, actor: Actor, release_id: UUID) -> list[Copy]:
    """The copies of a release that were given, newest first, as this reader may know them."""
    return _copies(session, [release_id])


def where(session: Session, actor: Actor, position_id: UUID) -> list[Copy]:
    """The same of every release of a text: where a name that is taken off has gone before."""
    return _copies(session, releases.all_of(session, actor, position_id))


def _copies(session: Session, release_ids: Collection[UUID]) -> list[Copy]:
    query = select(Delivery).where(Delivery.release_id.in_(release_ids))
    found = list(session.scalars(query.order_by(Delivery.given_at.desc(), Delivery.id)))
    ids = [row.id for row in found]
    followed: dict[UUID, list[DeliveryAct]] = {}
    for act in session.scalars(select(DeliveryAct).where(DeliveryAct.delivery_id.in_(ids))):
        followed.setdefault(act.delivery_id, []).append(act)
    reachable = set(
        session.scalars(
            select(DeliveryAddress.delivery_id).where(DeliveryAddress.delivery_id.in_(ids))
        )
    )
    return [_copy(row, followed.get(row.id, []), row.id in reachable) for row in found]


def _copy(row: Delivery, followed: list[DeliveryAct], has_address: bool) -> Copy:  # noqa: FBT001 - a fact of the row
    last = acts.current(followed)
    replies = sorted(
        (act for act in followed if act.kind == Kind.REPLY), key=lambda act: act.recorded_at
    )
    return Copy(
        id=row.id,
        release_id=row.release_id,
        to_name=row.to_name,
        to_role=row.to_role,
        how=row.how,
        by_name=row.by_name,
        given_at=row.given_at,
        note=row.note,
        replies=tuple(Reply(act.words, act.effective_on) for act in replies if act.effective_on),
        told=any(act.kind == Kind.TOLD for act in followed),
        has_address=has_address,
        last=last.id if last else None,
    )


def delivery(session: Session, actor: Actor, delivery_id: UUID) -> Delivery:
    """One delivery. Raises NotFound."""
    row = session.scalars(select(Delivery).where(Delivery.id == delivery_id)).first()
    if row is None:
        raise NotFound
    return row


def outsiders(session: Session, release_id: UUID) -> list[Outsider]:
    """Those outside whom a notice about a release reaches. For the mails alone."""
    columns = (Delivery.id, DeliveryAddress.address, DeliveryAddress.language, Delivery.given_at)
    query = (
        select(*columns)
        .join(DeliveryAddress, DeliveryAddress.delivery_id == Delivery.id)
        .where(Delivery.release_id == release_id)
    )
    with guard.system(session, guard.System.WORKER):
        return [Outsider(*row) for row in session.execute(query.order_by(Delivery.id))]
