"""What may leave the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from advocacy.objections.rules import State
from advocacy.signoff.rows import AnswerRow, RoundRow


@dataclass(frozen=True)
class WishRow:
    """What would settle a request. clause_id, wording: the condition; None and empty without."""

    fix: str
    clause_id: UUID | None
    wording: str
    clause_hash: str
    outside: str
    shown_name: str
    logo: bool


@dataclass(frozen=True)
class TalkRow:
    """Something said, or the clearing. by_owner: by the organisation that asked."""

    id: UUID
    answer_id: UUID
    organisation: str
    by_owner: bool
    kind: str
    text: str
    at: datetime


@dataclass(frozen=True)
class RequestRow:
    """A request for change as its readers see it.

    asked: every answer of the organisation in this round that asked for one, oldest first, with
    what would settle it; the last is the one that stands unless the state is cleared. last_id: the
    last act of the talk, which the next one follows.
    """

    round: RoundRow
    organisation_id: UUID
    organisation: str
    asked: tuple[tuple[AnswerRow, WishRow | None], ...]
    talk: tuple[TalkRow, ...]
    state: State
    last_id: UUID | None

    @property
    def answer(self) -> AnswerRow:
        """The newest answer that asks."""
        return self.asked[-1][0]


@dataclass(frozen=True)
class Offer:
    """A condition that an organisation set is met: it may endorse with one press."""

    answer: AnswerRow
    wish: WishRow


@dataclass(frozen=True)
class Held:
    """An answer that may hold back a whole text. blocks: what a change holds back in its round.

    content_hash: of the text it was given to. clauses: id -> hash of those it is about, as they
    read then; empty = it is about the text as a whole.
    """

    answer_id: UUID
    organisation_id: UUID
    kind: str
    blocks: str
    content_hash: str
    clauses: Mapping[UUID, str]
