"""The embed of a link, and what its address shows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import bearer
from advocacy.access.actor import Actor
from advocacy.embeds import rules
from advocacy.embeds.rows import EmbedRow, Framed
from advocacy.embeds.schema import Embed
from advocacy.shares import queries as shares


def embed(session: Session, actor: Actor, share_id: UUID) -> EmbedRow | None:
    """The embed of a link that opens now; None where it has none. Raises as `shares.share`."""
    shares.share(session, actor, share_id)
    found = open_one(session, actor, share_id)
    if found is None:
        return None
    return EmbedRow(found.id, found.what, found.language, tuple(found.origins))


def open_one(session: Session, actor: Actor, share_id: UUID) -> Embed | None:
    """The same as its row, for who has asked for the link."""
    query = select(Embed).where(Embed.share_id == share_id, Embed.ended_at.is_(None))
    for row in session.scalars(query.order_by(Embed.created_at.desc(), Embed.id)):
        keys = {row.bearer_id, row.link_id}
        if bearer.alive(session, keys, now=actor.now) == keys:
            return row
    return None


def framed(session: Session, token: str, *, now: datetime) -> Framed:
    """What an address shows, as long as its link lives. Raises NotFound: over and never are one."""
    held = bearer.look(session, rules.EMBED, token, now=now)
    about = held.about
    return Framed(
        came=shares.lives(session, held, now=now),
        what=about["what"],
        language=about["language"],
        origins=tuple(about["origins"]),
    )
