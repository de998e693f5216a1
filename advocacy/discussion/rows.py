"""What may leave the room."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from markupsafe import Markup

from advocacy.discussion.schema import Reach as Reach
from advocacy.text.anchor import Anchor, Placement


@dataclass(frozen=True)
class CommentRow:
    """What an organisation said. mentions: (organisation, person or None), as told to a reader."""

    id: UUID
    number: int
    organisation_id: UUID
    at: datetime
    text: str
    html: str
    mentions: tuple[tuple[UUID, UUID | None], ...] = ()


@dataclass(frozen=True)
class DispositionRow:
    """What the lead did with a point."""

    id: UUID
    outcome: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class ThreadRow:
    """A thread with all that was said in it. anchor is None when it is about the whole.

    to_id: the one organisation that the lead began it with. why: in a list of what waits, the
    code of the reason.
    """

    id: UUID
    about_id: UUID
    lead_id: UUID
    organisation_id: UUID
    anchor: Anchor | None
    is_open: bool
    last_by: UUID
    audience_id: UUID
    began_at: datetime
    comments: tuple[CommentRow, ...]
    reach: Reach = Reach.CIRCLE
    kind: str = ""
    wording: str = ""
    disposition: DispositionRow | None = None
    why: str = ""
    to_id: UUID | None = None


@dataclass(frozen=True)
class Mentionable:
    """Whom a comment can mention: id -> name."""

    organisations: dict[UUID, str] = field(default_factory=dict)
    people: dict[UUID, str] = field(default_factory=dict)

    def names(self, ids: tuple[UUID, ...]) -> bool:
        """Whether all of these can be mentioned."""
        return set(ids) <= {*self.organisations, *self.people}


@dataclass(frozen=True)
class Remark:
    """A comment as a page shows it."""

    organisation: str
    at: datetime
    html: Markup
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Talk:
    """A thread as a page shows it. placement: what became of the words it is about.

    seen_by: names of the only organisations that read it; empty = the whole circle.
    """

    id: UUID
    is_open: bool
    quote: str
    placement: Placement
    remarks: tuple[Remark, ...]
    href: str
    seen_by: tuple[str, ...] = ()
    is_internal: bool = False
    kind: str = ""
    wording: str = ""
    disposition: DispositionRow | None = None
    answer_href: str = ""
