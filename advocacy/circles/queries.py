"""Who takes part in a text, and who could."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor, Standing
from advocacy.access.schema import GroupKind
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import OrganisationRow
from advocacy.organisations.rules import GROUP_OF
from advocacy.positions import queries as positions


def members(session: Session, actor: Actor, position_id: UUID) -> list[tuple[UUID, str]]:
    """Those who take part, by name: for the lead. Everybody else is given no line.

    Raises NotFound.
    """
    of = positions.position(session, actor, position_id)
    if of.organisation_id != actor.organisation_id:
        return []
    names = organisations.names(session, positions.participants(session, actor, of))
    return sorted(names.items(), key=lambda item: item[1])


def can_invite(session: Session, actor: Actor, position_id: UUID) -> list[OrganisationRow]:
    """Organisations of the workspace that are not in the circle; no observer, no donor.

    Empty for who may not lead the text. Raises NotFound.
    """
    of = positions.position(session, actor, position_id)
    if not positions.may(actor, "position:lead", of):
        return []
    circle = positions.participants(session, actor, of)
    return [
        row
        for row in organisations.organisations(session, actor, workspace_id=of.workspace_id)
        if row.id not in circle and GROUP_OF[Standing(row.standing)] is GroupKind.MEMBERS
    ]
