"""Set how small a number may be that is told outside."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.audit import actions as audit
from advocacy.disclosure import rules
from advocacy.disclosure.schema import DisclosureLimit
from advocacy.ground import acts
from advocacy.ground.errors import Invalid
from advocacy.organisations import queries as organisations


def set_limit(
    session: Session, actor: Actor, workspace_id: UUID, limit: rules.Limit, *, after: UUID | None
) -> DisclosureLimit:
    """Set a workspace's smallest cell. after: the act the page was based on.

    Raises: Denied (a coordinator's word); Invalid below 3; Conflict when changed meanwhile.
    """
    policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))
    Invalid.unless_empty(rules.limit_faults(limit.smallest_cell))
    kinds = (GroupKind.MEMBERS, GroupKind.OBSERVERS, GroupKind.DONORS)
    groups = {organisations.group(session, workspace_id, kind) for kind in kinds}
    who = audience.intern(session, {actor.must_organisation(), *groups})
    row = DisclosureLimit(
        **acts.stamp(actor),
        workspace_id=workspace_id,
        smallest_cell=limit.smallest_cell,
        tells_zero=limit.tells_zero,
        audience_id=who,
        own_audience_id=who,
    )
    acts.append(session, row, after=after)
    event = rules.LimitChanged(smallest_cell=limit.smallest_cell, tells_zero=limit.tells_zero)
    audit.record(session, actor, event, book=f"workspace:{workspace_id}", about=row.id)
    return row
