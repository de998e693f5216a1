"""Read the names that joined a release, as far as they allow it now."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.lists.rows import Joined
from advocacy.lists.rules import Name
from advocacy.lists.schema import Joining
from advocacy.organisations.schema import NETWORKS
from advocacy.signoff import queries as signoff
from advocacy.signoff.rules import Outside

_JOINED = (
    Joining.release_id,
    Joining.organisation_id,
    Joining.joined_on,
    Joining.joined_at,
    Joining.kind_of,
    Joining.shown_name,
    Joining.logo,
    Joining.note,
    Joining.clause_ids,
)


def joined(session: Session, actor: Actor, release_id: UUID, round_id: UUID) -> list[Joined]:
    """Who joined a release and still lets its name stand there, in the order of joining."""
    return _joined(session, actor, {release_id: round_id}).get(release_id, [])


def last_joined(
    session: Session, actor: Actor, rounds: Mapping[UUID, UUID]
) -> dict[UUID, datetime]:
    """Release -> when the last name that stands there joined. rounds: release -> its round."""
    found = _joined(session, actor, rounds)
    return {of: max(row.joined_at for row in rows) for of, rows in found.items() if rows}


def _joined(
    session: Session, actor: Actor, rounds: Mapping[UUID, UUID]
) -> dict[UUID, list[Joined]]:
    query = select(*_JOINED).where(Joining.release_id.in_(rounds)).order_by(Joining.number)
    with guard.system(session, guard.System.RELEASE):
        rows = session.execute(query).all()
    allowed = {
        of: {s.organisation_id: s.outside for s in signoff.shown(session, actor, rounds[of])}
        for of in {row.release_id for row in rows}
    }
    found: dict[UUID, list[Joined]] = {}
    for row in rows:
        if allowed[row.release_id].get(row.organisation_id) == Outside.NAMED:
            found.setdefault(row.release_id, []).append(_row(row))
    return found


def _row(row: Any) -> Joined:
    name = Name(row.shown_name, row.kind_of in NETWORKS, row.logo, row.note, tuple(row.clause_ids))
    return Joined(row.organisation_id, row.joined_on, row.joined_at, name)


def ever_joined(session: Session, releases: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Release -> all that were ever named as joining it: to compile a later list, nothing else."""
    query = select(Joining.release_id, Joining.organisation_id)
    found: dict[UUID, set[UUID]] = {}
    with guard.system(session, guard.System.RELEASE):
        for of, organisation in session.execute(query.where(Joining.release_id.in_(releases))):
            found.setdefault(of, set()).add(organisation)
    return found
