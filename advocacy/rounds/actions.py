"""Put a version to organisations, keep the round open longer, change whom it asks, end it."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.audit import actions as audit
from advocacy.calendars import queries as calendars
from advocacy.carries import actions as carries
from advocacy.ground import acts, clock
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.objections.schema import Talk, Wish
from advocacy.positions import actions as moves
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionRow
from advocacy.positions.schema import Position, Stage
from advocacy.rosters.actions import invite, led, must_be_open
from advocacy.rosters.rules import reason_faults
from advocacy.rounds import queries as own
from advocacy.rounds import rules
from advocacy.signoff import queries
from advocacy.signoff.actions import tell
from advocacy.signoff.rules import Blocks, Kind, State
from advocacy.signoff.schema import (
    Answer,
    Extension,
    Round,
    RoundEnd,
    RoundTerms,
)

_PLAIN = rules.Terms()


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
    answers: Collection[str] | None = None,
    blocks: str = Blocks.OWN_NAME,
    terms: rules.Terms = _PLAIN,
) -> Round:
    """Ask these organisations for their answer to a version, until a local time in a zone.

    answers: None = what is usual for the mode. Raises: NotFound; Denied; Conflict when a newer
    version was frozen meanwhile or another round was opened; Invalid for a deadline, roster, set
    of answers or terms that cannot be.
    """
    position = positions.position(session, actor, position_id)
    parties = positions.participants(session, actor, position)
    policy.require(actor, "round:open", positions.about(position, parties))
    version = positions.latest(session, actor, position_id)
    if version is None or version.id != version_id:
        raise Conflict(Reason("signoff.version-moved"))
    earlier = queries.rounds(session, actor, position_id)
    standing = [(r.is_open, r.version_id) for r in earlier if r.state != State.ABANDONED]
    allowed = rules.usual_answers(terms.mode, has_body=terms.body_id is not None)
    asked = rules.Asked(
        frozenset(allowed if answers is None else answers),
        blocks,
        frozenset(roster),
        clock.instant(closes_on, closes_time, zone),
        terms,
    )
    around = own.around(session, actor, position, frozenset(parties))
    Invalid.unless_empty(
        rules.once_faults(standing, version_id) + rules.round_faults(asked, around)
    )
    row = _put(session, actor, position, version, asked, zone)
    moves.move(session, actor, position_id, to=Stage.SIGNOFF)
    _record_opening(session, actor, row, terms.mode)
    _ask(session, actor, row, frozenset(roster))
    return row


def _ask(session: Session, actor: Actor, row: Round, roster: frozenset[UUID]) -> None:
    """Tell all but those whose answer to exactly this text still stands."""
    stands = carries.carry_same(session, actor, row, roster)
    tell(session, "rounds.opened", row, roster - stands, now=actor.now)


def _record_opening(session: Session, actor: Actor, row: Round, mode: str) -> None:
    event = rules.RoundOpened(
        round=str(row.id),
        version=str(row.version_id),
        content_hash=row.content_hash,
        closes_at=row.closes_at.isoformat(),
        blocks=row.blocks,
        mode=mode,
    )
    audit.record(session, actor, event, book=f"position:{row.position_id}", about=row.position_id)


def _put(
    session: Session,
    actor: Actor,
    position: Position,
    version: VersionRow,
    asked: rules.Asked,
    zone: str,
) -> Round:
    """Write the round, after those before it, its terms and its roster."""
    round_id, answered = new_id(), None
    # Named one by one beside the circle, and not met with the text's readers: who leaves the circle
    # can still take its name off. The roster is of the circle, so nobody else reads it today.
    readers = {position.organisation_id, position.participants_id, *asked.roster}
    if asked.terms.is_hidden:
        answered = audience.make_group(session, GroupKind.PARTICIPANTS, about=round_id).id
        readers.add(answered)
    who = audience.intern(session, readers)
    row = Round(
        **acts.stamp(actor),
        id=round_id,
        position_id=position.id,
        version_id=version.id,
        workspace_id=position.workspace_id,
        content_hash=version.content_hash,
        blocks=asked.blocks,
        answers=[kind.value for kind in Kind if kind in asked.answers],
        closes_at=asked.closes_at,
        zone=zone,
        participants_id=position.participants_id,
        audience_id=who,
        own_audience_id=who,
    )
    acts.append(session, row, after=queries.last_round(session, actor, position.id))
    session.add(_terms(row, asked.terms, answered))
    for organisation in sorted(asked.roster):
        invite(session, actor, row, organisation)
    session.flush()
    return row


def _terms(row: Round, terms: rules.Terms, answered: UUID | None) -> RoundTerms:
    return RoundTerms(
        organisation_id=row.organisation_id,
        audience_id=row.audience_id,
        own_audience_id=row.own_audience_id,
        round_id=row.id,
        mode=terms.mode,
        logos=terms.logos,
        answered_id=answered,
        late_until=terms.late_until,
        body_id=terms.body_id,
        consulted=terms.consulted.strip(),
        short_reason=terms.short_reason.strip(),
    )


# --- while it is open ----------------------------------------------------------------------------


def extend(
    session: Session,
    actor: Actor,
    round_id: UUID,
    *,
    closes_on: date,
    closes_time: time,
    reason: str,
    after: UUID | None,
) -> Extension:
    """Keep a round open longer, in the zone of its deadline, and tell everybody on the roster.

    after: the extension the page was based on. Raises: NotFound; Denied; Conflict when the round
    is over or another extension came meanwhile; Invalid beyond the limits in `rules`, or without a
    reason.
    """
    row, round_ = led(session, actor, round_id)
    must_be_open(round_)
    before = own.extensions(session, actor, round_id)
    if (before[0].id if before else None) != after:
        raise Conflict(Reason("acts.stale"), current=round_)
    later = clock.instant(closes_on, closes_time, row.zone)
    of = rules.Deadlines(row.closes_at, round_.closes_at, later)
    calendar = calendars.calendar(session, actor, row.workspace_id)
    words = reason.strip()
    Invalid.unless_empty(
        rules.extension_faults(of, before=len(before), calendar=calendar) + reason_faults(words)
    )
    made = Extension(
        **acts.stamp(actor),
        round_id=round_id,
        closes_at=later,
        reason=words,
        audience_id=row.audience_id,
        own_audience_id=row.own_audience_id,
    )
    acts.append(session, made, after=after)
    _wait_longer(session, round_id, round_.closes_at, made.closes_at)
    event = rules.Extended(round=str(round_id), closes_at=made.closes_at.isoformat())
    audit.record(session, actor, event, book=f"position:{row.position_id}", about=row.position_id)
    on = queries.invited(session, actor, round_id)
    tell(session, "rounds.extended", row, on, now=actor.now)
    return made


def _wait_longer(session: Session, round_id: UUID, before: datetime, now: datetime) -> None:
    """What opens to others at the close opens at the new one: or an extension would tell."""
    answers = cast(Table, Answer.__table__)
    ids = select(answers.c.id).where(answers.c.round_id == round_id)
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        _move(session, answers, answers.c.round_id == round_id, before, now)
        for hanging in (Wish, Talk):
            table = cast(Table, hanging.__table__)
            _move(session, table, table.c.answer_id.in_(ids), before, now)


def _move(session: Session, table: Table, which: Any, before: datetime, now: datetime) -> None:
    """Whose readers come at one instant come at another."""
    for old in session.scalars(select(table.c.audience_id).where(which).distinct()).all():
        parts = audience.parts_of(session, old)
        if all(opens != before for _group, opens in parts):
            continue
        moved = {(group, now if opens == before else opens) for group, opens in parts}
        new = audience.intern(session, moved)
        these = update(table).where(which, table.c.audience_id == old)
        session.execute(these.values(audience_id=new))


# --- its end -------------------------------------------------------------------------------------


def abandon(session: Session, actor: Actor, round_id: UUID, *, reason: str) -> RoundEnd:
    """Give a round up, with a reason its readers can read; the text can be changed again.

    Answers stay with the version they were given for; a round that is over can be given up until
    its text is out. Raises: NotFound; Denied; Invalid without a reason; Conflict when it was given
    up already, or the text is out.
    """
    row, round_ = led(session, actor, round_id)
    if round_.state == State.ABANDONED:
        raise Conflict(Reason("signoff.round-abandoned"))
    words = reason.strip()
    Invalid.unless_empty(reason_faults(words))
    made = _end(session, actor, row, State.ABANDONED, words)
    moves.move(session, actor, row.position_id, to=Stage.FROZEN)
    return made


def close(session: Session, actor: Actor, round_id: UUID) -> RoundEnd:
    """Close a round early, once the lead can see an answer from everybody it invited.

    An answer that is kept from the lead counts as not there: closing must not be a way to ask.
    Raises: NotFound; Denied; Invalid while somebody may still answer; Conflict when the round is
    over.
    """
    row, round_ = led(session, actor, round_id)
    must_be_open(round_)
    if any(line.answer is None for line in queries.roster(session, actor, round_id)):
        raise Invalid(Reason("signoff.close-too-early"))
    return _end(session, actor, row, State.CLOSED, "")


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
