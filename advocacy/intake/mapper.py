"""Between the records of a sheet and the register's rows: compared first, then written together."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.analysis import actions as analysis
from advocacy.analysis import mapper as analysis_rows
from advocacy.analysis import queries as parts
from advocacy.analysis.rows import Known
from advocacy.analysis.rules import CELLS, difference, told, whole
from advocacy.extracts.rows import NOTHING
from advocacy.formats import csv, xlsx_read
from advocacy.formats.csv import RefusedRow
from advocacy.ground.base import new_id, new_ref
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.importing import queries as runs
from advocacy.importing.rows import Existing, Item, Written
from advocacy.intake import queries, rules
from advocacy.intake.rows import Record, Table
from advocacy.organisations.rows import WorkspaceRow
from advocacy.reference.rules import Gazetteer, people_band
from advocacy.search import actions as search
from advocacy.threats import actions as threats
from advocacy.threats import mapper as register
from advocacy.threats import queries as records
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.rules import SCALE, changes, folded, stays_own
from advocacy.threats.schema import (
    FieldClass,
    Threat,
    ThreatMembers,
    ThreatRestricted,
    ThreatVersion,
    What,
)

# Thousands of records are written by one statement for each table; what each row holds is worked
# out by the same rules as for a record that is reported by hand.
_WRITTEN: tuple[Any, ...] = tuple(
    kind.__table__ for kind in (Threat, ThreatMembers, ThreatRestricted, ThreatVersion)
)
_LOT = 1_000


class SheetMapper:
    """For one importer and one workspace. New records wait in memory until `finish`."""

    kind = rules.KIND

    def __init__(
        self,
        session: Session,
        actor: Actor,
        space: WorkspaceRow,
        *,
        places: Gazetteer,
        usual: Mapping[str, int],
        cells: Collection[str] = (),
    ) -> None:
        """cells: the parts beyond the short record that the sheet has a column for."""
        self.workspace_id: UUID | None = space.id
        self._session, self._actor, self._space = session, actor, space
        self._places, self._usual = places, usual
        self._rows: tuple[list[dict[str, Any]], ...] = ([], [], [], [])
        self._cells, self._parts = frozenset(cells), dict[Any, list[dict[str, Any]]]()
        self._who: dict[FieldClass, UUID] = {}
        self._areas: dict[UUID, Any] = {}

    def key(self, record: Record) -> str:
        """The sheet's own key of a row, else a hash of the row."""
        return record.key

    def fingerprint(self, record: Record) -> str:
        """Hash of all that is kept of it."""
        return rules.digest(self.kept(record.entry), record.cells)

    def kept(self, entry: Entry) -> Entry:
        """An entry with what the register adds by itself."""
        if entry.sensitivity is None:
            entry = replace(entry, sensitivity=self._usual.get(entry.risk_code, 4))
        if entry.people_low is not None and entry.people_high is None:
            entry = replace(entry, people_high=entry.people_low)
        return entry

    def existing(self) -> Mapping[str, Existing]:
        """Own records that came from a sheet, by its key, and all own ones by reference."""
        actor, space, session = self._actor, self._space, self._session
        found = dict(queries.by_ref(session, actor, space))
        found |= runs.targets(session, actor, kind=self.kind, workspace_id=space.id)
        now = queries.entries(session, actor, space, set(found.values()))
        known = parts.many(session, now) if self._cells else {}
        return {
            key: Existing(target, rules.digest(now[target], self._said(known.get(target))))
            for key, target in found.items()
            if target in now
        }

    def _said(self, known: Known | None) -> dict[str, str]:
        return {name: CELLS[name](known or NOTHING) for name in self._cells}

    def write(self, session: Session, actor: Actor, item: Item[Record], run_id: UUID) -> Written:
        """Note a new record for `finish`, or change the one that is here."""
        if item.existing is None:
            return Written(self._note(item.record))
        target = item.existing.target_id
        before = records.current(session, actor, target)
        threats.edit(session, actor, target, item.record.entry, based_on=before.edition)
        analysis.follow(session, actor, target)
        image = json.loads(json.dumps(asdict(before.entry), default=str))
        if self._cells:
            here = parts.whole(session, target)
            old = {name: CELLS[name](here) for name in CELLS}
            put_parts(session, actor, target, together(old, item.record.cells), self._places)
            image["cells"] = old
        return Written(target, image)

    def finish(self) -> None:
        """Write what waits, in the caller's transaction, and let its words be found."""
        made = [row["id"] for row in self._rows[0]]
        for table, rows in zip(_WRITTEN, self._rows, strict=True):
            for start in range(0, len(rows), _LOT):
                guard.store(self._session, self._actor, insert(table), rows[start : start + _LOT])
            rows.clear()
        for of in (*analysis_rows.TABLES, analysis_rows.REGIONS):
            waiting = self._parts.pop(of, [])
            for start in range(0, len(waiting), _LOT):
                lot = waiting[start : start + _LOT]
                guard.store(self._session, self._actor, insert(of.__table__), lot)
        for start in range(0, len(made), _LOT):
            search.learn(self._session, self._actor, made[start : start + _LOT])

    def _note(self, record: Record) -> UUID:
        entry, actor, row_id = self.kept(record.entry), self._actor, new_id()
        safe = self._safe(entry)
        if not self._who:
            self._who = register.audiences(self._session, actor, self._space, Sharing(), of=entry)
        end = {"status": record.status, "ended_on": record.ended_on}
        threats_, members, full, versions = self._rows
        threats_.append(
            {
                "id": row_id,
                "ref": new_ref(),
                "workspace_id": self._space.id,
                "scale_id": SCALE,
                "checked_at": actor.now,
                "created_at": actor.now,
                "edition": 1,
                **end,
                **safe,
                **self._owned(FieldClass.SAFE),
            }
        )
        members.append(
            {
                "id": new_id(),
                "threat_id": row_id,
                **register.pick(entry, register.MEMBERS),
                **self._owned(FieldClass.MEMBERS),
            }
        )
        full.append(
            {
                "id": new_id(),
                "threat_id": row_id,
                "narrative": entry.narrative,
                **self._owned(FieldClass.RESTRICTED),
            }
        )
        history = changes(None, register.fields(entry, safe))
        versions += self._versions(row_id, history, record.known, safe["area_id"])
        return row_id

    def _versions(
        self,
        row_id: UUID,
        history: Mapping[FieldClass, dict[str, Any]],
        known: Known | None,
        area_id: UUID | None,
    ) -> list[dict[str, Any]]:
        beyond = self._beyond(row_id, known, area_id)
        classes = dict.fromkeys([*history, *beyond])
        return [
            self._version(row_id, of, {**history.get(of, {}), **beyond.get(of, {})})
            for of in classes
        ]

    def _beyond(
        self, row_id: UUID, known: Known | None, area_id: UUID | None
    ) -> dict[FieldClass, dict[str, Any]]:
        """Note the rows of what is known beyond the short record; says it as history keeps it."""
        if known is None or known.is_empty():
            return {}
        first = {self._first(place.area_id) for place in known.places} - {None, area_id}
        known = replace(known, regions=tuple(sorted(i for i in first if i)))
        owned = {of: self._owned(of) for of in analysis_rows.CLASSES}
        for of, values in analysis_rows.rows(known, row_id, owned, self._space.country):
            self._parts.setdefault(of, []).append(values)
        before, after = told(NOTHING), told(known)
        return {FieldClass(of): difference(before[of], after[of]) for of in after}

    def _version(self, row_id: UUID, of: FieldClass, pairs: Any) -> dict[str, Any]:
        return {
            "id": new_id(),
            "threat_id": row_id,
            "number": 1,
            "field_class": of,
            "what": What.REPORTED,
            "changes": pairs,
            "at": self._actor.now,
            "person_id": self._actor.person_id,
            **self._owned(of),
        }

    def _safe(self, entry: Entry) -> dict[str, Any]:
        least, most = people_band(entry.people_low, entry.people_high)
        return {
            **register.pick(entry, register.SAFE + register.KEPT),
            "words": folded(f"{entry.title} {entry.summary}"),
            "area_id": self._first(entry.area_id),
            "people_least": least,
            "people_most": most,
        }

    def _first(self, area_id: UUID | None) -> UUID | None:
        """The area of the first level that a place lies in."""
        return self._places.first(area_id) if area_id else None

    def _owned(self, of: FieldClass) -> dict[str, Any]:
        who = self._who.get(of, self._who[FieldClass.SAFE])
        own = self._actor.must_organisation()
        return {"organisation_id": own, "audience_id": who, "own_audience_id": who}


def entry_of(before: Mapping[str, Any]) -> Entry:
    """An entry out of a before-image."""
    image = {name: value for name, value in before.items() if name != "cells"}
    for name in ("started_on", "next_review"):
        image[name] = date.fromisoformat(image[name]) if image[name] else None
    image["area_id"] = UUID(image["area_id"]) if image["area_id"] else None
    return Entry(**image)


def together(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Parts of a record with what a sheet says in their place.

    Points belong to places and names to parties: other places have no points of the old ones.
    """
    found = {**old, **new}
    for of, below in (("places", "points"), ("parties", "party_names")):
        if found[of] != old[of] and below not in new:
            found[below] = ""
    return found


def put_parts(
    session: Session, actor: Actor, threat_id: UUID, cells: Mapping[str, str], places: Gazetteer
) -> None:
    """Set what is known of one's own record beyond its short fields. Raises Invalid."""
    now = records.current(session, actor, threat_id)
    here = parts.whole(session, threat_id)
    if {name: CELLS[name](here) for name in CELLS} == dict(cells):
        return
    is_survivor, today = stays_own(now.entry), actor.now.date()
    known, faults = whole(cells, places.find, is_survivor=is_survivor, today=today)
    Invalid.unless_empty(faults)
    analysis.replace_with(session, actor, threat_id, known, based_on=now.edition)


def usual(risks: Sequence[Any]) -> dict[str, int]:
    """The usual sensitivity of each risk."""
    return {risk.code: risk.default_sensitivity for risk in risks}


def read(name: str, data: bytes, *, most_rows: int, most_bytes: int) -> Table:
    """A CSV or XLSX file as a table; its header is the row that names most of our fields.

    Raises: Invalid: unreadable, nothing in it; TooLarge.
    """
    is_sheet = xlsx_read.is_xlsx(data) and len(data) <= most_bytes
    found = csv.read(
        xlsx_read.as_csv(data) if is_sheet else data,
        max_bytes=most_bytes,
        max_rows=most_rows,
        likely=lambda column: bool(rules.guess([column])),
    )
    if len(found.header) > rules.MOST_COLUMNS:
        raise Invalid(Reason("intake.wide", "file", {"most": rules.MOST_COLUMNS}))
    lines, refused = [], list[RefusedRow]()
    for line, cells in found.rows:
        values = tuple(cells[column] for column in found.header)
        if not is_sheet and any(value.lstrip().startswith("=") for value in values):
            refused.append(RefusedRow(line, Reason("intake.formula", facts={"line": line})))
            continue
        lines.append((line, values))
    digest = hashlib.sha256(data).hexdigest()
    return Table(name[:200], digest, found.header, tuple(lines), (*refused, *found.refused))
