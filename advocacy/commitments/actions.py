"""Commit oneself to a part of what was asked of one's body, or write down what another said."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import ALWAYS
from advocacy.asks import queries as asks
from advocacy.asks.schema import Ask
from advocacy.audit import actions as audit
from advocacy.bodies import queries as bodies
from advocacy.bodies.rows import PartRow
from advocacy.commitments import queries, rules
from advocacy.commitments.rules import Said
from advocacy.commitments.schema import Commitment
from advocacy.evidence.queries import inside
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid, NotFound

_c: Any = Commitment.__table__


def may_say(actor: Actor, of: Ask, part: PartRow) -> bool:
    """Whether the actor says it for its own organisation, or on behalf of another."""
    return policy.allows(actor, _permission(actor, part), _about(of, part))


def may_record(actor: Actor, of: Ask) -> bool:
    """Whether the actor writes down what members said, on their behalf too."""
    return policy.allows(actor, "ask:record", policy.About(of.organisation_id, of.workspace_id))


def _about(of: Ask, part: PartRow) -> policy.About:
    parties = frozenset({part.member_id} if part.member_id else ())
    return policy.About(of.organisation_id, of.workspace_id, party_ids=parties)


def _permission(actor: Actor, part: PartRow) -> str:
    is_own = part.member_id is not None and part.member_id == actor.organisation_id
    return "ask:reply" if is_own else "ask:record"


def pledge(
    session: Session,
    actor: Actor,
    *,
    ask_id: UUID,
    part_id: UUID,
    said: Said,
    after: UUID | None,
) -> Commitment:
    """Say what a member of a body will do about an ask, and how far it came.

    The state of the ask stays as it is. after: the last that the member said, as the doer saw it.
    Raises: NotFound, also for what is no member today; Denied; Invalid; Conflict.
    """
    of = asks.ask(session, actor, ask_id)
    today = asks.today(session, actor, of.workspace_id)
    part = queries.part(session, actor, of, part_id, on=today)
    if part is None:
        raise NotFound
    permission = _permission(actor, part)
    policy.require(actor, permission, _about(of, part))
    on_behalf = permission != "ask:reply"
    Invalid.unless_empty(rules.faults(said, today=today, on_behalf=on_behalf))
    who = _readers(session, actor, of, part, actor.must_organisation())
    made = Commitment(
        id=new_id(),
        **acts.stamp(actor),
        on_behalf_of=part.part_id if on_behalf else None,
        audience_id=who,
        own_audience_id=who,
        ask_id=of.id,
        part_id=part.part_id,
        name=part.name,
        reply=said.reply,
        text=said.text.strip(),
        due_on=said.due_on,
        due_precision=said.due_precision,
        done=said.done,
        source_url=said.source_url.strip(),
        source_text=said.source_text.strip(),
    )
    acts.append(session, made, after=after)
    event = rules.Committed(reply=said.reply, done=said.done)
    audit.record(session, actor, event, book=f"commitment:{of.id}:{part.part_id}", about=made.id)
    return made


def _readers(session: Session, actor: Actor, of: Ask, part: PartRow, by: UUID) -> UUID:
    """Those who see the ask, know of the member, and work here; and the member itself."""
    parts = inside(session, of.workspace_id, audience.parts_of(session, of.audience_id))
    own = {*parts, (by, ALWAYS), *([(part.member_id, ALWAYS)] if part.member_id else [])}
    both = audience.meet(session, of.audience_id, part.audience_id, now=actor.now)
    return audience.meet(session, both, audience.intern(session, own), now=actor.now)


def follow(session: Session, actor: Actor, *, recommendation_id: UUID) -> None:
    """Let commitments be read by those who read their ask, after these changed."""
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for of_asks in asks.asks_of(session, actor, [recommendation_id]).values():
            for row in of_asks:
                _follow(session, actor, asks.ask(session, actor, row.id))


def _follow(session: Session, actor: Actor, of: Ask) -> None:
    said = select(_c.c.organisation_id, _c.c.part_id).where(_c.c.ask_id == of.id).distinct()
    rows = session.execute(said).all()
    if not rows:
        return
    known = bodies.parts(session, actor, [of.institution_id]).get(of.institution_id, [])
    by_id = {part.part_id: part for part in known}
    for by, part_id in rows:
        who = _readers(session, actor, of, by_id[part_id], by)
        mine = (_c.c.ask_id == of.id, _c.c.part_id == part_id, _c.c.organisation_id == by)
        session.execute(update(_c).where(*mine).values(audience_id=who))
