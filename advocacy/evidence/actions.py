"""Keep the evidence that came with a step."""

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.evidence.rules import Piece
from advocacy.evidence.schema import Evidence
from advocacy.ground.base import new_id

_rows: Any = Evidence.__table__


def keep(
    session: Session, actor: Actor, piece: Piece, *, ask_id: UUID, act_id: UUID, audience_id: UUID
) -> None:
    """Write a piece that has no faults. The room of asks has asked the policy."""
    session.add(
        Evidence(
            id=new_id(),
            organisation_id=actor.must_organisation(),
            audience_id=audience_id,
            own_audience_id=audience_id,
            ask_id=ask_id,
            act_id=act_id,
            url=piece.url.strip(),
            text=piece.text.strip(),
            direction=piece.direction,
            dated_on=piece.dated_on,
            recorded_at=actor.now,
        )
    )


def follow(session: Session, *, ask_id: UUID, organisation_id: UUID, audience_id: UUID) -> None:
    """Give what an organisation brought its new audience. Inside `guard.system`."""
    mine = (_rows.c.ask_id == ask_id, _rows.c.organisation_id == organisation_id)
    session.execute(update(_rows).where(*mine).values(audience_id=audience_id))
