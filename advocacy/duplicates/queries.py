"""Pairs that look alike to this reader, and merges that stand."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.duplicates import rules
from advocacy.duplicates.rows import Card, Pair, Panel
from advocacy.duplicates.schema import Distinct, ThreatInto, ThreatMerge
from advocacy.ground.acts import current, heads
from advocacy.protocols import queries as protocols
from advocacy.threats import queries as threats
from advocacy.threats.schema import GOING_ON, Threat

_COMPARED = ("id", "risk_code", "title", "summary", "words", "area_id", "started_on", "ended_on")
_t: Any = Threat.__table__
_own: Any = _t.alias("own")
_OURS = select(_own.c.risk_code).where(
    _own.c.workspace_id == bindparam("space"),
    _own.c.status.in_(sorted(GOING_ON)),
    _own.c.organisation_id == bindparam(guard.READER, type_=_own.c.organisation_id.type),
    guard.readers(_own.c.audience_id),
)
_NEWEST = (_t.c.checked_at.desc(), _t.c.id)
# Of each risk that one's own organisation has a record of, the newest that are compared.
_EACH = (
    select(
        *(_t.c[name] for name in _COMPARED),
        _t.c.organisation_id,
        func.row_number().over(partition_by=_t.c.risk_code, order_by=_NEWEST).label("place"),
    )
    .where(
        _t.c.workspace_id == bindparam("space"),
        _t.c.status.in_(sorted(GOING_ON)),
        _t.c.risk_code.in_(_OURS),
        guard.readers(_t.c.audience_id),
    )
    .subquery()
)
_ACTIVE = select(_EACH).where(_EACH.c.place <= rules.MOST_COMPARED).order_by(_EACH.c.place)


def card(actor: Actor, threat: Threat) -> Card:
    """A record as pairs are made of it."""
    return _card(threat, actor)


def suggested(session: Session, actor: Actor, workspace_id: UUID) -> list[Pair]:
    """Pairs that look alike, of what this reader sees; one of each is its own."""
    if not protocols.is_open(session, actor, workspace_id):
        return []
    rows = guard.ask(session, actor, _ACTIVE, space=workspace_id)
    return rules.pairs([_card(row, actor) for row in rows], distinct(session, actor))


def _card(row: Any, actor: Actor) -> Card:
    values = {name: getattr(row, name) for name in _COMPARED}
    return Card(**values, is_ours=row.organisation_id == actor.organisation_id)


def distinct(session: Session, actor: Actor) -> set[tuple[UUID, UUID]]:
    """Pairs that one's own organisation said are not the same."""
    query = select(Distinct.first_id, Distinct.second_id).where(
        Distinct.organisation_id == actor.organisation_id
    )
    return {(first, second) for first, second in session.execute(query)}


def into(session: Session, survivor_id: UUID) -> list[UUID]:
    """Records that one absorbed itself."""
    query = select(ThreatInto.absorbed_id).where(ThreatInto.threat_id == survivor_id)
    return sorted(session.scalars(query))


def last(session: Session, absorbed_id: UUID) -> ThreatMerge | None:
    """The last act on a record's being absorbed, for its own organisation."""
    query = select(ThreatMerge).where(ThreatMerge.absorbed_id == absorbed_id)
    ends = heads(session.scalars(query))
    if len(ends) < 2:
        return ends[0] if ends else None
    # Another kept the record in between: of its acts one reads nothing, and the chain has gaps.
    true = last_of_all(session, absorbed_id)
    return next((act for act in ends if act.id == true), None)


def last_of_all(session: Session, absorbed_id: UUID) -> UUID | None:
    """The act that the next one follows, also where another wrote it who kept the record then."""
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        query = select(ThreatMerge).where(ThreatMerge.absorbed_id == absorbed_id)
        act = current(session.scalars(query))
        return act.id if act else None


def panel(session: Session, actor: Actor, threat: Threat) -> Panel:
    """What absorbed a record, and what it absorbed."""
    rows = session.execute(
        select(ThreatInto.threat_id, ThreatInto.absorbed_id).where(
            or_(ThreatInto.threat_id == threat.id, ThreatInto.absorbed_id == threat.id)
        )
    ).all()
    into = next((row.threat_id for row in rows if row.absorbed_id == threat.id), None)
    absorbed = [row.absorbed_id for row in rows if row.threat_id == threat.id]
    if into is None and not absorbed:
        return Panel()
    titles = threats.titles(session, actor, [*absorbed, *([into] if into else [])])
    act = last(session, threat.id) if into else None
    about = policy.About(threat.organisation_id, threat.workspace_id)
    return Panel(
        into=(into, titles[into]) if into in titles else None,
        absorbed=tuple((i, titles[i]) for i in sorted(absorbed) if i in titles),
        act_id=act.id if act else None,
        can_undo=bool(
            act
            and act.is_merged
            and actor.now < act.undo_until
            and policy.allows(actor, "threat:share", about)
        ),
    )
