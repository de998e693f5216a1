"""Finds out how text was turned into bytes, by evidence in the bytes, never by the file's name.

A byte order mark or strict UTF-8 is proof. Failing these, each old single-byte encoding is tried
on every byte outside ASCII, and scored by whether the character it makes can stand where it
stands: an accented small letter inside a word can, a currency sign or a capital after a small
letter can't.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason

MAC = "mac-roman"
WINDOWS = "cp1252"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_BYTES = bytes(range(0x80, 0x100))
_UTF8_PAIR = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_ELISION = re.compile(r"(s|t|re|ve|ll|d|m)\b")
_WORDS = "\u00e0\u00c0\u00e9\u00c9\u00e8\u00c8\u00f3\u00f2"  # a, e and o with accents: words alone
_CHUNK_BYTES = 1 << 20
_MOST_EVIDENCE = 20_000  # bytes looked at: more would only cost time
_LEAST_PLAUSIBLE = 0.6
_MOST_FOREIGN = 0.3  # share of bytes outside ASCII; Latin-script text stays far below


@dataclass(frozen=True)
class Encoding:
    """What was found.

    outside_ascii: number of bytes that ASCII does not explain. plausible: share (0 to 1) of the
    bytes looked at whose character can stand where it stands; 1 for UTF-8, which is proof.
    """

    name: str
    outside_ascii: int
    plausible: float


def find(data: bytes) -> Encoding:
    """The encoding of a text. Raises Invalid when it is not text, or none fits."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _proven(data, name)
    binary = _BINARY.search(data)
    if binary:
        raise Invalid(Reason("csv.not-text", facts={"line": line_at(data, binary.start())}))
    broken = _first_not_utf8(data, "utf-8")
    if broken is None:
        return Encoding("utf-8", _outside_ascii(data), 1.0)
    return _single_byte(data, broken)


def line_at(data: bytes, offset: int) -> int:
    """The line (from 1) of a byte, whatever the line ends are."""
    before = data[:offset]
    return 1 + before.count(b"\r") + before.count(b"\n") - before.count(b"\r\n")


def _proven(data: bytes, name: str) -> Encoding:
    broken = _first_not_utf8(data, name)
    if broken is not None:
        raise Invalid(Reason("csv.mixed-encoding", facts={"line": line_at(data, broken)}))
    if name == "utf-16":
        if "\0" in data.decode(name):
            raise Invalid(Reason("csv.not-text", facts={"line": 1}))
    elif _BINARY.search(data):
        raise Invalid(Reason("csv.not-text", facts={"line": 1}))
    return Encoding(name, _outside_ascii(data), 1.0)


def _first_not_utf8(data: bytes, name: str) -> int | None:
    """Where decoding first fails (to within one character), or None. Keeps only 1 MB of text."""
    decoder = codecs.getincrementaldecoder(name)()
    at = 0
    try:
        for at in range(0, len(data), _CHUNK_BYTES):
            decoder.decode(data[at : at + _CHUNK_BYTES])
        at = len(data)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return min(at + error.start, len(data) - 1)
    return None


def _single_byte(data: bytes, broken: int) -> Encoding:
    places = [match.start() for match in islice(_HIGH.finditer(data), _MOST_EVIDENCE)]
    seen = data[: places[-1] + 4]
    if (
        sum(len(pair) for pair in _UTF8_PAIR.findall(seen)) > len(places) / 2
    ):  # UTF-8 that was cut or pasted into: reading on would garble it
        raise Invalid(Reason("csv.mixed-encoding", facts={"line": line_at(data, broken)}))
    outside = _outside_ascii(data)
    foreign = outside > _MOST_FOREIGN * len(data)
    scores = {name: _score(data, places, name) for name in _candidates(data)}
    best = max(scores, key=lambda name: scores[name])  # a tie goes to the first candidate
    plausible = min(1.0, scores[best] / (2 * len(places)))
    if foreign or plausible < _LEAST_PLAUSIBLE:
        raise Invalid(Reason("csv.unknown-encoding", facts={"line": line_at(data, broken)}))
    return Encoding(best, outside, plausible)


def _candidates(data: bytes) -> tuple[str, ...]:
    """Single-byte encodings to try; the likelier first, since a tie goes to the first.

    A file whose every line ends in a lone CR was written by an old Macintosh programme.
    """
    old_mac = b"\r" in data and b"\n" not in data
    return (MAC, WINDOWS) if old_mac else (WINDOWS, MAC)


def _score(data: bytes, places: list[int], name: str) -> int:
    """Two points for each byte that makes sense, three for an English elision; -1 = impossible."""
    if not _has_meaning(data, name):
        return -1
    total = 0
    for at in places:
        before = data[max(0, at - 1) : at].decode(name, "replace")
        after = data[at + 1 : at + 4].decode(name, "replace")
        total += _points(before, data[at : at + 1].decode(name), after)
    return total


def _has_meaning(data: bytes, name: str) -> bool:
    """Whether every byte of the file, not only those looked at, is a character at all."""
    try:
        bytes(set(data)).decode(name)
    except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252
        return False
    return True


def _outside_ascii(data: bytes) -> int:
    return len(data) - len(data.translate(None, _HIGH_BYTES))


def _points(before: str, char: str, after: str) -> int:
    if unicodedata.category(char) in ("Ll", "Lu"):
        return 2 if _letter_fits(before, char, after) else 0
    for marks, fits in _PUNCTUATION:
        if char in marks:
            return fits(before, after)
    return 0


def _letter_fits(before: str, char: str, after: str) -> bool:
    if char in _WORDS and not before.isalpha() and not after[:1].isalpha():
        return True
    if char.isupper():
        return not before.isalpha() or before.isupper()
    return before.isalpha() or (after[:1].isalpha() and after[:1].islower())


def _apostrophe(before: str, after: str) -> int:
    if before.isalpha() and _ELISION.match(after):
        return 3
    return 2 if before.isalpha() or after[:1].isalpha() else 0


def _quote(before: str, after: str) -> int:
    return 0 if before.isalnum() and after[:1].isalnum() else 2


def _between(before: str, after: str) -> int:
    return 0 if before.isalpha() and after[:1].isalpha() else 2


_PUNCTUATION: tuple[tuple[str, Callable[[str, str], int]], ...] = (
    ("\u2018\u2019", _apostrophe),
    ("\u201c\u201d\u00ab\u00bb\u201e\u2039\u203a", _quote),
    ("\u2013\u2014\u2026\u00a0\u00b0\u20ac\u00a3\u00a7\u2022\u00b7\u00bd\u00ba\u00aa", _between),
)
