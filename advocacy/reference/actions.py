"""Bringing the lists up to date. Each can be run again and again: nothing comes twice."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.reference import rules
from advocacy.reference.rows import AreaLine, Loaded
from advocacy.reference.schema import Area, ProtectionRisk


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


def load_areas(session: Session, rows: Iterable[AreaLine]) -> Loaded:
    """Add areas, or bring them to what a list of P-codes says; areas not in the list stay.

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
    tally = {"new": 0, "changed": 0, "same": 0}
    for line in ordered:
        key = (line.country, line.level, line.code)
        values = _area_values(line, ids.get(_parent_key(line)))
        if key in here:
            tally[_set(here[key], values)] += 1
            continue
        session.add(
            Area(id=ids[key], country=line.country, level=line.level, code=line.code, **values)
        )
        tally["new"] += 1
    session.flush()
    return Loaded(**tally)


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
    return {
        "parent_id": parent_id,
        "name": line.name,
        "names": dict(line.names),
        "valid_from": line.valid_from,
        "valid_to": line.valid_to,
    }


def _set(record: ProtectionRisk | Area, values: Mapping[str, Any]) -> str:
    """Set what differs; says `changed` or `same`."""
    different = {name: value for name, value in values.items() if getattr(record, name) != value}
    for name, value in different.items():
        setattr(record, name, value)
    return "changed" if different else "same"
