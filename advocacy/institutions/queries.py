"""Which institutions there are, as this reader may know."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.institutions import rules
from advocacy.institutions.rows import InstitutionRow, SuccessionRow
from advocacy.institutions.rules import compared, final
from advocacy.institutions.schema import Institution, Succession
from advocacy.organisations import queries as organisations

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
    return row(held(session, institution_id))


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
    """Institutions whose name, or the name of what they became, holds these words."""
    wanted = compared(words)
    if not wanted:
        return []
    query = select(Institution.id).where(
        Institution.workspace_id == workspace_id,
        Institution.folded.contains(wanted, autoescape=True),
    )
    found = set(session.scalars(query))
    became = successors(session, actor, workspace_id=workspace_id)
    # What was put to one that became another since is found under the new name too.
    return sorted(found | {one for one in became if final(one, became) in found})


def by_name(session: Session, actor: Actor, *, workspace_id: UUID) -> dict[str, InstitutionRow]:
    """Every known institution under its name and each alias, as compared."""
    listed = institutions(session, actor, workspace_id=workspace_id)
    became, by_id = successors(session, actor, workspace_id=workspace_id), {r.id: r for r in listed}
    return {
        compared(name): by_id.get(final(found.id, became), found)
        for found in reversed(listed)
        for name in (*found.aliases, found.name)
    }


def successors(session: Session, actor: Actor, *, workspace_id: UUID) -> dict[UUID, UUID]:
    """What institutions became, as far as this reader knows of both: each and its next one."""
    query = (
        select(Succession)
        .join(Institution, Institution.id == Succession.institution_id)
        .where(Institution.workspace_id == workspace_id)
    )
    said = session.scalars(query).all()
    followed = {one.previous_id for one in said}
    heads = (one for one in said if one.id not in followed)
    return {one.institution_id: one.into_id for one in heads if one.into_id}


def before(session: Session, actor: Actor, of: InstitutionRow) -> frozenset[UUID]:
    """What became an institution, as far as this reader knows of each step."""
    return rules.before(of.id, successors(session, actor, workspace_id=of.workspace_id))


def now(session: Session, actor: Actor, institution_id: UUID) -> str:
    """The name of what an institution became in the end; empty while it is itself."""
    became: dict[UUID, UUID] = {}
    one: UUID | None = institution_id
    while one is not None and one not in became:
        head = acts.current(history(session, actor, one))
        if head is None or head.into_id is None:
            break
        became[one] = one = head.into_id
    return held(session, final(institution_id, became)).name if became else ""


def history(session: Session, actor: Actor, institution_id: UUID) -> list[Succession]:
    """What was said of what an institution became, as far as this reader may know."""
    query = select(Succession).where(Succession.institution_id == institution_id)
    return list(session.scalars(query))


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


def told(session: Session, actor: Actor, institution_id: UUID) -> list[SuccessionRow]:
    """The same in the order of saying it, the latest first, with names."""
    said = acts.chain(history(session, actor, institution_id))[::-1]
    names = organisations.names(session, (one.organisation_id for one in said))
    into = {i: held(session, i).name for i in {one.into_id for one in said} if i}
    return [
        SuccessionRow(
            id=one.id,
            into=into[one.into_id] if one.into_id else "",
            note=one.note,
            organisation=names.get(one.organisation_id, ""),
            recorded_at=one.recorded_at,
        )
        for one in said
    ]


def workspace_of(session: Session, actor: Actor, institution_id: UUID) -> UUID:
    """The workspace of an institution that this reader knows of. Raises NotFound."""
    return held(session, institution_id).workspace_id


def owner_of(session: Session, institution_id: UUID) -> UUID:
    """The organisation that added it. Raises NotFound."""
    return held(session, institution_id).organisation_id


def held(session: Session, institution_id: UUID) -> Institution:
    """The institution itself, for this room alone. Raises NotFound."""
    found = session.get(Institution, institution_id)
    if found is None:
        raise NotFound
    return found
