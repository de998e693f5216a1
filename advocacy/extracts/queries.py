"""Read the register page by page, for a file; and the log of files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, literal, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.access.schema import EVERYONE, AudiencePart, Group, GroupKind
from advocacy.analysis import queries as analysis
from advocacy.assessments import queries as assessments
from advocacy.assessments.rules import hides_names
from advocacy.exhibits import queries as exhibits
from advocacy.extracts import rules
from advocacy.extracts.rows import Full, LogRow, Page, Words
from advocacy.extracts.schema import Extract, ExtractEnd, NobodysWords, Reach
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.picture import queries as picture
from advocacy.picture.rows import Filters
from advocacy.protocols import queries as protocols
from advocacy.reference import queries as reference
from advocacy.threats import queries as threats
from advocacy.threats.rules import SCALE
from advocacy.threats.schema import GOING_ON, Status, Threat, ThreatMembers, ThreatRestricted

PAGE = 500
MOST_FAULTS = 5
_MOST_LOG = 100
_t: Any = Threat.__table__
_m: Any = ThreatMembers.__table__
_r: Any = ThreatRestricted.__table__
_n: Any = NobodysWords.__table__
_part: Any = AudiencePart.__table__.c
_group: Any = Group.__table__.c
_SAFE = (
    *("id", "ref", "title", "summary", "language", "status", "risk_code", "area_id", "severity"),
    *("trend", "people_least", "people_most", "sensitivity", "is_survivor_record", "started_on"),
    *("ended_on", "next_review", "checked_at", "organisation_id", "audience_id"),
)
_KNOWN = and_(_m.c.threat_id == _t.c.id, guard.readers(_m.c.audience_id))
_TOLD = and_(_r.c.threat_id == _t.c.id, guard.readers(_r.c.audience_id))
_IDS = bindparam("ids", expanding=True, type_=_t.c.id.type)
_FULL = (
    select(
        *(_t.c[name] for name in _SAFE),
        *(_m.c.id, _m.c.area_id, _m.c.place, _m.c.people_low, _m.c.people_high),
        *(_m.c.how_known, _m.c.party, _r.c.narrative),
    )
    .select_from(_t.outerjoin(_m, _KNOWN).outerjoin(_r, _TOLD))
    .where(_t.c.id.in_(_IDS), guard.readers(_t.c.audience_id))
)


def _outside() -> Any:
    """Audiences that the donors' group, the observers', or everybody is in."""
    space = bindparam("space", type_=_t.c.workspace_id.type)
    kinds = (GroupKind.DONORS, GroupKind.OBSERVERS)
    groups = select(_group.id).where(_group.kind.in_(kinds), _group.about_id == space)
    everyone = literal(EVERYONE, type_=_group.id.type)
    return select(_part.audience_id).where(
        or_(_part.group_id == everyone, _part.group_id.in_(groups)),
        _part.opens_at <= bindparam(guard.AT, type_=_part.opens_at.type),
    )


_OWN_REFS = select(_t.c.ref, _t.c.id).where(
    _t.c.workspace_id == bindparam("space"),
    _t.c.organisation_id == bindparam(guard.READER, type_=_t.c.organisation_id.type),
    _t.c.status.in_([Status.DRAFT, *sorted(GOING_ON), Status.CLOSED]),
    guard.readers(_t.c.audience_id),
)
_AUDIENCES = (
    select(_t.c.audience_id)
    .where(
        _t.c.workspace_id == bindparam("space"),
        _t.c.status == bindparam("status"),
        guard.readers(_t.c.audience_id),
    )
    .distinct()
)
_FULL_OUTSIDE = _FULL.where(_t.c.audience_id.in_(_outside()))
_SAID = select(_n.c.threat_id, _n.c.digest).where(
    _n.c.threat_id.in_(_IDS), guard.readers(_n.c.audience_id)
)


def pages(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    filters: Filters,
    *,
    reach: Reach = Reach.OURS,
) -> Iterator[list[Full]]:
    """Every record of the register's list as filtered, in its order, some hundreds at a time.

    reach: outside = only those that donors, observers or everybody may read.
    """
    after = None
    while True:
        lines = picture.lines(session, actor, space, filters, after=after, limit=PAGE)
        if lines:
            yield _full(session, actor, space, [line.id for line in lines], reach)
        if len(lines) < PAGE:
            return
        after = (lines[-1].checked_at, lines[-1].id)


def _full(
    session: Session, actor: Actor, space: WorkspaceRow, ids: Sequence[UUID], reach: Reach
) -> list[Full]:
    if reach is Reach.OUTSIDE:
        rows = guard.ask(session, actor, _FULL_OUTSIDE, ids=list(ids), space=space.id)
    else:
        rows = guard.ask(session, actor, _FULL, ids=list(ids))
    over = protocols.over_before(session, actor).get(space.id)
    found = {row.id: _kept(Full(*row), over) for row in rows}
    return [found[i] for i in ids if i in found]


def _kept(row: Full, over: datetime | None) -> Full:
    """Without the full account where that is past its time."""
    is_over = over is not None and row.status == Status.CLOSED and row.checked_at < over
    return row._replace(narrative=None, is_over=True) if is_over else row


def records(
    session: Session, actor: Actor, space: WorkspaceRow, ids: Iterable[UUID]
) -> Iterator[Full]:
    """These records, as far as the reader may see them."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), PAGE):
        yield from _full(session, actor, space, wanted[start : start + PAGE], Reach.OURS)


def own_refs(session: Session, actor: Actor, space: WorkspaceRow) -> dict[str, UUID]:
    """The reader's own organisation's records of a workspace, by reference."""
    rows: Any = guard.ask(session, actor, _OWN_REFS, space=space.id)
    return dict(rows)


def words(session: Session, space: WorkspaceRow, language: str) -> Words:
    """What codes mean, for the files of a workspace."""
    areas = reference.areas(session, space.country) if space.country else []
    areas = reference.called(session, space.id, areas)
    return Words(
        space.country or "",
        {area.id: area for area in areas},
        {risk.code: risk.label(language) for risk in reference.risks(session)},
        {c.value: c.label(language) for c in reference.scale(SCALE).choices if c.value},
        language=language,
    )


def explained(session: Session, actor: Actor, rows: Sequence[Full], known: Words) -> Words:
    """The same words, with what these rows name besides: organisations, audiences, ended areas;
    and with what the reader may know of these rows beyond their short fields."""
    organisations_of: Any = dict(known.organisations)
    levels: Any = dict(known.levels)
    areas: Any = dict(known.areas)
    owners = {row.organisation_id for row in rows if row.members_id} - set(organisations_of)
    organisations_of |= organisations.names(session, sorted(owners)) if owners else {}
    for audience_id in {row.audience_id for row in rows} - set(levels):
        levels[audience_id] = str(threats.sharing_level(session, audience_id))
    page = _page(session, actor, rows)
    named = {i for row in rows for i in (row.area_id, row.exact_area_id) if i}
    named |= {i for of in page.known.values() for i in of.regions}
    for area_id in named - set(areas):
        areas |= {area.id: area for area in reference.lineage(session, area_id)}
    return replace(known, areas=areas, organisations=organisations_of, levels=levels, page=page)


def levels(
    session: Session, actor: Actor, space: WorkspaceRow, filters: Filters, *, reach: Reach
) -> dict[UUID, str]:
    """Audience -> how far it goes, of all records that a file would hold: before any is read."""
    query = _AUDIENCES.where(*picture.conditions(session, actor, space, filters))
    if reach is Reach.OUTSIDE:
        query = query.where(_t.c.audience_id.in_(_outside()))
    found = guard.ask(session, actor, query, space=space.id, status=filters.status)
    return {i: str(threats.sharing_level(session, i)) for (i,) in found}


def _page(session: Session, actor: Actor, rows: Sequence[Full]) -> Page:
    ids = [row.id for row in rows]
    nameless = [(row.id, hides_names(row)) for row in rows]
    areas = {i for row in rows for i in (row.area_id, row.exact_area_id) if i}
    known = analysis.many(session, ids)
    for row in rows:
        # Whoever reads no full account reads no names and points; past its time, no texts either.
        if row.id in known and row.narrative is None:
            known[row.id] = analysis.without_account(known[row.id], is_over=row.is_over)
    return Page(
        known,
        assessments.agreed_of(session, ids),
        assessments.many(session, actor, nameless),
        exhibits.many(session, actor, [row.id for row in rows if not row.is_over]),
        reference.middles(session, areas),
    )


def person_faults(
    session: Session, actor: Actor, space: WorkspaceRow, filters: Filters
) -> list[Reason]:
    """Why a file for outside cannot be made: texts that look like one person's data."""
    found: list[Reason] = []
    for rows in pages(session, actor, space, filters, reach=Reach.OUTSIDE):
        found += rules.person_faults(rows, said(session, actor, rows))
        if len(found) >= MOST_FAULTS:
            break
    return found[:MOST_FAULTS]


def said(session: Session, actor: Actor, rows: Sequence[Full]) -> dict[UUID, frozenset[str]]:
    """Of which words of these records their authors said that they are about nobody."""
    found: dict[UUID, set[str]] = {}
    if rows:
        for threat_id, digest in guard.ask(session, actor, _SAID, ids=[row.id for row in rows]):
            found.setdefault(threat_id, set()).add(digest)
    return {threat_id: frozenset(of) for threat_id, of in found.items()}


def kept_words(session: Session, actor: Actor, threat_id: UUID) -> frozenset[str]:
    """The same of one record."""
    rows = guard.ask(session, actor, _SAID, ids=[threat_id])
    return frozenset(digest for _threat, digest in rows)


def log(session: Session, actor: Actor, workspace_id: UUID) -> list[LogRow]:
    """The newest files that the reader's own organisation took out of a workspace."""
    query = (
        select(Extract, ExtractEnd.rows, ExtractEnd.digest)
        .outerjoin(ExtractEnd, ExtractEnd.extract_id == Extract.id)
        .where(
            Extract.workspace_id == workspace_id, Extract.organisation_id == actor.organisation_id
        )
        .order_by(Extract.at.desc(), Extract.id.desc())
        .limit(_MOST_LOG)
    )
    return [
        LogRow(of.id, of.person_id, of.at, of.kind, of.reach, of.asked, rows, digest)
        for of, rows, digest in session.execute(query)
    ]
