"""From the page to the bytes of a file."""

from collections.abc import Iterator

from advocacy.formats import csv, xlsx_stream
from advocacy.formats.docx_write import is_right_to_left
from advocacy.formats.xlsx import Column
from advocacy.handouts import rules
from advocacy.handouts.rows import Cover, Shown
from advocacy.reports.rules import Kind, plain


def table(kind: Kind, shown: Shown, cover: Cover) -> Iterator[bytes]:
    """The page as CSV or XLSX. In both each line says as of when it holds, and its source."""
    rows = [line.cells(shown.on, cover.source) for line in rules.lines(shown)]
    if kind is Kind.CSV:
        named: list[list[object]] = [list(rules.COLUMNS)]
        return csv.stream([named + [[plain(cell) for cell in row] for row in rows]])
    heads = [Column(name, 40 if name in rules.WIDE else 16) for name in rules.COLUMNS]
    return xlsx_stream.stream(
        cover.title,
        heads,
        [rows],
        note=cover.source,
        right_to_left=is_right_to_left(cover.language),
    )
