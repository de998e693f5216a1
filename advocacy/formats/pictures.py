"""A PNG or a JPEG made anew of the parts that draw it; everything else in the file falls away.

Comments, places, names of people and programs, thumbnails, animations and whatever follows the
picture are not copied. A file of any other kind is refused by what it holds, never by its name.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason

MOST_BYTES = 500_000
LEAST, MOST = 16, 3_000
"""Dots on each side."""
_MOST_UNPACKED = 80_000_000
"""Bytes of a PNG once unpacked: as many as the largest logo has."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Colour type -> numbers in a dot, and the bits each may have (PNG, table 11.1).
_DOTS = {
    0: (1, {1, 2, 4, 8, 16}),
    2: (3, {8, 16}),
    3: (1, {1, 2, 4, 8}),
    4: (2, {8, 16}),
    6: (4, {8, 16}),
}
# The seven passes of an interlaced PNG: first column, first row, steps.
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
           (0, 1, 1, 2))  # fmt: skip
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_TABLES = frozenset({0xC4, 0xDB})
_SCAN, _END = 0xDA, b"\xff\xd9"
_DRAWS = _FRAMES | {0xC4, 0xDB, 0xDD, _SCAN}


@dataclass(frozen=True)
class Picture:
    """A picture that holds nothing but itself. media: its type, for the answer's header."""

    media: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Logo:
    """A picture that stands for an organisation in a file. name: what it says to those who hear."""

    name: str
    picture: Picture


def picture(data: bytes, *, most_bytes: int = MOST_BYTES, most: int = MOST) -> Picture:
    """The picture in a file. Raises Invalid, about `file`, with what is wrong in words."""
    if not 0 < len(data) <= most_bytes:
        raise _fault("file-size", most=most_bytes // 1_000)
    if data.startswith(_PNG):
        made = _png(data, most)
    elif data.startswith(_JPEG):
        made = _jpeg(data)
    elif b"<svg" in data[:4_096].lower() or data[:200].lstrip().startswith(
        (b"<?xml", b"<!DOCTYPE")
    ):
        raise _fault("drawing")
    else:
        raise _fault("neither")
    if not (LEAST <= made.width <= most and LEAST <= made.height <= most):
        raise _fault("measure", least=LEAST, most=most)
    return made


def _fault(code: str, **facts: int) -> Invalid:
    return Invalid(Reason(f"logos.{code}", "file", facts))


# --- PNG -----------------------------------------------------------------------------------------


def _png(data: bytes, most: int) -> Picture:
    kept: list[tuple[bytes, bytes]] = []
    drawn: list[bytes] = []
    for kind, body in _chunks(data):
        if kind == b"IDAT":
            drawn.append(body)
        elif kind in {b"IHDR", b"PLTE", b"tRNS"}:
            kept.append((kind, body))
        elif kind[0] & 0x20 == 0 and kind != b"IEND":
            raise _fault("damaged")  # a part that one must understand, and we do not
    names = [kind for kind, _body in kept]
    if not drawn or names[:1] != [b"IHDR"] or len(set(names)) != len(names):
        raise _fault("damaged")
    width, height, size = _header(kept[0][1])
    if not (LEAST <= width <= most and LEAST <= height <= most) or size > _MOST_UNPACKED:
        raise _fault("measure", least=LEAST, most=most)
    whole = _unpacked(b"".join(drawn), size)
    parts = [*kept, (b"IDAT", zlib.compress(whole, 9)), (b"IEND", b"")]
    return Picture("image/png", width, height, _PNG + b"".join(_chunk(*part) for part in parts))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while True:
        if at + 12 > len(data):
            raise _fault("damaged")
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        check = data[at + 8 + length : at + 12 + length]
        if len(check) != 4 or struct.unpack(">I", check)[0] != zlib.crc32(kind + body):
            raise _fault("damaged")
        yield kind, body
        if kind == b"IEND":
            return
        at += 12 + length


def _header(body: bytes) -> tuple[int, int, int]:
    """Width, height, and how many bytes the picture has unpacked."""
    if len(body) != 13:
        raise _fault("damaged")
    width, height, bits, colour, packing, filters, laced = struct.unpack(">IIBBBBB", body)
    numbers, allowed = _DOTS.get(colour, (0, set()))
    if bits not in allowed or packing or filters or laced > 1 or not width or not height:
        raise _fault("damaged")
    passes = _PASSES if laced else ((0, 0, 1, 1),)
    size = 0
    for first, top, across, down in passes:
        columns, rows = -(-(width - first) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            size += rows * (1 + -(-columns * numbers * bits // 8))
    return width, height, size


def _unpacked(packed: bytes, size: int) -> bytes:
    """The rows of a picture, no byte more or less than its header says."""
    stream = zlib.decompressobj()
    try:
        whole = stream.decompress(packed, size + 1)
    except zlib.error as error:
        raise _fault("damaged") from error
    if len(whole) != size:
        raise _fault("damaged")
    return whole


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


# --- JPEG ----------------------------------------------------------------------------------------


def _jpeg(data: bytes) -> Picture:
    out, measure = bytearray(_JPEG[:2]), (0, 0)
    seen: set[int] = set()
    for marker, part in _segments(data):
        if marker in _FRAMES:
            measure = _frame(part[4:])
        if marker == _SCAN and not (seen >= _TABLES and seen & _FRAMES):
            raise _fault("damaged")  # nothing to draw it with
        seen.add(marker)
        if marker in _DRAWS or (marker == 0xEE and part[4:9] == b"Adobe" and len(part) == 16):
            out += part
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            raise _fault("damaged")
    if 0 in measure or _SCAN not in seen:
        raise _fault("damaged")
    return Picture("image/jpeg", *measure, bytes(out) + _END)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with its part, up to the end of the picture; a scan with what it draws."""
    at = 2
    while data[at : at + 2] != _END:
        if data[at : at + 1] != b"\xff" or at + 4 > len(data):
            raise _fault("damaged")
        marker = data[at + 1]
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if marker == _SCAN:
            end = _scan_end(data, end)
        if length < 2 or end > len(data):
            raise _fault("damaged")
        yield marker, data[at:end]
        at = end


def _frame(body: bytes) -> tuple[int, int]:
    """Width and height; eight bits a colour, grey or three colours."""
    if len(body) < 6 or body[0] != 8 or body[5] not in {1, 3}:
        raise _fault("damaged")
    height, width = struct.unpack_from(">HH", body, 1)
    return width, height


def _scan_end(data: bytes, at: int) -> int:
    """Where the drawn part ends: at the first marker that is neither filling nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise _fault("damaged")
        if data[at + 1] not in {0x00, *range(0xD0, 0xD8)}:
            return at
        at += 2
