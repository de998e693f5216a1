"""What a room gives so that its records can be imported."""

from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.importing.rows import Item, Matcher, R, Written


class Mapper(Matcher[R], Protocol[R]):
    """Between a file's records and a room's rows.

    A mapper is made for one session, one actor and one place (a workspace).
    """

    @property
    def workspace_id(self) -> UUID | None:
        """The workspace the records go to."""
        ...

    def write(self, session: Session, actor: Actor, item: Item[R], run_id: UUID) -> Written:
        """Make the record, or change `item.existing`. Adds to the session; does not commit."""
        ...
