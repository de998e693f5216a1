"""Put a logo, and take it away."""

from hashlib import sha256
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.formats.pictures import Picture, picture
from advocacy.ground.acts import append, stamp
from advocacy.ground.errors import Conflict
from advocacy.ground.reasons import Reason
from advocacy.logos import queries, rules
from advocacy.logos.schema import Logo


def put(session: Session, actor: Actor, data: bytes, *, after: UUID | None) -> Logo:
    """Keep a picture as the logo of the actor's organisation. after: the last act on the page.

    Raises: Denied; Invalid for anything but a PNG or a JPEG of a fair size; Conflict.
    """
    _require(actor)
    return _write(session, actor, picture(data), after)


def remove(session: Session, actor: Actor, *, after: UUID) -> Logo:
    """Take the logo away: from every page, at once. Raises: Denied; Conflict."""
    _require(actor)
    found = queries.mine(session, actor)
    if found is None:
        raise Conflict(Reason("logos.none"))
    return _write(session, actor, Picture("", 0, 0, b""), after)


def _require(actor: Actor) -> None:
    policy.require(actor, "logo:put", policy.About(organisation_id=actor.organisation_id))


def _write(session: Session, actor: Actor, made: Picture, after: UUID | None) -> Logo:
    own = audience.intern(session, {actor.must_organisation()})
    row = Logo(
        **stamp(actor),
        audience_id=own,
        own_audience_id=own,
        of_id=actor.must_organisation(),
        media=made.media,
        width=made.width,
        height=made.height,
        data=made.data,
    )
    append(session, row, after=after)
    event = rules.Changed(media=made.media, sha256=sha256(made.data).hexdigest())
    book = f"organisation:{actor.must_organisation()}"
    audit.record(session, actor, event, book=book, about=row.id)
    return row
