"""Put an organisation on the roster of a round, or take it off."""

from typing import cast
from uuid import UUID

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.ground import acts
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.positions import queries as positions
from advocacy.rosters import rules
from advocacy.signoff import queries
from advocacy.signoff.actions import tell
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.schema import (
    Extension,
    Invitation,
    RosterChange,
    Round,
    RoundEnd,
    RoundTerms,
)


def invite(session: Session, actor: Actor, row: Round, organisation: UUID) -> Invitation:
    """Put an organisation on the roster of a round that opens, or later through `add_to_roster`."""
    own_audience = audience.intern(session, {row.organisation_id, organisation})
    made = Invitation(
        round_id=row.id,
        invited_id=organisation,
        organisation_id=row.organisation_id,
        audience_id=audience.meet(session, row.audience_id, own_audience, now=actor.now),
        own_audience_id=own_audience,
    )
    session.add(made)
    return made


def add_to_roster(
    session: Session, actor: Actor, round_id: UUID, organisation_id: UUID, *, outside: bool = False
) -> RosterChange:
    """Ask one more organisation of the circle, and write it down; it gets the same mail.

    outside: it need not be of the circle; `signons` then lets it read this version and no more.
    Raises: NotFound; Denied; Conflict when the round is over; Invalid for who is asked already or
    takes no part.
    """
    row, round_ = led(session, actor, round_id)
    must_be_open(round_)
    position = positions.position(session, actor, row.position_id)
    if organisation_id in queries.invited(session, actor, round_id):
        raise Invalid(Reason("rounds.asked-already", "organisation"))
    if not outside and organisation_id not in positions.participants(session, actor, position):
        raise Invalid(Reason("signoff.not-a-participant", "organisation"))
    invitation = queries.invitation(session, round_id, organisation_id)
    if invitation is None:
        _let_read(session, row, organisation_id)
        invitation = invite(session, actor, row, organisation_id)
    made = _change(session, actor, row, invitation, is_on=True, reason="")
    tell(session, "rounds.opened", row, [organisation_id], now=actor.now)
    return made


def _let_read(session: Session, row: Round, organisation_id: UUID) -> None:
    """The round names one more: who leaves the circle later can still take its name off."""
    parts = audience.parts_of(session, row.audience_id)
    who = audience.intern(session, [*parts, organisation_id])
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for table in (Round, RoundTerms, Extension, RoundEnd):
            kept = cast(Table, table.__table__)
            key = kept.c.id if table is Round else kept.c.round_id
            session.execute(update(kept).where(key == row.id).values(audience_id=who))
    session.refresh(row)


def take_off(
    session: Session, actor: Actor, round_id: UUID, organisation_id: UUID, *, reason: str
) -> RosterChange:
    """Ask an organisation no longer, with a reason it can read, before it has answered.

    An answer that is kept from the lead stays what it is, and the lead reads the same either way:
    taking off must not be a way to ask. Raises: NotFound; Denied; Conflict when the round is over;
    Invalid for who is not asked, once the lead sees an answer, without a reason, and for the last
    one on the roster.
    """
    row, round_ = led(session, actor, round_id)
    must_be_open(round_)
    lines = {line.organisation_id: line for line in queries.roster(session, actor, round_id)}
    on = queries.invited(session, actor, round_id)
    invitation = queries.invitation(session, round_id, organisation_id)
    if organisation_id not in on or invitation is None:
        raise Invalid(Reason("rounds.not-asked", "organisation"))
    if lines[organisation_id].answer is not None:
        raise Invalid(Reason("rounds.has-answered", "organisation"))
    if len(on) == 1:
        raise Invalid(Reason("signoff.roster-empty", "organisation"))
    words = reason.strip()
    Invalid.unless_empty(rules.reason_faults(words))
    made = _change(session, actor, row, invitation, is_on=False, reason=words)
    tell(session, "rounds.taken-off", row, [organisation_id], now=actor.now)
    return made


def _change(
    session: Session, actor: Actor, row: Round, of: Invitation, *, is_on: bool, reason: str
) -> RosterChange:
    made = RosterChange(
        **acts.stamp(actor),
        round_id=row.id,
        invited_id=of.invited_id,
        is_on=is_on,
        reason=reason,
        audience_id=of.audience_id,
        own_audience_id=of.own_audience_id,
    )
    known = queries.roster_changes(session, row.id)
    before = acts.current(one for one in known if one.invited_id == of.invited_id)
    acts.append(session, made, after=before.id if before else None)
    event = rules.RosterChanged(round=str(row.id), organisation=str(of.invited_id), is_on=is_on)
    audit.record(session, actor, event, book=f"round:{row.id}", about=made.id)
    return made


def must_be_open(round_: RoundRow) -> None:
    """Raises Conflict for a round that is over."""
    if not round_.is_open:
        raise Conflict(Reason(f"signoff.round-{round_.state}"))


def led(session: Session, actor: Actor, round_id: UUID) -> tuple[Round, RoundRow]:
    """A round held for who leads it. Raises: NotFound, Denied."""
    row, round_ = queries.hold(session, actor, round_id), queries.round_of(session, actor, round_id)
    about = policy.About(organisation_id=row.organisation_id, workspace_id=row.workspace_id)
    policy.require(actor, "round:open", about)
    return row, round_
