"""Read remarks, whom one may write to, and who waits for our answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor, Standing
from advocacy.access.schema import GroupKind
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import OrganisationRow, Task
from advocacy.protocols import queries as protocols
from advocacy.rings import queries as rings
from advocacy.rings.rows import RingRow
from advocacy.talks.rows import Choice, Panel, RemarkRow
from advocacy.talks.schema import Deed, Remark, RemarkAct, RemarkAsk, To
from advocacy.threats import queries as threats
from advocacy.threats.rules import MEMBERS
from advocacy.threats.schema import FieldClass, Threat

PAGE = 50
COORDINATING = frozenset({Standing.COORDINATOR, Standing.CO_COORDINATOR})


def record(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    """A threat whose talk one may read. Raises NotFound, also for who reads its safe part alone."""
    seen = threats.detail(session, actor, threat_id)
    if seen.members is None:
        raise NotFound
    return seen.safe


def may_write(actor: Actor, threat: Threat) -> bool:
    """Whether this reader of a talk may also say something."""
    return policy.allows(actor, "talk:write", policy.About(workspace_id=threat.workspace_id))


# --- whom one may write to -----------------------------------------------------------------------


@dataclass(frozen=True)
class _Here:
    """What a writer may know of a workspace and of who reads a record's members part.

    known: its readers; None = its owner's secret. is_whole: nobody else reads it.
    """

    us: OrganisationRow
    rows: dict[UUID, OrganisationRow]
    rings: dict[UUID, RingRow]
    known: frozenset[UUID] | None
    is_whole: bool


def choices(session: Session, actor: Actor, threat: Threat) -> list[Choice]:
    """Whom one may write to about a record, the fewest first, in what its writer may know."""
    here = _here(session, actor, threat)
    us, owner = here.us.id, threat.organisation_id
    leads = {row.id for row in here.rows.values() if row.standing in COORDINATING} - {us}
    found = [_choice(here, To.OWN, {us}, is_sure=True)]
    if owner != us:
        found.append(_choice(here, To.OWNER, {us, owner}, is_sure=True))
    if leads and leads != {owner}:
        found.append(_some(here, To.COORDINATORS, leads))
    for ring in here.rings.values():
        members = {member.id for member in ring.members}
        name = f"{To.CIRCLE}:{ring.id}"
        of = _some(here, name, members - {us}, circle=ring.name)
        hides = ring.hides_roster and not ring.is_ours
        found.append(Choice(of.value, of.names, of.ids, of.is_sure and not hides, ring.name))
    if here.known is None:
        found.append(Choice(To.RECORD, is_sure=False))
    elif here.known - {us} or not here.is_whole:
        found.append(_choice(here, To.RECORD, here.known | {us}, is_sure=here.is_whole))
    return [one for one in found if one.value == To.OWN or one.ids != {us} or not one.is_sure]


def _some(here: _Here, value: str, ids: set[UUID], *, circle: str = "") -> Choice:
    """Those of these that read the record, where one may know; else all of them, said as unsure."""
    is_told = here.known is not None and here.is_whole
    read = ids & here.known if is_told and here.known is not None else ids
    return _choice(here, value, {here.us.id, *read}, is_sure=is_told, circle=circle)


def _choice(
    here: _Here, value: str, ids: Iterable[UUID], *, is_sure: bool, circle: str = ""
) -> Choice:
    us, kept = here.us, frozenset(ids)
    others = sorted(here.rows[i].name for i in kept - {us.id} if i in here.rows)
    return Choice(value, (us.name, *others), kept, is_sure, circle)


def _here(session: Session, actor: Actor, threat: Threat) -> _Here:
    space, us = threat.workspace_id, actor.must_organisation()
    rows = {r.id: r for r in organisations.organisations(session, actor, workspace_id=space)}
    circles = {r.id: r for r in rings.rings(session, actor, space) if r.is_ours or r.is_in}
    named = audience.named(session, threats.ends(session, threat)[FieldClass.MEMBERS])
    if organisations.group(session, space, GroupKind.MEMBERS) in named:
        inside = frozenset(i for i, row in rows.items() if row.standing in MEMBERS)
        return _Here(rows[us], rows, circles, inside, is_whole=True)
    if threat.organisation_id != us:
        return _Here(rows[us], rows, circles, None, is_whole=False)
    known = {i for i in named if i in rows}
    others = named - known
    open_ones = [r for i, r in circles.items() if i in others and (r.is_ours or not r.hides_roster)]
    known |= {member.id for ring in open_ones for member in ring.members}
    return _Here(rows[us], rows, circles, frozenset(known), is_whole=len(open_ones) == len(others))


def askable(session: Session, actor: Actor, threat: Threat) -> dict[UUID, str]:
    """Whose answer one may ask for, by name: only those one may know to read the record."""
    here = _here(session, actor, threat)
    ids = {threat.organisation_id, *(here.known or ())}
    ids |= set(session.scalars(select(Remark.organisation_id).where(_of(threat.id)).distinct()))
    ids.discard(here.us.id)
    named = [(here.rows[i].name, i) for i in ids if i in here.rows]
    return {i: name for name, i in sorted(named)}


# --- what was said -------------------------------------------------------------------------------


def _of(threat_id: UUID) -> Any:
    return Remark.threat_id == threat_id


def remarks(
    session: Session, actor: Actor, threat: Threat, *, before: tuple[datetime, UUID] | None = None
) -> tuple[list[RemarkRow], tuple[datetime, UUID] | None]:
    """The newest remarks that this reader may read, the oldest of them first, and what lies before.

    before: the instant and the key of the first row of the page read last. None at all once the
    time of the record's full account is over: they go with it.
    """
    if protocols.is_over(session, actor, threat):
        return [], None
    query = select(Remark).where(_of(threat.id)).order_by(Remark.at.desc(), Remark.id.desc())
    if before is not None:
        at, key = before
        query = query.where(or_(Remark.at < at, and_(Remark.at == at, Remark.id < key)))
    rows = list(session.scalars(query.limit(PAGE + 1)))
    page = rows[:PAGE]
    more = (page[-1].at, page[-1].id) if len(rows) > PAGE else None
    return _rows(session, actor, threat, page[::-1]), more


def _rows(session: Session, actor: Actor, threat: Threat, page: list[Remark]) -> list[RemarkRow]:
    if not page:
        return []
    ids, us = [row.id for row in page], actor.organisation_id
    deeds = _deeds(session, ids)
    asks: Any = session.execute(
        select(RemarkAsk.remark_id, RemarkAsk.to_id).where(RemarkAsk.remark_id.in_(ids))
    )
    asked = dict(map(tuple, asks))
    parts = audience.groups_in(session, {row.own_audience_id for row in page})
    groups = {i: {group for group, _opens in of} for i, of in parts.items()}
    circles = {row.id: row.name for row in rings.rings(session, actor, threat.workspace_id)}
    wanted = (
        {row.organisation_id for row in page} | set(asked.values()) | set().union(*groups.values())
    )
    names = organisations.names(session, wanted)
    return [
        RemarkRow(
            id=row.id,
            name=names.get(row.organisation_id, ""),
            is_ours=row.organisation_id == us,
            at=row.at,
            text=row.text,
            to=row.to,
            names=_whom(row, groups.get(row.own_audience_id, set()), names),
            circle=next((circles[g] for g in groups[row.own_audience_id] if g in circles), ""),
            deed=deeds.get(row.id, ""),
            asked=names.get(asked[row.id], "") if row.id in asked else "",
            asks_us=asked.get(row.id) == us,
        )
        for row in page
    ]


def _whom(row: Remark, groups: set[UUID], names: dict[UUID, str]) -> tuple[str, ...]:
    """Names of those it was written to: only where they were chosen one by one."""
    if row.to == To.RECORD:
        return ()
    first = [names[row.organisation_id]] if row.organisation_id in names else []
    return (*first, *sorted(names[g] for g in groups - {row.organisation_id} if g in names))


def _deeds(session: Session, ids: list[UUID]) -> dict[UUID, str]:
    query = select(RemarkAct).where(RemarkAct.remark_id.in_(ids))
    return {act.remark_id: act.deed for act in acts.heads(session.scalars(query))}


def remark(session: Session, actor: Actor, remark_id: UUID) -> tuple[Remark, Threat]:
    """One remark and its record. Raises NotFound."""
    found = session.get(Remark, remark_id)
    if found is None:
        raise NotFound
    return found, record(session, actor, found.threat_id)


def last_act(session: Session, remark_id: UUID) -> RemarkAct | None:
    """What was done with a remark last."""
    return acts.current(session.scalars(select(RemarkAct).where(RemarkAct.remark_id == remark_id)))


def panel(session: Session, actor: Actor, threat: Threat, *, is_open: bool) -> Panel:
    """For the record's own page. is_open: the reader reads its members part."""
    if not is_open or protocols.is_over(session, actor, threat):
        return Panel(is_open=False, number=0)
    gone = select(RemarkAct.remark_id).where(RemarkAct.deed == Deed.TAKEN_BACK)
    query = select(func.count(Remark.id)).where(_of(threat.id), Remark.id.not_in(gone))
    return Panel(is_open=True, number=session.scalar(query) or 0)


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Records on which somebody asks for our answer, and we have said nothing since."""
    us = actor.organisation_id
    if us is None:
        return []
    asked: dict[UUID, datetime] = {}
    for ask in session.scalars(select(RemarkAsk).where(RemarkAsk.to_id == us)):
        asked[ask.threat_id] = max(ask.at, asked.get(ask.threat_id, ask.at))
    if not asked:
        return []
    said = select(Remark.threat_id, func.max(Remark.at)).where(Remark.organisation_id == us)
    said = said.where(Remark.to != To.OWN, Remark.threat_id.in_(sorted(asked)))
    mine = said.group_by(Remark.threat_id)
    since: dict[UUID, datetime] = dict(map(tuple, session.execute(mine)))  # type: ignore[arg-type]
    open_ones = [of for of, at in asked.items() if of not in since or since[of] <= at]
    why = Reason("talks.asked")
    return [
        Task("answer", why, title, "talks.talk", {"threat_id": of}, us)
        for of, title in sorted(threats.titles(session, actor, open_ones).items())
    ]
