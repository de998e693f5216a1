"""What one may look at again, and from which version."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.threats.schema import Threat

_t: Any = Threat.__table__.c


def editions(session: Session, actor: Actor, threat_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The versions that one's own threats are at, for a form that is made from them."""
    query = select(_t.id, _t.edition).where(
        _t.id.in_(sorted(threat_ids)),
        _t.organisation_id == actor.organisation_id,
        guard.sentence(_t.audience_id, actor),
    )
    rows: Any = session.connection().execute(query)
    return {row.id: row.edition for row in rows}
