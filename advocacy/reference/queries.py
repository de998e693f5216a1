"""Reading the lists. Public knowledge: no actor is asked for."""

import json
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Select, String, bindparam, cast, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.reference import rules
from advocacy.reference.rows import AreaRow, Risk, Scale
from advocacy.reference.schema import Area, ProtectionRisk

_risks, _areas = ProtectionRisk.__table__, Area.__table__
_RISKS = (
    # Lists within a row come as the text they are kept as: read once, see `_read_risks`.
    select(*(cast(c, String) if isinstance(c.type, JSON) else c for c in _risks.c))
    .where(_risks.c.active)
    .order_by(_risks.c.number)
)


def risks(session: Session) -> list[Risk]:
    """The protection risks to choose from, in the order of the common list."""
    rows = guard.look(session, _RISKS)
    return list(_read_risks(tuple(map(tuple, rows))))


@lru_cache(maxsize=16)
def _read_risks(rows: tuple[Any, ...]) -> tuple[Risk, ...]:
    """The same rows are read once: they hardly ever change."""
    return tuple(
        Risk(code, number, json.loads(labels), description, tuple(json.loads(aor)), *rest[:3])
        for code, number, labels, description, aor, *rest in rows
    )


def risk(session: Session, code: str) -> Risk:
    """One protection risk, retired ones too. Raises NotFound."""
    found = session.get(ProtectionRisk, code)
    if found is None:
        raise NotFound(Reason("reference.no-risk"))
    return _risk(found)


def areas(
    session: Session,
    country: str | None = None,
    parent: UUID | None = None,
    *,
    level: int | None = None,
) -> list[AreaRow]:
    """Areas that exist today, by level and name; each filter counts only where it is given.

    country: ISO alpha-3, all its levels. parent: the parts of one area, one level down.
    """
    given = {"country": country, "parent_id": parent, "level": level}
    given = {name: value for name, value in given.items() if value is not None}
    rows = guard.look(session, _areas_by(tuple(given)), **given)
    return list(_read_areas(tuple(map(tuple, rows))))


@cache
def _areas_by(names: tuple[str, ...]) -> Select[Any]:
    of = _areas.c
    query = select(
        *(of.id, of.country, of.level, of.code, of.parent_id, of.name),
        cast(of.names, String),
        *(of.valid_from, of.valid_to),
    ).where(of.valid_to.is_(None), *(of[name] == bindparam(name) for name in names))
    return query.order_by(of.country, of.level, of.name, of.code)


@lru_cache(maxsize=64)
def _read_areas(rows: tuple[Any, ...]) -> tuple[AreaRow, ...]:
    return tuple(AreaRow(*(*row[:6], json.loads(row[6]), *row[7:])) for row in rows)


def area(session: Session, area_id: UUID) -> AreaRow:
    """One area, ended ones too. Raises NotFound."""
    found = session.get(Area, area_id)
    if found is None:
        raise NotFound(Reason("reference.no-area"))
    return _area(found)


def lineage(session: Session, area_id: UUID) -> list[AreaRow]:
    """An area with what it lies in: the country first, the area itself last. Raises NotFound."""
    path = [area(session, area_id)]
    while path[0].parent_id is not None and len(path) <= rules.DEEPEST_LEVEL:
        path.insert(0, area(session, path[0].parent_id))
    return path


def scale(scale_id: str) -> Scale:
    """A list of choices by its id, see `rules.SCALES`. Raises NotFound."""
    return rules.scale(scale_id)


def _risk(found: ProtectionRisk) -> Risk:
    return Risk(
        code=found.code,
        number=found.number,
        labels=dict(found.labels),
        description=found.description,
        aor=tuple(found.aor),
        default_sensitivity=found.default_sensitivity,
        active=found.active,
        replaced_by=found.replaced_by,
    )


def _area(found: Area) -> AreaRow:
    return AreaRow(
        id=found.id,
        country=found.country,
        level=found.level,
        code=found.code,
        parent_id=found.parent_id,
        name=found.name,
        names=dict(found.names),
        valid_from=found.valid_from,
        valid_to=found.valid_to,
    )
