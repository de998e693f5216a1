"""Reading the lists. Public knowledge: no actor is asked for."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.reference import rules
from advocacy.reference.rows import AreaRow, Risk, Scale
from advocacy.reference.schema import Area, ProtectionRisk


def risks(session: Session) -> list[Risk]:
    """The protection risks to choose from, in the order of the common list."""
    query = select(ProtectionRisk).where(ProtectionRisk.active).order_by(ProtectionRisk.number)
    return [_risk(found) for found in session.scalars(query)]


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
    query = select(Area).where(Area.valid_to.is_(None))
    if country is not None:
        query = query.where(Area.country == country)
    if parent is not None:
        query = query.where(Area.parent_id == parent)
    if level is not None:
        query = query.where(Area.level == level)
    query = query.order_by(Area.country, Area.level, Area.name, Area.code)
    return [_area(found) for found in session.scalars(query)]


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
