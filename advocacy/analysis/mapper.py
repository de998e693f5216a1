"""Between the parts of a record and the rows they are kept in."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from advocacy.analysis.rows import Known
from advocacy.analysis.rules import TEXTS
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
from advocacy.ground.base import new_id
from advocacy.threats.schema import FieldClass

TABLES: tuple[Any, ...] = (
    *(ThreatNature, ThreatBlocks, ThreatPlace, ThreatPoint),
    *(ThreatParty, ThreatPartyName, ThreatFigure),
)
"""In the order in which their rows are written; regions follow from places."""
REGIONS: Any = ThreatRegion
CLASSES = (FieldClass.SAFE, FieldClass.MEMBERS, FieldClass.RESTRICTED)
Owned = Mapping[FieldClass, Mapping[str, Any]]
Row = tuple[Any, dict[str, Any]]


def rows(known: Known, threat_id: UUID, owned: Owned, country: str) -> Iterator[Row]:
    """What is kept of a record's parts: table and values. owned: the three columns, by class."""
    of: list[Row] = [*_blocks(known), *_places(known, country), *_parties(known)]
    of += [(ThreatRegion, {"area_id": area_id}) for area_id in known.regions]
    for n, figure in enumerate(known.figures):
        kept = {name: value for name, value in vars(figure).items() if name != "id"}
        of.append((ThreatFigure, {**kept, "is_unknown": figure.low is None, "number": n}))
    for table, values in of:
        yield table, {"id": new_id(), "threat_id": threat_id, **values, **owned[table.__follows__]}


def _blocks(known: Known) -> Iterator[Row]:
    texts = {name: getattr(known.blocks, name) for name in TEXTS}
    kinds = {"kinds": list(known.blocks.kinds), "is_watched": known.blocks.is_watched}
    if any(kinds.values()):
        yield ThreatNature, kinds
    if any(texts.values()):
        yield ThreatBlocks, texts


def _places(known: Known, country: str) -> Iterator[Row]:
    for n, place in enumerate(known.places):
        kept: dict[str, Any] = {
            "id": place.id,
            "area_id": place.area_id,
            "code": place.code or country,
        }
        kept |= {"valid_from": place.valid_from, "name": place.name, "number": n}
        yield ThreatPlace, {**kept, "precision": place.precision}
        if place.point:
            at = {"latitude": place.point[0], "longitude": place.point[1]}
            yield ThreatPoint, {"place_id": place.id, **at}


def _parties(known: Known) -> Iterator[Row]:
    for n, party in enumerate(known.parties):
        kept = {"role": party.role, "category": party.category, "basis": party.basis}
        yield ThreatParty, {"id": party.id, **kept, "number": n}
        if party.name:
            yield ThreatPartyName, {"party_id": party.id, "name": party.name}
