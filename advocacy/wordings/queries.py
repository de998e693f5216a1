"""Texts of recommendations in other languages, for those who read the recommendation."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground import acts
from advocacy.organisations import queries as organisations
from advocacy.wordings.rows import WordingRow
from advocacy.wordings.schema import Wording


def of(session: Session, actor: Actor, recommendation_id: UUID) -> list[WordingRow]:
    """The last text in each language, by language."""
    query = select(Wording).where(Wording.recommendation_id == recommendation_id)
    chains: dict[str, list[Wording]] = {}
    for row in session.scalars(query):
        chains.setdefault(row.language, []).append(row)
    last = {key: acts.chain(chain) for key, chain in sorted(chains.items())}
    names = organisations.names(session, {one[-1].organisation_id for one in last.values() if one})
    return [
        WordingRow(
            id=one[-1].id,
            language=language,
            text=one[-1].text,
            is_official=one[-1].is_official,
            source=one[-1].source,
            organisation=names.get(one[-1].organisation_id, ""),
            recorded_at=one[-1].recorded_at,
            number=len(one),
        )
        for language, one in last.items()
        if one
    ]
