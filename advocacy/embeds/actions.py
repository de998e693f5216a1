"""Make the embed of a link, and end it."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import bearer
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.embeds import queries, rules
from advocacy.embeds.rules import NewEmbed
from advocacy.embeds.schema import Embed
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.shares import queries as shares
from advocacy.shares.schema import Share


def make(
    session: Session,
    actor: Actor,
    share_id: UUID,
    new: NewEmbed,
    *,
    languages: tuple[str, ...],
    after: UUID | None,
) -> str:
    """Make the embed of a link; returns its token, which is known this once.

    The one before ends. after: the embed that the doer saw. Raises: NotFound; Denied; Invalid for
    a link that is over or asks for a password; Conflict when another was made meanwhile.
    """
    of = shares.share(session, actor, share_id)
    Invalid.unless_empty([*_faults(session, actor, of), *rules.faults(new, languages)])
    before = queries.open_one(session, actor, share_id)
    if (before.id if before else None) != after:
        raise Conflict(Reason("acts.stale"))
    if before is not None:
        _end(session, actor, before)
    known = bearer.about(session, of.bearer_id)
    about: dict[str, Any] = {name: value for name, value in known.items() if name != "password"}
    about |= {"link": str(of.bearer_id), "what": new.what, "language": new.language}
    about |= {"origins": list(new.origins)}
    token = bearer.issue(session, rules.EMBED, about, now=actor.now, until=of.until_at)
    made = Embed(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=of.audience_id,
        own_audience_id=of.audience_id,
        share_id=share_id,
        what=new.what,
        language=new.language,
        origins=list(new.origins),
        bearer_id=bearer.look(session, rules.EMBED, token, now=actor.now).id,
        link_id=of.bearer_id,
        ended_at=None,
        created_at=actor.now,
        person_id=actor.person_id,
    )
    session.add(made)
    session.flush()
    _record(session, actor, made, rules.Made(what=new.what))
    return token


def _faults(session: Session, actor: Actor, of: Share) -> list[Reason]:
    if not bearer.alive(session, [of.bearer_id], now=actor.now):
        return [Reason("embeds.link-over")]
    return [Reason("embeds.has-password")] if of.has_password else []


def end(session: Session, actor: Actor, share_id: UUID) -> UUID:
    """End the embed of a link at once; returns the link. Twice is as once. Raises as `make`."""
    shares.share(session, actor, share_id)
    found = queries.open_one(session, actor, share_id)
    if found is not None:
        _end(session, actor, found)
    return share_id


def _end(session: Session, actor: Actor, of: Embed) -> None:
    bearer.revoke(session, now=actor.now, bearer=of.bearer_id)
    of.ended_at = actor.now
    session.flush()
    _record(session, actor, of, rules.Ended())


def _record(session: Session, actor: Actor, of: Embed, event: Event) -> None:
    audit.record(session, actor, event, book=f"share:{of.share_id}", about=of.id)
