"""What leaves the room."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class LinkRow:
    """The other end of a link, as its reader may know it."""

    kind: str
    id: UUID
    title: str
    link_id: UUID
    organisation_id: UUID

    @property
    def href(self) -> str:
        """Where the other end is read."""
        return f"/{self.kind}s/{self.id}"


@dataclass(frozen=True)
class Source:
    """A record that an author may cite. unseen: how many organisations of the text cannot see it.

    unseen is None where a number would tell who is meant.
    """

    kind: str
    id: UUID
    title: str
    circle: int
    unseen: int | None
    cited_as: str = ""


@dataclass(frozen=True)
class CitedRow:
    """A source named in a text, for those who see both."""

    label: str
    kind: str
    id: UUID
    title: str

    @property
    def href(self) -> str:
        """Where the record is read."""
        return f"/{self.kind}s/{self.id}"
