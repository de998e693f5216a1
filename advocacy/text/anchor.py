"""Something said about a clause, and whether the clause is still the one it was said about.

Comments, amendments, reservations, translations and conditions all ask `place`, so "out of
date" and "orphaned" mean the same everywhere.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from advocacy.text.canon import shown
from advocacy.text.hashes import Clause


@dataclass(frozen=True)
class Anchor:
    """Where something was said: the clause, its hash on that day, the words pointed at.

    quote: empty = the clause as a whole; then any change of the clause counts. What binds an
    organisation (a reservation, a condition) is anchored without a quote.
    """

    clause_id: UUID
    clause_hash: str
    quote: str = ""


class Placement(StrEnum):
    """What has become of the place."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


def anchor_to(clause: Clause, quote: str = "") -> Anchor:
    """An anchor on the clause as it reads now."""
    return Anchor(clause.cid, clause.hash, quote)


def place(anchor: Anchor, clauses: Iterable[Clause]) -> Placement:
    """What has become of an anchor's place in a text.

    GONE: no clause has its identity, wherever the words may have gone.
    SAME: the clause's hash is the anchor's; or there is a quote, and it still stands in the
    clause's heading or words as whole words, with its case and punctuation. Emphasis marks,
    link targets and runs of blanks are not compared: quotes are taken from the page.
    CHANGED: all else. A move of the clause is no change.
    """
    clause = next((clause for clause in clauses if clause.cid == anchor.clause_id), None)
    if clause is None:
        return Placement.GONE
    if clause.hash == anchor.clause_hash or _still_says(clause, anchor.quote):
        return Placement.SAME
    return Placement.CHANGED


def _still_says(clause: Clause, quote: str) -> bool:
    words = shown(quote)
    return bool(words) and any(_stands_in(words, shown(t)) for t in (clause.text, clause.heading))


def _stands_in(words: str, text: str) -> bool:
    """Whether the words occur and no end of them cuts a word: "able" is not in "unable"."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        cut_before = at > 0 and _joins(text[at - 1], words[0])
        cut_after = end < len(text) and _joins(words[-1], text[end])
        if not cut_before and not cut_after:
            return True
        at = text.find(words, at + 1)
    return False


def _joins(left: str, right: str) -> bool:
    """Whether two neighbouring signs belong to one word."""
    return unicodedata.combining(right) > 0 or (left.isalnum() and right.isalnum())
