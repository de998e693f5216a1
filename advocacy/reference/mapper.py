"""From files of others to lines of ours: lists of P-codes, and boundaries."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from babel.core import Locale, get_global

from advocacy.formats import csv, geojson
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.reference.rows import AreaLine, ShapeLine

LANGUAGES = ("en", "fr", "es", "ar")
_PARENT = "Parent P-Code"
_COLUMNS = ("Location", "Admin Level", "P-Code", "Name", _PARENT)
_SINCE = "Valid from date"
_MOST_FAULTS = 20


@dataclass
class Pcodes:
    """A list of P-codes as read. lines: its countries too. unnamed: codes that stand for a name."""

    lines: list[AreaLine] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)


def read_pcodes(source: Path | bytes) -> Pcodes:
    """A list of P-codes: Location, Admin Level, P-Code, Name, Parent P-Code, Valid from date.

    Codes are text: a zero in front stays. A line without a name is called by its code.
    Raises Invalid, TooLarge: nothing of a faulty file is used.
    """
    sheet = csv.read(source, required=_COLUMNS, also={_SINCE.lower(): _SINCE})
    found, faults = Pcodes(), []
    countries: dict[str, None] = {}
    for number, cells in sheet.rows:
        row = {name: cell.strip() for name, cell in cells.items()}
        try:
            line = _line(row)
        except ValueError:
            faults.append(Reason("reference.pcode-line", str(number), {"line": number}))
            continue
        countries.setdefault(line.country)
        found.lines.append(line)
        if not row["Name"]:
            found.unnamed.append(line.code)
    faults += [refused.reason for refused in sheet.refused]
    Invalid.unless_empty(faults[:_MOST_FAULTS])
    if not found.lines:
        raise Invalid(Reason("csv.empty"))
    found.lines += [_country(code) for code in countries]
    return found


def _line(row: dict[str, str]) -> AreaLine:
    """Raises ValueError: no level, or no date where one stands."""
    since = row.get(_SINCE, "")
    return AreaLine(
        country=row["Location"].upper(),
        level=int(row["Admin Level"]),
        code=row["P-Code"],
        name=row["Name"] or row["P-Code"],
        parent_code=row[_PARENT],
        valid_from=date.fromisoformat(since) if since else None,
    )


def _country(code: str) -> AreaLine:
    """A country by its three letters, with the names that the common locale data give it."""
    short = next(iter(get_global("territory_aliases").get(code, ())), "")
    known = {language: Locale(language).territories.get(short) for language in LANGUAGES}
    names = {language: name for language, name in known.items() if name}
    return AreaLine(country=code, level=0, code=code, name=names.get("en", code), names=names)


def read_shapes(source: Path | bytes, *, code_property: str = "") -> Iterator[ShapeLine]:
    """Boundaries of a GeoJSON file. Raises Invalid, TooLarge."""
    for shape in geojson.read(source, code_property=code_property):
        yield ShapeLine(shape.code, shape.level, shape.path, shape.box, shape.middle)
