"""Keeping the index: in the transaction of each act, and for what was written before it was."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.audit.rules import Event
from advocacy.ground.search import SearchEntry
from advocacy.reference import queries as reference
from advocacy.search.rules import INDEXES, WITH
from advocacy.threats.schema import (
    FieldClass,
    OfThreat,
    Threat,
    ThreatMembers,
    ThreatRestricted,
)

_BATCH = 500
_OF: dict[FieldClass, tuple[Any, tuple[str, ...]]] = {
    FieldClass.MEMBERS: (ThreatMembers, ("place",)),
    FieldClass.RESTRICTED: (ThreatRestricted, ("narrative",)),
}


def follow(session: Session, actor: Actor, _event: Event, about: UUID) -> None:
    """Index a threat again when an act on it was recorded. Events about its parts say nothing."""
    if session.get(Threat, about) is not None:
        learn(session, actor, [about])


def learn(session: Session, _actor: Actor, threat_ids: Iterable[UUID]) -> None:
    """Index these threats as the actor reads them: for who reads them whole, their owner.

    Call it at the end of an act that changes words of rows that hang on a threat.
    """
    _index(session, sorted(threat_ids))


def catch_up(session: Session) -> int:
    """Index every threat that is in no index yet; says how many. Cheap when there is none."""
    known = select(SearchEntry.record_id).where(
        SearchEntry.kind == INDEXES[FieldClass.RESTRICTED].kind
    )
    with guard.system(session, guard.System.COMMAND):
        waiting = session.scalars(select(Threat.id).where(Threat.id.not_in(known))).all()
        for first in range(0, len(waiting), _BATCH):
            _index(session, waiting[first : first + _BATCH])
    return len(waiting)


def _index(session: Session, ids: Iterable[UUID]) -> None:
    session.flush()
    texts: dict[FieldClass, dict[UUID, list[str]]] = {of: {} for of in INDEXES}
    for threat in session.scalars(select(Threat).where(Threat.id.in_(ids))):
        said = [threat.ref, threat.title, threat.summary, *_names(session, threat.area_id)]
        texts[FieldClass.SAFE][threat.id] = said
    for kind, of, columns in _sources():
        for row in session.scalars(select(kind).where(kind.threat_id.in_(ids))):
            words = [str(getattr(row, name) or "") for name in columns]
            words += _names(session, getattr(row, "area_id", None))
            texts[of].setdefault(row.threat_id, []).extend(words)
    for of, index in INDEXES.items():
        found = {
            i: "\n".join(word for part in WITH[of] for word in texts[part].get(i, ()))
            for i in texts[FieldClass.SAFE]
        }
        index.put(session, found)


def _sources() -> list[tuple[Any, FieldClass, tuple[str, ...]]]:
    """Tables whose rows hold words of a threat, their class of fields and their columns."""
    own = [(kind, of, columns) for of, (kind, columns) in _OF.items()]
    kinds: list[Any] = [mapper.class_ for mapper in Threat.registry.mappers]
    hanging = [
        (kind, kind.__follows__, tuple(kind.__searched__))
        for kind in kinds
        if issubclass(kind, OfThreat) and hasattr(kind, "__searched__")
    ]
    return own + hanging


def _names(session: Session, area_id: UUID | None) -> list[str]:
    """What an area is called, in every language; the country says nothing that narrows."""
    if area_id is None:
        return []
    area = reference.area(session, area_id)
    return [area.name, *area.names.values(), area.code]
