"""Which records hold the words a reader asks for."""

from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.ground.search import SearchEntry, matching_first
from advocacy.search.rules import INDEXES, WITH
from advocacy.threats.schema import FieldClass, Threat, ThreatMembers, ThreatRestricted

_t: Any = Threat.__table__.c
# The sign keeps SQLite from walking through all entries of a kind: it begins at the words.
_KIND: Any = SearchEntry.kind + literal_column("''")
_PARTS: dict[FieldClass, Any] = {
    FieldClass.MEMBERS: ThreatMembers.__table__.c,
    FieldClass.RESTRICTED: ThreatRestricted.__table__.c,
}


def holding(session: Session, actor: Actor, words: str) -> ColumnElement[bool] | None:
    """A condition on `threat`: it holds all these words and "phrases" where the actor reads.

    None when nothing is asked. To stand beside the reader's sentence on `threat` itself.
    """
    if not words.strip():
        return None
    counts = [INDEXES[FieldClass.SAFE].kind == _KIND]
    mine = {
        of: SearchEntry.record_id.in_(
            select(part.threat_id).where(guard.sentence(part.audience_id, actor))
        )
        for of, part in _PARTS.items()
    }
    for of in mine:
        # A class is indexed with the words of others: who reads it alone would learn of those.
        known = [mine[each] for each in WITH[of] if each in mine]
        counts.append(and_(INDEXES[of].kind == _KIND, *known))
    found = matching_first(session, words, or_(*counts))
    # Signs only: no record has them as a word.
    holds: ColumnElement[bool] = _t.id.is_(None) if found is None else _t.id.in_(found)
    return holds
