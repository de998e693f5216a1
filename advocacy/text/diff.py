"""Differences a person can read: clauses paired by identity, then lines, then words.

Two levels because one is too slow: all words of a 20-page text at once take minutes.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from rapidfuzz.distance import Levenshtein

from advocacy.text.canon import normalise
from advocacy.text.hashes import Clause

# Scripts that write no blank between words (Chinese, Japanese) differ sign by sign.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_STOPS = (
    r"!-/:-@\[-^`{-~\u00a1-\u00bf\u2010-\u2027\u2030-\u205e"
    r"\u060c\u061b\u061f\u066a-\u066d\u06d4\u3001-\u3003\u3008-\u3011\uff01-\uff0f"
)
_WORD = rf"[^\s{_STOPS}{_UNSPACED}]"
# "don't", "cross-border" and "1,200" are one word each: half a number changed misleads.
_TOKEN = re.compile(
    rf"\n|[^\S\n]+|{_WORD}+(?:['\u2019\-\u2010\u2011]{_WORD}+|(?<=\d)[.,\u066b\u066c]\d{_WORD}*)*|."
)


class Op(StrEnum):
    """What happened to a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Change(StrEnum):
    """What happened to a clause. One that moved and changed counts as changed."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


Words = list[tuple[Op, str]]


class Edit(NamedTuple):
    """Tokens `start` up to `end` of the first text became `into`."""

    start: int
    end: int
    into: tuple[str, ...]


@dataclass(frozen=True)
class ClauseChange:
    """One clause in two texts. Numbers start at 1; None where the text has no such clause.

    moved: it stands elsewhere among the clauses that both texts have.
    """

    cid: UUID
    kind: Change
    before: Clause | None
    after: Clause | None
    heading_words: Words
    words: Words
    number_before: int | None
    number_after: int | None
    moved: bool = False


def tokens(text: str) -> list[str]:
    """Words, stops, line feeds and runs of blanks; joined they are the text."""
    return _TOKEN.findall(text)


def edits(before: Sequence[str], after: Sequence[str]) -> Iterator[Edit]:
    """What turns one list of tokens into the other, in order, never overlapping."""
    for start, end, from_, to in _spans(before, after):
        yield Edit(start, end, tuple(after[from_:to]))


def _spans(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Which tokens of the first (start, end) became which of the second (from, to)."""
    # A sign for each word, not its hash: two words can't be taken for one another.
    signs = dict(zip(dict.fromkeys((*before, *after)), map(chr, range(0x110000)), strict=False))
    a = "".join(map(signs.__getitem__, before))
    b = "".join(map(signs.__getitem__, after))
    start = end = from_ = to = -1
    for code in Levenshtein.opcodes(a, b):
        if code.tag == "equal":
            continue
        if code.src_start == end:
            end, to = code.src_end, code.dest_end
            continue
        if start >= 0:
            yield start, end, from_, to
        start, end = code.src_start, code.src_end
        from_, to = code.dest_start, code.dest_end
    if start >= 0:
        yield start, end, from_, to


def words(a: str, b: str) -> Words:
    """What was removed and added, word by word; neighbouring edits are shown as one.

    SAME and REMOVED joined are `a`; SAME and ADDED joined are `b`.
    """
    if a == b:
        return [(Op.SAME, a)] if a else []
    if "\n" not in a and "\n" not in b:
        return list(_in_lines(a, b))
    lines_a, lines_b = a.splitlines(keepends=True), b.splitlines(keepends=True)
    found: Words = []
    at = 0
    for edit in edits(lines_a, lines_b):
        found.append((Op.SAME, "".join(lines_a[at : edit.start])))
        found.extend(_in_lines("".join(lines_a[edit.start : edit.end]), "".join(edit.into)))
        at = edit.end
    found.append((Op.SAME, "".join(lines_a[at:])))
    return _merged(found)


def _in_lines(a: str, b: str) -> Iterator[tuple[Op, str]]:
    before, after = tokens(a), tokens(b)
    at = 0
    for start, end, from_, to in _over_blanks(before, _spans(before, after)):
        if start > at:
            yield Op.SAME, "".join(before[at:start])
        if end > start:
            yield Op.REMOVED, "".join(before[start:end])
        if to > from_:
            yield Op.ADDED, "".join(after[from_:to])
        at = end
    if at < len(before):
        yield Op.SAME, "".join(before[at:])


def _over_blanks(
    before: Sequence[str], spans: Iterable[tuple[int, int, int, int]]
) -> Iterator[tuple[int, int, int, int]]:
    """ "old words" to "new phrase" reads as one replacement, not as two around a blank."""
    last = (-1, -1, -1, -1)
    for span in spans:
        replaces = (
            last[1] > last[0] and last[3] > last[2] and span[1] > span[0] and span[3] > span[2]
        )
        blank = before[last[1]] if replaces and span[0] == last[1] + 1 else ""
        if blank.isspace() and blank != "\n":
            last = last[0], span[1], last[2], span[3]
            continue
        if last[0] >= 0:
            yield last
        last = span
    if last[0] >= 0:
        yield last


def _merged(parts: Iterable[tuple[Op, str]]) -> Words:
    """Runs of the same kind joined; replacements with only a blank between them made one."""
    # Each group: the same words, then what was removed and added after them.
    groups: list[list[str]] = [["", "", ""]]
    for op, text in parts:
        if not text:
            continue
        last = groups[-1]
        if op is not Op.SAME:
            last[1 if op is Op.REMOVED else 2] += text
        elif last[1] or last[2]:
            groups.append([text, "", ""])
        else:
            last[0] += text
    return [
        (op, text)
        for group in _bridged(groups)
        for op, text in zip((Op.SAME, Op.REMOVED, Op.ADDED), group, strict=True)
        if text
    ]


def _bridged(groups: list[list[str]]) -> list[list[str]]:
    """ "old words" to "new phrase" reads as one replacement, not as two around a blank."""
    kept = [groups[0]]
    for same, removed, added in groups[1:]:
        last = kept[-1]
        if same.isspace() and "\n" not in same and all((*last[1:], removed, added)):
            last[1] += same + removed
            last[2] += same + added
        else:
            kept.append([same, removed, added])
    return kept


def compare(a: Sequence[Clause], b: Sequence[Clause]) -> list[ClauseChange]:
    """All clauses of both texts in the order of `b`; a removed one after its old neighbour.

    Raises:
        ValueError: an identity occurs twice in one text.
    """
    before, after = _numbered(a), _numbered(b)
    stayed = rising([before[clause.cid][0] for clause in b if clause.cid in before])
    gone_after: dict[UUID | None, list[ClauseChange]] = {}
    neighbour: UUID | None = None
    for number, clause in enumerate(a, 1):
        if clause.cid in after:
            neighbour = clause.cid
        else:
            gone_after.setdefault(neighbour, []).append(_removed(clause, number))
    found = gone_after.get(None, [])
    for number, clause in enumerate(b, 1):
        number_before, old = before.get(clause.cid, (None, None))
        moved = number_before is not None and number_before not in stayed
        found.append(_paired(old, clause, number_before, number, moved=moved))
        found.extend(gone_after.get(clause.cid, ()))
    return found


def summary(changes: Iterable[ClauseChange]) -> dict[Change, int]:
    """How many clauses of each kind; every kind is there, also with 0."""
    counts = dict.fromkeys(Change, 0)
    for change in changes:
        counts[change.kind] += 1
    return counts


def _numbered(clauses: Sequence[Clause]) -> dict[UUID, tuple[int, Clause]]:
    found = {clause.cid: (number, clause) for number, clause in enumerate(clauses, 1)}
    if len(found) < len(clauses):
        raise ValueError("two clauses of one text have the same identity")
    return found


def rising(numbers: Sequence[int]) -> set[int]:
    """The most numbers that rise from first to last: who is not among them has moved."""
    tails: list[int] = []
    previous: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        previous[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    found: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        found.add(last)
        last = previous[last]
    return found


def _removed(clause: Clause, number: int) -> ClauseChange:
    gone = [[(Op.REMOVED, text)] if text else [] for text in (clause.heading, clause.text)]
    return ClauseChange(clause.cid, Change.REMOVED, clause, None, gone[0], gone[1], number, None)


def _says_the_same(old: Clause, new: Clause) -> bool:
    """Whether their hashes are equal, found without making them."""
    if (old.kind, old.lang) != (new.kind, new.lang):
        return False
    return normalise(old.text) == normalise(new.text) and (
        normalise(old.heading) == normalise(new.heading)
    )


def _paired(
    old: Clause | None, new: Clause, number_before: int | None, number_after: int, *, moved: bool
) -> ClauseChange:
    if old is None:
        kind, op = Change.ADDED, Op.ADDED
    elif old == new or _says_the_same(old, new):
        kind, op = Change.MOVED if moved else Change.UNCHANGED, Op.SAME
    else:
        return ClauseChange(
            new.cid, Change.CHANGED, old, new, words(old.heading, new.heading),
            words(old.text, new.text), number_before, number_after, moved,
        )  # fmt: skip
    whole = [[(op, text)] if text else [] for text in (new.heading, new.text)]
    return ClauseChange(
        new.cid, kind, old, new, whole[0], whole[1], number_before, number_after, moved
    )
