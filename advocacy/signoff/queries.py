"""Read rounds, rosters and answers: always through the reader's own audience.

Two reads go past it, each for its listed reason: safe totals, and what may be shown outside.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.ground import acts, clock
from advocacy.ground.base import Instant
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
from advocacy.organisations.schema import Organisation
from advocacy.positions.schema import Position
from advocacy.signoff import rules
from advocacy.signoff.rows import (
    AnswerRow,
    PanelRow,
    RosterLine,
    RoundRow,
    Shown,
    answer_row,
    round_row,
)
from advocacy.signoff.rules import Totals
from advocacy.signoff.schema import Answer, Invitation, Round, RoundEnd

_round, _end = Round.__table__, RoundEnd.__table__
_invitation, _answer = Invitation.__table__, Answer.__table__
_position, _named = Position.__table__, Organisation.__table__
_ASKED = Reason("signoff.answer-asked")


def _rounds(which: Any) -> Select[Any]:
    its_ends = and_(_end.c.round_id == _round.c.id, guard.readers(_end.c.audience_id))
    words = ("id", "previous_id", "kind", "reason", "recorded_at")
    return (
        select(_round, *(_end.c[name].label(f"end_{name}") for name in words))
        .select_from(_round.outerjoin(_end, its_ends))
        .where(which, guard.readers(_round.c.audience_id))
        .order_by(_round.c.recorded_at.desc(), _round.c.id)
    )


_ROUND = _rounds(_round.c.id == bindparam("round"))
_ROUNDS = _rounds(_round.c.position_id == bindparam("position"))


def _round_rows(rows: Iterable[Any], now: datetime) -> list[RoundRow]:
    """One line a round, with the last act that ended it if any did."""
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.id, []).append(row)
    return [round_row(its[0], _last_end(its), now) for its in found.values()]


def _last_end(rows: list[Any]) -> Any:
    followed = {row.end_previous_id for row in rows}
    return next((row for row in rows if row.end_id and row.end_id not in followed), None)


def round_of(session: Session, actor: Actor, round_id: UUID) -> RoundRow:
    """One round. Raises NotFound for those outside the position."""
    found = _round_rows(guard.ask(session, actor, _ROUND, round=round_id), actor.now)
    if not found:
        raise NotFound
    return found[0]


def end_of(session: Session, actor: Actor, round_id: UUID) -> UUID | None:
    """The last act that ended a round before its time."""
    found = acts.current(session.scalars(select(RoundEnd).where(RoundEnd.round_id == round_id)))
    return found.id if found else None


def rounds(session: Session, actor: Actor, position_id: UUID) -> list[RoundRow]:
    """The rounds of a position, newest first."""
    return _round_rows(guard.ask(session, actor, _ROUNDS, position=position_id), actor.now)


def last_round(session: Session, actor: Actor, position_id: UUID) -> UUID | None:
    """The round that a next one of this position follows."""
    found = acts.current(session.scalars(select(Round).where(Round.position_id == position_id)))
    return found.id if found else None


def current_round(session: Session, actor: Actor, position_id: UUID) -> RoundRow | None:
    """The newest round of a position that was not abandoned, open or closed."""
    found = rounds(session, actor, position_id)
    return next((r for r in found if r.state != rules.State.ABANDONED), None)


def _last(rows: Iterable[Any]) -> Any:
    """The last act of a chain, of rows of columns."""
    return acts.current(rows)


def heads(rows: Iterable[Any]) -> dict[UUID, Any]:
    """The current answer of each organisation among the rows of one round."""
    listed = list(rows)
    followed = {row.previous_id for row in listed}
    return {row.organisation_id: row for row in listed if row.id not in followed}


_ANSWERS = (
    select(_answer, _named.c.name)
    .select_from(_answer.join(_named, _named.c.id == _answer.c.organisation_id))
    .where(_answer.c.round_id == bindparam("round"), guard.readers(_answer.c.audience_id))
)


def _answers(session: Session, actor: Actor, round_id: UUID) -> dict[UUID, Any]:
    return heads(guard.ask(session, actor, _ANSWERS, round=round_id))


def my_answer(session: Session, actor: Actor, round_id: UUID) -> AnswerRow | None:
    """The current answer of the actor's own organisation."""
    row = _last(guard.ask(session, actor, _MINE, round=round_id))
    return answer_row(row) if row else None


_us = bindparam(guard.READER, type_=_answer.c.organisation_id.type)
_MINE = select(_answer).where(
    _answer.c.round_id == bindparam("round"),
    _answer.c.organisation_id == _us,
    guard.readers(_answer.c.audience_id),
)


def must_answer(session: Session, actor: Actor, round_id: UUID) -> AnswerRow:
    """The current answer of the actor's own organisation. Raises NotFound when there is none."""
    mine = my_answer(session, actor, round_id)
    if mine is None:
        raise NotFound
    return mine


def receipt(session: Session, actor: Actor, answer_id: UUID) -> AnswerRow:
    """One act of one's own organisation. Raises NotFound for everybody else, the lead too."""
    row = one(session, actor, answer_id)
    if row.organisation_id != actor.organisation_id:
        raise NotFound
    return row


def _one(session: Session, actor: Actor, answer_id: UUID) -> Answer:
    # Said besides by the guard: a mail is written for a reader whose session this is not.
    seen = guard.sentence(Answer.audience_id, actor)
    row = session.scalars(select(Answer).where(Answer.id == answer_id, seen)).first()
    if row is None:
        raise NotFound
    return row


def one(session: Session, actor: Actor, answer_id: UUID) -> AnswerRow:
    """One act of answering, for those in its audience. Raises NotFound."""
    return answer_row(_one(session, actor, answer_id))


def audiences(session: Session, actor: Actor, answer_id: UUID) -> tuple[UUID, UUID]:
    """Who reads an answer, and who was meant to: for what hangs on it. Raises NotFound."""
    row = _one(session, actor, answer_id)
    return row.audience_id, row.own_audience_id


def acts_of(session: Session, actor: Actor, round_id: UUID) -> dict[UUID, list[AnswerRow]]:
    """Every act of answering of a round that this reader sees: by organisation, oldest first."""
    rows = session.scalars(
        select(Answer)
        .where(Answer.round_id == round_id, guard.sentence(Answer.audience_id, actor))
        .order_by(Answer.recorded_at, Answer.id)
    )
    found: dict[UUID, list[AnswerRow]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, []).append(answer_row(row))
    return found


_BEFORE = (
    select(_answer)
    .select_from(_answer.join(_round, _round.c.id == _answer.c.round_id))
    .where(
        _round.c.position_id == bindparam("position"),
        _round.c.id != bindparam("round"),
        _round.c.recorded_at < bindparam("opened"),
        _answer.c.organisation_id == _us,
        guard.readers(_answer.c.audience_id),
        guard.readers(_round.c.audience_id),
    )
    .order_by(_round.c.recorded_at.desc(), _answer.c.recorded_at.desc())
)


def answer_before(session: Session, actor: Actor, round_: RoundRow) -> AnswerRow | None:
    """What the actor's organisation last answered in an earlier round of the same position."""
    values = {"round": round_.id, "position": round_.position_id, "opened": round_.opened_at}
    rows = guard.ask(session, actor, _BEFORE, **values).all()
    last = _last(row for row in rows if row.round_id == rows[0].round_id)
    return answer_row(last) if last else None


def invited(session: Session, actor: Actor, round_id: UUID) -> frozenset[UUID]:
    """Who is on the roster, as far as this reader sees it: the lead all, others themselves."""
    return frozenset(_roll(session, actor, round_id))


_ROLL = (
    select(_invitation.c.invited_id, _named.c.name)
    .select_from(_invitation.join(_named, _named.c.id == _invitation.c.invited_id))
    .where(_invitation.c.round_id == bindparam("round"), guard.readers(_invitation.c.audience_id))
)


def _roll(session: Session, actor: Actor, round_id: UUID) -> dict[UUID, str]:
    """Those of `invited`, with their names."""
    rows = guard.ask(session, actor, _ROLL, round=round_id)
    return {row.invited_id: row.name for row in rows}


def is_invited(session: Session, actor: Actor, round_id: UUID) -> bool:
    """True when an answer is asked of the actor's organisation."""
    return actor.organisation_id in invited(session, actor, round_id)


def roster(session: Session, actor: Actor, round_id: UUID) -> list[RosterLine]:
    """Organisations and their answers as far as the inside dials let this reader see.

    The lead's list holds everybody invited, with no difference between one that has not answered
    and one that keeps its answer to itself.
    """
    answers = _answers(session, actor, round_id)
    return _lines(actor, answers, _roll(session, actor, round_id))


def _lines(actor: Actor, answers: dict[UUID, Any], asked: dict[UUID, str]) -> list[RosterLine]:
    names = {**asked, **{organisation: row.name for organisation, row in answers.items()}}
    lines = [
        RosterLine(
            organisation_id=organisation,
            name=name,
            us=organisation == actor.organisation_id,
            answer=answer_row(answers[organisation]) if organisation in answers else None,
        )
        for organisation, name in names.items()
    ]
    return sorted(lines, key=lambda line: (not line.us, line.name.casefold()))


def totals(
    session: Session, actor: Actor, round_: RoundRow, visible: Iterable[UUID] | None = None
) -> Totals | None:
    """Totals of a round that give nobody away to this reader, or None.

    visible: the organisations whose answer this reader sees, where they are at hand.
    """
    seen = set(_answers(session, actor, round_.id) if visible is None else visible)
    every, number, smallest = _counted(session, actor, round_)
    kinds = {organisation: kind for organisation, (kind, _outside) in every.items()}
    return rules.totals(kinds, invited=number, visible=seen, smallest=smallest)


def guess(session: Session, actor: Actor, round_: RoundRow) -> Reason:
    """The honest line before the choice: can readers guess who is not named? (practice A10)"""
    visible = set(_answers(session, actor, round_.id))
    every, number, smallest = _counted(session, actor, round_)
    named = {o for o, (_kind, outside) in every.items() if outside == rules.Outside.NAMED}
    return rules.guess(len(named), number, hidden_named=len(named - visible), smallest=smallest)


def _counted(
    session: Session, actor: Actor, round_: RoundRow
) -> tuple[dict[UUID, tuple[str, str]], int, int]:
    """Every answer, how many are invited, the smallest cell: for safe totals alone."""
    workspace = organisations.workspace_by_id(session, actor, round_.workspace_id)
    with guard.system(session, guard.System.COUNT_TOTALS):
        every = _all_kinds(session, round_.id)
        number = session.connection().execute(_ASKED_OF, {"round": round_.id}).scalar_one()
    return every, number, workspace.smallest_cell


_ASKED_OF = select(func.count()).where(_invitation.c.round_id == bindparam("round"))
_KINDS = select(
    *(_answer.c[name] for name in ("id", "organisation_id", "previous_id", "kind", "outside"))
).where(_answer.c.round_id == bindparam("round"))


def _all_kinds(session: Session, round_id: UUID) -> dict[UUID, tuple[str, str]]:
    """Answer and outside dial of every organisation: under `guard.system` only."""
    rows = session.connection().execute(_KINDS, {"round": round_id})
    return {organisation: (row.kind, row.outside) for organisation, row in heads(rows).items()}


def panel(session: Session, actor: Actor, position_id: UUID) -> PanelRow | None:
    """Where the current round of a position stands, as this reader may know it; None without."""
    round_ = current_round(session, actor, position_id)
    if round_ is None:
        return None
    answers, roll = (ask(session, actor, round_.id) for ask in (_answers, _roll))
    lines = _lines(actor, answers, roll)
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


def someone_endorses(session: Session, actor: Actor, round_: RoundRow) -> bool:
    """True when any organisation endorses, however it is shown. For the release gate."""
    return bool(_kinds_given(session, round_) & rules.ENDORSING)


def asking(session: Session, actor: Actor, round_: RoundRow) -> set[UUID]:
    """The current answers that ask for a change, also those kept from the lead. For the gate."""
    with guard.system(session, guard.System.RELEASE):
        rows = session.connection().execute(_KINDS, {"round": round_.id})
        return {row.id for row in heads(rows).values() if row.kind == rules.Kind.CHANGE}


def _kinds_given(session: Session, round_: RoundRow) -> set[str]:
    with guard.system(session, guard.System.RELEASE):
        return {kind for kind, _outside in _all_kinds(session, round_.id).values()}


def hold(session: Session, actor: Actor, round_id: UUID) -> Round:
    """The round, held until this transaction ends: answers, ends and lists wait for each other.

    Raises: NotFound.
    """
    row = session.scalars(select(Round).where(Round.id == round_id).with_for_update()).first()
    if row is None:
        raise NotFound
    return row


def shown(session: Session, actor: Actor, round_id: UUID) -> list[Shown]:
    """What each endorsing organisation allows outside at this instant; private ones are absent.

    For `releases` alone: it names counted organisations, whom no output may name.
    """
    with guard.system(session, guard.System.RELEASE):
        # Columns, not entities: a hidden row must not stay in the session's identity map.
        rows = session.execute(select(*_SHOWN).where(Answer.round_id == round_id)).all()
    followed = {row.previous_id for row in rows}
    public = [
        row
        for row in rows
        if row.id not in followed
        and row.kind in rules.ENDORSING
        and row.outside != rules.Outside.PRIVATE
    ]
    kinds = organisations.kinds(session, [row.organisation_id for row in public])
    return [
        Shown(
            organisation_id=row.organisation_id,
            answer_id=row.id,
            outside=row.outside,
            kind_of=kinds[row.organisation_id],
            shown_name=row.shown_name,
            logo=row.logo,
            note=row.note if row.printed else "",
            clause_ids=tuple(UUID(cid) for cid, _digest in row.clauses) if row.printed else (),
        )
        for row in public
    ]


_SHOWN = (
    Answer.id,
    Answer.organisation_id,
    Answer.previous_id,
    Answer.kind,
    Answer.outside,
    Answer.shown_name,
    Answer.logo,
    Answer.note,
    Answer.printed,
    Answer.clauses,
)


def _waiting() -> Select[Any]:
    us = bindparam(guard.READER, type_=_invitation.c.invited_id.type)
    ours = and_(
        _answer.c.round_id == _round.c.id,
        _answer.c.organisation_id == us,
        guard.readers(_answer.c.audience_id),
    )
    is_over = and_(_end.c.round_id == _round.c.id, guard.readers(_end.c.audience_id))
    tables = (
        _round.join(_invitation, _invitation.c.round_id == _round.c.id)
        .join(_position, _position.c.id == _round.c.position_id)
        .outerjoin(_end, is_over)
        .outerjoin(_answer, ours)
    )
    return (
        select(_round.c.id, _round.c.closes_at, _position.c.title)
        .select_from(tables)
        .where(
            _invitation.c.invited_id == us,
            _round.c.closes_at > bindparam(guard.AT, type_=Instant()),
            _end.c.id.is_(None),
            _answer.c.id.is_(None),
            guard.readers(_round.c.audience_id),
            guard.readers(_invitation.c.audience_id),
            guard.readers(_position.c.audience_id),
        )
        .order_by(_round.c.closes_at)
    )


_WAITING = _waiting()


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Open rounds that wait for an answer of the actor's organisation."""
    us = actor.organisation_id
    if us is None:
        return []
    rows = guard.ask(session, actor, _WAITING)
    return [
        Task("answer", _ASKED, r.title, "answers.read", {"round_id": r.id}, us, due_at=r.closes_at)
        for r in rows
    ]
