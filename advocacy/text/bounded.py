"""Differences within a budget: a page answers in time whatever people wrote.

Comparing words takes time with the product of both lengths. Texts people write stay far below
the budget; what is over it is shown as taken out whole and put in whole, which is true as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from advocacy.text import diff
from advocacy.text.diff import ClauseChange, Op, Words
from advocacy.text.hashes import Clause
from advocacy.text.rebase import Collision, Rebased, rebase

PAIRS = 1_500_000_000
"""Pairs of characters compared for one answer: less than a second of the slowest text there is
(one sign a word, none of them twice)."""


@dataclass
class Budget:
    """How many pairs of characters may still be compared."""

    left: int = PAIRS

    def allows(self, a: str, b: str) -> bool:
        """Whether two texts may be compared word by word; if so they are paid for."""
        price = len(a) * len(b)
        if price > self.left:
            return False
        self.left -= price
        return True


def words(a: str, b: str, budget: Budget) -> Words:
    """`diff.words` while the budget allows it, else both texts whole."""
    if a == b or not (a and b) or budget.allows(a, b):
        return diff.words(a, b)
    return _whole(a, b)


def _whole(a: str, b: str) -> Words:
    return [(op, text) for op, text in ((Op.REMOVED, a), (Op.ADDED, b)) if text]


def joined(base: str, ours: str, theirs: str, budget: Budget) -> Rebased | Collision:
    """`rebase` while the budget allows it; else a person joins them, as where they collide."""
    if base in (ours, theirs):
        return Rebased(theirs if base == ours else ours)
    if budget.allows(base, ours) and budget.allows(base, theirs):
        return rebase(base, ours, theirs)
    return Collision(ours, theirs, ())


def compare(
    a: Sequence[Clause], b: Sequence[Clause], budget: Budget | None = None
) -> list[ClauseChange]:
    """`diff.compare` within a budget; clauses that are over it are shown whole."""
    left = budget or Budget()
    before = {clause.cid: clause for clause in a}
    over: dict[UUID, Clause] = {}
    for clause in b:
        old = before.get(clause.cid)
        if old is None or old == clause or old.text == clause.text:
            continue
        if not left.allows(old.text, clause.text):
            over[clause.cid] = clause
    if not over:
        return diff.compare(a, b)
    # Compared by their headings alone; what differs in the words is put in afterwards.
    light = [replace(clause, text="-") if clause.cid in over else clause for clause in b]
    bare = [replace(clause, text="") if clause.cid in over else clause for clause in a]
    return [
        _made_whole(change, before[change.cid], over[change.cid]) if change.cid in over else change
        for change in diff.compare(bare, light)
    ]


def _made_whole(change: ClauseChange, before: Clause, after: Clause) -> ClauseChange:
    return replace(change, before=before, after=after, words=_whole(before.text, after.text))
