"""Read how a roster was changed: the lead all of it, an organisation what concerns it."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.organisations import queries as organisations
from advocacy.rosters.rows import ChangeRow
from advocacy.signoff import queries as signoff


def changes(session: Session, actor: Actor, round_id: UUID) -> list[ChangeRow]:
    """How the frozen roster was changed, as far as this reader sees it, the latest first."""
    rows = signoff.roster_changes(session, round_id)
    names = organisations.names(session, [row.invited_id for row in rows])
    found = [
        ChangeRow(c.invited_id, names[c.invited_id], c.is_on, c.reason, c.recorded_at) for c in rows
    ]
    return sorted(found, key=lambda row: row.at, reverse=True)
