"""What may leave the room."""

from dataclasses import dataclass

from advocacy.amendments.rows import AmendmentRow
from advocacy.text.diff import Words


@dataclass(frozen=True)
class Card:
    """An amendment as pages show it, without the words of the reader's language.

    number, after_number: places in today's text, 0 = not there. collides: others' wording for
    the same clause waits too. fits: today's text takes it. seen: what a decision is based on.
    """

    row: AmendmentRow
    number: int
    after_number: int
    heading_words: Words
    words: Words
    supporters: tuple[str, ...]
    collides: bool
    fits: bool
    seen: str
    href: str
    clause_href: str
