"""Between the records of a sheet and the register's rows: compared first, then written together."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.analysis import actions as analysis
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
from advocacy.reference.rules import Gazetteer
from advocacy.search import actions as search
from advocacy.threats import actions as threats
from advocacy.threats import mapper as register
from advocacy.threats import queries as records
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.rules import SCALE, band, changes, folded
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
    ) -> None:
        self.workspace_id: UUID | None = space.id
        self._session, self._actor, self._space = session, actor, space
        self._places, self._usual = places, usual
        self._rows: tuple[list[dict[str, Any]], ...] = ([], [], [], [])
        self._who: dict[FieldClass, UUID] = {}
        self._areas: dict[UUID, Any] = {}

    def key(self, record: Record) -> str:
        """The sheet's own key of a row, else a hash of the row."""
        return record.key

    def fingerprint(self, record: Record) -> str:
        """Hash of all that is kept of it."""
        return rules.digest(self.kept(record.entry))

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
        return {
            key: Existing(target, rules.digest(now[target]))
            for key, target in found.items()
            if target in now
        }

    def write(self, session: Session, actor: Actor, item: Item[Record], run_id: UUID) -> Written:
        """Note a new record for `finish`, or change the one that is here."""
        if item.existing is None:
            return Written(self._note(item.record))
        target = item.existing.target_id
        before = records.current(session, actor, target)
        threats.edit(session, actor, target, item.record.entry, based_on=before.edition)
        analysis.follow(session, actor, target)
        return Written(target, json.loads(json.dumps(asdict(before.entry), default=str)))

    def finish(self) -> None:
        """Write what waits, in the caller's transaction, and let its words be found."""
        made = [row["id"] for row in self._rows[0]]
        for table, rows in zip(_WRITTEN, self._rows, strict=True):
            for start in range(0, len(rows), _LOT):
                guard.store(self._session, self._actor, insert(table), rows[start : start + _LOT])
            rows.clear()
        for start in range(0, len(made), _LOT):
            search.learn(self._session, self._actor, made[start : start + _LOT])

    def _note(self, record: Record) -> UUID:
        entry, actor, row_id = self.kept(record.entry), self._actor, new_id()
        safe = self._safe(entry)
        if not self._who:
            self._who = register.audiences(self._session, actor, self._space, Sharing(), of=entry)
        end = {"status": "closed" if record.is_closed else "active", "ended_on": record.ended_on}
        threats_, members, told, versions = self._rows
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
        told.append(
            {
                "id": new_id(),
                "threat_id": row_id,
                "narrative": entry.narrative,
                **self._owned(FieldClass.RESTRICTED),
            }
        )
        for of, pairs in changes(None, register.fields(entry, safe)).items():
            versions.append(self._version(row_id, of, pairs))
        return row_id

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
        least, most = band(entry.people_low, entry.people_high)
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
    told = dict(before)
    for name in ("started_on", "next_review"):
        told[name] = date.fromisoformat(told[name]) if told[name] else None
    told["area_id"] = UUID(told["area_id"]) if told["area_id"] else None
    return Entry(**told)


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
