"""The columns of a file, what goes outside, and how a file may be handled. Pure.

Sources: threat register 2.3 (handling labels), 2.9 (names of columns), section 5 (field classes).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from advocacy.analysis.rules import CELLS, Said
from advocacy.audit.rules import Event
from advocacy.extracts.rows import Full, Words
from advocacy.extracts.schema import Kind, Reach
from advocacy.formats.lists import pack
from advocacy.ground.reasons import Reason
from advocacy.reference.rows import AreaRow
from advocacy.text import personal
from advocacy.threats.schema import FieldClass, Level, Status

# Rows of a file that is held whole while it is made; the others are sent as they are read.
MOST = {Kind.DOCX: 300, Kind.GEOJSON: 100_000}
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


def _regions(row: Full, words: Words) -> str:
    """P-codes of every first-level area that it lies in, the record's own first."""
    ids = [row.area_id, *words.known(row).regions]
    codes = [words.areas[i].code for i in ids if i is not None and i in words.areas]
    return " ".join(dict.fromkeys(codes))


def _watched(row: Full, _words: Words) -> str:
    return "yes" if row.status == Status.MONITORING else "no"


def _cell(name: str) -> Get:
    return lambda row, words: CELLS[name](words.known(row))


def _views(row: Full, words: Words) -> str:
    return pack(
        (
            *(v.period, v.name or "-", v.said.stance, v.said.severity, v.said.likelihood),
            *(v.said.trend, v.said.how_known, v.said.rationale),
        )
        for v in words.page.views.get(row.id, ())
    )


def _evidence(row: Full, words: Words) -> str:
    """Of each piece that its reader may know: what, from when, for or against, and to what those
    agreed whom it comes from. What it shows stays in the register."""
    return pack(
        (
            *(p.said.kind, p.said.dated_on or "", p.said.direction),
            *(words.evidence.get(p.said.consent, p.said.consent), p.said.consent_to or "-"),
            "held" if p.said.is_held else "file",
        )
        for p in words.page.evidence.get(row.id, ())
    )


def _agreed_words(row: Full, words: Words) -> str:
    return words.severities.get(words.page.agreed.get(row.id, 0), "")


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
    Column("agreed_severity", "#severity+agreed+num", _SAFE, lambda r, w: w.page.agreed.get(r.id)),
    Column("agreed_severity_name", "#severity+agreed+name", _SAFE, _agreed_words),
    Column("admin1_all_codes", "#adm1+code+list", _SAFE, _regions),
    Column("threat_kinds", "#event+kind+list", _SAFE, _cell("kinds")),
    Column("watched", "", _SAFE, _watched),
    Column("subtype", "#event+subtype", _MEMBERS, _cell("subtype")),
    Column("context", "#context", _MEMBERS, _cell("context")),
    Column("effect", "#impact+description", _MEMBERS, _cell("effect")),
    Column("capacity", "#capacity+description", _MEMBERS, _cell("capacity")),
    Column("places", "#loc+list", _MEMBERS, _cell("places")),
    Column("points", "#geo+list", _TOLD, _cell("points")),
    Column("parties", "#group+list", _MEMBERS, _cell("parties")),
    Column("party_names", "#group+name+list", _TOLD, _cell("party_names")),
    Column("figures", "#affected+list", _MEMBERS, _cell("figures")),
    Column("views", "#meta+assessment+list", _MEMBERS, _views),
    Column("evidence", "#meta+evidence+list", _MEMBERS, _evidence),
    Column("updated", "#date+updated", _SAFE, lambda r, _w: r.checked_at.date()),
    Column("handling", "#meta+handling", _SAFE, _handling),
    Column("not_shown", "#meta+suppressed", _SAFE, _withheld),
)  # fmt: skip
# What donors, observers and the public may read: an allow-list, so that a new column stays inside.
OUTSIDE = frozenset(
    (
        *("reference", "title", "summary", "language", "risk_code", "risk_name", "status"),
        *("severity", "severity_name", "trend", "location_code", "admin1_code", "admin1_name"),
        *("people_band", "updated", "handling", "agreed_severity", "agreed_severity_name"),
        *("admin1_all_codes", "threat_kinds"),
    )
)


def _kinds_told(row: Full, words: Words) -> str:
    return Said(words.language).kinds(words.known(row).blocks.kinds)


def _places_told(row: Full, words: Words) -> list[str]:
    """Every place in words; the first-level areas alone for who reads no places."""
    areas, known = words.areas, words.known(row)
    if row.members_id is None:
        return [areas[i].label(words.language) for i in known.regions if i in areas]
    found = []
    for place in known.places:
        area = areas.get(place.area_id) if place.area_id else None
        name = area.label(words.language) if area else place.code
        found.append(f"{place.name} ({name})" if place.name else name)
    return found


def _parties_told(row: Full, words: Words) -> list[str]:
    said = Said(words.language)
    return [
        f"{said.label('actor-roles', p.role)}: {said.category(p.category)}"
        for p in words.known(row).parties
    ]


def _figures_told(row: Full, words: Words) -> list[str]:
    said, found = Said(words.language), []
    for f in words.known(row).figures:
        number = "" if f.low is None else str(f.low) if f.low == f.high else f"{f.low}–{f.high}"
        kind = said.label("figure-kinds", f.kind)
        number = number or words.unknown
        found.append(f"{said.group(f)}: {number} ({kind})")
    return found


def _views_told(row: Full, words: Words) -> list[str]:
    found = []
    for view in words.page.views.get(row.id, ()):
        severity = words.severities.get(view.said.severity or 0, "")
        stance = words.stances.get(view.said.stance, view.said.stance)
        parts = (view.name, stance, severity, view.said.rationale)
        found.append(" · ".join([view.period, *(part for part in parts if part)]))
    return found


def _evidence_told(row: Full, words: Words) -> list[str]:
    """Of each piece: for or against, what kind, from when, held or shared; none of its words."""
    found = []
    for piece in words.page.evidence.get(row.id, ()):
        said = piece.said
        codes = (said.direction, said.kind, "held" if said.is_held else "file")
        direction, kind, way = (words.evidence.get(code, code) for code in codes)
        found.append(f"{direction}: {kind} · {said.dated_on} · {way}")
    return found


def _choice_told(of: str, name: str) -> Get:
    return lambda row, words: Said(words.language).label(of, str(getattr(row, name) or ""))


# An annex is read by people: the same in words. Lists are lists.
ANNEX = (
    Column("trend_told", "", _SAFE, _choice_told("trend", "trend")),
    Column("how_known_told", "", _MEMBERS, _choice_told("how-known", "how_known")),
    Column("party_told", "", _MEMBERS, lambda r, w: Said(w.language).category(r.party or "")),
    Column("kinds_told", "", _SAFE, _kinds_told),
    Column("places_told", "", _SAFE, _places_told),
    Column("parties_told", "", _MEMBERS, _parties_told),
    Column("figures_told", "", _MEMBERS, _figures_told),
    Column("views_told", "", _MEMBERS, _views_told),
    Column("evidence_told", "", _MEMBERS, _evidence_told),
)
IN_ANNEX_OUTSIDE = frozenset({"kinds_told", "trend_told"})


def annex(reach: Reach, headings: Iterable[str]) -> tuple[Column, ...]:
    """What an annex says of each record, in the order of its headings."""
    more = [c for c in ANNEX if reach is Reach.OURS or c.name in IN_ANNEX_OUTSIDE]
    known = {column.name: column for column in (*columns(reach), *more)}
    return tuple(known[name] for name in headings if name in known)


def columns(reach: Reach) -> tuple[Column, ...]:
    """The columns of a file for these readers."""
    if reach is Reach.OUTSIDE:
        return tuple(column for column in COLUMNS if column.name in OUTSIDE)
    return COLUMNS


def geometry(row: Full, words: Words, reach: Reach) -> tuple[dict[str, Any] | None, str]:
    """Where a record lies on a map, as GeoJSON, and how exactly: its points for who may read
    them, else a point inside its area where that is drawn. Outside the area is the first level.
    """
    points = [p.point[::-1] for p in words.known(row).places if p.point]
    if points and reach is Reach.OURS and row.narrative is not None:
        many = {"type": "MultiPoint", "coordinates": points}
        one = {"type": "Point", "coordinates": points[0]}
        return (many if len(points) > 1 else one), "point"
    exact = row.exact_area_id if reach is Reach.OURS and row.members_id else None
    for area_id in (exact, row.area_id):
        middle = words.page.middles.get(area_id) if area_id else None
        if middle:
            return {"type": "Point", "coordinates": middle[::-1]}, "inside the area"
    return None, ""


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
