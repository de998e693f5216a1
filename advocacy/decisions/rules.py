"""What a proposal changes, to be read."""

from advocacy.amendments.rows import AmendmentRow, Currency
from advocacy.amendments.schema import Kind
from advocacy.text.bounded import Budget, words
from advocacy.text.diff import Words
from advocacy.text.hashes import Clause


def difference(of: AmendmentRow, now: Clause | None, budget: Budget) -> tuple[Words, Words]:
    """What it changes, in heading and text: of today's words where they moved on and it fits
    them, else of the words it was written on.
    """
    before, after = (of.base_heading, of.base_text), (of.heading, of.wording)
    if of.kind is Kind.MOVE:
        after = before
    elif of.currency is Currency.REBASED and now is not None and of.outcome is not None:
        before, after = (now.heading, now.text), (of.outcome.heading, of.outcome.wording)
    return words(before[0], after[0], budget), words(before[1], after[1], budget)
