"""Say which steps one's organisation has, what was said at them, and what the lead is told."""

from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.clearances import queries, rules
from advocacy.clearances.rules import Saying
from advocacy.clearances.schema import Ladder, Line, Step
from advocacy.ground import acts, clock
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.signoff import queries as rounds
from advocacy.signoff.rows import RoundRow


def arrange(session: Session, actor: Actor, *, steps: Sequence[str], after: UUID | None) -> Ladder:
    """Say which steps the organisation has, in their order; none = it has no ladder.

    Raises: Denied; Invalid; Conflict when a colleague changed them meanwhile.
    """
    own = _own(session, actor, "clearance:tell")
    Invalid.unless_empty(rules.ladder_faults(steps))
    row = Ladder(**acts.stamp(actor), steps=list(steps), audience_id=own, own_audience_id=own)
    made = acts.append(session, row, after=after)
    book = f"organisation:{actor.organisation_id}"
    audit.record(session, actor, rules.Arranged(steps=len(steps)), book=book, about=made.id)
    return made


def _own(session: Session, actor: Actor, permission: str) -> UUID:
    """The audience that is one's own organisation alone, for who may."""
    policy.require(actor, permission, policy.About(organisation_id=actor.organisation_id))
    return audience.intern(session, {actor.must_organisation()})


def record(
    session: Session, actor: Actor, round_id: UUID, saying: Saying, *, after: UUID | None
) -> Step:
    """Write down what somebody said at a step about the text of a round. It answers nothing.

    after: the last thing written on the page. Raises: NotFound for who is not asked; Denied;
    Invalid; Conflict when a colleague wrote something meanwhile.
    """
    round_ = _asked(session, actor, round_id)
    own = _own(session, actor, "clearance:record")
    today = clock.day_in(actor.now, round_.zone)
    steps = queries.ladder(session, actor).steps
    Invalid.unless_empty(rules.saying_faults(saying, steps, today=today))
    row = Step(
        **acts.stamp(actor),
        effective_on=saying.said_on,
        round_id=round_id,
        step=saying.step,
        said=saying.said,
        by_name=saying.by_name.strip(),
        note=saying.note.strip(),
        audience_id=own,
        own_audience_id=own,
    )
    made = acts.append(session, row, after=after)
    event = rules.Recorded(round=str(round_id), said=saying.said)
    _note(session, actor, event, made.id)
    return made


def tell(
    session: Session,
    actor: Actor,
    round_id: UUID,
    *,
    expected_on: date | None,
    after: UUID | None,
) -> Line:
    """Let the lead read "in clearance, answer expected on …", or take it back (None).

    What was told before is then read by the organisation alone: taken back leaves no trace.
    Raises: NotFound for who is not asked; Denied; Invalid; Conflict when the round is over, or a
    colleague told it something else meanwhile.
    """
    round_ = _asked(session, actor, round_id)
    mine = _own(session, actor, "clearance:tell")
    if not round_.is_open:
        raise Conflict(Reason(f"signoff.round-{round_.state}"))
    Invalid.unless_empty(
        rules.expected_faults(expected_on, today=clock.day_in(actor.now, round_.zone))
    )
    wide = audience.intern(session, {actor.must_organisation(), round_.lead_id})
    readers = mine if expected_on is None else wide
    row = Line(
        **acts.stamp(actor),
        round_id=round_id,
        expected_on=expected_on,
        audience_id=readers,
        own_audience_id=readers,
    )
    made = acts.append(session, row, after=after)
    table = cast(Table, Line.__table__)
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        session.execute(
            update(table)
            .where(
                table.c.round_id == round_id,
                table.c.organisation_id == actor.organisation_id,
                table.c.id != made.id,
            )
            .values(audience_id=mine)
        )
    _note(session, actor, rules.Told(round=str(round_id)), made.id)
    return made


def _asked(session: Session, actor: Actor, round_id: UUID) -> RoundRow:
    """A round that asks the actor's organisation. Raises NotFound."""
    round_ = rounds.round_of(session, actor, round_id)
    if not rounds.is_invited(session, actor, round_id):
        raise NotFound
    return round_


def _note(session: Session, actor: Actor, event: rules.Recorded | rules.Told, about: UUID) -> None:
    # A book of its own: how an organisation clears a text is no line in anybody else's log.
    book = f"clearance:{actor.organisation_id}"
    audit.record(session, actor, event, book=book, about=about)
