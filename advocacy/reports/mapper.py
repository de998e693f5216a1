"""From lines to the bytes of a file, part by part, so that a long list needs little memory."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from advocacy.formats import csv, docx_write, pdf, xlsx_stream
from advocacy.formats.xlsx import Column
from advocacy.reports import rules
from advocacy.reports.rows import Account, Line
from advocacy.reports.rules import Kind
from advocacy.taxonomies.rules import Axis

Pages = Iterable[list[Line]]


@dataclass(frozen=True)
class Cover:
    """What a table says of itself. about: who made it, when, of which list, in sentences."""

    title: str
    language: str
    about: tuple[str, ...]
    on: date


def table(kind: Kind, pages: Pages, cover: Cover) -> Iterator[bytes]:
    """The list as CSV, XLSX or JSON."""
    return {Kind.CSV: _csv, Kind.XLSX: _xlsx, Kind.JSON: _json}[kind](pages, cover)


def told(kind: Kind, account: Account) -> bytes:
    """The list as a paper. Raises: Invalid for letters that our fonts do not have; TooLarge."""
    if kind is Kind.PDF:
        return pdf.draw(rules.paper(account))
    return docx_write.write(rules.sheet(account))


def _csv(pages: Pages, cover: Cover) -> Iterator[bytes]:
    def every() -> Iterator[list[list[object]]]:
        yield [list(rules.COLUMNS)]
        for page in pages:
            yield [[rules.plain(cell) for cell in rules.cells(row, cover.on)] for row in page]

    return csv.stream(every())


def _xlsx(pages: Pages, cover: Cover) -> Iterator[bytes]:
    heads = [Column(name, 40 if name in rules.WIDE else 16) for name in rules.COLUMNS]
    rows = ([rules.cells(row, cover.on) for row in page] for page in pages)
    return xlsx_stream.stream(
        cover.title,
        heads,
        rows,
        note=" ".join(cover.about),
        right_to_left=docx_write.is_right_to_left(cover.language),
    )


def _json(pages: Pages, cover: Cover) -> Iterator[bytes]:
    about = json.dumps({"title": cover.title, "about": cover.about}, ensure_ascii=False)
    yield f'{{"about": {about}, "as_of": "{cover.on.isoformat()}", "lines": [\n'.encode()
    mark = ""
    for page in pages:
        said = ",\n".join(json.dumps(_named(row, cover.on), ensure_ascii=False) for row in page)
        yield f"{mark}{said}".encode()
        mark = ",\n"
    yield b"\n]}\n"


def _named(row: Line, on: date) -> dict[str, object]:
    """Lists as lists, and codes as codes: what reads it is no person."""
    lists: dict[str, object] = {
        "first_precision": rules.first_of(row),
        "due_precision": row.due_precision if row.due_on else None,
        "issuers": row.issuers,
        "themes": row.tags,
        "affected_groups": rules.about(row, Axis.GROUP),
        "development_goals": rules.about(row, Axis.SDG),
        "clusters": rules.about(row, Axis.CLUSTER),
    }
    found = dict(zip(rules.COLUMNS, rules.cells(row, on), strict=True))
    return {name: lists.get(name, rules.plain(cell)) for name, cell in found.items()}
