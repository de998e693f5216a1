"""What a file's records are called here, and the room's events."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from advocacy.batches.rows import About, Found, Owner, Record, Sheet
from advocacy.formats.csv import RefusedRow
from advocacy.formats.paragraphs import NUMBER
from advocacy.formats.upr import (
    MOST_CAUTIOUS,
    REQUIRED,
    RESPONSES,
    UprRecord,
    normalise,
    sealed,
    united,
)
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.ground.search import fold
from advocacy.importing.rows import Clash
from advocacy.intake.rules import day
from advocacy.taxonomies import rules as taxonomies

KIND_UPR, KIND = "recommendations.upr", "recommendations.batch"
KINDS = frozenset({KIND_UPR, KIND})
MOST_ROWS, MOST_BYTES, MOST_TEXT = 10_000, 10_000_000, 20_000
MOST_TICKED = 200
"""Records of a batch that are shown one by one, each to be kept or left out."""
MADE = "institution:"
"""How the journal of a run names an institution that it added."""
_TITLE = 160


def of_upr(record: UprRecord) -> Record:
    """A record of the Universal Periodic Review's own file."""
    return Record(
        key=record.key,
        fingerprint=record.fingerprint,
        text=record.text,
        owners=(Owner(record.state, record.response),),
        ref=f"UPR-{record.session:02d}-{record.key[:12]}",
        issuers=tuple(issuer.name for issuer in record.issuers),
        session=record.session,
        specificity=record.specificity,
        tags=record.issues,
        source=f"Universal Periodic Review, session {record.session}: {record.state}",
        lines=record.lines,
    )


def told(record: Record) -> dict[str, Any]:
    """What a later file may change: all but the text and its owners, as far as it says it."""
    said = {
        "title": record.title,
        "issuers": list(record.issuers),
        "session": record.session,
        "specificity": record.specificity,
        "tags": list(record.tags),
        "subjects": dict(record.subjects),
        "source": record.source,
        "fingerprint": record.fingerprint,
    }
    return {name: value for name, value in said.items() if value}


def title_of(text: str) -> str:
    """The beginning of a text, to the last whole word."""
    if len(text) <= _TITLE:
        return text
    return text[: _TITLE - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


# --- which column is what ---------------------------------------------------------------------

# Field -> names of its column, ours and the Human Rights Index's first, then what people write.
NAMES: dict[str, tuple[str, ...]] = {
    "ref": ("reference", "ref", "no", "number", "référence", "referencia", "المرجع"),
    "text": (
        *("text", "recommendation", "full recommendation", "annotation", "recommandation"),
        *("texte", "recomendación", "texto", "التوصية", "النص"),
    ),
    "title": ("title", "short title", "titre", "título", "العنوان"),
    "owner": (
        *("to", "owner", "addressee", "addressed to", "countries", "country", "state"),
        *("state under review", "concerned country", "lead institution", "responsible"),
        *("destinataire", "pays", "destinatario", "país", "موجهة إلى", "الدولة"),
    ),
    "issuer": (
        *("from", "issuer", "issued by", "put by", "body", "recommending body"),
        *("reccomending body", "uprrecommendingcountry", "upr recommending states"),
        *("upr reccomending states", "recommending state", "émetteur", "emisor", "من"),
    ),
    "response": (
        *("response", "position", "uprpositions", "upr positions", "answer", "réponse"),
        *("respuesta", "الرد"),
    ),
    "specificity": ("action", "specificity"),
    "tags": ("issue", "theme", "full list of themes", "thème", "tema", "المواضيع"),
    **taxonomies.COLUMNS,
    "session": ("session", "uprsession", "upr session"),
    "source": ("source", "symbol", "document symbol", "report", "rapport", "informe", "المصدر"),
    "paragraph": ("paragraph", "para", "paragraphe", "párrafo", "الفقرة"),
    "page": ("page", "página", "الصفحة"),
    "issued_on": ("publicationdate", "publication date", "date", "issued on", "fecha", "التاريخ"),
    "sort": ("annotationtype", "annotation type"),
}
SEVERAL = frozenset({"issuer", "tags", *taxonomies.COLUMNS})
"""Fields that more than one column may tell."""
_OF_NAME = {" ".join(fold(name)): field for field, names in NAMES.items() for name in names}


def guess(header: Iterable[str]) -> dict[str, str]:
    """Column -> field by their names; columns that say nothing are left out."""
    found: dict[str, str] = {}
    for column in header:
        field = _OF_NAME.get(" ".join(fold(column)), "")
        if field and (field in SEVERAL or field not in found.values()):
            found[column] = field
    return found


def match_faults(matched: Mapping[str, str]) -> list[Reason]:
    """What is wrong with a matching: no column of the text, or a field with two."""
    fields = list(matched.values())
    found = [] if "text" in fields else [Reason("batches.no-text", "columns")]
    for field in sorted(set(fields) - SEVERAL):
        columns = [column for column, of in matched.items() if of == field]
        if len(columns) > 1:
            facts = {"columns": ", ".join(columns)}
            found.append(Reason("intake.twice", "columns", facts))
    return found


def is_upr(header: Iterable[str]) -> bool:
    """Whether a sheet is one of the Universal Periodic Review's own database."""
    return set(REQUIRED) <= set(header)


def of_grid(name: str, digest: str, rows: Sequence[Sequence[str]]) -> Sheet:
    """Rows of tables as one table. A row of one cell is a theme of those below it.

    The header is the row of the first ten that names most of our fields; it may be repeated.
    """
    heads = [(len(guess(row)), -n) for n, row in enumerate(rows[:10]) if len(row) > 1]
    fit, at = max(heads, default=(0, 0))
    if not fit:
        raise Invalid(Reason("csv.no-header", "file"))
    columns = [column or str(n) for n, column in enumerate(rows[-at], start=1)]
    header = tuple(c if columns.index(c) == n else f"{c} {n}" for n, c in enumerate(columns))
    lines, refused, theme = list[tuple[int, tuple[str, ...]]](), list[RefusedRow](), ""
    for line, row in enumerate(rows, start=1):
        if len(row) == 1:
            theme = re.sub(r"^(?:theme|thème|tema)\s*:\s*", "", row[0], flags=re.I)
        elif len(row) != len(header):
            facts = {"line": line, "cells": len(row), "expected": len(header)}
            refused.append(RefusedRow(line, Reason("csv.ragged-row", facts=facts)))
        elif line > 1 - at and list(row) != list(rows[-at]):
            lines.append((line, (*row, theme)))
    return Sheet(name, digest, (*header, "Theme"), tuple(lines), tuple(refused))


# --- from rows to records ---------------------------------------------------------------------

_TAG = re.compile(r"</?(?:p|br|b|i|em|strong|span|div|ul|ol|li|a|sup|sub|u)\b[^<>]{0,500}>", re.I)
_BRACKETS = re.compile(r"\s*\(([^()]{2,4000})\)\s*[;.]?$")
_THEMES = r"\n|;|,(?!\s)|,\s(?=[A-Z])"
_SOURCE = re.compile(r"\s*\bsource of position\s*:\s*(\S.*)$", re.I)
_REPLY = re.compile(r"(.+?)\s*(?:[:\u2013\u2014]|\()\s*([^:()]+?)\)?")
_MORE_RESPONSES = {
    **dict.fromkeys(("accepté", "acceptée", "soutenue", "aceptada", "apoyada"), "accepted"),
    **dict.fromkeys(("notée", "anotada"), "noted"),
    **dict.fromkeys(("rejetée", "rechazada", "not accepted"), "rejected"),
    **dict.fromkeys(("supported in part", "accepted in part", "in part"), "in_part"),
    **dict.fromkeys(("considering", "under consideration"), "considering"),
    "partially supported": "in_part",
    "": "none",
}
_ANSWERS = {**RESPONSES, **_MORE_RESPONSES}
_Told = Iterable[tuple[str, tuple[int, ...]]]
_CAUTIOUS = (*MOST_CAUTIOUS[:3], "considering", *MOST_CAUTIOUS[3:])


def read(sheet: Sheet, matched: Mapping[str, str], about: About, *, today: date) -> Found:
    """The records of a sheet: lines that say the same of one are one record."""
    rows = [(line, dict(zip(sheet.header, c, strict=True))) for line, c in sheet.lines]
    if is_upr(sheet.header):
        found, odds, bad, _used = united(rows)
        clashes = tuple(Clash(one.key, one.field, one.values, one.taken) for one in odds)
        return Found(tuple(map(of_upr, found)), (*sheet.refused, *bad), clashes)
    refused, together = list(sheet.refused), dict[str, list[Record]]()
    for line, cells in rows:
        one = _record(line, _Cells(cells, matched), about, today)
        if isinstance(one, Record):
            together.setdefault(one.key, []).append(one)
        else:
            refused += [RefusedRow(line, one)]
    merged = [_one(records) for records in together.values()]
    odds_of = (clash for records in together.values() for clash in _odds(records))
    return Found(tuple(merged), tuple(refused), tuple(odds_of))


class _Cells:
    """The cells of a row by field."""

    def __init__(self, cells: Mapping[str, str], matched: Mapping[str, str]) -> None:
        self._cells, self._matched = cells, matched

    def raw(self, field: str) -> list[str]:
        """Each column of a field that says something."""
        columns = (column for column, of in self._matched.items() if of == field)
        return [said for column in columns if (said := self._cells.get(column, "").strip())]

    def said(self, field: str) -> str:
        """What a field says, without its layout."""
        return normalise(" ".join(self.raw(field))).removeprefix("- ")

    def each(self, field: str, marks: str = r"\n|;") -> tuple[str, ...]:
        """The parts of a field that holds several: one per line, or with marks between them."""
        parts = (part for cell in self.raw(field) for part in re.split(marks, cell))
        plain = (normalise(part).removeprefix("- ").strip() for part in parts)
        return tuple(dict.fromkeys(part for part in plain if part))


def _record(line: int, cells: _Cells, about: About, today: date) -> Record | Reason:
    text, issuers, paragraph, source = _text(cells)
    if not text:
        return Reason("upr.empty-cell", "text", {"line": line, "column": "Text"})
    if len(text) > MOST_TEXT:
        return Reason("batches.long", "text", {"line": line, "most": MOST_TEXT})
    if re.search(r"concern|observation", cells.said("sort"), re.I):
        return Reason("batches.concern", "sort", {"line": line})
    owners = _owners(cells, about)
    wrong = next((one.response for one in owners if one.response not in _CAUTIOUS), None)
    if wrong is not None:
        facts = {"line": line, "column": "Response", "value": wrong[:80]}
        return Reason("upr.unknown-response", "response", facts)
    issued = cells.said("issued_on")
    on = day(issued[:10].strip(), "") if issued else None
    if issued and (on is None or on > today):
        return Reason("batches.day", "issued_on", {"line": line, "words": issued[:40]})
    listed = {axis: cells.each(axis) for axis in taxonomies.COLUMNS}
    subjects, tags = taxonomies.sorted_out(listed, cells.each("tags", _THEMES))
    level, number = cells.said("specificity"), re.search(r"\d{1,3}", cells.said("session"))
    made = Record(
        key="",
        fingerprint="",
        text=text,
        owners=owners,
        ref=cells.said("ref")[:100],
        title=cells.said("title")[:500],
        issuers=issuers,
        session=int(number[0]) if number else None,
        specificity=int(level) if level in {"1", "2", "3", "4", "5"} else None,
        tags=tags,
        subjects=subjects,
        source=_place(source or about.source, paragraph, cells.said("page")),
        issued_on=on,
        language=about.language,
        lines=(line,),
    )
    return _keyed(made, source or about.source)


def _keyed(made: Record, source: str) -> Record:
    """By its reference; else, as everywhere, by state, session and text; else by its source."""
    if made.ref:
        return replace(made, key=f"ref:{made.ref}")
    names = [owner.name for owner in made.owners]
    fewer = [names[:n] for n in range(len(names) - 1, 0, -1)]
    fewer += [names[:n] + names[n + 1 :] for n in range(len(names) - 1)]
    keys = [
        sealed([some[0] if len(some) == 1 else some, made.session or source, made.text])
        for some in (names, *fewer)
    ]
    return replace(made, key=keys[0], earlier=tuple(dict.fromkeys(keys[1:])))


def _text(cells: _Cells) -> tuple[str, tuple[str, ...], str, str]:
    """The words of a row: text, who put it, paragraph, source; the last three may stand in it."""
    text = normalise(_TAG.sub(" ", "\n".join(cells.raw("text"))))
    paragraph, source = cells.said("paragraph"), cells.said("source")
    if found := _SOURCE.search(text):
        text, source = text[: found.start()], source or found[1]
    if not paragraph and (found := NUMBER.match(text)):
        text, paragraph = text[found.end() :], found[1].strip("().")
    issuers = cells.each("issuer")
    if not issuers and (found := _BRACKETS.search(text)):
        names = [one.strip() for one in re.split(r"[,;]|\band\b", found[1]) if one.strip()]
        if all(_is_name(name) for name in names):
            text, issuers = text[: found.start()], tuple(dict.fromkeys(names))
    # States speak in a review, not the review itself.
    bodies = tuple(one for one in issuers if one.casefold() != "upr")
    return text.strip(), bodies or issuers, paragraph, source


def _is_name(words: str) -> bool:
    """A state or a body in brackets, and no remark or abbreviation: (Austria), not (ICCPR)."""
    return words[:1].isupper() and len(words) <= 80 and not (words.isupper() and len(words) > 3)


def _owners(cells: _Cells, about: About) -> tuple[Owner, ...]:
    """Who is asked, each with the answer that the row gives: theirs, or the one of the row."""
    answer = cells.said("response")
    usual = _ANSWERS.get(answer.casefold(), answer)
    parts = cells.each("owner")
    by_name, in_order = _answers(cells.each("response"), len(parts))
    found: dict[str, Owner] = {}
    for n, part in enumerate(parts):
        name, own = _replied(part)
        said = own or by_name.get(name.casefold()) or (in_order[n] if in_order else usual)
        found.setdefault(name, Owner(name, "none" if by_name and said == usual else said))
    return tuple(found.values()) or (Owner(about.owner, usual),)


def _replied(part: str) -> tuple[str, str]:
    """A name and the answer that stands beside it, if one does: `Red State: noted`."""
    reply = _REPLY.fullmatch(part)
    own = _ANSWERS.get(reply[2].casefold(), "") if reply else ""
    return (reply[1].strip(), own) if reply and own else (part, "")


def _answers(parts: Sequence[str], owners: int) -> tuple[dict[str, str], list[str]]:
    """Answers of several owners in one cell: by the names beside them, or one for each in turn."""
    replies = [_replied(part) for part in parts]
    if replies and all(own for _name, own in replies):
        return {name.casefold(): own for name, own in replies}, []
    known = [_ANSWERS.get(part.casefold(), "") for part in parts]
    return {}, known if owners == len(known) > 1 and all(known) else []


def _place(source: str, paragraph: str, page: str) -> str:
    parts = [source, f"para. {paragraph}" if paragraph else "", f"p. {page}" if page else ""]
    return ", ".join(part for part in parts if part)[:500]


def _one(rows: Sequence[Record]) -> Record:
    """Rows of one key as one record: who put it and its themes together, answers with care."""
    first = rows[0]
    names = list(dict.fromkeys(owner.name for row in rows for owner in row.owners))
    answers = {
        name: min((o.response for r in rows for o in r.owners if o.name == name), key=_caution)
        for name in names
    }
    made = replace(
        first,
        owners=tuple(Owner(name, answers[name]) for name in names),
        issuers=tuple(sorted({issuer for row in rows for issuer in row.issuers})),
        tags=tuple(sorted({tag for row in rows for tag in row.tags})),
        subjects=taxonomies.united(row.subjects for row in rows),
        lines=tuple(line for row in rows for line in row.lines),
    )
    told_of = [made.text, [(o.name, o.response) for o in made.owners], told(made)]
    return replace(made, fingerprint=sealed([*told_of, str(made.issued_on)]))


def _caution(response: str) -> int:
    return _CAUTIOUS.index(response)


def _odds(rows: Sequence[Record]) -> Iterable[Clash]:
    """Where rows of one key say different things."""
    made = _one(rows)
    yield from _odd(made.key, "text", [(row.text, row.lines) for row in rows], made.text)
    for owner in made.owners:
        said = [(o.response, row.lines) for row in rows for o in row.owners if o.name == owner.name]
        field = "response" if len(made.owners) == 1 else f"response: {owner.name}"
        yield from _odd(made.key, field, said, owner.response)


def _odd(key: str, field: str, told_of: _Told, taken: str) -> Iterable[Clash]:
    said: dict[str, list[int]] = {}
    for value, lines in told_of:
        said.setdefault(value, []).extend(lines)
    if len(said) > 1:
        values = tuple((value, tuple(lines)) for value, lines in sorted(said.items()))
        yield Clash(key, field, values, taken)
