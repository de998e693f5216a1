"""Read evidence, as far as the reader may."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.evidence.rows import EvidenceRow
from advocacy.evidence.schema import Evidence


def pieces(
    session: Session, ask_ids: Iterable[UUID], *, withdrawn: Collection[str]
) -> list[EvidenceRow]:
    """Evidence of these asks that this reader may see. withdrawn: ids of what steps took back."""
    query = select(Evidence).where(Evidence.ask_id.in_(list(ask_ids)))
    return [
        EvidenceRow(
            id=row.id,
            ask_id=row.ask_id,
            act_id=row.act_id,
            organisation_id=row.organisation_id,
            url=row.url,
            text=row.text,
            direction=row.direction,
            dated_on=row.dated_on,
            is_live=str(row.id) not in withdrawn,
        )
        for row in session.scalars(query.order_by(Evidence.recorded_at))
    ]
