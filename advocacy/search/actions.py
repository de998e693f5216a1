"""Keeping the index: in the transaction of each act, and for what was written before it was."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    String,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.access.actor import Actor
from advocacy.audit.rules import Event
from advocacy.ground import clock, search
from advocacy.reference import queries as reference
from advocacy.search.rules import WITH, finders
from advocacy.search.schema import ThreatWords
from advocacy.threats import actions as threats
from advocacy.threats.schema import (
    FieldClass,
    OfThreat,
    Status,
    Threat,
    ThreatMembers,
    ThreatRestricted,
)

_BATCH = 500
_IDS = bindparam("ids", expanding=True, type_=Threat.__table__.c.id.type)
_t: Any = Threat.__table__.c
_w: Any = ThreatWords.__table__
_OWN: tuple[tuple[Any, FieldClass, tuple[str, ...]], ...] = (
    (ThreatMembers.__table__, FieldClass.MEMBERS, ("place",)),
    (ThreatRestricted.__table__, FieldClass.RESTRICTED, ("narrative",)),
)


def follow(session: Session, actor: Actor, _event: Event, about: UUID) -> None:
    """Index a threat again when an act on it was recorded; an event about a part finds none."""
    learn(session, actor, [about])


def learn(session: Session, actor: Actor, threat_ids: Iterable[UUID]) -> None:
    """Index these threats, each class for those who read it.

    Call it at the end of an act that changes words of rows that hang on a threat.
    """
    session.flush()
    ids = sorted(threat_ids)
    # Whoever acted, also the rows are written again that they cannot see.
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for first in range(0, len(ids), _BATCH):
            _index(session, ids[first : first + _BATCH], actor.now)


def learn_anew(session: Session, threat_ids: Iterable[UUID]) -> None:
    """Index these threats again: for what the system itself changed."""
    session.flush()
    with guard.system(session, guard.System.COMMAND):
        _index(session, sorted(threat_ids), clock.now())


def _widened(session: Session, actor: Actor, threat: Threat) -> None:
    learn(session, actor, [threat.id])


threats.FOLLOWERS.append(_widened)


def catch_up(session: Session, *, anew: bool = False) -> int:
    """Index every threat that is in no index yet; says how many. Cheap when there is none.

    anew: forget the index and make all of it again.
    """
    with guard.system(session, guard.System.COMMAND):
        ask = session.connection().execute
        if anew:
            ask(delete(_w))
        waiting = [row.id for row in ask(select(_t.id).where(_t.id.not_in(select(_w.c.threat_id))))]
        if waiting:  # perhaps of the version before, which kept them elsewhere
            ask(delete(search.SearchEntry).where(search.SearchEntry.kind.like("threat.%")))
        for first in range(0, len(waiting), _BATCH):
            _index(session, waiting[first : first + _BATCH], clock.now())
    return len(waiting)


def _index(session: Session, ids: list[UUID], now: datetime) -> None:
    """What these threats say now, in place of what was indexed of them."""
    texts: dict[tuple[UUID, FieldClass], list[str]] = {}
    ends: dict[tuple[UUID, FieldClass], UUID] = {}
    areas: dict[UUID | None, str] = {None: ""}
    known: dict[UUID, Any] = {}
    for row in session.connection().execute(_everything(), {"ids": ids}):
        at = (row.threat_id, FieldClass(row.of))
        if row.is_main:
            ends[at] = row.audience_id
            known |= {row.threat_id: row} if at[1] is FieldClass.SAFE else {}
        # What its writer shares less far than its class is found by nobody.
        if ends.get(at) == row.audience_id:
            if row.area_id not in areas:
                areas[row.area_id] = _names(session, row.area_id)
            texts.setdefault(at, []).extend((row.said, areas[row.area_id]))
    if known:
        _narrow(session, ends, known, now)
        rows = _rows(session, texts, ends, known)
        session.connection().execute(delete(_w).where(_w.c.threat_id.in_(list(known))))
        session.connection().execute(insert(_w), rows)


def _rows(
    session: Session,
    texts: dict[tuple[UUID, FieldClass], list[str]],
    ends: dict[tuple[UUID, FieldClass], UUID],
    known: dict[UUID, Any],
) -> list[dict[str, Any]]:
    groups = audience.groups_in(session, set(ends.values()))
    rows: list[dict[str, Any]] = []
    for threat_id, main in known.items():
        readers = {of: groups.get(ends[threat_id, of], set()) for of in WITH}
        for of, tags in finders(readers, is_apart=main.status == Status.CLOSED).items():
            parts = (word for part in WITH[of] for word in texts.get((threat_id, part), ()))
            words, names = search.tagged(session, "\n".join(parts), tags)
            row = {
                "threat_id": threat_id,
                "organisation_id": main.organisation_id,
                "audience_id": ends[threat_id, of],
                "own_audience_id": ends[threat_id, of],
                "field_class": of,
                "words": words,
                "tags": names,
            }
            rows += [row] if tags else []
    return rows


def _narrow(
    session: Session,
    ends: dict[tuple[UUID, FieldClass], UUID],
    known: Iterable[UUID],
    now: datetime,
) -> None:
    """A class is found with the words of others: by those alone who read the others too."""
    met: dict[tuple[UUID, UUID], UUID] = {}
    for threat_id in known:
        members, told = ends[threat_id, FieldClass.MEMBERS], ends[threat_id, FieldClass.RESTRICTED]
        if (members, told) not in met:
            met[members, told] = audience.meet(session, members, told, now=now)
        ends[threat_id, FieldClass.RESTRICTED] = met[members, told]


def _everything() -> Any:
    """Every row with words of these threats: the three classes first, then what hangs on them."""
    kinds: list[Any] = [mapper.class_ for mapper in Threat.registry.mappers]
    hanging = [
        (kind.__table__, kind.__follows__, tuple(kind.__searched__))
        for kind in kinds
        if issubclass(kind, OfThreat) and hasattr(kind, "__searched__")
    ]
    safe = _part(Threat.__table__, FieldClass.SAFE, ("ref", "title", "summary"), 1, _t.id)
    own = [_part(table, of, words, 1, table.c.threat_id) for table, of, words in _OWN]
    more = [_part(table, of, words, 0, table.c.threat_id) for table, of, words in hanging]
    parts = union_all(safe, *own, *more).subquery()
    return select(parts).order_by(parts.c.is_main.desc())


def _part(table: Any, of: FieldClass, words: tuple[str, ...], is_main: int, threat_id: Any) -> Any:
    said: Any = literal("")
    for name in words:
        said = said + func.coalesce(table.c[name], "") + literal("\n")
    area = table.c.area_id if "area_id" in table.c else cast(null(), _t.area_id.type)
    return select(
        threat_id.label("threat_id"),
        literal(of.value, String).label("of"),
        literal(is_main).label("is_main"),
        table.c.organisation_id,
        table.c.audience_id,
        area.label("area_id"),
        (table.c.status if "status" in table.c else literal("")).label("status"),
        said.label("said"),
    ).where(threat_id.in_(_IDS))


def _names(session: Session, area_id: UUID) -> str:
    """What an area is called, in every language; the country says nothing that narrows."""
    area = reference.area(session, area_id)
    return " ".join([area.name, *area.names.values(), area.code])
