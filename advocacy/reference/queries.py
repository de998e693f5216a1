"""Reading the lists. Public knowledge: no actor is asked for."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Select, String, bindparam, cast, func, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.formats.geojson import placed
from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.reference import rules
from advocacy.reference.rows import FALLBACK, AreaRow, Risk, Scale, ShapeRow
from advocacy.reference.schema import Area, AreaName, AreaShape, ProtectionRisk

_risks, _areas = ProtectionRisk.__table__, Area.__table__
_shapes, _names = AreaShape.__table__, AreaName.__table__
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


def coded(session: Session, country: str, code: str) -> AreaRow | None:
    """The area of a country that exists today under a P-code; None = there is none."""
    query = select(Area).where(
        Area.country == country, Area.code == code, Area.level > 0, Area.valid_to.is_(None)
    )
    found = session.scalars(query.order_by(Area.level)).first()
    return _area(found) if found else None


def inside(session: Session, area_id: UUID) -> frozenset[UUID]:
    """An area, and all that lies in it at any level, ended ones too."""
    found, last = {area_id}, {area_id}
    while last:
        of = select(Area.id).where(Area.parent_id.in_(sorted(last)))
        last = set(session.scalars(of)) - found
        found |= last
    return frozenset(found)


_CALLED = select(_names.c.area_id, _names.c.names).where(
    _names.c.workspace_id == bindparam("space")
)


def called(session: Session, workspace_id: UUID, rows: Iterable[AreaRow]) -> list[AreaRow]:
    """The same areas, by the names that a workspace gives them."""
    own = dict(map(tuple, guard.look(session, _CALLED, space=workspace_id)))
    if not own:
        return list(rows)
    return [_renamed(row, own[row.id]) if row.id in own else row for row in rows]


def _renamed(row: AreaRow, own: Mapping[str, str]) -> AreaRow:
    """An area under a workspace's own name; `all` stands for every language without its own."""
    every = dict.fromkeys(row.names, own["all"]) if "all" in own else dict(row.names)
    name = own.get("all") or own.get(FALLBACK) or next(iter(own.values()))
    return replace(row, name=name, names={**every, **{k: v for k, v in own.items() if k != "all"}})


def gazetteer(session: Session, country: str) -> rules.Gazetteer:
    """All areas of a country, ended ones too, to be found by code or name."""
    of = _areas.c
    query = select(
        *(of.id, of.country, of.level, of.code, of.parent_id, of.name, of.names),
        *(of.valid_from, of.valid_to),
    ).where(of.country == country)
    return rules.Gazetteer(AreaRow(*row) for row in session.connection().execute(query))


def resolve(session: Session, country: str, words: str) -> AreaRow:
    """The area of a country that a P-code, or a name that only one has, stands for.

    Raises Invalid: no such place, several of that name, a code that ended or is of another country.
    """
    found = gazetteer(session, country).find(words)
    if isinstance(found, AreaRow):
        return found
    if found.code == "reference.area-unknown":
        code = words.strip().upper()
        others = session.scalars(select(Area.country).where(Area.code == code).distinct())
        if other := ", ".join(sorted(others)):
            facts = {"place": words.strip(), "country": other}
            raise Invalid(Reason("reference.area-foreign", "area", facts))
    raise Invalid(found)


def shapes(session: Session, area_ids: Collection[UUID]) -> dict[UUID, ShapeRow]:
    """The boundaries of these areas, where there are any."""
    query = select(_shapes).where(_shapes.c.area_id.in_(sorted(area_ids)))
    return {
        row.area_id: ShapeRow(
            row.area_id,
            row.path,
            (row.left, row.top, row.right, row.bottom),
            (row.x, row.y),
            row.source,
            row.note,
        )
        for row in session.connection().execute(query)
    }


def middles(session: Session, area_ids: Iterable[UUID]) -> dict[UUID, tuple[float, float]]:
    """Latitude and longitude of a point inside each of these areas, where a boundary is known."""
    query = select(_shapes.c.area_id, _shapes.c.x, _shapes.c.y)
    rows = session.connection().execute(query.where(_shapes.c.area_id.in_(sorted(area_ids))))
    return {area_id: placed(x, y) for area_id, x, y in rows}


def box(session: Session, country: str) -> tuple[int, int, int, int] | None:
    """What encloses all boundaries of a country (left, top, right, bottom); None = it has none."""
    of = _shapes.c
    query = (
        select(func.min(of.left), func.min(of.top), func.max(of.right), func.max(of.bottom))
        .join(_areas, _areas.c.id == of.area_id)
        .where(_areas.c.country == country)
    )
    left, top, right, bottom = session.connection().execute(query).one()
    return None if left is None else (left, top, right, bottom)


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
