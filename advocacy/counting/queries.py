"""What a reader sees of the register, counted; what was counted before is not counted again."""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.access.audience import READABLE
from advocacy.counting.schema import ThreatMark
from advocacy.ground.unit import WRITING
from advocacy.threats.schema import Threat

Of = tuple[str, UUID | None, int | None, str]
"""Risk, area, severity as its owner says, and trend."""
_Part = tuple[int, Mapping[Of, int]]

_t: Any = Threat.__table__
_k: Any = ThreatMark.__table__
_MARKS = select(_k.c.audience_id, _k.c.mark).where(_k.c.audience_id.in_(READABLE))
_BY = (_t.c.audience_id, _t.c.risk_code, _t.c.area_id, _t.c.severity, _t.c.trend)
_EVERY = (
    select(*_BY, func.count())
    .where(
        _t.c.workspace_id == bindparam("space"),
        _t.c.status == bindparam("status"),
        guard.readers(_t.c.audience_id),
    )
    .group_by(*_BY)
)
_SOME = _EVERY.where(_t.c.audience_id.in_(bindparam("changed", expanding=True)))
_FEW, _MOST_READERS, _MOST_KEPT = 200, 64, 200_000


class _Memory:
    """Parts by audience, and for the readers of late what theirs came to."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._parts: OrderedDict[Any, _Part] = OrderedDict()
        self._wholes: OrderedDict[Any, tuple[Mapping[UUID, int], Counter[Of]]] = OrderedDict()
        self._size = 0

    def parts(self, of: tuple[Any, ...], marks: Mapping[UUID, int]) -> dict[UUID, Mapping[Of, int]]:
        """Those of these audiences that are known as of these numbers."""
        with self._lock:
            known = ((audience, self._parts.get((*of, audience))) for audience in marks)
            return {a: part[1] for a, part in known if part and part[0] == marks[a]}

    def keep(
        self, of: tuple[Any, ...], marks: Mapping[UUID, int], parts: Mapping[UUID, Mapping[Of, int]]
    ) -> None:
        """Parts just counted; the oldest go when there are too many."""
        with self._lock:
            for audience, part in parts.items():
                before = self._parts.pop((*of, audience), None)
                self._parts[*of, audience] = marks[audience], part
                self._size += 1 + len(part) - (1 + len(before[1]) if before else 0)
            while self._size > _MOST_KEPT:
                _oldest, (_mark, gone) = self._parts.popitem(last=False)
                self._size -= 1 + len(gone)

    def whole(self, reader: Any) -> tuple[Mapping[UUID, int], Counter[Of] | None]:
        """What this reader was told last, and as of which numbers."""
        with self._lock:
            return self._wholes.get(reader, ({}, None))

    def tell(self, reader: Any, marks: Mapping[UUID, int], whole: Counter[Of]) -> None:
        """What this reader is told now."""
        with self._lock:
            self._wholes[reader] = marks, whole
            self._wholes.move_to_end(reader)
            while len(self._wholes) > _MOST_READERS:
                self._wholes.popitem(last=False)


_memory = _Memory()


def records(session: Session, actor: Actor, space_id: UUID, status: str) -> Mapping[Of, int]:
    """How many records of a workspace this reader sees, by risk, area, severity and trend.

    Several pages are given the same answer: nobody changes it.
    """
    given = {"space": space_id, "status": status}
    if session.get_bind().get_execution_options().get(WRITING):
        # What is not yet a fact is kept nowhere.
        return _added(_counted(guard.ask(session, actor, _EVERY, **given)).values())
    marks: dict[UUID, int] = dict(map(tuple, guard.ask(session, actor, _MARKS)))
    of = (space_id, status)
    reader = (actor.organisation_id, *of)
    before, told = _memory.whole(reader)
    if told is not None and before == marks:
        return told
    gone = {a: mark for a, mark in before.items() if marks.get(a) != mark}
    left = _memory.parts(of, gone)
    parts = _memory.parts(of, marks)
    changed = [audience for audience in marks if audience not in parts]
    if changed:
        is_few = len(changed) <= _FEW
        query, which = (_SOME, {"changed": changed}) if is_few else (_EVERY, {})
        found = _counted(guard.ask(session, actor, query, **given, **which))
        counted = {audience: found.get(audience, {}) for audience in changed}
        _memory.keep(of, marks, counted)
        parts |= counted
    if told is not None and len(left) == len(gone):
        come = (parts[a] for a, mark in marks.items() if before.get(a) != mark)
        whole = _added(come, Counter(told), left.values())
    else:
        whole = _added(parts.values())
    _memory.tell(reader, marks, whole)
    return whole


def _counted(rows: Iterable[Any]) -> dict[UUID, dict[Of, int]]:
    found: dict[UUID, dict[Of, int]] = {}
    for audience, *of, number in rows:
        found.setdefault(audience, {})[tuple(of)] = number
    return found


def _added(
    come: Iterable[Mapping[Of, int]],
    whole: Counter[Of] | None = None,
    gone: Iterable[Mapping[Of, int]] = (),
) -> Counter[Of]:
    """The sum of parts; or a sum from which some are taken and to which others come."""
    found: Counter[Of] = Counter() if whole is None else whole
    for part in gone:
        found.subtract(part)
    for part in come:
        for of, number in part.items():
            found[of] += number
    return found
