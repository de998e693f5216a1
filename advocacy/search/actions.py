"""Keeping the index: in the transaction of each act, and for what was written before it was."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select, true
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
_t: Any = Threat.__table__.c
_OWN: tuple[tuple[Any, FieldClass, tuple[str, ...]], ...] = (
    (ThreatMembers.__table__, FieldClass.MEMBERS, ("place",)),
    (ThreatRestricted.__table__, FieldClass.RESTRICTED, ("narrative",)),
)


def follow(session: Session, actor: Actor, _event: Event, about: UUID) -> None:
    """Index a threat again when an act on it was recorded; an event about a part finds none."""
    learn(session, actor, [about])


def learn(session: Session, actor: Actor, threat_ids: Iterable[UUID]) -> None:
    """Index these threats as the actor reads them: for who reads them whole, their owner.

    Call it at the end of an act that changes words of rows that hang on a threat.
    """
    session.flush()
    _index(session, sorted(threat_ids), lambda column: guard.sentence(column, actor))


def learn_anew(session: Session, threat_ids: Iterable[UUID]) -> None:
    """Index these threats again, whoever reads them: for what the system itself changed."""
    session.flush()
    with guard.system(session, guard.System.COMMAND):
        _index(session, sorted(threat_ids), lambda _column: true())


def catch_up(session: Session) -> int:
    """Index every threat that is in no index yet; says how many. Cheap when there is none."""
    known = select(SearchEntry.record_id).where(
        SearchEntry.kind == INDEXES[FieldClass.RESTRICTED].kind
    )
    with guard.system(session, guard.System.COMMAND):
        query = select(_t.id).where(_t.id.not_in(known))
        waiting = [row.id for row in session.connection().execute(query)]
        for first in range(0, len(waiting), _BATCH):
            _index(session, waiting[first : first + _BATCH], lambda _column: true())
    return len(waiting)


def _index(session: Session, ids: list[UUID], allowed: Callable[[Any], Any]) -> None:
    texts: dict[FieldClass, dict[UUID, list[str]]] = {of: {} for of in INDEXES}
    ask = session.connection().execute
    safe = select(_t.id, _t.ref, _t.title, _t.summary, _t.area_id).where(_t.id.in_(ids))
    for row in ask(safe.where(allowed(_t.audience_id))):
        said = [row.ref, row.title, row.summary, *_names(session, row.area_id)]
        texts[FieldClass.SAFE][row.id] = said
    for table, of, columns in (*_OWN, *_hanging()):
        query = select(table).where(table.c.threat_id.in_(ids), allowed(table.c.audience_id))
        for found in ask(query).mappings():
            words = [str(found[name] or "") for name in columns]
            words += _names(session, found.get("area_id"))
            texts[of].setdefault(found["threat_id"], []).extend(words)
    for of, index in INDEXES.items():
        whole = {
            i: "\n".join(word for part in WITH[of] for word in texts[part].get(i, ()))
            for i in texts[FieldClass.SAFE]
        }
        index.put(session, whole)


def _hanging() -> list[tuple[Any, FieldClass, tuple[str, ...]]]:
    """Tables of other rooms whose rows hold words of a threat, with their class and columns."""
    kinds: list[Any] = [mapper.class_ for mapper in Threat.registry.mappers]
    return [
        (kind.__table__, kind.__follows__, tuple(kind.__searched__))
        for kind in kinds
        if issubclass(kind, OfThreat) and hasattr(kind, "__searched__")
    ]


def _names(session: Session, area_id: UUID | None) -> list[str]:
    """What an area is called, in every language; the country says nothing that narrows."""
    if area_id is None:
        return []
    area = reference.area(session, area_id)
    return [area.name, *area.names.values(), area.code]
