"""Bringing the lists up to date. Each can be run again and again: nothing comes twice."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.reference import rules
from advocacy.reference.rows import AreaLine, Loaded, ShapeLine
from advocacy.reference.schema import Area, AreaName, AreaShape, ProtectionRisk


def load_taxonomies(session: Session) -> Loaded:
    """Bring the protection risks to what the data file says.

    A risk that is no longer in the file is retired, never deleted. Scales need no loading: they
    are read from their files.
    """
    source = rules.document(rules.RISKS)
    here = {risk.code: risk for risk in session.scalars(select(ProtectionRisk))}
    tally = {"new": 0, "changed": 0, "same": 0}
    for item in source["items"]:
        values = _risk_values(item, source["version"])
        risk = here.pop(item["code"], None)
        if risk is None:
            session.add(ProtectionRisk(code=item["code"], **values))
            tally["new"] += 1
        else:
            tally[_set(risk, values)] += 1
    for gone in here.values():
        tally[_set(gone, {"active": False})] += 1
    session.flush()
    return Loaded(**tally)


def load_areas(
    session: Session, rows: Iterable[AreaLine], *, gone_on: date | None = None
) -> Loaded:
    """Add areas, or bring them to what a list of P-codes says.

    gone_on: areas of the same countries and levels that are not in the list end on this day; they
    stay to be read. None: areas that are not in the list stay as they are.
    Raises:
        Invalid: a line is faulty or there twice, or its parent is neither in the list nor here.
            Nothing is written then.
    """
    ordered = rules.in_order(rows)
    countries = {line.country for line in ordered}
    here = {
        (area.country, area.level, area.code): area
        for area in session.scalars(select(Area).where(Area.country.in_(countries)))
    }
    ids = {key: area.id for key, area in here.items()}
    for line in ordered:
        ids.setdefault((line.country, line.level, line.code), new_id())
    Invalid.unless_empty(_orphans(ordered, ids))
    tally, new = {"new": 0, "changed": 0, "same": 0}, []
    for line in ordered:
        key = (line.country, line.level, line.code)
        values = _area_values(line, ids.get(_parent_key(line)))
        if key in here:
            tally[_set(here.pop(key), values)] += 1
            continue
        named = {"country": line.country, "level": line.level, "code": line.code}
        new.append({"id": ids[key], "names": {}, **named, **values})
    if new:
        session.execute(insert(Area), new)
    retired = _retire(here.values(), ordered, gone_on) if gone_on else 0
    session.flush()
    return Loaded(**(tally | {"new": len(new)}), retired=retired)


def _retire(left: Iterable[Area], ordered: Iterable[AreaLine], on: date) -> int:
    """End what a whole list no longer holds; an area never ends before it began."""
    listed = {(line.country, line.level) for line in ordered if line.level}
    gone = [a for a in left if (a.country, a.level) in listed and a.valid_to is None]
    for area in gone:
        area.valid_to = max(on, area.valid_from or on)
    return len(gone)


def load_shapes(
    session: Session, country: str, shapes: Iterable[ShapeLine], *, source: str, note: str
) -> tuple[Loaded, list[str]]:
    """Keep the boundaries of a country's areas; says also which codes are of no area here.

    Raises Invalid: the country has no areas, or no shape fits any of them. Nothing is written.
    """
    areas: dict[str, list[Area]] = {}
    for area in session.scalars(select(Area).where(Area.country == country)):
        areas.setdefault(area.code, []).append(area)
    if not areas:
        raise Invalid(Reason("reference.no-country", "country", {"country": country}))
    here = {s.area_id: s for s in session.scalars(select(AreaShape).where(_of(areas)))}
    tally, lost = {"new": 0, "changed": 0, "same": 0}, []
    for line in shapes:
        fit = [a for a in areas.get(line.code, []) if line.level in {None, a.level}]
        if len(fit) != 1:
            lost.append(line.code)
            continue
        values = _shape_values(line, source, note)
        if fit[0].id in here:
            tally[_set(here[fit[0].id], values)] += 1
        else:
            here[fit[0].id] = AreaShape(area_id=fit[0].id, **values)
            session.add(here[fit[0].id])
            tally["new"] += 1
    if not any(tally.values()):
        raise Invalid(Reason("reference.no-shape-fits", "", {"country": country}))
    session.flush()
    return Loaded(**tally), lost


def _of(areas: Mapping[str, list[Area]]) -> Any:
    """Shapes of a country's areas: asked for by country, however many there are."""
    country = next(iter(areas.values()))[0].country
    return AreaShape.area_id.in_(select(Area.id).where(Area.country == country))


def _shape_values(line: ShapeLine, source: str, note: str) -> dict[str, Any]:
    left, top, right, bottom = line.box
    box = {"left": left, "top": top, "right": right, "bottom": bottom}
    at = {"x": line.middle[0], "y": line.middle[1]}
    return {"path": line.path, **box, **at, "source": source, "note": note}


def call(session: Session, *, workspace_id: UUID, area_id: UUID, names: Mapping[str, str]) -> None:
    """Say what a workspace calls an area, by language; no names: as the list does."""
    mine = (AreaName.workspace_id == workspace_id, AreaName.area_id == area_id)
    session.execute(delete(AreaName).where(*mine))
    kept = {language: name.strip() for language, name in names.items() if name.strip()}
    if kept:
        session.add(AreaName(workspace_id=workspace_id, area_id=area_id, names=kept))
    session.flush()


def _parent_key(line: AreaLine) -> tuple[str, int, str]:
    return line.country, line.level - 1, line.parent_code


def _orphans(lines: Iterable[AreaLine], ids: Mapping[tuple[str, int, str], UUID]) -> list[Reason]:
    lost = [line for line in lines if line.level > 0 and _parent_key(line) not in ids]
    places = [f"{line.country} {line.code}" for line in lost]
    return [Reason("reference.unknown-parent", place, {"place": place}) for place in places]


def _risk_values(item: Mapping[str, Any], version: str) -> dict[str, Any]:
    return {
        "number": item["number"],
        "labels": dict(item["label"]),
        "description": item["description"],
        "aor": list(item["aor"]),
        "default_sensitivity": item["default_sensitivity"],
        "active": item["active"],
        "replaced_by": item["replaced_by"],
        "version": version,
    }


def _area_values(line: AreaLine, parent_id: UUID | None) -> dict[str, Any]:
    values = {
        "parent_id": parent_id,
        "name": line.name,
        "valid_from": line.valid_from,
        "valid_to": line.valid_to,
    }
    # A list that knows one name only does not take away the others.
    return {**values, "names": dict(line.names)} if line.names else values


def _set(record: ProtectionRisk | Area | AreaShape, values: Mapping[str, Any]) -> str:
    """Set what differs; says `changed` or `same`."""
    different = {name: value for name, value in values.items() if getattr(record, name) != value}
    for name, value in different.items():
        setattr(record, name, value)
    return "changed" if different else "same"
