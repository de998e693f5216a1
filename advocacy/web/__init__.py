"""The web edge that all doors share: sessions, the gate, one road for a POST, errors, words.

Only doors (views, api, cli, stream) import it. SignedIn is what Flask-Login knows of a person:
no mixin on tables, its id is the session's token and not the person's.
"""

from dataclasses import dataclass
from uuid import UUID

from flask_login import UserMixin


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # flask_login has no types
    """A signed-in person, as Flask-Login sees one."""

    token: str
    person_id: UUID | None = None
    name: str = ""

    def get_id(self) -> str:
        """Flask-Login keeps this in the signed cookie: the token, which the server can end."""
        return self.token
