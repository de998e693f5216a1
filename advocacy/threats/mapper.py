"""From what people write to rows: the columns and the audience of each class of fields."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience
from advocacy.access.actor import Actor
from advocacy.access.schema import EVERYONE, GroupKind
from advocacy.ground import clock
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.protocols import queries as protocols
from advocacy.reference import queries as reference
from advocacy.reference.rules import people_band
from advocacy.rings import queries as rings
from advocacy.text.canon import normalise
from advocacy.threats import rules
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.schema import FieldClass, Level

SAFE = ("risk_code", "title", "summary", "severity", "trend", "started_on", "language")
KEPT = ("next_review", "sensitivity", "is_survivor_record")
MEMBERS = ("area_id", "place", "people_low", "people_high", "how_known", "party")


def prepared(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    entry: Entry,
    *,
    kept_review: date | None = None,
) -> tuple[Entry, dict[str, Any]]:
    """The entry as it will be kept, and the safe columns that follow from it. Raises Invalid."""
    texts: dict[str, Any] = {
        name: normalise(getattr(entry, name) or "").strip() for name in rules.LONGEST
    }
    entry = replace(entry, **texts)
    risk = next((r for r in reference.risks(session) if r.code == entry.risk_code), None)
    if risk is None:
        raise Invalid(Reason("reference.no-risk", "risk"))
    path = reference.lineage(session, entry.area_id) if entry.area_id else []
    if path and space.country and path[0].country != space.country:
        raise Invalid(Reason("reference.no-area", "area"))
    if path and len(path) == 1:
        entry, path = replace(entry, area_id=None), []
    if entry.sensitivity is None:
        entry = replace(entry, sensitivity=risk.default_sensitivity)
    if entry.people_low is not None and entry.people_high is None:
        entry = replace(entry, people_high=entry.people_low)
    today = clock.day_in(actor.now, space.zone)
    is_kept = entry.next_review is not None and entry.next_review == kept_review
    looked_at = replace(entry, next_review=None) if is_kept else entry
    level = path[-1].level if path else rules.COUNTRY
    Invalid.unless_empty(rules.entry_faults(looked_at, area_level=level, today=today))
    least, most = people_band(entry.people_low, entry.people_high)
    safe = {
        **pick(entry, SAFE + KEPT),
        "words": rules.folded(f"{entry.title} {entry.summary}"),
        "area_id": path[rules.ADM1].id if path else None,
        "people_least": least,
        "people_most": most,
    }
    return entry, safe


def fields(entry: Entry, safe: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that history compares, by name."""
    band = {"region_id": safe["area_id"], "people": [safe["people_least"], safe["people_most"]]}
    return {**pick(entry, (*SAFE, *KEPT, *MEMBERS, "narrative")), **band}


def check_sharing(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    entry: Entry,
    sharing: Sharing,
    *,
    is_agreed: bool = False,
) -> None:
    rows = organisations.organisations(session, actor, workspace_id=space.id)
    own = actor.must_organisation()
    faults = rules.sharing_faults(
        sharing,
        entry,
        sensitivity=entry.sensitivity or rules.CAP[Level.OWN],
        own=own,
        standings={row.id: row.standing for row in rows if row.id != own},
        circles={row.id for row in rings.rings(session, actor, space.id)},
        ruled=protocols.levels(session, actor, space.id),
        is_agreed=is_agreed,
    )
    Invalid.unless_empty(faults)


def audiences(
    session: Session, actor: Actor, space: WorkspaceRow, sharing: Sharing, *, of: Entry
) -> dict[FieldClass, UUID]:
    """The audience each class of fields is asked to have.

    Who is named reads while it is in the workspace, as what it was named as.
    Of children and survivors nothing but the safe class ever leaves its organisation (A6).
    """
    own, level = actor.must_organisation(), Level(sharing.level)
    named, beside = rules.beside(sharing), sharing.narrative_ids
    standings = rings.standings(session, actor, space.id, named | beside)
    by = rings.named(session, space.id, standings)
    inside = {own} | {by[i] for i in named if standings[i] in rules.MEMBERS}
    outside = {by[i] for i in named}
    if level not in {Level.OWN, Level.PUBLIC}:
        inside |= sharing.circle_ids
    if level not in {Level.OWN, Level.NAMED}:
        inside.add(organisations.group(session, space.id, GroupKind.MEMBERS))
    if level in {Level.OBSERVERS, Level.DONORS}:
        outside.add(organisations.group(session, space.id, GroupKind(level)))
    outside |= {EVERYONE} if level is Level.PUBLIC else set()
    told = {own} if rules.stays_own(of) else inside
    return {
        FieldClass.SAFE: audience.intern(session, inside | outside),
        FieldClass.MEMBERS: audience.intern(session, told),
        FieldClass.RESTRICTED: audience.intern(session, {own, *(by.get(i, i) for i in beside)}),
    }


def pick(entry: Entry, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in names}
