"""The columns of a file, what goes outside, and how a file may be handled. Pure.

Sources: threat register 2.3 (handling labels), 2.9 (names of columns), section 5 (field classes).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.extracts.rows import Full, Words
from advocacy.extracts.schema import Kind, Reach
from advocacy.ground.reasons import Reason
from advocacy.reference.rows import AreaRow
from advocacy.text import personal
from advocacy.threats.schema import FieldClass, Level

# Rows of a file that is held whole while it is made; the others are sent as they are read.
MOST = {Kind.XLSX: 10_000, Kind.DOCX: 300, Kind.GEOJSON: 100_000}
MOST_ROWS = 200_000
_CLEAR, _GREEN, _AMBER = "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER+STRICT"
_LABEL = {
    Level.PUBLIC: _CLEAR,
    Level.DONORS: _GREEN,
    Level.OBSERVERS: _GREEN,
    Level.MEMBERS: _GREEN,
}
Get = Callable[[Full, Words], Any]


@dataclass(frozen=True)
class Taken(Event):
    NAME = "extracts.taken"
    kind: str
    reach: str


@dataclass(frozen=True)
class Column:
    """One column. hxl: its hashtag, empty where there is none. of: the class it is read by."""

    name: str
    hxl: str
    of: FieldClass
    get: Get


def _path(area: AreaRow | None, words: Words) -> dict[int, AreaRow]:
    found: dict[int, AreaRow] = {}
    while area is not None:
        found[area.level] = area
        area = words.areas.get(area.parent_id) if area.parent_id else None
    return found


def _at(row: Full, words: Words, level: int) -> AreaRow | None:
    exact = words.areas.get(row.exact_area_id) if row.exact_area_id else None
    if level > 1:
        return _path(exact, words).get(level)
    return _path(words.areas.get(row.area_id) if row.area_id else None, words).get(level)


def _code(level: int) -> Get:
    return lambda row, words: getattr(_at(row, words, level), "code", None)


def _name(level: int) -> Get:
    return lambda row, words: getattr(_at(row, words, level), "name", None)


def _level(row: Full, words: Words) -> int:
    exact = words.areas.get(row.exact_area_id) if row.exact_area_id else None
    return exact.level if exact else int(row.area_id is not None)


def band(row: Full, _words: Words) -> str:
    """People affected as they may be said outside: "100-499", "500+", empty = not known."""
    if row.people_least is None:
        return ""
    if row.people_most is None:
        return f"{row.people_least}+"
    ends = {row.people_least, row.people_most}
    return "-".join(str(n) for n in sorted(ends))


def _of(name: str) -> Get:
    return lambda row, _words: getattr(row, name)


def _severity(row: Full, words: Words) -> str:
    return words.severities.get(row.severity or 0, "")


def _handling(row: Full, words: Words) -> str:
    return label([words.levels.get(row.audience_id) or Level.OWN])


def _withheld(row: Full, _words: Words) -> str:
    """Which classes of fields this reader does not read: empty there is not "none"."""
    closed = {FieldClass.MEMBERS: row.members_id is None}
    closed[FieldClass.RESTRICTED] = row.narrative is None
    return " ".join(str(of) for of, is_closed in closed.items() if is_closed)


_SAFE, _MEMBERS, _TOLD = FieldClass.SAFE, FieldClass.MEMBERS, FieldClass.RESTRICTED
COLUMNS = (
    Column("reference", "#event+id", _SAFE, _of("ref")),
    Column("title", "#event+name", _SAFE, _of("title")),
    Column("summary", "#description", _SAFE, _of("summary")),
    Column("language", "#meta+language", _SAFE, _of("language")),
    Column("risk_code", "#event+type+code", _SAFE, _of("risk_code")),
    Column("risk_name", "#event+type+name", _SAFE, lambda r, w: w.risks.get(r.risk_code, "")),
    Column("status", "#status+name", _SAFE, _of("status")),
    Column("severity", "#severity+num", _SAFE, _of("severity")),
    Column("severity_name", "#severity+name", _SAFE, _severity),
    Column("trend", "#indicator+trend+name", _SAFE, _of("trend")),
    Column("reference_period_start", "#date+start", _SAFE, _of("started_on")),
    Column("reference_period_end", "#date+end", _SAFE, _of("ended_on")),
    Column("review_date", "#date+review", _SAFE, _of("next_review")),
    Column("location_code", "#country+code+v_iso3", _SAFE, lambda _r, w: w.country),
    Column("admin1_code", "#adm1+code+v_pcode", _SAFE, _code(1)),
    Column("admin1_name", "#adm1+name", _SAFE, _name(1)),
    Column("admin2_code", "#adm2+code+v_pcode", _MEMBERS, _code(2)),
    Column("admin2_name", "#adm2+name", _MEMBERS, _name(2)),
    Column("admin3_code", "#adm3+code+v_pcode", _MEMBERS, _code(3)),
    Column("admin3_name", "#adm3+name", _MEMBERS, _name(3)),
    Column("admin_level", "", _SAFE, _level),
    Column("place_name", "#loc+name", _MEMBERS, _of("place")),
    Column("people_band", "#affected+range", _SAFE, band),
    Column("people_min", "#affected+num+min", _MEMBERS, _of("people_low")),
    Column("people_max", "#affected+num+max", _MEMBERS, _of("people_high")),
    Column("how_known", "#meta+source+type", _MEMBERS, _of("how_known")),
    Column("party", "#group+perp+type", _MEMBERS, _of("party")),
    Column("sensitivity", "#meta+sensitivity", _SAFE, _of("sensitivity")),
    Column("survivor_record", "", _SAFE, lambda r, _w: "yes" if r.is_survivor_record else "no"),
    Column("shared_with", "#meta+sharing", _SAFE, lambda r, w: w.levels.get(r.audience_id, "")),
    Column(
        "reported_by", "#org+reporting+name", _MEMBERS,
        lambda r, w: w.organisations.get(r.organisation_id, ""),
    ),
    Column("narrative", "#description+restricted", _TOLD, _of("narrative")),
    Column("updated", "#date+updated", _SAFE, lambda r, _w: r.checked_at.date()),
    Column("handling", "#meta+handling", _SAFE, _handling),
    Column("not_shown", "#meta+suppressed", _SAFE, _withheld),
)  # fmt: skip
# What donors, observers and the public may read: an allow-list, so that a new column stays inside.
OUTSIDE = frozenset(
    (
        *("reference", "title", "summary", "language", "risk_code", "risk_name", "status"),
        *("severity", "severity_name", "trend", "location_code", "admin1_code", "admin1_name"),
        *("people_band", "updated", "handling"),
    )
)


def columns(reach: Reach) -> tuple[Column, ...]:
    """The columns of a file for these readers."""
    if reach is Reach.OUTSIDE:
        return tuple(column for column in COLUMNS if column.name in OUTSIDE)
    return COLUMNS


def line(row: Full, words: Words, of: Iterable[Column]) -> list[Any]:
    """One record as cells; a cell of a class that its reader does not read is empty."""
    open_to = {
        FieldClass.SAFE: True,
        FieldClass.MEMBERS: row.members_id is not None,
        FieldClass.RESTRICTED: row.narrative is not None,
    }
    return [column.get(row, words) if open_to[column.of] else None for column in of]


def label(levels: Iterable[str]) -> str:
    """How a file of records with these levels may be handled: as its most careful record."""
    found = {_LABEL.get(Level(level), _AMBER) for level in levels}
    return next((one for one in (_AMBER, _GREEN) if one in found), _CLEAR)


def person_faults(rows: Iterable[Full], said: Mapping[UUID, frozenset[str]]) -> list[Reason]:
    """Records whose safe words look like one person's data, and whose author said nothing of it.

    said: record -> digests of the words that its authors said are about nobody.
    """
    found = []
    for row in rows:
        marks = personal.marks(row.title) + personal.marks(row.summary)
        if marks and personal.digest(marks) not in said.get(row.id, frozenset()):
            words = ", ".join(mark.words for mark in marks[:3])
            found.append(Reason("extracts.person", facts={"title": row.title, "words": words}))
    return found
