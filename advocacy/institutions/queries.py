"""Which institutions there are, as this reader may know."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground.errors import NotFound
from advocacy.institutions.rows import InstitutionRow
from advocacy.institutions.rules import compared
from advocacy.institutions.schema import Institution

_MOST = 1_000


def institutions(session: Session, actor: Actor, *, workspace_id: UUID) -> list[InstitutionRow]:
    """Institutions of a workspace, by name; at most a thousand."""
    query = (
        select(Institution)
        .where(Institution.workspace_id == workspace_id)
        .order_by(Institution.folded, Institution.id)
        .limit(_MOST)
    )
    return [row(found) for found in session.scalars(query)]


def institution(session: Session, actor: Actor, institution_id: UUID) -> InstitutionRow:
    """One institution. Raises NotFound."""
    found = session.get(Institution, institution_id)
    if found is None:
        raise NotFound
    return row(found)


def named(
    session: Session, actor: Actor, *, workspace_id: UUID, name: str
) -> InstitutionRow | None:
    """The institution of this name or alias, among those the reader knows."""
    wanted = compared(name)
    for found in institutions(session, actor, workspace_id=workspace_id):
        if wanted in {compared(one) for one in (found.name, *found.aliases)}:
            return found
    return None


def ids_like(session: Session, actor: Actor, *, workspace_id: UUID, words: str) -> list[UUID]:
    """Institutions whose name holds these words, in any order of accents and case."""
    wanted = compared(words)
    if not wanted:
        return []
    query = select(Institution.id).where(
        Institution.workspace_id == workspace_id,
        Institution.folded.contains(wanted, autoescape=True),
    )
    return list(session.scalars(query))


def by_name(session: Session, actor: Actor, *, workspace_id: UUID) -> dict[str, InstitutionRow]:
    """Every known institution under its name and each alias, as compared."""
    return {
        compared(name): found
        for found in reversed(institutions(session, actor, workspace_id=workspace_id))
        for name in (*found.aliases, found.name)
    }


def row(found: Institution) -> InstitutionRow:
    """The part of an institution that leaves the room."""
    return InstitutionRow(
        id=found.id,
        workspace_id=found.workspace_id,
        name=found.name,
        kind=found.kind,
        country=found.country,
        aliases=tuple(found.aliases),
        member_id=found.member_id,
        is_sensitive=found.is_sensitive,
    )
