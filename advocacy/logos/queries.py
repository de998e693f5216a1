"""One's own logo; and those that may be shown, for a release alone."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.formats.pictures import Picture
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.logos.schema import Logo


def head(session: Session, actor: Actor) -> Logo | None:
    """The last act on one's own organisation's logo, also where it took it away."""
    if actor.organisation_id is None:
        return None
    return acts.current(session.scalars(select(Logo).where(Logo.of_id == actor.organisation_id)))


def mine(session: Session, actor: Actor) -> Logo | None:
    """The logo of one's own organisation; None while it has none."""
    found = head(session, actor)
    return found if found is not None and found.media else None


def picture(session: Session, actor: Actor, logo_id: UUID) -> tuple[str, bytes]:
    """Type and bytes of one's own logo. Raises NotFound for any other."""
    found = mine(session, actor)
    if found is None or found.id != logo_id:
        raise NotFound
    return found.media, found.data


def of_organisations(session: Session, organisation_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Organisation -> the id of its logo as it is now, where it has one.

    For what shows a release: it asks only for those that said yes in it.
    """
    ids = list(organisation_ids)
    with guard.system(session, guard.System.RELEASE):
        rows = session.execute(
            select(Logo.id, Logo.of_id, Logo.previous_id, Logo.media).where(Logo.of_id.in_(ids))
        ).all()
    followed = {row.previous_id for row in rows}
    return {row.of_id: row.id for row in rows if row.id not in followed and row.media}


def pictures(session: Session, organisation_ids: Iterable[UUID]) -> dict[UUID, Picture]:
    """Organisation -> its logo as it is now, where it has one. For files of a release, as above."""
    ids = of_organisations(session, organisation_ids)
    columns = (Logo.of_id, Logo.media, Logo.width, Logo.height, Logo.data)
    with guard.system(session, guard.System.RELEASE):
        rows = session.execute(select(*columns).where(Logo.id.in_(ids.values()))).all()
    return {row.of_id: Picture(row.media, row.width, row.height, row.data) for row in rows}


def shown(session: Session, logo_id: UUID, organisation_ids: Iterable[UUID]) -> tuple[str, bytes]:
    """Type and bytes of a logo of one of these organisations: those that said yes in a release.

    Raises NotFound for any other, and for one that was replaced or taken away.
    """
    if logo_id not in of_organisations(session, organisation_ids).values():
        raise NotFound
    with guard.system(session, guard.System.RELEASE):
        row = session.execute(select(Logo.media, Logo.data).where(Logo.id == logo_id)).one()
        return row.media, row.data
