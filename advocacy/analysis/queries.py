"""Reading what hangs on a threat. Every part by its own audience, under the guard."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.analysis.rows import Blocks, FigureRow, Known, PartyRow, PlaceRow
from advocacy.analysis.rules import TEXTS, Said
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
from advocacy.protocols import queries as protocols
from advocacy.reference import queries as reference
from advocacy.reference.rows import AreaRow
from advocacy.threats import queries as threats
from advocacy.threats.schema import Threat

_PLACES = (
    select(ThreatPlace, ThreatPoint, Threat.workspace_id)
    .join(Threat, Threat.id == ThreatPlace.threat_id)
    .outerjoin(ThreatPoint, ThreatPoint.place_id == ThreatPlace.id)
    .order_by(ThreatPlace.number, ThreatPlace.id)
)
_PARTIES = (
    select(ThreatParty, ThreatPartyName.name)
    .outerjoin(ThreatPartyName, ThreatPartyName.party_id == ThreatParty.id)
    .order_by(ThreatParty.number, ThreatParty.id)
)
_FIGURES = select(ThreatFigure).order_by(ThreatFigure.number, ThreatFigure.id)
_FIGURE = tuple(name for name in FigureRow.__dataclass_fields__ if name != "id")


def known(session: Session, actor: Actor, threat_id: UUID, *, language: str = "en") -> Known:
    """What this reader may know of a threat beyond its short record. Raises NotFound."""
    found = threats.threat(session, actor, threat_id)
    return _kept(session, actor, found, _known(session, threat_id, language))


def editable(
    session: Session, actor: Actor, threat_id: UUID, *, language: str
) -> tuple[int, Known]:
    """The same for its owner, with the version that a change is based on.

    Raises: NotFound; Denied.
    """
    found = threats.threat(session, actor, threat_id)
    about = policy.About(found.organisation_id, found.workspace_id)
    policy.require(actor, "threat:edit", about)
    return found.edition, _known(session, threat_id, language)


def _known(session: Session, threat_id: UUID, language: str) -> Known:
    return Known(
        blocks(session, threat_id),
        regions(session, threat_id),
        places(session, threat_id, language),
        parties(session, threat_id),
        figures(session, threat_id),
    )


def _kept(session: Session, actor: Actor, threat: Threat, found: Known) -> Known:
    is_over = protocols.is_over(session, actor, threat)
    return without_account(found, is_over=True) if is_over else found


def without_account(found: Known, *, is_over: bool) -> Known:
    """Without names and points, as for who reads no full account; past its time without texts."""
    blocks = replace(found.blocks, context="", effect="", capacity="") if is_over else found.blocks
    return replace(
        found,
        blocks=blocks,
        places=tuple(replace(place, point=None) for place in found.places),
        parties=tuple(replace(party, name="") for party in found.parties),
    )


def blocks(session: Session, threat_id: UUID) -> Blocks:
    """Kinds and texts, empty where there are none for this reader."""
    query = (
        select(ThreatNature, ThreatBlocks)
        .select_from(Threat)
        .outerjoin(ThreatNature, ThreatNature.threat_id == Threat.id)
        .outerjoin(ThreatBlocks, ThreatBlocks.threat_id == Threat.id)
        .where(Threat.id == threat_id)
    )
    nature, texts = session.execute(query).one()
    found: dict[str, Any] = {}
    if nature is not None:
        found |= {"kinds": tuple(nature.kinds), "is_watched": nature.is_watched}
    if texts is not None:
        found |= {name: getattr(texts, name) for name in TEXTS}
    return Blocks(**found)


def regions(session: Session, threat_id: UUID) -> tuple[UUID, ...]:
    """First-level areas of the further places."""
    query = select(ThreatRegion.area_id).where(ThreatRegion.threat_id == threat_id)
    return tuple(sorted(session.scalars(query)))


def places(session: Session, threat_id: UUID, language: str = "en") -> tuple[PlaceRow, ...]:
    """The further places, in the order they were added."""
    rows = session.execute(_PLACES.where(ThreatPlace.threat_id == threat_id)).all()
    space = rows[0].workspace_id if rows else None
    areas = areas_of(session, [place.area_id for place, *_more in rows], space)
    return tuple(
        _place(place, point, areas.get(place.area_id) if place.area_id else None, language)
        for place, point, _space in rows
    )


def _place(place: Any, point: Any, area: AreaRow | None, language: str) -> PlaceRow:
    return PlaceRow(
        place.id,
        place.area_id,
        area.label(language) if area else "",
        place.code,
        area.level if area else 0,
        place.name,
        place.precision,
        (point.latitude, point.longitude) if point else None,
        place.valid_from,
    )


def whole(session: Session, threat_id: UUID) -> Known:
    """All parts of a threat, as the reader of the session may see them."""
    return _known(session, threat_id, "en")


def many(session: Session, threat_ids: Iterable[UUID]) -> dict[UUID, Known]:
    """The same as `known` of many threats at once, without the names of areas.

    Only what the reader of the session may see; a threat without anything is left out.
    """
    ids = sorted(threat_ids)
    found: dict[UUID, dict[str, Any]] = {}
    for nature in session.scalars(select(ThreatNature).where(ThreatNature.threat_id.in_(ids))):
        told = {"kinds": tuple(nature.kinds), "is_watched": nature.is_watched}
        _part(found, nature.threat_id, "blocks").append(told)
    for row in session.scalars(select(ThreatBlocks).where(ThreatBlocks.threat_id.in_(ids))):
        texts = {name: getattr(row, name) for name in TEXTS}
        _part(found, row.threat_id, "blocks").append(texts)
    regions_of = select(ThreatRegion.threat_id, ThreatRegion.area_id)
    for threat_id, area_id in session.execute(regions_of.where(ThreatRegion.threat_id.in_(ids))):
        _part(found, threat_id, "regions").append(area_id)
    for place, point, _space in session.execute(_PLACES.where(ThreatPlace.threat_id.in_(ids))):
        made = _place(place, point, None, "")
        _part(found, place.threat_id, "places").append(made)
    for party, name in session.execute(_PARTIES.where(ThreatParty.threat_id.in_(ids))):
        _part(found, party.threat_id, "parties").append(_party(party, name))
    for figure in session.scalars(_FIGURES.where(ThreatFigure.threat_id.in_(ids))):
        _part(found, figure.threat_id, "figures").append(_figure(figure))
    return {threat_id: _made(parts) for threat_id, parts in found.items()}


def _part(found: dict[UUID, dict[str, Any]], threat_id: UUID, name: str) -> list[Any]:
    listed: list[Any] = found.setdefault(threat_id, {}).setdefault(name, [])
    return listed


def _made(parts: Mapping[str, list[Any]]) -> Known:
    told: dict[str, Any] = {}
    for row in parts.get("blocks", ()):
        told |= row
    return Known(
        Blocks(**told),
        tuple(sorted(parts.get("regions", ()))),
        *(tuple(parts.get(name, ())) for name in ("places", "parties", "figures")),
    )


def areas_of(
    session: Session, ids: Iterable[UUID | None], workspace_id: UUID | None = None
) -> dict[UUID, AreaRow]:
    """Areas by their ids, ended ones too, under the names that a workspace gives them."""
    rows = [reference.area(session, i) for i in dict.fromkeys(ids) if i is not None]
    named = reference.called(session, workspace_id, rows) if workspace_id and rows else rows
    return {row.id: row for row in named}


def parties(session: Session, threat_id: UUID) -> tuple[PartyRow, ...]:
    """The parties, in the order they were added."""
    rows = session.execute(_PARTIES.where(ThreatParty.threat_id == threat_id))
    return tuple(_party(party, name) for party, name in rows)


def _party(party: ThreatParty, name: str | None) -> PartyRow:
    return PartyRow(party.id, party.role, party.category, party.basis, name or "")


def figures(session: Session, threat_id: UUID) -> tuple[FigureRow, ...]:
    """The figures, in the order they were added."""
    rows = session.scalars(_FIGURES.where(ThreatFigure.threat_id == threat_id))
    return tuple(_figure(row) for row in rows)


def _figure(row: ThreatFigure) -> FigureRow:
    return FigureRow(row.id, *(getattr(row, name) for name in _FIGURE))


def subtypes(session: Session, actor: Actor, threat_id: UUID) -> list[str]:
    """The workspace's own words under this risk's code, of the records that this reader may see."""
    found = threats.threat(session, actor, threat_id)
    query = (
        select(ThreatBlocks.subtype)
        .join(Threat, Threat.id == ThreatBlocks.threat_id)
        .where(Threat.workspace_id == found.workspace_id, Threat.risk_code == found.risk_code)
        .where(ThreatBlocks.subtype != "")
        .distinct()
        .order_by(ThreatBlocks.subtype)
        .limit(50)
    )
    return list(session.scalars(query))


def panel(session: Session, actor: Actor, threat: Threat, language: str) -> dict[str, Any]:
    """What a threat's page shows of it, in the reader's language."""
    found = _kept(session, actor, threat, _known(session, threat.id, language))
    areas = areas_of(session, found.regions, threat.workspace_id)
    about = policy.About(threat.organisation_id, threat.workspace_id)
    said = Said(language)
    return {
        "known": found,
        "is_empty": found.is_empty(),
        "may_edit": policy.allows(actor, "threat:edit", about),
        "kinds": said.kinds(found.blocks.kinds),
        "regions": ", ".join(areas[i].label(language) for i in found.regions),
        "said": said,
    }
