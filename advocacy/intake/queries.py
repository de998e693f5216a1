"""Read a sheet that waits, the lists its words are looked up in, and records by their keys."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.extracts import queries as extracts
from advocacy.extracts.rows import Full
from advocacy.formats.csv import RefusedRow
from advocacy.ground import clock
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.intake.rows import Lists, Table
from advocacy.intake.schema import IntakeSheet
from advocacy.organisations.rows import WorkspaceRow
from advocacy.reference import queries as reference
from advocacy.threats.rows import Entry
from advocacy.threats.rules import SCALE, folded

_LANGUAGES = ("en", "fr", "es", "ar")
_SCALES = {
    "severity": SCALE,
    "trend": "trend",
    "how_known": "how-known",
    "party": "actor-categories",
    "sensitivity": "sensitivity",
    "kinds": "threat-kinds",
}
_STATES = {"active", "monitoring", "draft", "closed"}


def lists(session: Session, actor: Actor, space: WorkspaceRow) -> Lists:
    """What the words of a sheet may stand for: codes, and labels in four languages."""
    codes: dict[str, dict[str, str]] = {"status": {of: of for of in _STATES}, "language": {}}
    for language in _LANGUAGES:
        codes["language"][language] = language
    codes["risk"] = {}
    for risk in reference.risks(session):
        words = {risk.code, str(risk.number), *(risk.label(lang) for lang in _LANGUAGES)}
        codes["risk"] |= {folded(word): risk.code for word in words}
    for field, of in _SCALES.items():
        codes[field] = {}
        for choice in reference.scale(of).offered():
            code = str(choice.value) if field in {"severity", "sensitivity"} else choice.code
            if choice.value is None and field in {"severity", "sensitivity"}:
                code = ""
            words = {choice.code, code, *(choice.label(lang) for lang in _LANGUAGES)}
            codes[field] |= {folded(word): code for word in words if word}
    for choice in reference.scale("threat-status").offered():
        code = "closed" if choice.code == "ended" else choice.code
        if code in _STATES:
            words = {choice.code, *(choice.label(lang) for lang in _LANGUAGES)}
            codes["status"] |= {folded(word): code for word in words}
    places = reference.gazetteer(session, space.country)
    return Lists(places, codes, clock.day_in(actor.now, space.zone))


def sheet(session: Session, actor: Actor, sheet_id: UUID) -> IntakeSheet:
    """A sheet that waits, of one's own organisation. Raises NotFound."""
    found = session.get(IntakeSheet, sheet_id)
    if found is None or found.organisation_id != actor.organisation_id:
        raise NotFound
    return found


def table(of: IntakeSheet) -> Table:
    """The rows of a sheet that waits."""
    lines = tuple((line, tuple(cells)) for line, cells in of.lines)
    refused = tuple(RefusedRow(line, Reason(why, facts=facts)) for line, why, facts in of.refused)
    return Table(of.name, of.digest, tuple(of.header), lines, refused)


def own(session: Session, actor: Actor, space: WorkspaceRow) -> list[IntakeSheet]:
    """Sheets of one's own organisation that wait in a workspace."""
    query = select(IntakeSheet).where(
        IntakeSheet.workspace_id == space.id, IntakeSheet.organisation_id == actor.organisation_id
    )
    return list(session.scalars(query))


def entries(
    session: Session, actor: Actor, space: WorkspaceRow, ids: Iterable[UUID]
) -> dict[UUID, Entry]:
    """One's own records as they are today, by id."""
    rows = extracts.records(session, actor, space, ids)
    return {row.id: _entry(row) for row in rows if row.organisation_id == actor.organisation_id}


def by_ref(session: Session, actor: Actor, space: WorkspaceRow) -> dict[str, UUID]:
    """One's own records by their reference."""
    return extracts.own_refs(session, actor, space)


def _entry(row: Full) -> Entry:
    told: Any = {name: getattr(row, name) or "" for name in ("place", "how_known", "party")}
    same = (
        *("risk_code", "title", "summary", "severity", "trend", "people_low", "people_high"),
        *("started_on", "next_review", "language", "sensitivity", "is_survivor_record"),
    )
    told |= {name: getattr(row, name) for name in same}
    return Entry(area_id=row.exact_area_id, narrative=row.narrative or "", **told)
