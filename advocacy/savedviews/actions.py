"""Save a view, and take one away."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.ground.base import new_id
from advocacy.ground.errors import Denied, Invalid, NotFound
from advocacy.organisations import queries as organisations
from advocacy.savedviews import queries, rules
from advocacy.savedviews.schema import SavedView
from advocacy.text.canon import normalise


def save(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    name: str,
    view: str,
    query: str,
    is_shared: bool = False,
) -> SavedView:
    """Keep a question under a name. is_shared: the whole organisation may open it.

    Raises: NotFound; Denied; Invalid (no name, a name one has already, too many).
    """
    organisations.workspace_by_id(session, actor, workspace_id)
    policy.require(actor, "workspace:read", policy.About(workspace_id=workspace_id))
    queries.must_open(actor, workspace_id, view)
    person, own = actor.person_id, actor.must_organisation()
    if person is None:
        raise Denied
    name = " ".join(normalise(name).split())
    mine = select(SavedView.name).where(
        SavedView.workspace_id == workspace_id,
        SavedView.person_id == person,
        SavedView.organisation_id == own,
    )
    Invalid.unless_empty(rules.faults(name, view, session.scalars(mine)))
    who = audience.intern(session, {own})
    made = SavedView(
        id=new_id(),
        workspace_id=workspace_id,
        person_id=person,
        name=name,
        view=view,
        query=rules.question(query),
        is_shared=is_shared,
        created_at=actor.now,
        organisation_id=own,
        audience_id=who,
        own_audience_id=who,
    )
    session.add(made)
    session.flush()
    return made


def forget(session: Session, actor: Actor, saved_id: UUID) -> UUID:
    """Take away a view of one's own; says in which workspace it was.

    Raises: NotFound: gone, of another organisation, or another person's own; Denied: shared by
    somebody else.
    """
    found = session.get(SavedView, saved_id)
    is_mine = found is not None and found.person_id == actor.person_id
    if found is None or not (is_mine or found.is_shared):
        raise NotFound
    if not is_mine:
        raise Denied
    session.delete(found)
    session.flush()
    return found.workspace_id
