"""Read a workspace's protocol, and whether an organisation may see the register."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import MANDATED, Actor
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.protocols import rules
from advocacy.protocols.rows import ProtocolRow, Terms
from advocacy.protocols.schema import Protocol, ProtocolAcceptance

_p: Any = Protocol.__table__
_a: Any = ProtocolAcceptance.__table__
_OURS = and_(
    _a.c.protocol_id == _p.c.id,
    _a.c.organisation_id == bindparam(guard.READER, type_=_a.c.organisation_id.type),
    guard.readers(_a.c.audience_id),
)
_WITH = _p.outerjoin(_a, _OURS)
# One short question for all workspaces at once: it is asked on every page of the register.
_STATES = (
    select(
        *(_p.c.workspace_id, _p.c.number, _p.c.asks_from, _p.c.keep_months),
        _a.c.at.label("accepted_at"),
    )
    .select_from(_WITH)
    .where(guard.readers(_p.c.audience_id))
)
_VERSIONS = (
    select(_p, _a.c.at.label("accepted_at"))
    .select_from(_WITH)
    .where(_p.c.workspace_id == bindparam("space"), guard.readers(_p.c.audience_id))
    .order_by(_p.c.number.desc())
)


def waits(session: Session, actor: Actor) -> frozenset[UUID]:
    """Workspaces whose register the actor's organisation does not see before it accepts."""
    found = _states(session, actor)
    return frozenset(s for s, of in found.items() if not rules.is_open(of, actor.now))


def _states(session: Session, actor: Actor) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in guard.ask(session, actor, _STATES):
        found.setdefault(row.workspace_id, []).append(row)
    return found


def is_open(session: Session, actor: Actor, workspace_id: UUID) -> bool:
    """True when the actor's organisation may see the register of a workspace."""
    return rules.is_open(_states(session, actor).get(workspace_id, []), actor.now)


def over_before(session: Session, actor: Actor) -> dict[UUID, datetime]:
    """Workspace -> the instant: full accounts of records closed before are past their time.

    Workspaces whose protocol in force keeps them without an end are not in it.
    """
    return _over_before(_states(session, actor), actor.now)


def over_before_anywhere(session: Session, now: datetime) -> dict[UUID, datetime]:
    """The same of every workspace, for the command that erases; asked as the system."""
    found: dict[UUID, list[Any]] = {}
    for row in session.scalars(select(Protocol)):
        found.setdefault(row.workspace_id, []).append(row)
    return _over_before(found, now)


def _over_before(known: Mapping[UUID, list[Any]], now: datetime) -> dict[UUID, datetime]:
    asked = {space: rules.in_force(rows, now) for space, rows in known.items()}
    months = {space: getattr(row, "keep_months", None) for space, row in asked.items()}
    return {space: rules.months_from(now, -of) for space, of in months.items() if of}


def is_over(session: Session, actor: Actor, record: Any) -> bool:
    """Whether the full account of a record is past its time: it is shown to nobody any more.

    record: its status, its workspace_id and when it was last looked at, which closing it is.
    """
    ends = over_at(session, actor, record)
    return ends is not None and ends < actor.now


def over_at(session: Session, actor: Actor, record: Any) -> datetime | None:
    """When the time of a closed record's full account is over; None = it is open, or for ever.

    One that was put together with another ends when that one ends.
    """
    is_ended = record.status == "closed" or (record.status == "merged" and record.ended_on)
    if not is_ended:
        return None
    now = rules.in_force(_states(session, actor).get(record.workspace_id, []), actor.now)
    months = getattr(now, "keep_months", None)
    return rules.months_from(record.checked_at, months) if months else None


def versions(session: Session, actor: Actor, workspace_id: UUID) -> list[ProtocolRow]:
    """Every version, the last one first. Raises NotFound for those outside."""
    organisations.workspace_by_id(session, actor, workspace_id)
    return [_row(row) for row in guard.ask(session, actor, _VERSIONS, space=workspace_id)]


def _row(row: Any) -> ProtocolRow:
    of = row._mapping
    same = {name: of[name] for name in Terms.__dataclass_fields__ if name in of}
    levels = {int(n): (told["label"], told["widest"]) for n, told in row.levels.items()}
    terms = Terms(**{**same, "levels": levels, "asks_on": row.asks_from.date()})
    return ProtocolRow(row.id, row.number, row.asks_from, row.accepted_at, terms)


def in_force(session: Session, actor: Actor, workspace_id: UUID) -> ProtocolRow | None:
    """The version that counts now; None where there is none."""
    found: Any = rules.in_force(versions(session, actor, workspace_id), actor.now)
    return found if isinstance(found, ProtocolRow) else None


def version(session: Session, actor: Actor, protocol_id: UUID) -> Protocol:
    """One version. Raises NotFound for those outside its workspace."""
    found = session.get(Protocol, protocol_id)
    if found is None:
        raise NotFound
    organisations.workspace_by_id(session, actor, found.workspace_id)
    return found


def levels(session: Session, actor: Actor, workspace_id: UUID) -> Mapping[int, frozenset[str]]:
    """Sensitivity -> the levels of sharing it may have here: of the house, less what is ruled."""
    now = in_force(session, actor, workspace_id)
    widest = {n: told[1] for n, told in now.terms.levels.items()} if now else rules.HOUSE
    return {n: rules.LEVELS_OF[reach] for n, reach in widest.items()}


def acceptances(session: Session, actor: Actor, protocol_id: UUID) -> list[tuple[str, Any]]:
    """(organisation, when) of those who accepted a version, as far as the reader may know."""
    query = select(ProtocolAcceptance).where(ProtocolAcceptance.protocol_id == protocol_id)
    found = {row.organisation_id: row.at for row in session.scalars(query)}
    names = organisations.names(session, found)
    return sorted((names[i], at) for i, at in found.items())


def who_accepts(session: Session, actor: Actor) -> list[str]:
    """Colleagues who may accept for the actor's organisation: whom others ask."""
    us = actor.organisation_id
    found = organisations.addresses(session, us, seats=MANDATED, now=actor.now) if us else []
    return sorted(person.name for person in found)
