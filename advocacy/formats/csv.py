"""Comma-separated files as people really send them: read by evidence, refused in clear words.

Reading streams: the bytes are held once (at most `max_bytes`), rows are made one at a time.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from advocacy.formats import encoding
from advocacy.ground.errors import Invalid, TooLarge
from advocacy.ground.reasons import Reason

MAX_BYTES = 25_000_000
MAX_ROWS = 100_000
DELIMITERS = (",", ";", "\t", "|")
PREAMBLE_ROWS = 20  # a title, a date and a source may stand above the header

_CHUNK_BYTES = 1 << 20
_LINE_ENDS = {b"\r\n": "CRLF", b"\r": "CR", b"\n": "LF"}
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_INVISIBLE = " \u00a0\u200b\u200c\u200d\u2060\ufeff\u3000"


@dataclass(frozen=True)
class RefusedRow:
    """A line of a file that cannot be used. line: where it begins in the file, from 1."""

    line: int
    reason: Reason


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    rows: (line number, column -> cell), once only; cells are as found, not stripped.
    refused: rows with too few or too many cells; it fills while `rows` is read.
    encoding, line_end (CR, LF or CRLF), delimiter: what was found. notes: what to tell about it.
    sha256: of the file's bytes.
    """

    header: tuple[str, ...]
    rows: Iterator[tuple[int, dict[str, str]]]
    encoding: str
    line_end: str
    delimiter: str
    size_bytes: int
    sha256: str
    notes: tuple[Reason, ...] = ()
    refused: list[RefusedRow] = field(default_factory=list)


@dataclass(frozen=True)
class _Wanted:
    """What a header is known by."""

    required: Sequence[str]
    also: Mapping[str, str]
    likely: Callable[[str], bool] | None

    def fit(self, names: Sequence[str]) -> int:
        if self.likely is not None:
            return sum(bool(name) and self.likely(name) for name in names)
        wanted = {name.casefold() for name in self.required}
        return len(wanted & {name.casefold() for name in names}) if wanted else len(names)

    @property
    def is_open(self) -> bool:
        """True where nothing is looked for: the first row with words is the header."""
        return not self.required and self.likely is None


@dataclass(frozen=True)
class _Head:
    names: tuple[str, ...]
    records: int  # records up to and with the header
    delimiter: str


def read(
    source: Path | str | bytes | BinaryIO,
    *,
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
    required: Sequence[str] = (),
    also: Mapping[str, str] | None = None,
    likely: Callable[[str], bool] | None = None,
) -> Sheet:
    """A file's table. `required` columns are found in any order and case, and named as asked.

    also: other names of columns, in small letters -> the name they are read as. likely: whether a
    name is one that a header would have; the header is then the row with most of them, and a
    column without a name gets its number.

    Raises:
        Invalid: empty, no text, damaged, no header, a column missing or there twice. A quotation
            mark that never closes is found, and raised, while the rows are read.
        TooLarge: more bytes than `max_bytes`; while the rows are read, more than `max_rows`.
    """
    data = _bytes_of(source, max_bytes)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Invalid(Reason("csv.empty"))
    found = encoding.find(data)
    head = _head(data, found.name, _Wanted(required, also or {}, likely))
    line_end, mixed = _line_end(data, found.name)
    refused: list[RefusedRow] = []
    return Sheet(
        header=head.names,
        rows=_rows(data, found.name, head, max_rows, refused),
        encoding=found.name,
        line_end=line_end,
        delimiter=head.delimiter,
        size_bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        notes=tuple(_notes(found, mixed=mixed, preamble=head.records - 1)),
        refused=refused,
    )


def write(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows (the header is the first) as UTF-8 with a byte order mark, CRLF; no cell is a formula.

    A person's spreadsheet would run a text that begins like a formula: it gets a leading '.
    Numbers are written as they are; None is an empty cell.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def stream(pages: Iterable[Iterable[Sequence[object]]]) -> Iterator[bytes]:
    """The same file as `write` makes, in parts: one for each page of rows."""
    mark = b"\xef\xbb\xbf"
    for rows in pages:
        yield mark + write(rows).removeprefix(b"\xef\xbb\xbf")
        mark = b""


def guard(text: str) -> str:
    """The text, with ' in front where a spreadsheet would take it for a formula."""
    bare = text.lstrip(_INVISIBLE)
    return f"'{text}" if bare[:1] in _FORMULA and bare else text


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    return guard(str(value))


def _bytes_of(source: Path | str | bytes | BinaryIO, max_bytes: int) -> bytes:
    if isinstance(source, bytes):
        size, data = len(source), source[: max_bytes + 1]
    elif isinstance(source, str | Path):
        size = Path(source).stat().st_size  # asked first: a huge file is never opened
        data = b"" if size > max_bytes else Path(source).read_bytes()
    else:
        data = _drain(source, max_bytes)
        size = len(data)
    if max(size, len(data)) > max_bytes:
        raise TooLarge(Reason("csv.too-large", facts={"limit_mb": f"{max_bytes / 1_000_000:g}"}))
    return data


def _drain(stream: BinaryIO, max_bytes: int) -> bytes:
    """At most one byte more than allowed, so that the rest of a huge upload is never read."""
    parts: list[bytes] = []
    left = max_bytes + 1
    while left > 0:
        part = stream.read(min(_CHUNK_BYTES, left))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _reader(
    data: bytes, codec: str, delimiter: str, *, strict: bool
) -> Iterator[tuple[int, list[str]]]:
    """(line on which the record begins, its cells); blank lines come as no cells."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding=codec, newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=strict)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        if strict:
            raise Invalid(Reason(_fault(str(error)), facts={"line": begins})) from error


def _fault(message: str) -> str:
    if "end of data" in message:
        return "csv.truncated-quote"
    return "csv.field-too-long" if "field limit" in message else "csv.bad-quote"


def _head(data: bytes, codec: str, wanted: _Wanted) -> _Head:
    """The header row under the delimiter that explains the file best."""
    heads = [_head_under(data, codec, mark, wanted) for mark in DELIMITERS]
    best = max(heads, key=lambda scored: scored[0])[1]
    names = _named(best.names, wanted.required)
    if wanted.likely is not None:
        names = tuple(name or str(n) for n, name in enumerate(names, start=1))
    folded = [name.casefold() for name in names]
    required = {name.casefold() for name in wanted.required}
    if not names or "" in folded or all(_is_number(name) for name in names):
        raise Invalid(Reason("csv.no-header"))
    if required and not required & set(folded):
        raise Invalid(Reason("csv.no-header"))
    missing = [name for name in wanted.required if name.casefold() not in folded]
    twice = sorted(
        {name for name, fold in zip(names, folded, strict=True) if folded.count(fold) > 1}
    )
    Invalid.unless_empty(
        [Reason("csv.missing-column", name, {"column": name}) for name in missing]
        + [Reason("csv.duplicate-column", name, {"column": name}) for name in twice]
    )
    return _Head(names, best.records, best.delimiter)


def _head_under(data: bytes, codec: str, delimiter: str, wanted: _Wanted) -> tuple[int, _Head]:
    """The likeliest header with this delimiter, and how well it fits."""
    best = (-1, _Head((), 0, delimiter))
    top = islice(_reader(data, codec, delimiter, strict=False), PREAMBLE_ROWS)
    for number, (_, cells) in enumerate(top, start=1):
        names = tuple(wanted.also.get(name.casefold(), name) for name in _trimmed(cells))
        if not names:
            continue
        fit = wanted.fit(names)
        if fit > best[0]:
            best = (fit, _Head(names, number, delimiter))
        if wanted.is_open:
            break
    return best


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Names without the empty cells that spreadsheets leave at the right."""
    names = [" ".join(cell.replace("\ufeff", "").split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _named(names: tuple[str, ...], required: Sequence[str]) -> tuple[str, ...]:
    asked = {name.casefold(): name for name in required}
    return tuple(asked.get(name.casefold(), name) for name in names)


def _is_number(name: str) -> bool:
    return name.replace(".", "", 1).replace(",", "", 1).removeprefix("-").isdigit()


def _rows(
    data: bytes, codec: str, head: _Head, max_rows: int, refused: list[RefusedRow]
) -> Iterator[tuple[int, dict[str, str]]]:
    width = len(head.names)
    count = 0
    for line, cells in islice(
        _reader(data, codec, head.delimiter, strict=True), head.records, None
    ):
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > max_rows:
            raise TooLarge(Reason("csv.too-many-rows", facts={"limit_rows": max_rows}))
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            facts = {"line": line, "cells": len(cells), "expected": width}
            refused.append(RefusedRow(line, Reason("csv.ragged-row", facts=facts)))
            continue
        yield line, dict(zip(head.names, cells, strict=False))


def _line_end(data: bytes, codec: str) -> tuple[str, bool]:
    """The most frequent line end, and whether there are others (a cell may hold some too)."""
    if codec == "utf-16":
        data = data.decode(codec).encode()
    both = data.count(b"\r\n")
    counts = {b"\r\n": both, b"\r": data.count(b"\r") - both, b"\n": data.count(b"\n") - both}
    if not any(counts.values()):
        return "none", False
    most = max(counts, key=lambda mark: counts[mark])
    return _LINE_ENDS[most], sum(1 for count in counts.values() if count) > 1


def _notes(found: encoding.Encoding, *, mixed: bool, preamble: int) -> Iterator[Reason]:
    if found.name in (encoding.MAC, encoding.WINDOWS):
        facts = {"encoding": found.name, "outside_ascii": found.outside_ascii}
        yield Reason("csv.note-old-encoding", facts=facts)
    if mixed:
        yield Reason("csv.note-mixed-line-ends")
    if preamble > 0:
        yield Reason("csv.note-preamble", facts={"rows": preamble})
