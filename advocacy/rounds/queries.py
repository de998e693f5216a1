"""What a lead reads of its rounds, and everybody of how long one is open."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.audit.queries import trail
from advocacy.calendars import queries as calendars
from advocacy.ground.reasons import Reason
from advocacy.objections import queries as objections
from advocacy.organisations import queries as organisations
from advocacy.positions.schema import Position, Stage
from advocacy.rounds import rules
from advocacy.rounds.rows import ExtensionRow
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RosterLine, RoundRow
from advocacy.signoff.rules import HOLDING, Blocks, Kind, State
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
        was_consulted=was_consulted(session, actor, position),
        bodies=frozenset(body.id for body in found),
    )


def was_consulted(session: Session, actor: Actor, position: Position) -> bool:
    """Whether the circle was consulted on the text here, before it was frozen."""
    stages = (entry.detail.get("stage") for entry in trail(session, actor, position))
    return Stage.CONSULTATION in stages


def extensions(session: Session, actor: Actor, round_id: UUID) -> list[ExtensionRow]:
    """How a round was extended, the latest first: until when, by whom, why."""
    rows = signoff.extensions(session, round_id)
    found = [
        ExtensionRow(e.id, e.closes_at, e.reason, name or "", e.recorded_at) for e, name in rows
    ]
    return sorted(found, key=lambda row: row.closes_at, reverse=True)


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
        and line.organisation_id in asking
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
