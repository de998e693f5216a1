"""Which records hold the words a reader asks for."""

from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.ground.search import SearchEntry, matching_first
from advocacy.protocols import queries as protocols
from advocacy.search.rules import INDEXES, WITH
from advocacy.threats.schema import FieldClass, Status, Threat, ThreatMembers, ThreatRestricted

_t: Any = Threat.__table__.c
# The sign keeps SQLite from walking through all entries of a kind: it begins at the words.
_KIND: Any = SearchEntry.kind + literal_column("''")
_PARTS: dict[FieldClass, Any] = {
    FieldClass.MEMBERS: ThreatMembers.__table__.c,
    FieldClass.RESTRICTED: ThreatRestricted.__table__.c,
}


def _kept(session: Session, actor: Actor) -> list[ColumnElement[bool]]:
    """Not of records whose full account is past its time: nobody finds them by its words."""
    over = protocols.over_before(session, actor)
    t = Threat.__table__.alias("ended").c
    is_over = [and_(t.workspace_id == space, t.checked_at < at) for space, at in over.items()]
    ended = select(t.id).where(t.status == Status.CLOSED, guard.sentence(t.audience_id, actor))
    return [SearchEntry.record_id.not_in(ended.where(or_(*is_over)))] if is_over else []


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
    over = _kept(session, actor)
    for of in mine:
        # A class is indexed with the words of others: who reads it alone would learn of those.
        known: list[ColumnElement[bool]] = [mine[each] for each in WITH[of] if each in mine]
        known += over if of is FieldClass.RESTRICTED else []
        counts.append(and_(INDEXES[of].kind == _KIND, *known))
    found = matching_first(session, words, or_(*counts))
    # Signs only: no record has them as a word.
    holds: ColumnElement[bool] = _t.id.is_(None) if found is None else _t.id.in_(found)
    return holds
