"""Read rounds, rosters and answers: always through the reader's own audience.

Two reads go past it, each for its listed reason: safe totals, and what may be shown outside.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.ground import acts, clock
from advocacy.ground.base import Instant
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
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
_position = Position.__table__
_ASKED = Reason("signoff.answer-asked")


def _rounds(session: Session, now: datetime, *where: Any) -> list[RoundRow]:
    rows = session.execute(
        select(Round, RoundEnd)
        .outerjoin(RoundEnd, RoundEnd.round_id == Round.id)
        .where(*where)
        .order_by(Round.recorded_at.desc(), Round.id)
    )
    ends: dict[Round, list[RoundEnd]] = {}
    for row, end in rows:
        ends.setdefault(row, []).extend([end] if end else [])
    return [round_row(row, acts.current(its), now) for row, its in ends.items()]


def round_of(session: Session, actor: Actor, round_id: UUID) -> RoundRow:
    """One round. Raises NotFound for those outside the position."""
    found = _rounds(session, actor.now, Round.id == round_id)
    if not found:
        raise NotFound
    return found[0]


def end_of(session: Session, actor: Actor, round_id: UUID) -> UUID | None:
    """The last act that ended a round before its time."""
    found = acts.current(session.scalars(select(RoundEnd).where(RoundEnd.round_id == round_id)))
    return found.id if found else None


def rounds(session: Session, actor: Actor, position_id: UUID) -> list[RoundRow]:
    """The rounds of a position, newest first."""
    return _rounds(session, actor.now, Round.position_id == position_id)


def last_round(session: Session, actor: Actor, position_id: UUID) -> UUID | None:
    """The round that a next one of this position follows."""
    found = acts.current(session.scalars(select(Round).where(Round.position_id == position_id)))
    return found.id if found else None


def current_round(session: Session, actor: Actor, position_id: UUID) -> RoundRow | None:
    """The newest round of a position that was not abandoned, open or closed."""
    found = rounds(session, actor, position_id)
    return next((r for r in found if r.state != rules.State.ABANDONED), None)


def heads(rows: Iterable[Answer]) -> dict[UUID, Answer]:
    """The current answer of each organisation among the rows of one round."""
    chains: dict[UUID, list[Answer]] = {}
    for row in rows:
        chains.setdefault(row.organisation_id, []).append(row)
    last = {organisation: acts.current(chain) for organisation, chain in chains.items()}
    return {organisation: row for organisation, row in last.items() if row is not None}


def _answers(session: Session, round_id: UUID) -> dict[UUID, Answer]:
    return heads(session.scalars(select(Answer).where(Answer.round_id == round_id)))


def my_answer(session: Session, actor: Actor, round_id: UUID) -> AnswerRow | None:
    """The current answer of the actor's own organisation."""
    mine = select(Answer).where(
        Answer.round_id == round_id, Answer.organisation_id == actor.organisation_id
    )
    row = acts.current(session.scalars(mine))
    return answer_row(row) if row else None


def must_answer(session: Session, actor: Actor, round_id: UUID) -> AnswerRow:
    """The current answer of the actor's own organisation. Raises NotFound when there is none."""
    mine = my_answer(session, actor, round_id)
    if mine is None:
        raise NotFound
    return mine


def receipt(session: Session, actor: Actor, answer_id: UUID) -> AnswerRow:
    """One act of one's own organisation. Raises NotFound for everybody else, the lead too."""
    row = session.scalars(
        select(Answer).where(
            Answer.id == answer_id, Answer.organisation_id == actor.organisation_id
        )
    ).first()
    if row is None:
        raise NotFound
    return answer_row(row)


def answer_before(session: Session, actor: Actor, round_: RoundRow) -> AnswerRow | None:
    """What the actor's organisation last answered in an earlier round of the same position."""
    query = (
        select(Answer)
        .join(Round, Round.id == Answer.round_id)
        .where(
            Round.position_id == round_.position_id,
            Round.id != round_.id,
            Round.recorded_at < round_.opened_at,
            Answer.organisation_id == actor.organisation_id,
        )
        .order_by(Round.recorded_at.desc(), Answer.recorded_at.desc())
    )
    rows = list(session.scalars(query))
    last = acts.current(row for row in rows if row.round_id == rows[0].round_id)
    return answer_row(last) if last else None


def invited(session: Session, actor: Actor, round_id: UUID) -> frozenset[UUID]:
    """Who is on the roster, as far as this reader sees it: the lead all, others themselves."""
    query = select(Invitation.invited_id).where(Invitation.round_id == round_id)
    return frozenset(session.scalars(query))


def is_invited(session: Session, actor: Actor, round_id: UUID) -> bool:
    """True when an answer is asked of the actor's organisation."""
    query = select(Invitation.id).where(
        Invitation.round_id == round_id, Invitation.invited_id == actor.organisation_id
    )
    return session.scalar(query) is not None


def roster(session: Session, actor: Actor, round_id: UUID) -> list[RosterLine]:
    """Organisations and their answers as far as the inside dials let this reader see.

    The lead's list holds everybody invited, with no difference between one that has not answered
    and one that keeps its answer to itself.
    """
    answers = _answers(session, round_id)
    known = invited(session, actor, round_id) | set(answers)
    names = organisations.names(session, known)
    lines = [
        RosterLine(
            organisation_id=organisation,
            name=names.get(organisation, ""),
            us=organisation == actor.organisation_id,
            answer=answer_row(answers[organisation]) if organisation in answers else None,
        )
        for organisation in known
    ]
    return sorted(lines, key=lambda line: (not line.us, line.name.casefold()))


def totals(session: Session, actor: Actor, round_: RoundRow) -> Totals | None:
    """Totals of a round that give nobody away to this reader, or None."""
    visible, every, number, smallest = _counted(session, actor, round_)
    kinds = {organisation: kind for organisation, (kind, _outside) in every.items()}
    return rules.totals(kinds, invited=number, visible=visible, smallest=smallest)


def guess(session: Session, actor: Actor, round_: RoundRow) -> Reason:
    """The honest line before the choice: can readers guess who is not named? (practice A10)"""
    visible, every, number, smallest = _counted(session, actor, round_)
    named = {o for o, (_kind, outside) in every.items() if outside == rules.Outside.NAMED}
    return rules.guess(len(named), number, hidden_named=len(named - visible), smallest=smallest)


def _counted(
    session: Session, actor: Actor, round_: RoundRow
) -> tuple[set[UUID], dict[UUID, tuple[str, str]], int, int]:
    """Whose answer the reader sees, every answer, how many are invited, the smallest cell."""
    visible = set(_answers(session, round_.id))
    workspace = organisations.workspace_by_id(session, actor, round_.workspace_id)
    with guard.system(session, guard.System.COUNT_TOTALS):
        every = _all_kinds(session, round_.id)
        number = len(invited(session, actor, round_.id))
    return visible, every, number, workspace.smallest_cell


def _all_kinds(session: Session, round_id: UUID) -> dict[UUID, tuple[str, str]]:
    """Answer and outside dial of every organisation: under `guard.system` only."""
    columns = (Answer.id, Answer.organisation_id, Answer.previous_id, Answer.kind, Answer.outside)
    rows = session.execute(select(*columns).where(Answer.round_id == round_id)).all()
    followed = {row.previous_id for row in rows}
    return {row.organisation_id: (row.kind, row.outside) for row in rows if row.id not in followed}


def panel(session: Session, actor: Actor, position_id: UUID) -> PanelRow | None:
    """Where the current round of a position stands, as this reader may know it; None without."""
    round_ = current_round(session, actor, position_id)
    if round_ is None:
        return None
    lines = roster(session, actor, round_.id)
    asked = is_invited(session, actor, round_.id)
    return PanelRow(
        round=round_,
        closes_local=round_.closes_at.astimezone(clock.zone(round_.zone)),
        us=actor.organisation_name,
        is_lead=actor.organisation_id == round_.lead_id,
        invited=asked,
        mine=next((line.answer for line in lines if line.us), None),
        lines=tuple(line for line in lines if line.answer or not line.us),
        totals=totals(session, actor, round_),
    )


def missing(session: Session, actor: Actor, round_id: UUID) -> list[Reason]:
    """What still stands between the round and its release, for the lead; nothing for others."""
    round_ = round_of(session, actor, round_id)
    if actor.organisation_id != round_.lead_id:
        return []
    lines = roster(session, actor, round_id)
    found = []
    whole = round_.blocks == rules.Blocks.WHOLE_TEXT
    change_code = "signoff.change-blocks" if whole else "signoff.change-asked"
    if round_.is_open:
        found += [
            Reason("signoff.no-answer-shown", str(line.organisation_id), {"name": line.name})
            for line in lines
            if line.answer is None
        ]
    found += [
        Reason(change_code, str(line.organisation_id), {"name": line.name})
        for line in lines
        if line.answer is not None and line.answer.kind == rules.Kind.CHANGE
    ]
    return found


def is_blocked(session: Session, actor: Actor, round_: RoundRow) -> bool:
    """True when a change is asked for that holds back the whole text. For the release gate."""
    return round_.blocks == rules.Blocks.WHOLE_TEXT and bool(
        _kinds_given(session, round_) & {rules.Kind.CHANGE}
    )


def someone_endorses(session: Session, actor: Actor, round_: RoundRow) -> bool:
    """True when any organisation endorses, however it is shown. For the release gate."""
    return bool(_kinds_given(session, round_) & rules.ENDORSING)


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
    if actor.organisation_id is None:
        return []
    return [
        Task(
            kind="answer",
            reason=_ASKED,
            title=title,
            endpoint="signoff.read",
            arguments={"round_id": round_id},
            organisation_id=actor.organisation_id,
            due_at=closes_at,
        )
        for round_id, closes_at, title in guard.ask(session, actor, _WAITING)
    ]
