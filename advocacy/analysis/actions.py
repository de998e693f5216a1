"""Add to what is known of one's own threat, and take away. Each writes its history with it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.analysis import mapper, queries, rules
from advocacy.analysis.rows import Blocks, Known, NewFigure, NewParty, NewPlace
from advocacy.analysis.schema import (
    ThreatBlocks,
    ThreatFigure,
    ThreatNature,
    ThreatParty,
    ThreatPartyName,
    ThreatPlace,
    ThreatPoint,
    ThreatRegion,
)
from advocacy.formats.geojson import drawn
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations.rows import WorkspaceRow
from advocacy.reference import queries as reference
from advocacy.reference.rows import AreaRow
from advocacy.text.canon import normalise
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.rules import stays_own
from advocacy.threats.schema import FieldClass, Threat

Told = dict[FieldClass, dict[str, Any]]


def describe(
    session: Session, actor: Actor, threat_id: UUID, blocks: Blocks, *, based_on: int
) -> Threat:
    """Set the kinds of a threat and the texts of its blocks.

    Raises: NotFound; Denied; Invalid; Conflict when it changed since version `based_on`.
    """
    texts: Any = {name: _clean(getattr(blocks, name)) for name in rules.TEXTS}
    blocks = replace(blocks, **texts)

    def work(threat: Threat, _space: WorkspaceRow) -> None:
        Invalid.unless_empty(rules.block_faults(blocks))
        kinds = {"kinds": sorted(set(blocks.kinds)), "is_watched": blocks.is_watched}
        _set_one(session, actor, threat, ThreatNature, kinds)
        _set_one(session, actor, threat, ThreatBlocks, texts)

    return _change(session, actor, threat_id, based_on, work)


def add_place(
    session: Session, actor: Actor, threat_id: UUID, place: NewPlace, *, based_on: int
) -> Threat:
    """Add a place beside that of the short record. Its first-level area becomes part of the safe
    class.

    Raises: NotFound; Denied; Conflict; Invalid: no such place, several of that name, a code that
    ended or is of another country, coordinates that cannot be, a place too exact for its record.
    """
    place = replace(place, name=_clean(place.name))

    def work(threat: Threat, space: WorkspaceRow) -> None:
        area = _area(session, space, place.area)
        level = area.level if area else 0
        faults = rules.place_faults(
            place, level=level, is_survivor=_is_survivor(session, actor, threat)
        )
        faults += [] if faults else _outside(session, space, place)
        here = queries.places(session, threat.id)
        Invalid.unless_empty(faults + rules.too_many(here))
        row = ThreatPlace(
            threat_id=threat.id,
            area_id=area.id if area else None,
            code=area.code if area else space.country,
            valid_from=area.valid_from if area else None,
            name=place.name,
            precision=rules.precision_of(place, level),
            number=len(here),
            **threats.under(session, actor, threat, FieldClass.MEMBERS),
        )
        session.add(row)
        session.flush()
        if place.latitude is not None and place.longitude is not None:
            at = {"latitude": round(place.latitude, 6), "longitude": round(place.longitude, 6)}
            mine = threats.under(session, actor, threat, FieldClass.RESTRICTED)
            session.add(ThreatPoint(threat_id=threat.id, place_id=row.id, **at, **mine))
        _regions(session, actor, threat)

    return _change(session, actor, threat_id, based_on, work)


def add_party(
    session: Session, actor: Actor, threat_id: UUID, party: NewParty, *, based_on: int
) -> Threat:
    """Add a party: who does it, who must protect, or who protects. Raises as `add_place`."""
    party = replace(party, name=_clean(party.name))

    def work(threat: Threat, _space: WorkspaceRow) -> None:
        here = queries.parties(session, threat.id)
        faults = rules.party_faults(party, is_survivor=_is_survivor(session, actor, threat))
        Invalid.unless_empty(faults + rules.too_many(here))
        row = ThreatParty(
            threat_id=threat.id,
            role=party.role,
            category=party.category,
            basis=party.basis,
            number=len(here),
            **threats.under(session, actor, threat, FieldClass.MEMBERS),
        )
        session.add(row)
        session.flush()
        if party.name:
            mine = threats.under(session, actor, threat, FieldClass.RESTRICTED)
            name = ThreatPartyName(threat_id=threat.id, party_id=row.id, name=party.name, **mine)
            session.add(name)

    return _change(session, actor, threat_id, based_on, work)


def add_figure(
    session: Session, actor: Actor, threat_id: UUID, figure: NewFigure, *, based_on: int
) -> Threat:
    """Add how many people of one group, or that nobody knows. Raises as `add_place`."""

    def work(threat: Threat, space: WorkspaceRow) -> None:
        today = clock.day_in(actor.now, space.zone)
        here = queries.figures(session, threat.id)
        faults = rules.figure_faults(figure, today=today)
        Invalid.unless_empty(faults + rules.too_many(here))
        high = figure.low if figure.high is None else figure.high
        values = {**vars(figure), "high": high}
        mine = threats.under(session, actor, threat, FieldClass.MEMBERS)
        session.add(ThreatFigure(threat_id=threat.id, number=len(here), **values, **mine))

    return _change(session, actor, threat_id, based_on, work)


def remove(
    session: Session, actor: Actor, threat_id: UUID, part: str, row_id: UUID, *, based_on: int
) -> Threat:
    """Take away one row. part: of `schema.PARTS`; what hangs on the row goes with it.

    Raises: NotFound, also for a row of another threat; Denied; Conflict.
    """
    table: Any = {"places": ThreatPlace, "parties": ThreatParty, "figures": ThreatFigure}.get(part)

    def work(threat: Threat, _space: WorkspaceRow) -> None:
        row = session.get(table, row_id) if table else None
        if row is None or row.threat_id != threat.id:
            raise NotFound
        for below in (
            *session.scalars(select(ThreatPoint).where(ThreatPoint.place_id == row_id)),
            *session.scalars(select(ThreatPartyName).where(ThreatPartyName.party_id == row_id)),
        ):
            session.delete(below)
        session.flush()
        session.delete(row)
        session.flush()
        _regions(session, actor, threat)

    return _change(session, actor, threat_id, based_on, work)


def replace_with(
    session: Session, actor: Actor, threat_id: UUID, known: Known, *, based_on: int
) -> Threat:
    """Set all parts of a threat at once. known: as `rules.whole` made it, without a fault.

    Raises: NotFound; Denied; Conflict.
    """

    def work(threat: Threat, space: WorkspaceRow) -> None:
        for table in reversed(mapper.TABLES):
            for row in session.scalars(select(table).where(table.threat_id == threat.id)).all():
                session.delete(row)
            session.flush()
        owned = {of: threats.under(session, actor, threat, of) for of in mapper.CLASSES}
        for table, values in mapper.rows(known, threat.id, owned, space.country):
            session.add(table(**values))
            session.flush()
        _regions(session, actor, threat)

    return _change(session, actor, threat_id, based_on, work)


def follow(session: Session, actor: Actor, threat_id: UUID) -> None:
    """Bring the parts in line with a short record that has changed, in the same transaction.

    A record that became one of children or sexual violence loses its points, its names and every
    place finer than the first level. Raises NotFound, Denied.
    """
    threat, _space = threats.held(session, actor, threat_id)

    def work(threat: Threat, _space: WorkspaceRow) -> None:
        if _is_survivor(session, actor, threat):
            _coarsen(session, threat)
        _regions(session, actor, threat)

    _change(session, actor, threat_id, threat.edition, work)


def _change(
    session: Session,
    actor: Actor,
    threat_id: UUID,
    based_on: int,
    work: Callable[[Threat, WorkspaceRow], None],
) -> Threat:
    """Lock, look, work, and write what differs into the threat's history."""
    threat, space = threats.held(session, actor, threat_id)
    if threat.edition != based_on:
        raise Conflict(Reason("acts.stale"), current=queries.blocks(session, threat_id))
    before = _told(session, threat_id)
    work(threat, space)
    session.flush()
    after = _told(session, threat_id)
    changed = {of: rules.difference(before[of], after[of]) for of in after}
    changed = {of: pairs for of, pairs in changed.items() if pairs}
    if not changed:
        return threat
    return threats.amend(session, actor, threat_id, changed, based_on=based_on)


def _told(session: Session, threat_id: UUID) -> Told:
    """All parts as history keeps them: class of fields -> field -> what stands there."""
    found = rules.told(queries.whole(session, threat_id))
    return {FieldClass(of): parts for of, parts in found.items()}


def _set_one(
    session: Session, actor: Actor, threat: Threat, table: Any, values: Mapping[str, Any]
) -> None:
    """Set the one row that a threat has in a table; none is made to say nothing."""
    row = session.scalars(select(table).where(table.threat_id == threat.id)).first()
    if row is None and any(values.values()):
        mine = threats.under(session, actor, threat, table.__follows__)
        session.add(table(threat_id=threat.id, **values, **mine))
    for name, value in values.items() if row is not None else ():
        setattr(row, name, value)


def _area(session: Session, space: WorkspaceRow, words: str) -> AreaRow | None:
    """The area meant; None = the whole country. Raises Invalid."""
    found = reference.resolve(session, space.country, words) if words.strip() else None
    return found if found and found.level else None


def _outside(session: Session, space: WorkspaceRow, place: NewPlace) -> list[Reason]:
    """Where the country's boundaries are known, a point lies within them."""
    box = reference.box(session, space.country)
    if box is None or place.latitude is None or place.longitude is None:
        return []
    at = drawn(place.longitude, place.latitude)
    swapped = drawn(place.latitude, place.longitude)
    return rules.point_fault(at, swapped, box)


def _is_survivor(session: Session, actor: Actor, threat: Threat) -> bool:
    return stays_own(records.current(session, actor, threat.id).entry)


def _regions(session: Session, actor: Actor, threat: Threat) -> None:
    """Keep the first-level areas of the places, beside that of the short record."""
    ids = {p.area_id for p in queries.places(session, threat.id)} - {None}
    paths = [reference.lineage(session, i) for i in ids if i]
    wanted = {path[rules.ADM1].id for path in paths if len(path) > rules.ADM1} - {threat.area_id}
    here = session.scalars(select(ThreatRegion).where(ThreatRegion.threat_id == threat.id)).all()
    for row in here:
        if row.area_id not in wanted:
            session.delete(row)
    for area_id in sorted(wanted - {row.area_id for row in here}):
        mine = threats.under(session, actor, threat, FieldClass.SAFE)
        session.add(ThreatRegion(threat_id=threat.id, area_id=area_id, **mine))
    session.flush()


def _coarsen(session: Session, threat: Threat) -> None:
    for table in (ThreatPoint, ThreatPartyName):
        for row in session.scalars(select(table).where(table.threat_id == threat.id)).all():
            session.delete(row)
    session.flush()
    mine = select(ThreatPlace).where(ThreatPlace.threat_id == threat.id)
    for place in session.scalars(mine).all():
        path = reference.lineage(session, place.area_id) if place.area_id else []
        area = path[: rules.ADM1 + 1][-1] if path else None
        place.name = ""
        if area:
            place.area_id, place.code, place.valid_from = area.id, area.code, area.valid_from
        place.precision = "adm1" if area else "country"
    session.flush()


def _clean(text: str) -> str:
    return normalise(text or "").strip()
