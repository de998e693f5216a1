"""From a row of a sheet to a record: which column is what, what its words mean, what is wrong."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from advocacy.analysis.rows import Known
from advocacy.analysis.rules import CELLS, whole
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.intake.rows import Lists, Record
from advocacy.reference.rows import AreaRow
from advocacy.threats.rows import Entry
from advocacy.threats.rules import entry_faults, folded, stays_own
from advocacy.threats.schema import Status

KIND = "threats.sheet"
MOST_ROWS, MOST_BYTES, MOST_COLUMNS = 5_000, 10_000_000, 200
MOST_BY_COMMAND = 50_000
UNDO_HOURS = 24
ORDERS = ("dmy", "mdy", "ymd")
# Field -> names of its column, folded: ours and HAPI's first, then what people write.
NAMES: dict[str, tuple[str, ...]] = {
    "key": ("uuid", "reference", "ref", "id", "référence", "referencia", "المرجع"),
    "title": (
        "title",
        "who does what",
        "threat",
        "titre",
        "menace",
        "título",
        "amenaza",
        "العنوان",
    ),
    "summary": ("summary", "safe summary", "résumé", "resumen", "description", "الملخص"),
    "risk": ("risk code", "risk", "protection risk", "risque", "riesgo", "الخطر", "خطر الحماية"),
    "area3": ("admin3 code", "admin3", "adm3", "admin3 pcode", "admin3 name"),
    "area2": ("admin2 code", "admin2", "adm2", "admin2 pcode", "admin2 name", "district"),
    "area1": (
        *("admin1 code", "admin1", "adm1", "admin1 pcode", "admin1 name", "area", "governorate"),
        *("province", "région", "region", "zone", "área", "المنطقة", "المحافظة"),
    ),
    "place": ("place name", "place", "location", "lieu", "lugar", "المكان"),
    "severity": ("severity", "gravité", "sévérité", "gravedad", "severidad", "الشدة"),
    "trend": ("trend", "tendance", "tendencia", "الاتجاه"),
    "people_low": (
        "people min",
        "people at least",
        "people",
        "personnes",
        "personas",
        "عدد الأشخاص",
    ),
    "people_high": ("people max", "people at most", "personnes au plus", "personas como máximo"),
    "how_known": ("how known", "how we know", "source", "fuente", "المصدر"),
    "party": ("party", "who does it", "perpetrator category", "auteur", "autor", "الجهة"),
    "started_on": (
        *("reference period start", "started on", "began on", "start date", "date", "début"),
        *("fecha", "inicio", "تاريخ البدء", "التاريخ"),
    ),
    "ended_on": ("reference period end", "ended on", "end date", "fin", "تاريخ الانتهاء"),
    "next_review": ("review date", "look again by"),
    "status": ("status", "statut", "estado", "الحالة"),
    "language": ("language", "langue", "idioma", "اللغة"),
    "sensitivity": ("sensitivity", "sensibilité", "sensibilidad", "الحساسية"),
    "is_survivor_record": ("survivor record", "concerns a child or sexual violence"),
    "narrative": ("narrative", "full account", "récit", "relato", "السرد"),
    "kinds": ("threat kinds", "kinds of threat", "types de menace", "tipos de amenaza"),
    "is_watched": ("watched",),
    "subtype": ("subtype", "more exactly"),
    "context": ("context", "contexte", "contexto", "السياق"),
    "effect": ("effect", "effect on people", "effet", "efecto"),
    "capacity": ("capacity", "capacité", "capacidad"),
    "places": ("places", "further places", "lieux", "lugares"),
    "points": ("points", "coordinates"),
    "parties": ("parties",),
    "party_names": ("party names",),
    "figures": ("figures", "people group by group"),
}
CHOICES = ("risk", "severity", "trend", "how_known", "party", "status", "language", "sensitivity")
PICKED = (*CHOICES, "kinds")
DAYS = ("started_on", "ended_on", "next_review")
_OF_NAME = {folded(name): field for field, names in NAMES.items() for name in names}
_YES = frozenset({"1", "true", "yes", "oui", "si", "sí", "نعم", "x", "✓"})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_PARTS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ].*)?")
_SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d+)?")
_FIRST_DAY = date(1899, 12, 30)
_PLACE = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}


@dataclass(frozen=True)
class BroughtIn(Event):
    NAME = "intake.brought-in"
    new: int
    changed: int
    digest: str


@dataclass(frozen=True)
class TakenBack(Event):
    NAME = "intake.taken-back"
    records: int


def guess(header: Iterable[str]) -> dict[str, str]:
    """Column -> field by their names; columns that say nothing are left out.

    `group/name` counts by its last part; `group/name/choice` is one choice of a question.
    """
    found: dict[str, str] = {}
    for column in header:
        parts = [folded(part.replace("_", " ").replace("-", " ")) for part in column.split("/")]
        field = _OF_NAME.get(parts[-1], "")
        if not field and len(parts) > 1 and _OF_NAME.get(parts[-2], "") in PICKED:
            found[column] = _OF_NAME[parts[-2]]
        elif field and field not in found.values():
            found[column] = field
    return found


def match_faults(matched: Mapping[str, str]) -> list[Reason]:
    """What is wrong with a matching: a needed field without a column, a field with two."""
    fields = list(matched.values())
    found = [
        Reason("intake.needs", "columns", {"field": field})
        for field in ("title", "summary", "risk")
        if field not in fields
    ]
    for field in sorted(set(fields)):
        columns = [column for column, of in matched.items() if of == field]
        if len(columns) > 1 and not _is_one_question(columns):
            facts = {"columns": ", ".join(columns)}
            found.append(Reason("intake.twice", "columns", facts))
    return found


def _is_one_question(columns: Sequence[str]) -> bool:
    """Columns that hold one choice each of the same question."""
    return len({column.rpartition("/")[0] for column in columns} - {""}) == 1 and all(
        "/" in column for column in columns
    )


def orders(values: Iterable[str]) -> set[str]:
    """The orders in which every one of these days can be read; those that say it are left out."""
    found = set(ORDERS)
    for value in values:
        said = value.strip().translate(_DIGITS)
        if said and not _says_itself(said):
            fits = {order for order in ORDERS if _read(said, order)}
            found &= fits or found
    return found


def days_of(header: Sequence[str], lines: Iterable[Sequence[str]], matched: Any) -> list[str]:
    """Every cell of a sheet that is matched to a day."""
    at = [n for n, column in enumerate(header) if matched.get(column) in DAYS]
    return [cells[n] for cells in lines for n in at if cells[n].strip()]


def day(value: str, order: str) -> date | None:
    """A day as it was written, in an order; None where it is none.

    Year first is read as such; a spreadsheet's own number of a day too.
    """
    said = value.strip().translate(_DIGITS)
    serial = _SERIAL.fullmatch(said)
    if serial:
        return _FIRST_DAY + timedelta(days=int(serial[1]))
    return _read(said, "ymd") or (_read(said, order) if order in ORDERS else None)


def _says_itself(said: str) -> bool:
    return bool(_SERIAL.fullmatch(said) or _read(said, "ymd"))


def _read(said: str, order: str) -> date | None:
    parts = _PARTS.fullmatch(said)
    if parts is None:
        return None
    year, month, of = (parts[n + 1] for n in _PLACE[order])
    if len(year) != 4:
        return None
    try:
        return date(int(year), int(month), int(of))
    except ValueError:
        return None


def record(
    line: int, cells: Mapping[str, str], matched: Mapping[str, str], lists: Lists, order: str
) -> Record | list[Reason]:
    """One row as a record, or everything that is wrong with it."""
    faults: list[Reason] = []
    said = {field: _said(cells, matched, field) for field in NAMES}
    told: dict[str, Any] = {n: said[n] for n in ("title", "summary", "place", "narrative")}
    codes = {f: _code(f, said[f], lists, faults) for f in CHOICES}
    when = {f: _day(f, said[f], order, faults) for f in DAYS}
    area = _area(said, lists, faults)
    entry = Entry(
        risk_code=codes["risk"] or "",
        area_id=area.id if area and area.level else None,
        severity=int(codes["severity"]) if codes["severity"] else None,
        trend=codes["trend"] or "unclear",
        people_low=_number("people_low", said["people_low"], faults),
        people_high=_number("people_high", said["people_high"], faults),
        how_known=codes["how_known"] or "heard",
        party=codes["party"] or "unknown",
        started_on=when["started_on"],
        next_review=when["next_review"] if _is_ahead(when["next_review"], lists.today) else None,
        language=codes["language"] or "en",
        sensitivity=int(codes["sensitivity"]) if codes["sensitivity"] else None,
        is_survivor_record=said["is_survivor_record"].casefold() in _YES,
        **told,
    )
    if not codes["risk"] and not said["risk"]:
        faults.append(Reason("form.required", "risk"))
    known, cells_of = _parts(said, matched, entry, lists, faults)
    if not faults:
        faults += entry_faults(entry, area_level=area.level if area else 0, today=lists.today)
    if when["ended_on"] and when["started_on"] and when["ended_on"] < when["started_on"]:
        faults.append(Reason("threats.ends-before", "ended_on"))
    if faults:
        return faults
    key = said["key"] or f"line {line}: {digest(entry)}"
    is_watched = said["is_watched"].casefold() in _YES and codes["status"] in {"", Status.ACTIVE}
    status = Status.MONITORING if is_watched else codes["status"] or Status.ACTIVE
    end = when["ended_on"] if status == Status.CLOSED else None
    return Record(key, entry, end, status, known=known, cells=cells_of)


def _parts(
    said: Mapping[str, str],
    matched: Mapping[str, str],
    entry: Entry,
    lists: Lists,
    faults: list[Reason],
) -> tuple[Known, dict[str, str]]:
    """What a row says beyond the short record, and the same in the cells of an export."""
    given = {name: said[name] for name in CELLS if name in matched.values()}
    if "kinds" in given:
        given["kinds"] = _kinds(given["kinds"], lists, faults)
    known, wrong = whole(given, lists.places.find, is_survivor=stays_own(entry), today=lists.today)
    faults += wrong
    return known, {name: CELLS[name](known) for name in given}


def _kinds(said: str, lists: Lists, faults: list[Reason]) -> str:
    """Several choices in one cell: codes with blanks between, or words with commas."""
    parts = re.split(r"[,;|]", said) if re.search(r"[,;|]", said) else [said]
    codes, found = lists.codes["kinds"], set()
    for part in parts:
        words = [part] if folded(part) in codes else part.split()
        for word in words:
            if folded(word) in codes:
                found.add(codes[folded(word)])
            else:
                faults.append(Reason("intake.unknown", "kinds", {"words": word[:80]}))
    return " ".join(sorted(found))


def digest(entry: Entry, cells: Mapping[str, str] | None = None) -> str:
    """A hash of everything that a sheet sets."""
    said = [*sorted(asdict(entry).items()), *sorted((cells or {}).items())]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _is_ahead(day: date | None, today: date) -> bool:
    """A day to look again that is over says nothing more: the check is late anyway."""
    return day is not None and day >= today


def _said(cells: Mapping[str, str], matched: Mapping[str, str], field: str) -> str:
    """What the columns of a field say; of columns with one choice each, the choices that are."""
    columns = [column for column, of in matched.items() if of == field]
    if len(columns) == 1 and "/" not in columns[0]:
        return _bare(cells[columns[0]])
    picked = [c for c in columns if cells[c].strip().casefold() in _YES]
    if len(columns) > 1:
        return " ".join(column.rpartition("/")[2] for column in picked)
    return _bare(cells[columns[0]]) if columns else ""


def _bare(cell: str) -> str:
    """A cell without the mark that keeps it from being a formula."""
    said = cell.strip()
    return said[1:] if said[:1] == "'" and said[1:2] in {"=", "+", "-", "@"} else said


def _code(field: str, said: str, lists: Lists, faults: list[Reason]) -> str:
    if not said:
        return ""
    codes = lists.codes[field]
    found = codes.get(folded(said)) or codes.get(folded(said.removesuffix(".0")))
    if found:
        return found
    several = {codes[folded(part)] for part in said.split() if folded(part) in codes}
    if len(several) == 1 and len(said.split()) == 1:
        return several.pop()
    if len(several) > 1 and field == "party":
        return "several"
    if len(several) > 1:
        faults.append(Reason("intake.several", field, {"words": said}))
    else:
        faults.append(Reason("intake.unknown", field, {"words": said[:80]}))
    return ""


def _day(field: str, said: str, order: str, faults: list[Reason]) -> date | None:
    found = day(said, order) if said else None
    if said and found is None:
        faults.append(Reason("intake.day", field, {"words": said[:40]}))
    return found


def _number(field: str, said: str, faults: list[Reason]) -> int | None:
    """A count; empty is not known, which is not 0."""
    if not said:
        return None
    plain = said.translate(_DIGITS).replace(" ", "").replace("\u202f", "").removesuffix(".0")
    plain = re.sub(r"(?<=\d)[,.](?=\d{3}(?:\D|$))", "", plain)
    if plain.isascii() and plain.isdigit() and len(plain) < 10:
        return int(plain)
    faults.append(Reason("intake.number", field, {"words": said[:40]}))
    return None


def _area(said: Mapping[str, str], lists: Lists, faults: list[Reason]) -> AreaRow | None:
    """The smallest place that is named; nothing named is the whole country."""
    for field in ("area3", "area2", "area1"):
        if not said[field]:
            continue
        found = lists.places.find(said[field])
        if isinstance(found, Reason) and said[field].removesuffix(".0").isdigit():
            found = lists.places.find(said[field].removesuffix(".0"))
        if isinstance(found, Reason):
            faults.append(found)
            return None
        return found
    return None
