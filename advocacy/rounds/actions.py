"""Put a version to organisations, and end a round."""

from collections.abc import Collection
from datetime import date, time
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.ground import acts, clock
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.positions import actions as moves
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionRow
from advocacy.positions.schema import Position, Stage
from advocacy.rounds import rules
from advocacy.signoff import queries
from advocacy.signoff.actions import tell
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.rules import Blocks, Kind, State
from advocacy.signoff.schema import Invitation, Round, RoundEnd


def open_round(
    session: Session,
    actor: Actor,
    position_id: UUID,
    *,
    version_id: UUID,
    roster: Collection[UUID],
    closes_on: date,
    closes_time: time,
    zone: str,
    answers: Collection[str] = tuple(Kind),
    blocks: str = Blocks.OWN_NAME,
) -> Round:
    """Ask these organisations for their answer to a version, until a local time in a zone.

    Raises: Conflict when a newer version was frozen meanwhile or another round was opened;
    Invalid for a deadline, roster or set of answers that cannot be.
    """
    position = positions.position(session, actor, position_id)
    parties = positions.participants(session, actor, position)
    policy.require(actor, "round:open", positions.about(position, parties))
    version = positions.latest(session, actor, position_id)
    if version is None or version.id != version_id:
        raise Conflict(Reason("signoff.version-moved"))
    earlier = queries.rounds(session, actor, position_id)
    standing = [(r.is_open, r.version_id) for r in earlier if r.state != State.ABANDONED]
    asked = rules.Asked(
        frozenset(answers), blocks, frozenset(roster), clock.instant(closes_on, closes_time, zone)
    )
    Invalid.unless_empty(
        rules.once_faults(standing, version_id)
        + rules.round_faults(asked, participants=parties, now=actor.now)
    )
    row = _put(session, actor, position, version, asked, zone)
    moves.move(session, actor, position_id, to=Stage.SIGNOFF)
    event = rules.RoundOpened(
        round=str(row.id),
        version=str(version_id),
        content_hash=version.content_hash,
        closes_at=row.closes_at.isoformat(),
        blocks=blocks,
    )
    audit.record(session, actor, event, book=f"position:{position_id}", about=position_id)
    tell(session, "rounds.opened", row, roster, now=actor.now)
    return row


def _put(
    session: Session,
    actor: Actor,
    position: Position,
    version: VersionRow,
    asked: rules.Asked,
    zone: str,
) -> Round:
    """Write the round, after those before it, and its roster."""
    # Named one by one beside the circle, and not met with the text's readers: who leaves the circle
    # can still take its name off. The roster is of the circle, so nobody else reads it today.
    own = audience.intern(
        session, {position.organisation_id, position.participants_id, *asked.roster}
    )
    row = Round(
        **acts.stamp(actor),
        position_id=position.id,
        version_id=version.id,
        workspace_id=position.workspace_id,
        content_hash=version.content_hash,
        blocks=asked.blocks,
        answers=[kind.value for kind in Kind if kind in asked.answers],
        closes_at=asked.closes_at,
        zone=zone,
        participants_id=position.participants_id,
        audience_id=own,
        own_audience_id=own,
    )
    acts.append(session, row, after=queries.last_round(session, actor, position.id))
    _invite(session, actor, row, asked.roster)
    return row


def _invite(session: Session, actor: Actor, row: Round, roster: Collection[UUID]) -> None:
    for organisation in sorted(set(roster)):
        own = audience.intern(session, {row.organisation_id, organisation})
        session.add(
            Invitation(
                round_id=row.id,
                invited_id=organisation,
                organisation_id=row.organisation_id,
                audience_id=audience.meet(session, row.audience_id, own, now=actor.now),
                own_audience_id=own,
            )
        )
    session.flush()


def abandon(session: Session, actor: Actor, round_id: UUID, *, reason: str) -> RoundEnd:
    """Give a round up, with a reason its readers can read; the text can be changed again.

    Answers stay with the version they were given for. Raises: Conflict when it ended already.
    """
    row, round_ = _to_end(session, actor, round_id)
    if round_.state == State.ABANDONED:
        raise Conflict(Reason("signoff.round-abandoned"))
    words = reason.strip()
    Invalid.unless_empty(rules.end_faults(words))
    made = _end(session, actor, row, State.ABANDONED, words)
    moves.move(session, actor, row.position_id, to=Stage.FROZEN)
    return made


def close(session: Session, actor: Actor, round_id: UUID) -> RoundEnd:
    """Close a round early, once the lead can see an answer from everybody it invited.

    An answer that is kept from the lead counts as not there: closing must not be a way to ask.
    Raises: Invalid while somebody may still answer; Conflict when the round is over.
    """
    row, round_ = _to_end(session, actor, round_id)
    if not round_.is_open:
        raise Conflict(Reason(f"signoff.round-{round_.state}"))
    if any(line.answer is None for line in queries.roster(session, actor, round_id)):
        raise Invalid(Reason("signoff.close-too-early"))
    return _end(session, actor, row, State.CLOSED, "")


def _to_end(session: Session, actor: Actor, round_id: UUID) -> tuple[Round, RoundRow]:
    row, round_ = queries.hold(session, actor, round_id), queries.round_of(session, actor, round_id)
    about = policy.About(organisation_id=row.organisation_id, workspace_id=row.workspace_id)
    policy.require(actor, "round:open", about)
    return row, round_


def _end(session: Session, actor: Actor, row: Round, kind: str, reason: str) -> RoundEnd:
    made = RoundEnd(
        **acts.stamp(actor),
        round_id=row.id,
        kind=kind,
        reason=reason,
        audience_id=row.audience_id,
        own_audience_id=row.own_audience_id,
    )
    acts.append(session, made, after=queries.end_of(session, actor, row.id))
    event = rules.RoundEnded(round=str(row.id), kind=kind)
    audit.record(session, actor, event, book=f"position:{row.position_id}", about=row.position_id)
    return made
