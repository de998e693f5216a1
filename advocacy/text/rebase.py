"""Two people changed the same text: join both changes, or say exactly where they collide."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advocacy.text.diff import Edit, edits, tokens


@dataclass(frozen=True)
class Span:
    """One place where both changed: what stood there, and what each side made of it."""

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Rebased:
    """Both changes joined in one text."""

    text: str


@dataclass(frozen=True)
class Collision:
    """They can't be joined without a person. Both whole texts, and the places in question."""

    ours: str
    theirs: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class _Piece:
    """A stretch of base tokens with the edits that each side made in it."""

    start: int
    end: int
    ours: tuple[Edit, ...]
    theirs: tuple[Edit, ...]


def rebase(base: str, ours: str, theirs: str) -> Rebased | Collision:
    """Join two changes of `base`: paragraph by paragraph, then word by word.

    A change both made alike is made once. Changes collide when they touch, or when only a blank
    lies between them: "must" to "must not" beside "protect" to "attack" is for a person to read.
    Give all three in normal form.
    """
    lines = base.splitlines(keepends=True)
    joined: list[str] = []
    spans: list[Span] = []
    for part in _joined(lines, _lines(ours), _lines(theirs)):
        if isinstance(part, str):
            joined.append(part)
            continue
        before = tokens(part.base)
        for piece in _joined(before, tokens(part.ours), tokens(part.theirs)):
            if isinstance(piece, str):
                joined.append(piece)
            else:
                spans.append(piece)
    if spans:
        return Collision(ours, theirs, tuple(spans))
    return Rebased("".join(joined))


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _joined(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[str | Span]:
    """The joined text in stretches; a Span where both sides changed the same stretch."""
    at = 0
    for piece in _pieces(base, edits(base, ours), edits(base, theirs)):
        yield "".join(base[at : piece.start])
        mine = _applied(base, piece, piece.ours)
        other = _applied(base, piece, piece.theirs)
        if not piece.theirs or mine == other:
            yield mine
        elif not piece.ours:
            yield other
        else:
            yield Span("".join(base[piece.start : piece.end]), mine, other)
        at = piece.end
    yield "".join(base[at:])


def _pieces(base: Sequence[str], ours: Iterable[Edit], theirs: Iterable[Edit]) -> Iterator[_Piece]:
    """The edits of both sides, those that touch or overlap together."""
    of_both = [(edit, True) for edit in ours] + [(edit, False) for edit in theirs]
    of_both.sort(key=lambda item: (item[0].start, item[0].end))
    group: list[tuple[Edit, bool]] = []
    end = -1
    for edit, is_ours in of_both:
        if group and edit.start > end and not _only_blank(base[end : edit.start]):
            yield _piece(group)
            group = []
        group.append((edit, is_ours))
        end = max(end, edit.end)
    if group:
        yield _piece(group)


def _only_blank(between: Sequence[str]) -> bool:
    """Whether nothing but a blank lies between two edits; a new line is more than a blank."""
    return len(between) == 1 and between[0].isspace() and "\n" not in between[0]


def _piece(group: list[tuple[Edit, bool]]) -> _Piece:
    return _Piece(
        min(edit.start for edit, _ in group),
        max(edit.end for edit, _ in group),
        tuple(edit for edit, is_ours in group if is_ours),
        tuple(edit for edit, is_ours in group if not is_ours),
    )


def _applied(base: Sequence[str], piece: _Piece, made: Iterable[Edit]) -> str:
    """The stretch of base with one side's edits made."""
    found: list[str] = []
    at = piece.start
    for edit in made:
        found.extend(base[at : edit.start])
        found.extend(edit.into)
        at = edit.end
    found.extend(base[at : piece.end])
    return "".join(found)
