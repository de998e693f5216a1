"""Make an institution known."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.audit import actions as audit
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.institutions import rules
from advocacy.institutions.queries import named, row
from advocacy.institutions.rows import InstitutionRow
from advocacy.institutions.schema import Institution
from advocacy.organisations.queries import group


def add(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    name: str,
    kind: str,
    country: str = "",
    aliases: Iterable[str] = (),
    member_id: UUID | None = None,
    is_sensitive: bool = False,
    known_to: Iterable[UUID] | None = None,
) -> InstitutionRow:
    """Add an institution. known_to: groups that may know of it; None = members of the workspace.

    Raises: Denied; Invalid, also when this reader knows one of that name already.
    """
    policy.require(actor, "recommendation:add", policy.About(workspace_id=workspace_id))
    others = list(aliases)
    Invalid.unless_empty(rules.faults(name=name, kind=kind, country=country, aliases=others))
    if named(session, actor, workspace_id=workspace_id, name=name):
        raise Invalid(Reason("institutions.known", "name"))
    readers = {group(session, workspace_id, GroupKind.MEMBERS)} if known_to is None else known_to
    who = audience.intern(session, {actor.must_organisation(), *readers})
    made = Institution(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=who,
        own_audience_id=who,
        workspace_id=workspace_id,
        name=name.strip(),
        folded=rules.compared(name),
        kind=kind,
        country=country,
        aliases=others,
        member_id=member_id,
        is_sensitive=is_sensitive or kind in rules.SENSITIVE_BY_NATURE,
        created_at=actor.now,
    )
    session.add(made)
    session.flush()
    book = f"institution:{made.id}"
    audit.record(session, actor, rules.Added(kind=kind), book=book, about=made.id)
    return row(made)
