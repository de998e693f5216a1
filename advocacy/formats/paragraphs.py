"""A piece of a report, pasted: its paragraphs, with their numbers and the pages they stand on."""

import re
from dataclasses import dataclass

MOST = 200_000
"""Characters of one paste."""

NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,4})+\.?|\d{1,3}[.)]|\([a-z]{1,4}\)|[a-z]\))\s+(?=\S)")
"""The number that a paragraph begins with: 45. or 104.12 or (a)."""
_PAGE = re.compile(r"(?:page|p\.|página|صفحة)?\s*(\d{1,4})(?:\s*(?:/|of|de|sur)\s*\d{1,4})?", re.I)
_BULLET = re.compile(r"[•▪◦\u2013\u2014*-]\s+(?=\S)")


@dataclass(frozen=True)
class Paragraph:
    """line: where it begins, from 1. number: without its full stop or bracket; page: as printed."""

    line: int
    text: str
    number: str = ""
    page: str = ""


@dataclass
class _Piece:
    line: int
    words: list[str]
    number: str = ""
    page: str = ""


def paragraphs(pasted: str) -> list[Paragraph]:
    """The numbered paragraphs; where none is numbered, those between blank lines or bullets.

    A line that is a number alone is the foot of a page: what began above it stands on that page.
    """
    found: list[_Piece] = []
    is_broken = True
    for line, raw in enumerate(re.split(r"\r\n|\r|\n|\f", pasted[:MOST]), start=1):
        said = " ".join(raw.split())
        if page := _PAGE.fullmatch(said):
            for piece in found:
                piece.page = piece.page or page[1]
        elif not said:
            is_broken = True
        else:
            begun = _begun(line, said, is_broken=is_broken and not (found and found[-1].number))
            if begun or not found:
                found.append(begun or _Piece(line, [said]))
            else:
                found[-1].words.append(said)
            is_broken = False
    numbered = [piece for piece in found if piece.number]
    return [
        Paragraph(one.line, " ".join(one.words), one.number, one.page) for one in numbered or found
    ]


def _begun(line: int, said: str, *, is_broken: bool) -> _Piece | None:
    """The paragraph that begins with this line, if one does."""
    if head := NUMBER.match(said):
        return _Piece(line, [said[head.end() :]], head[1].strip("()."))
    if bullet := _BULLET.match(said):
        return _Piece(line, [said[bullet.end() :]])
    return _Piece(line, [said]) if is_broken else None
