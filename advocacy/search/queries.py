"""Which records hold the words a reader asks for."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.search.rules import INDEXES
from advocacy.threats.schema import FieldClass, Threat, ThreatMembers, ThreatRestricted

_t: Any = Threat.__table__.c
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
    safe = INDEXES[FieldClass.SAFE].matching(session, words)
    if safe is None:
        nothing: ColumnElement[bool] = _t.id.is_(None)
        return nothing  # signs only: no record has them as a word
    found = [_t.id.in_(safe)]
    for of, part in _PARTS.items():
        matching: Any = INDEXES[of].matching(session, words)
        mine = select(part.threat_id).where(
            part.threat_id.in_(matching), guard.sentence(part.audience_id, actor)
        )
        found.append(_t.id.in_(mine))
    return or_(*found)
