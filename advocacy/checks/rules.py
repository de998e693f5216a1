"""Finding a text in what somebody pasted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from html import unescape

from advocacy.text.canon import plain

LONGEST = 200_000
"""Signs that may be pasted: some 60 pages."""

MOST, WITHIN = 20, timedelta(minutes=1)
"""Checks from one network in a minute."""

_BLOCK = re.compile(r"</?(?:p|li|ul|ol|h[1-6]|blockquote|pre|br|hr|table|tr|td|th)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
# Numbers of clauses and of footnotes, which stand between clauses on pages and in files.
_BETWEEN = re.compile(r"(?: [0-9]{1,2}){0,3}")
_MOST_BEGINNINGS = 50


class State(StrEnum):
    """What a copy is."""

    ENDORSED = "endorsed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Found:
    """Where a text stands in a copy. more: words of the copy that are not of the text."""

    more: int


def words_of_page(html: str) -> str:
    """The words of a stored, cleaned copy."""
    return plain(unescape(_TAG.sub("", _BLOCK.sub(" ", html))))


def parts(clauses: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The words of each (heading, html), without those that have none."""
    each = (f"{plain(heading)} {words_of_page(html)}".strip() for heading, html in clauses)
    return tuple(words for words in each if words)


def find(copy: str, title: str, wanted: Sequence[str]) -> Found | None:
    """Find a text in a copy: every clause whole, in order, nothing but small numbers between.

    copy, title, wanted: as `plain` gives them. None when it is not there.
    """
    held, start = f" {copy} ", -1
    for _attempt in range(_MOST_BEGINNINGS if wanted else 0):
        start = held.find(f" {wanted[0]} ", start + 1)
        if start < 0:
            return None
        end = _end(held, start, wanted)
        if end is not None:
            before, after = held[:start].split(), held[end:].split()
            named = title.split()
            if named and before[-len(named) :] == named:
                before = before[: -len(named)]
            return Found(len(before) + len(after))
    return None


def _end(held: str, start: int, wanted: Sequence[str]) -> int | None:
    """Where the text ends that begins here; None when it goes on in another way."""
    at = start + 1 + len(wanted[0])
    for words in wanted[1:]:
        gap = _BETWEEN.match(held, at)
        ends = range(at, gap.end() + 1) if gap else ()
        found = next((end for end in ends if held.startswith(f" {words} ", end)), None)
        if found is None:
            return None
        at = found + 1 + len(words)
    return at
