"""From records to the bytes of a file, part by part, so that a long list needs little memory."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from advocacy.extracts import rules
from advocacy.extracts.rows import Full, Words
from advocacy.extracts.schema import Kind, Reach
from advocacy.formats import csv, docx_write, xlsx, xlsx_stream
from advocacy.formats.docx import Block, Role, Run
from advocacy.formats.docx_write import Piece, Sheet

ENDS = {
    Kind.CSV: ("csv", "text/csv; charset=utf-8"),
    Kind.HXL: ("csv", "text/csv; charset=utf-8"),
    Kind.XLSX: ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    Kind.GEOJSON: ("geojson", "application/geo+json"),
    Kind.DOCX: ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
_WIDE = frozenset({"title", "summary", "narrative", "context", "effect", "capacity"})
Page = tuple[list[Full], Words]


@dataclass(frozen=True)
class Cover:
    """What a file says of itself. about: who, when, filter, in sentences; headings: of columns.

    levels: how far its records go, where the file says so before it holds them.
    """

    title: str
    about: tuple[str, ...]
    at: datetime
    language: str
    headings: dict[str, str] = field(default_factory=dict)
    empty: str = ""
    stances: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    unknown: str = "?"
    levels: frozenset[str] = frozenset()


@dataclass
class Count:
    """How many records went out, and how careful their file must be handled."""

    rows: int = 0
    levels: set[str] = field(default_factory=set)

    def see(self, page: Page) -> Page:
        """Count a page that passes."""
        self.rows += len(page[0])
        self.levels |= {page[1].levels.get(row.audience_id, "") for row in page[0]} - {""}
        return page


def parts(kind: Kind, reach: Reach, pages: Iterable[Page], cover: Cover) -> Iterator[bytes]:
    """The file of these pages of records."""
    make: dict[Kind, Callable[[Reach, Iterable[Page], Cover], Iterator[bytes]]] = {
        Kind.CSV: _csv,
        Kind.HXL: _hxl,
        Kind.XLSX: _xlsx,
        Kind.GEOJSON: _geojson,
        Kind.DOCX: _docx,
    }
    return make[kind](reach, pages, cover)


def _lines(of: Sequence[rules.Column], pages: Iterable[Page]) -> Iterator[list[list[Any]]]:
    for rows, words in pages:
        yield [[_plain(cell) for cell in rules.line(row, words, of)] for row in rows]


def _plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


def _csv(
    reach: Reach, pages: Iterable[Page], _cover: Cover, *, has_tags: bool = False
) -> Iterator[bytes]:
    of = rules.columns(reach)

    def every() -> Iterator[list[list[Any]]]:
        head: list[list[Any]] = [[column.name for column in of]]
        yield [*head, [column.hxl for column in of]] if has_tags else head
        yield from _lines(of, pages)

    return csv.stream(every())


def _hxl(reach: Reach, pages: Iterable[Page], cover: Cover) -> Iterator[bytes]:
    return _csv(reach, pages, cover, has_tags=True)


def _xlsx(reach: Reach, pages: Iterable[Page], cover: Cover) -> Iterator[bytes]:
    of = rules.columns(reach)
    note = " · ".join([rules.label(cover.levels), *cover.about])
    heads = [xlsx.Column(column.name, 40 if column.name in _WIDE else 16) for column in of]
    lines = ((rules.line(row, words, of) for row in rows) for rows, words in pages)
    rtl = docx_write.is_right_to_left(cover.language)
    yield from xlsx_stream.stream(cover.title, heads, lines, note=note, right_to_left=rtl)


def _geojson(reach: Reach, pages: Iterable[Page], cover: Cover) -> Iterator[bytes]:
    """Features lie at their points where the reader may know them, else inside their area."""
    of = rules.columns(reach)
    about = json.dumps({"title": cover.title, "about": list(cover.about)}, ensure_ascii=False)
    yield f'{{"type": "FeatureCollection", "metadata": {about}, "features": [\n'.encode()
    mark, count = "", Count()
    for page in map(count.see, pages):
        made = [
            {"type": "Feature", "geometry": where, "properties": properties}
            for where, properties in _features(of, page, reach)
        ]
        said = ",\n".join(json.dumps(one, ensure_ascii=False) for one in made)
        if said:
            yield f"{mark}{said}".encode()
            mark = ",\n"
    yield f'\n], "handling": "{rules.label(count.levels)}"}}\n'.encode()


def _features(
    of: Sequence[rules.Column], page: Page, reach: Reach
) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any]]]:
    (lines,) = _lines(of, [page])
    for row, cells in zip(page[0], lines, strict=True):
        where, how = rules.geometry(row, page[1], reach)
        named = zip((column.name for column in of), cells, strict=True)
        told = {name: cell for name, cell in named if cell not in (None, "")}
        yield where, {**told, "geometry": how} if how else told


def _docx(reach: Reach, pages: Iterable[Page], cover: Cover) -> Iterator[bytes]:
    """The list as an annex to a Protection Analysis Update: one heading for each record."""
    of = rules.annex(reach, cover.headings)
    count, pieces = Count(), list[Piece]()
    for rows, words in (count.see(page) for page in pages):
        for row in rows:
            pieces.append(Piece("", "", tuple(_record(row, words, of, cover))))
    if not pieces:
        pieces = [Piece("", "", (_block(Role.TEXT, cover.empty),))]
    yield docx_write.write(
        Sheet(
            title=cover.title,
            language=cover.language,
            bookmark="",
            lines=(rules.label(count.levels), *cover.about),
            clauses=tuple(pieces),
            marks=(),
            comments=(),
            about={},
            rows=(),
        )
    )


def _record(row: Full, words: Words, of: Sequence[rules.Column], cover: Cover) -> Iterator[Block]:
    yield _block(Role.HEADING, row.title, level=2)
    for column, cell in zip(of, rules.line(row, words, of), strict=True):
        if cell in (None, "", []):
            continue
        heading = cover.headings[column.name]
        if isinstance(cell, list):
            yield _block(Role.TEXT, heading, is_bold=True)
            yield from (_block(Role.BULLET, words) for words in cell)
        elif column.name in _WIDE:
            yield _block(Role.TEXT, heading, is_bold=True)
            yield _block(Role.TEXT, str(cell))
        else:
            yield Block(Role.TEXT, 0, (Run(f"{heading}: ", bold=True), Run(str(_plain(cell)))))


def _block(role: Role, words: str, *, level: int = 0, is_bold: bool = False) -> Block:
    return Block(role, level, (Run(words, bold=is_bold),))
