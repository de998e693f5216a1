"""What a lead reads of its rounds, and everybody of how long one is open."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.accounts.schema import Person
from advocacy.calendars import queries as calendars
from advocacy.ground import acts
from advocacy.ground.reasons import Reason
from advocacy.objections import queries as objections
from advocacy.organisations import queries as organisations
from advocacy.organisations.schema import Organisation
from advocacy.positions.schema import Position, Stage, StageAct
from advocacy.rounds import rules
from advocacy.rounds.rows import ChangeRow, ExtensionRow
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RosterLine, RoundRow
from advocacy.signoff.rules import HOLDING, Blocks, Kind, State
from advocacy.signoff.schema import Extension, Invitation, RosterChange
from advocacy.tallies import queries as tallies


def around(
    session: Session, actor: Actor, position: Position, participants: frozenset[UUID]
) -> rules.Around:
    """What opening a round of this position is judged by."""
    space = position.workspace_id
    found = organisations.bodies(session, actor, workspace_id=space)
    return rules.Around(
        participants=participants,
        now=actor.now,
        calendar=calendars.calendar(session, actor, space),
        was_consulted=was_consulted(session, actor, position.id),
        bodies=frozenset(body.id for body in found),
    )


def was_consulted(session: Session, actor: Actor, position_id: UUID) -> bool:
    """Whether the circle was consulted on the text here, before it was frozen."""
    query = select(StageAct.id).where(
        StageAct.position_id == position_id, StageAct.stage == Stage.CONSULTATION
    )
    return session.scalars(query.limit(1)).first() is not None


def extensions(session: Session, actor: Actor, round_id: UUID) -> list[ExtensionRow]:
    """How a round was extended, the latest first: until when, by whom, why."""
    query = select(Extension, Person.name).outerjoin(Person, Person.id == Extension.person_id)
    rows = session.execute(query.where(Extension.round_id == round_id)).all()
    found = [
        ExtensionRow(e.id, e.closes_at, e.reason, name or "", e.recorded_at) for e, name in rows
    ]
    return sorted(found, key=lambda row: row.closes_at, reverse=True)


def changes(session: Session, actor: Actor, round_id: UUID) -> list[ChangeRow]:
    """How the frozen roster was changed, as far as this reader sees it, the latest first."""
    query = select(RosterChange, Organisation.name).join(
        Organisation, Organisation.id == RosterChange.invited_id
    )
    rows = session.execute(query.where(RosterChange.round_id == round_id)).all()
    found = [ChangeRow(c.invited_id, name, c.is_on, c.reason, c.recorded_at) for c, name in rows]
    return sorted(found, key=lambda row: row.at, reverse=True)


def invitation(session: Session, round_id: UUID, organisation_id: UUID) -> Invitation | None:
    """The invitation of an organisation, taken off or not."""
    query = select(Invitation).where(
        Invitation.round_id == round_id, Invitation.invited_id == organisation_id
    )
    return session.scalars(query).first()


def last_change(session: Session, round_id: UUID, organisation_id: UUID) -> UUID | None:
    """The roster change that a next one of this organisation follows."""
    query = select(RosterChange).where(
        RosterChange.round_id == round_id, RosterChange.invited_id == organisation_id
    )
    found = acts.current(session.scalars(query))
    return found.id if found else None


def missing(session: Session, actor: Actor, round_id: UUID) -> list[Reason]:
    """What still stands between the round and its release, for the lead; nothing for others."""
    round_ = signoff.round_of(session, actor, round_id)
    if actor.organisation_id != round_.lead_id:
        return []
    lines = signoff.roster(session, actor, round_id)
    asking = {row.organisation_id for row in objections.of_round(session, actor, round_)}
    found = [Reason("rounds.silence-broken")] if round_.state == State.BROKEN else []
    whole = round_.blocks == Blocks.WHOLE_TEXT
    codes = {
        Kind.CHANGE: "signoff.change-blocks" if whole else "signoff.change-asked",
        Kind.NOT_ASSOCIATED: "rounds.not-associated",
    }
    quiet_code = "rounds.silent-so-far" if round_.is_silence else "signoff.no-answer-shown"
    if lines and all(line.answer and line.answer.kind == Kind.RECUSE for line in lines):
        found.append(Reason("signoff.all-recused"))
    if round_.is_open:
        found += [
            Reason(quiet_code, str(line.organisation_id), {"name": line.name})
            for line in lines
            if line.answer is None
        ]
    found += [
        Reason(codes[Kind(line.answer.kind)], str(line.organisation_id), {"name": line.name})
        for line in lines
        if line.answer is not None
        and line.answer.kind in HOLDING
        and (line.organisation_id in asking or line.answer.kind != Kind.CHANGE)
    ]
    found += _unreached(session, actor, round_, lines)
    if round_.state == State.CLOSED and not tallies.is_carried(session, actor, round_):
        found.append(Reason(f"rounds.not-carried-{round_.mode}"))
    return found


def _unreached(
    session: Session, actor: Actor, round_: RoundRow, lines: list[RosterLine]
) -> list[Reason]:
    """Who was not reached so far, where silence counts: it is never taken for silence (I7)."""
    if not (round_.is_silence and round_.is_open):
        return []
    reached = tallies.deliveries(session, actor, round_.id)
    return [
        Reason("rounds.not-reached", str(line.organisation_id), {"name": line.name})
        for line in lines
        if line.answer is None
        and not (line.organisation_id in reached and reached[line.organisation_id].at)
    ]
