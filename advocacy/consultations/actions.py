"""Send an organisation's own comments to the circle, as one set."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.consultations import queries, rules
from advocacy.consultations.schema import Sending
from advocacy.discussion import actions as discussion
from advocacy.discussion.rows import ThreadRow
from advocacy.discussion.rules import More
from advocacy.ground.acts import append, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.positions import queries as positions
from advocacy.positions.schema import Position

_AS_THEY_ARE: Mapping[UUID, rules.Words] = {}


def send(
    session: Session,
    actor: Actor,
    position_id: UUID,
    *,
    thread_ids: Sequence[UUID],
    said: Mapping[UUID, rules.Words] = _AS_THEY_ARE,
) -> list[UUID]:
    """Say before the circle, in the organisation's name, what was said among ourselves.

    The first comment's words, wording and place are said anew, now and by the actor; answers and
    authors stay inside. said: other words for some of them; what was said inside stays as it was.
    Returns the new threads.
    Raises: NotFound; Denied; Invalid when none is chosen; Conflict when one was sent or settled
    meanwhile.
    """
    of = positions.position(session, actor, position_id)
    mine = actor.must_organisation()
    policy.require(actor, "comment:submit", positions.about(of, frozenset({mine})))
    if not thread_ids:
        raise Invalid(Reason("consultations.none-chosen", "threads"))
    waits, _others = queries.ours(session, actor, of)
    known = {row.id: row for row in waits}
    if not set(thread_ids) <= set(known):
        raise Conflict(Reason("consultations.sent-already"))
    set_id = new_id()
    rows = [row for row in waits if row.id in set(thread_ids)]
    made = [_send(session, actor, of, row, set_id, said.get(row.id)) for row in rows]
    event = rules.Sent(position=str(of.id), count=len(made))
    # About the set, which nobody else knows: not a line in the position's log.
    audit.record(session, actor, event, book=f"sending:{set_id}", about=set_id)
    return made


def _send(
    session: Session,
    actor: Actor,
    of: Position,
    row: ThreadRow,
    set_id: UUID,
    words: rules.Words | None,
) -> UUID:
    now = words or rules.Words(row.comments[0].text, row.wording)
    thread = discussion.say(
        session,
        actor,
        about_id=of.id,
        lead_id=of.organisation_id,
        audience_id=of.audience_id,
        text=now.text,
        anchor=row.anchor,
        more=More(kind=row.kind, wording=now.wording),
    )
    act = Sending(
        id=new_id(),
        **stamp(actor),
        audience_id=row.audience_id,
        own_audience_id=row.audience_id,
        set_id=set_id,
        thread_id=row.id,
        sent_id=thread.id,
    )
    append(session, act, after=None)
    return thread.id
