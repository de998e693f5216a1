"""The UPR Info database's CSV (one row per recommending state) -> one record per recommendation.

A recommendation is one text put to one state in one session, by a list of states. Texts are the
same when they are equal after *layout* is taken away: HTML character references as characters,
Unicode composed (NFC), every run of white space one space, none at the ends. The publisher's
rows for one text differ in exactly that: in sessions 1-5, 28 keys differ by a space at an end
and one by a doubled space. Nothing that could carry meaning is dropped: no letter case, no full
stop, no other mark (without full stops 13 more would melt into others).
"""

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from advocacy.formats import csv
from advocacy.formats.csv import RefusedRow
from advocacy.ground.reasons import Reason

REQUIRED = ("To", "Text", "From", "Response", "Action", "Issue", "Session")

# The publisher's words, and ours (axis A). A pledge is a state's own promise: another kind of row.
RESPONSES = {
    "accepted": "accepted",
    "supported": "accepted",
    "partially accepted": "in_part",
    "noted": "noted",
    "rejected": "rejected",
    "no response": "none",
    "pending": "none",
}
# Where rows disagree, the answer that promises least is taken.
MOST_CAUTIOUS = ("rejected", "noted", "none", "in_part", "accepted")
_PLEDGE = "voluntary pledge"
_REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]+\d*);")
_NO_SPACE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff]")


@dataclass(frozen=True, order=True)
class Issuer:
    """A state (or observer) that put the recommendation."""

    name: str
    group: str = ""
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True)
class UprRecord:
    """One recommendation.

    specificity: 1 (continue) to 5 (specific action), the publisher's scale. lines: of the file.
    """

    state: str
    state_group: str
    state_organisations: tuple[str, ...]
    session: int
    text: str
    issuers: tuple[Issuer, ...]
    response: str
    specificity: int
    issues: tuple[str, ...]
    lines: tuple[int, ...]

    @property
    def key(self) -> str:
        """The same for the same recommendation in any file: a hash of state, session and text."""
        return sealed([self.state, self.session, self.text])

    @property
    def fingerprint(self) -> str:
        """A hash of everything but the line numbers."""
        issuers = [[one.name, one.group, one.organisations] for one in self.issuers]
        return sealed(
            [
                self.state,
                self.state_group,
                self.state_organisations,
                self.session,
                self.text,
                issuers,
                self.response,
                self.specificity,
                self.issues,
            ]
        )


@dataclass(frozen=True)
class Disagreement:
    """Lines of one record that say different things in one field; taken: the cautious value."""

    key: str
    field: str
    values: tuple[tuple[str, tuple[int, ...]], ...]
    taken: str


@dataclass(frozen=True)
class UprFile:
    """What was read. rows: data rows of the file, refused ones included."""

    rows: int
    records: tuple[UprRecord, ...]
    refused: tuple[RefusedRow, ...]
    conflicts: tuple[Disagreement, ...]
    encoding: str
    line_end: str
    sha256: str
    notes: tuple[Reason, ...] = ()

    def lines(self) -> Iterable[tuple[int, UprRecord]]:
        """For `importing.rules.plan`."""
        return ((record.lines[0], record) for record in self.records)


@dataclass(frozen=True)
class _Row:
    line: int
    state: str
    state_group: str
    state_organisations: tuple[str, ...]
    session: int
    text: str
    issuer: Issuer
    response: str
    specificity: int
    issues: tuple[str, ...]


def read_upr(source: Path | str | bytes | BinaryIO, *, max_bytes: int = csv.MAX_BYTES) -> UprFile:
    """Read a file of the UPR database. Raises Invalid and TooLarge as `formats.csv.read`."""
    sheet = csv.read(source, max_bytes=max_bytes, required=REQUIRED)
    records, conflicts, refused, used = united(sheet.rows)
    refused = [*refused, *sheet.refused]
    return UprFile(
        rows=used + len(refused),
        records=records,
        refused=tuple(sorted(refused, key=lambda row: row.line)),
        conflicts=conflicts,
        encoding=sheet.encoding,
        line_end=sheet.line_end,
        sha256=sheet.sha256,
        notes=sheet.notes,
    )


def united(
    rows: Iterable[tuple[int, dict[str, str]]],
) -> tuple[tuple[UprRecord, ...], tuple[Disagreement, ...], list[RefusedRow], int]:
    """Records of the database's rows, where they disagree, rows refused, number of rows used."""
    together: dict[tuple[str, int, str], list[_Row]] = {}
    refused: list[RefusedRow] = []
    used = 0
    for line, cells in rows:
        row = _row(line, {name: normalise(cell) for name, cell in cells.items()})
        if isinstance(row, RefusedRow):
            refused.append(row)
            continue
        used += 1
        together.setdefault((row.state, row.session, row.text), []).append(row)
    records = tuple(_united(rows) for rows in together.values())
    conflicts = tuple(
        clash
        for record, rows in zip(records, together.values(), strict=True)
        for clash in _clashes(record, rows)
    )
    return records, conflicts, refused, used


def normalise(text: str) -> str:
    """The text without its layout (see the top of this file)."""
    text = _REFERENCE.sub(lambda found: html.unescape(found.group()), text)
    return " ".join(_NO_SPACE.sub("", unicodedata.normalize("NFC", text)).split())


def _row(line: int, cells: dict[str, str]) -> _Row | RefusedRow:
    fault = _fault(cells)
    if fault:
        code, column = fault
        facts = {"line": line, "column": column, "value": cells[column][:80]}
        return RefusedRow(line, Reason(code, column, facts))
    return _Row(
        line=line,
        state=cells["To"],
        state_group=_known(cells.get("To-Rgrp", "")),
        state_organisations=_listed(cells.get("To-Org", "")),
        session=int(cells["Session"]),
        text=cells["Text"],
        issuer=Issuer(
            cells["From"], _known(cells.get("From-Rgrp", "")), _listed(cells.get("From-Org", ""))
        ),
        response=RESPONSES[cells["Response"].casefold()],
        specificity=int(cells["Action"]),
        issues=_listed(cells["Issue"]),
    )


def _fault(cells: dict[str, str]) -> tuple[str, str] | None:
    """The first thing wrong with a row: (code, column)."""
    for column in ("To", "Text", "From", "Session"):
        if not cells[column]:
            return "upr.empty-cell", column
    if cells["Response"].casefold() == _PLEDGE:
        return "upr.pledge", "Response"
    if cells["Response"].casefold() not in RESPONSES:
        return "upr.unknown-response", "Response"
    if cells["Action"] not in ("1", "2", "3", "4", "5"):
        return "upr.bad-specificity", "Action"
    if not re.fullmatch(r"[1-9][0-9]{0,2}", cells["Session"]):
        return "upr.bad-session", "Session"
    return None


def _known(value: str) -> str:
    return "" if value.casefold() == "(unknown)" else value


def _listed(cell: str) -> tuple[str, ...]:
    """The parts of a comma list, each once, in order of the alphabet."""
    return tuple(sorted({_known(part.strip()) for part in cell.split(",")} - {""}))


def _united(rows: Sequence[_Row]) -> UprRecord:
    first = rows[0]
    issuers: dict[str, Issuer] = {}
    for row in rows:
        issuers.setdefault(row.issuer.name, row.issuer)
    return UprRecord(
        state=first.state,
        state_group=first.state_group,
        state_organisations=first.state_organisations,
        session=first.session,
        text=first.text,
        issuers=tuple(sorted(issuers.values())),
        response=min((row.response for row in rows), key=MOST_CAUTIOUS.index),
        specificity=min(row.specificity for row in rows),
        issues=tuple(sorted({issue for row in rows for issue in row.issues})),
        lines=tuple(row.line for row in rows),
    )


def _clashes(record: UprRecord, rows: Sequence[_Row]) -> Iterable[Disagreement]:
    for name in ("response", "specificity"):
        said: dict[str, list[int]] = {}
        for row in rows:
            said.setdefault(str(getattr(row, name)), []).append(row.line)
        if len(said) > 1:
            values = tuple((value, tuple(lines)) for value, lines in sorted(said.items()))
            yield Disagreement(record.key, name, values, str(getattr(record, name)))


def sealed(parts: Sequence[object]) -> str:
    """A hash of these parts in this order."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
