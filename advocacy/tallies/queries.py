"""Where a round stands, as far as its reader may know it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.calendars import queries as calendars
from advocacy.ground import clock
from advocacy.ground.base import Instant
from advocacy.ground.reasons import Reason
from advocacy.objections import queries as objections
from advocacy.objections.rows import Held
from advocacy.objections.rules import still_reads_so
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
from advocacy.positions.rows import VersionRow
from advocacy.positions.schema import Position
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow, lines_of, still_on
from advocacy.signoff.rules import VOID, Mode, Outside, State
from advocacy.signoff.schema import Answer, Invitation, RosterChange, Round, RoundEnd, RoundTerms
from advocacy.tallies import rules
from advocacy.tallies.rows import PanelRow
from advocacy.tallies.rules import Silent, Span, Totals
from advocacy.tallies.schema import Delivery

_invitation, _change = Invitation.__table__, RosterChange.__table__
_round, _terms, _end = Round.__table__, RoundTerms.__table__, RoundEnd.__table__
_answer, _next, _position = Answer.__table__, Answer.__table__.alias(), Position.__table__
_delivery = Delivery.__table__
_ASKED = Reason("signoff.answer-asked")


def totals(
    session: Session, actor: Actor, round_: RoundRow, visible: Iterable[UUID] | None = None
) -> Totals | None:
    """Totals of a round that give nobody away to this reader, or None.

    visible: the organisations whose answer this reader sees, where they are at hand.
    """
    if _waits(session, actor, round_):
        return None
    seen = set(signoff.answers_seen(session, actor, round_.id) if visible is None else visible)
    every, number, smallest = _counted(session, actor, round_)
    kinds = {organisation: kind for organisation, (kind, _outside) in every.items()}
    return rules.totals(kinds, invited=number, visible=seen, smallest=smallest)


def _waits(session: Session, actor: Actor, round_: RoundRow) -> bool:
    """True where the answers of others, and so their number, wait for one's own."""
    if not (round_.answered_id and round_.is_open) or actor.organisation_id == round_.lead_id:
        return False
    return signoff.my_answer(session, actor, round_.id) is None


def guess(session: Session, actor: Actor, round_: RoundRow) -> Reason:
    """The honest line before the choice: can readers guess who is not named? (practice A10)"""
    visible = set(signoff.answers_seen(session, actor, round_.id))
    every, number, smallest = _counted(session, actor, round_)
    named = {o for o, (_kind, outside) in every.items() if outside == Outside.NAMED}
    return rules.guess(len(named), number, hidden_named=len(named - visible), smallest=smallest)


def _counted(
    session: Session, actor: Actor, round_: RoundRow
) -> tuple[dict[UUID, tuple[str, str]], int, int]:
    """Every answer, how many are invited, the smallest cell: for safe totals alone."""
    workspace = organisations.workspace_by_id(session, actor, round_.workspace_id)
    with guard.system(session, guard.System.COUNT_TOTALS):
        every = signoff.all_kinds(session, round_.id)
        on = signoff.asked(session, round_.id)
    # Who was taken off counts nowhere, answered or not: or taking off would be a way to ask.
    mine = {organisation: said for organisation, said in every.items() if organisation in on}
    return mine, len(on), workspace.smallest_cell


def panel(session: Session, actor: Actor, position_id: UUID) -> PanelRow | None:
    """Where the current round of a position stands, as this reader may know it; None without."""
    round_ = signoff.current_round(session, actor, position_id)
    if round_ is None:
        return None
    answers, roll = (ask(session, actor, round_.id) for ask in (signoff.answers_seen, signoff.roll))
    lines = lines_of(actor, answers, roll)
    return PanelRow(
        round=round_,
        closes_local=round_.closes_at.astimezone(clock.zone(round_.zone)),
        us=actor.organisation_name,
        is_lead=actor.organisation_id == round_.lead_id,
        invited=actor.organisation_id in roll,
        mine=next((line.answer for line in lines if line.us), None),
        lines=tuple(line for line in lines if line.answer or not line.us),
        totals=totals(session, actor, round_, answers),
    )


_DELIVERIES = select(
    *(_delivery.c[n] for n in ("id", "previous_id", "invited_id", "to_id", "state", "recorded_at"))
).where(_delivery.c.round_id == bindparam("round"), guard.readers(_delivery.c.audience_id))


def deliveries(session: Session, actor: Actor, round_id: UUID) -> dict[UUID, rules.Reached]:
    """Of each organisation whose deliveries this reader sees: whether the ask reached it.

    An organisation that nothing was written down of is not among them: it was not reached so far.
    """
    rows = guard.ask(session, actor, _DELIVERIES, round=round_id)
    followed = {row.previous_id for row in rows}
    mails: dict[UUID, list[tuple[str, datetime]]] = {}
    for row in rows:
        if row.id not in followed:
            mails.setdefault(row.invited_id, []).append((row.state, row.recorded_at))
    return {organisation: rules.reached(of) for organisation, of in mails.items()}


def silences(session: Session, actor: Actor, round_: RoundRow) -> dict[UUID, Silent]:
    """What it means of each organisation on the roster that it said nothing; empty until the close.

    Worked out from time and rows as they stood at the close, for the lead or of oneself (I20).
    """
    if round_.state != State.CLOSED:
        return {}
    said = signoff.answers_seen(session, actor, round_.id)
    asked = _asked_at(session, actor, round_)
    quiet = [organisation for organisation in asked if organisation not in said]
    reached = deliveries(session, actor, round_.id) if quiet and round_.is_silence else {}
    ended = round_.ended_at or round_.closes_at
    calendar = calendars.calendar(session, actor, round_.workspace_id, as_of=ended)
    return {
        organisation: rules.silent(
            round_.mode,
            reached.get(organisation),
            Span(round_.opened_at, asked[organisation], ended),
            calendar,
        )
        for organisation in quiet
    }


_ASKED_AT = (
    select(*signoff.ON, _change.c.recorded_at)
    .select_from(
        _invitation.outerjoin(_change, signoff.ITS_CHANGES & guard.readers(_change.c.audience_id))
    )
    .where(_invitation.c.round_id == bindparam("round"), guard.readers(_invitation.c.audience_id))
)


def _asked_at(session: Session, actor: Actor, round_: RoundRow) -> dict[UUID, datetime]:
    """Since when each organisation of the roster is asked."""
    rows = guard.ask(session, actor, _ASKED_AT, round=round_.id)
    return {row.invited_id: row.recorded_at or round_.opened_at for row in still_on(rows)}


def is_carried(session: Session, actor: Actor, round_: RoundRow) -> bool:
    """True when the answers, or silence where it counts, let the text go out. For the gate."""
    quiet = silences(session, actor, round_) if round_.is_silence else {}
    given = signoff.kinds_given(session, round_)
    return rules.carries(round_.mode, given, has_tacit=Silent.TACIT in quiet.values())


def is_blocked(session: Session, actor: Actor, version: VersionRow) -> bool:
    """True when a change, or a body's name that may not be used, holds back the whole text.

    It stands over every later version too, until its owner clears it or gives another answer, or
    the wording it named is gone and its owner was asked again on this version. For the gate.
    """
    rounds = signoff.rounds(session, actor, version.position_id)
    asks = [r for r in rounds if r.content_hash == version.content_hash and r.state == State.CLOSED]
    for held in objections.holding(session, actor, rounds):
        was = (held.clauses, held.content_hash)
        if still_reads_so(*was, version.content_hash, version.clauses):
            return True
        if not any(_was_asked(session, actor, ask, held) for ask in asks):
            return True
    return False


def _was_asked(session: Session, actor: Actor, round_: RoundRow, held: Held) -> bool:
    """Whether a round asked who held a text back until its close, and would have let it say so
    again; where silence counts, it had to reach it."""
    with guard.system(session, guard.System.RELEASE):
        is_on = held.organisation_id in signoff.asked(session, round_.id)
    if not is_on or held.kind not in signoff.could_say(session, round_.id):
        return False
    quiet = silences(session, actor, round_) if round_.is_silence else {}
    return quiet.get(held.organisation_id, Silent.TACIT) == Silent.TACIT


def head(session: Session, round_id: UUID, invited_id: UUID, to_id: UUID) -> Any:
    """The last delivery to one person. For the worker, under `guard.system`."""
    return session.execute(_HEADS, {"round": round_id, "who": invited_id, "to": to_id}).first()


_later = Delivery.__table__.alias()
_HEADS = select(_delivery.c.id, _delivery.c.state).where(
    _delivery.c.round_id == bindparam("round"),
    _delivery.c.invited_id == bindparam("who"),
    _delivery.c.to_id == bindparam("to"),
    ~select(_later.c.id).where(_later.c.previous_id == _delivery.c.id).exists(),
)


def _waiting() -> Select[Any]:
    us = bindparam(guard.READER, type_=_invitation.c.invited_id.type)
    follows = and_(_next.c.previous_id == _answer.c.id, guard.readers(_next.c.audience_id))
    ours = and_(
        _answer.c.round_id == _round.c.id,
        _answer.c.organisation_id == us,
        # One that was taken out is none: the organisation is asked as if it had not spoken.
        _answer.c.kind != VOID,
        ~select(_next.c.id).where(follows).exists(),
        guard.readers(_answer.c.audience_id),
    )
    is_over = and_(_end.c.round_id == _round.c.id, guard.readers(_end.c.audience_id))
    tables = (
        _round.join(_invitation, _invitation.c.round_id == _round.c.id)
        .outerjoin(_terms, signoff.ITS_TERMS)
        .outerjoin(_change, and_(signoff.ITS_CHANGES, guard.readers(_change.c.audience_id)))
        .join(_position, _position.c.id == _round.c.position_id)
        .outerjoin(_end, is_over)
        .outerjoin(_answer, ours)
    )
    return (
        select(
            _round.c.id.label("round_id"),
            signoff.open_until().label("open_until"),
            _position.c.title,
            _position.c.workspace_id,
            _terms.c.mode,
            *signoff.ON,
        )
        .select_from(tables)
        .where(
            _invitation.c.invited_id == us,
            signoff.open_until() > bindparam(guard.AT, type_=Instant()),
            _end.c.id.is_(None),
            _answer.c.id.is_(None),
            guard.readers(_round.c.audience_id),
            guard.readers(_invitation.c.audience_id),
            guard.readers(_position.c.audience_id),
        )
        .order_by(signoff.open_until())
    )


_WAITING = _waiting()


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Open rounds that wait for an answer of the actor's organisation."""
    us = actor.organisation_id
    if us is None:
        return []
    rows = still_on(guard.ask(session, actor, _WAITING))
    silent = [row.round_id for row in rows if row.mode == Mode.SILENCE]
    broken = signoff.broken(session, silent) if silent else frozenset()
    return [
        Task(
            "answer", _ASKED, r.title, "answers.read", {"round_id": r.round_id}, us,
            due_at=r.open_until, workspace_id=r.workspace_id,
        )
        for r in rows
        if r.round_id not in broken
    ]  # fmt: skip
