"""Read rounds, rosters and answers: always through the reader's own audience.

Two reads go past it, each for its listed reason: safe totals, and what may be shown outside.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.accounts.schema import Person
from advocacy.ground import acts
from advocacy.ground.base import Instant
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.organisations.schema import Organisation
from advocacy.signoff import rules
from advocacy.signoff.rows import (
    AnswerRow,
    RosterLine,
    RoundRow,
    Shown,
    answer_row,
    heads,
    lines_of,
    round_row,
    still_on,
)
from advocacy.signoff.schema import (
    Answer,
    Extension,
    Invitation,
    RosterChange,
    Round,
    RoundEnd,
    RoundTerms,
)

_round, _end = Round.__table__, RoundEnd.__table__
_invitation, _answer = Invitation.__table__, Answer.__table__
_terms, _change = RoundTerms.__table__, RosterChange.__table__
_named = Organisation.__table__


def open_until() -> Any:
    """When a round closes: as it was last extended, else as it was opened."""
    its = Extension.__table__
    later = select(func.max(its.c.closes_at)).where(
        its.c.round_id == _round.c.id, guard.readers(its.c.audience_id)
    )
    return func.coalesce(later.scalar_subquery(), _round.c.closes_at, type_=Instant())


ITS_TERMS = and_(_terms.c.round_id == _round.c.id, guard.readers(_terms.c.audience_id))
_SAID = ("mode", "logos", "answered_id", "late_until", "body_id", "consulted", "short_reason")


def _rounds(which: Any) -> Select[Any]:
    its_ends = and_(_end.c.round_id == _round.c.id, guard.readers(_end.c.audience_id))
    words = ("id", "previous_id", "kind", "reason", "recorded_at")
    return (
        select(
            _round,
            open_until().label("open_until"),
            *(_terms.c[name] for name in _SAID),
            *(_end.c[name].label(f"end_{name}") for name in words),
        )
        .select_from(_round.outerjoin(_end, its_ends).outerjoin(_terms, ITS_TERMS))
        .where(which, guard.readers(_round.c.audience_id))
        .order_by(_round.c.recorded_at.desc(), _round.c.id)
    )


_ROUND = _rounds(_round.c.id == bindparam("round"))
_ROUNDS = _rounds(_round.c.position_id == bindparam("position", type_=_round.c.id.type))


def _round_rows(session: Session, rows: Iterable[Any], now: datetime) -> list[RoundRow]:
    """One line a round, with the last act that ended it if any did."""
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.id, []).append(row)
    silent = [its[0].id for its in found.values() if its[0].mode == rules.Mode.SILENCE]
    held = broken(session, silent) if silent else frozenset()
    return [
        round_row(its[0], _last_end(its), now, is_broken=number in held)
        for number, its in found.items()
    ]


def broken(session: Session, round_ids: list[UUID]) -> frozenset[UUID]:
    """Those of these rounds by silence that somebody held back: that it was, never who or when."""
    with guard.system(session, guard.System.COUNT_TOTALS):
        rows = session.connection().execute(_HELD_BACK, {"rounds": round_ids})
        return frozenset(row.round_id for row in rows)


_HELD_BACK = (
    select(_answer.c.round_id)
    .distinct()
    .where(
        _answer.c.round_id.in_(bindparam("rounds", expanding=True)),
        _answer.c.kind.in_([kind.value for kind in rules.HOLDING]),
    )
)


def _last_end(rows: list[Any]) -> Any:
    followed = {row.end_previous_id for row in rows}
    return next((row for row in rows if row.end_id and row.end_id not in followed), None)


def round_of(session: Session, actor: Actor, round_id: UUID) -> RoundRow:
    """One round. Raises NotFound for those outside the position."""
    found = _round_rows(session, guard.ask(session, actor, _ROUND, round=round_id), actor.now)
    if not found:
        raise NotFound
    return found[0]


def end_of(session: Session, actor: Actor, round_id: UUID) -> UUID | None:
    """The last act that ended a round before its time."""
    found = acts.current(session.scalars(select(RoundEnd).where(RoundEnd.round_id == round_id)))
    return found.id if found else None


def rounds(session: Session, actor: Actor, position_id: UUID) -> list[RoundRow]:
    """The rounds of a position, newest first."""
    rows = guard.ask(session, actor, _ROUNDS, position=position_id)
    return _round_rows(session, rows, actor.now)


def running(session: Session, *, now: datetime) -> list[Round]:
    """Rounds whose close has not come yet. Under `guard.system` only: for the worker."""
    later = select(Extension.round_id).where(Extension.closes_at > now)
    query = select(Round).where(or_(Round.closes_at > now, Round.id.in_(later)))
    return list(session.scalars(query.order_by(Round.id)))


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


_ANSWERS = (
    select(_answer, _named.c.name)
    .select_from(_answer.join(_named, _named.c.id == _answer.c.organisation_id))
    .where(_answer.c.round_id == bindparam("round"), guard.readers(_answer.c.audience_id))
)


def answers_seen(session: Session, actor: Actor, round_id: UUID) -> dict[UUID, Any]:
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


def acts_of(
    session: Session, actor: Actor, round_id: UUID, *, ever: Collection[str] = ()
) -> dict[UUID, list[AnswerRow]]:
    """Every act of answering of a round that this reader sees: by organisation, oldest first.

    ever: only of the organisations that once answered so.
    """
    mine = guard.sentence(Answer.audience_id, actor)
    query = select(Answer).where(Answer.round_id == round_id, mine)
    if ever:
        so = aliased(Answer)
        once = select(so.organisation_id).where(so.round_id == round_id, so.kind.in_(ever))
        whose = once.where(guard.sentence(so.audience_id, actor))
        query = query.where(Answer.organisation_id.in_(whose))
    found: dict[UUID, list[AnswerRow]] = {}
    for row in session.scalars(query.order_by(Answer.recorded_at, Answer.id)):
        found.setdefault(row.organisation_id, []).append(answer_row(row))
    return found


_BEFORE = (
    select(_answer)
    .select_from(_answer.join(_round, _round.c.id == _answer.c.round_id))
    .where(
        _round.c.position_id == bindparam("position", type_=_round.c.id.type),
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


def last_before(session: Session, round_: Round) -> dict[UUID, Answer]:
    """The last act of each organisation in its last earlier round, taken out or not.

    Under `guard.system` only: to carry it.
    """
    query = (
        select(Answer, Round.recorded_at)
        .join(Round, Round.id == Answer.round_id)
        .where(Round.position_id == round_.position_id, Round.id != round_.id)
        .where(Round.recorded_at <= round_.recorded_at)
    )
    rows = session.execute(query).all()
    followed = {answer.previous_id for answer, _at in rows}
    found: dict[UUID, Answer] = {}
    for answer, _at in sorted(rows, key=lambda row: (row[1], row[0].recorded_at)):
        if answer.id not in followed:
            found[answer.organisation_id] = answer
    return found


def invited(session: Session, actor: Actor, round_id: UUID) -> frozenset[UUID]:
    """Who is on the roster, as far as this reader sees it: the lead all, others themselves."""
    return frozenset(roll(session, actor, round_id))


ITS_CHANGES = and_(
    _change.c.round_id == _invitation.c.round_id, _change.c.invited_id == _invitation.c.invited_id
)
ON = (_invitation.c.invited_id, _change.c.id, _change.c.previous_id, _change.c.is_on)
_ROLL = (
    select(*ON, _named.c.name)
    .select_from(
        _invitation.join(_named, _named.c.id == _invitation.c.invited_id).outerjoin(
            _change, and_(ITS_CHANGES, guard.readers(_change.c.audience_id))
        )
    )
    .where(_invitation.c.round_id == bindparam("round"), guard.readers(_invitation.c.audience_id))
)


def roll(session: Session, actor: Actor, round_id: UUID) -> dict[UUID, str]:
    """Those of `invited`, with their names."""
    rows = guard.ask(session, actor, _ROLL, round=round_id)
    return {row.invited_id: row.name for row in still_on(rows)}


def asked(session: Session, round_id: UUID) -> frozenset[UUID]:
    """Everybody on the roster now. Under `guard.system` only: to count, and to tell them."""
    rows = session.connection().execute(_ASKED_OF, {"round": round_id})
    return frozenset(row.invited_id for row in still_on(rows))


_ASKED_OF = (
    select(*ON)
    .select_from(_invitation.outerjoin(_change, ITS_CHANGES))
    .where(_invitation.c.round_id == bindparam("round"))
)


def could_say(session: Session, round_id: UUID) -> frozenset[str]:
    """The answers that a round let organisations give until its close."""
    return frozenset(session.scalars(select(Round.answers).where(Round.id == round_id)).one())


def ever_asked(session: Session, round_id: UUID) -> frozenset[UUID]:
    """Everybody who was ever on the roster, taken off since or not. Under `guard.system` only."""
    query = select(Invitation.invited_id).where(Invitation.round_id == round_id)
    return frozenset(session.scalars(query))


def invitation(session: Session, round_id: UUID, organisation_id: UUID) -> Invitation | None:
    """The invitation of an organisation, taken off or not."""
    its = Invitation.invited_id == organisation_id
    return session.scalars(select(Invitation).where(Invitation.round_id == round_id, its)).first()


def roster_changes(session: Session, round_id: UUID) -> list[RosterChange]:
    """The acts that changed a frozen roster, of those the reader sees."""
    query = select(RosterChange).where(RosterChange.round_id == round_id)
    return list(session.scalars(query))


def extensions(session: Session, round_id: UUID) -> list[Any]:
    """The acts that kept a round open longer, each with the name of who did it."""
    query = select(Extension, Person.name).outerjoin(Person, Person.id == Extension.person_id)
    return list(session.execute(query.where(Extension.round_id == round_id)))


def is_invited(session: Session, actor: Actor, round_id: UUID) -> bool:
    """True when an answer is asked of the actor's organisation.

    Who had answered stays so when the lead takes it off: a roster ends no answer, and the lead,
    who may not see that there is one, reads the same either way.
    """
    is_asked = actor.organisation_id in invited(session, actor, round_id)
    return is_asked or my_answer(session, actor, round_id) is not None


def roster(session: Session, actor: Actor, round_id: UUID) -> list[RosterLine]:
    """Organisations and their answers as far as the inside dials let this reader see.

    The lead's list holds everybody invited, with no difference between one that has not answered
    and one that keeps its answer to itself.
    """
    answers = answers_seen(session, actor, round_id)
    return lines_of(actor, answers, roll(session, actor, round_id))


_KINDS = select(
    *(_answer.c[name] for name in ("id", "organisation_id", "previous_id", "kind", "outside"))
).where(_answer.c.round_id == bindparam("round"))


def all_acts(session: Session, round_id: UUID) -> list[Any]:
    """Every act of answering of a round, what was followed or taken out too.

    Under `guard.system` only. With id, organisation_id, previous_id, kind and outside.
    """
    return list(session.connection().execute(_KINDS, {"round": round_id}))


def all_kinds(session: Session, round_id: UUID) -> dict[UUID, tuple[str, str]]:
    """Answer and outside dial of every organisation: under `guard.system` only."""
    rows = heads(all_acts(session, round_id))
    return {organisation: (row.kind, row.outside) for organisation, row in rows.items()}


def asking(session: Session, actor: Actor, round_: RoundRow, kind: str) -> set[UUID]:
    """The current answers of this kind, also those kept from the lead. For the gate."""
    with guard.system(session, guard.System.RELEASE):
        rows = heads(all_acts(session, round_.id))
        return {row.id for row in rows.values() if row.kind == kind}


def kinds_given(session: Session, round_: RoundRow) -> set[str]:
    """What anybody says now: for the gate and the outcome of a round, never with who."""
    with guard.system(session, guard.System.RELEASE):
        return {kind for kind, _outside in all_kinds(session, round_.id).values()}


def hold(session: Session, actor: Actor, round_id: UUID) -> Round:
    """The round, held until this transaction ends: answers, ends and lists wait for each other.

    Raises: NotFound.
    """
    row = session.scalars(select(Round).where(Round.id == round_id).with_for_update()).first()
    if row is None:
        raise NotFound
    return row


def beside(session: Session, answer_id: UUID) -> dict[UUID, Any]:
    """The acts of answering of its round that the session reads: with id, kind and both dials."""
    here = select(Answer.round_id).where(Answer.id == answer_id).scalar_subquery()
    query = select(*_SHOWN, Answer.inside).where(Answer.round_id == here)
    return {row.id: row for row in session.execute(query)}


def shown(session: Session, actor: Actor, round_id: UUID) -> list[Shown]:
    """What each endorsing organisation allows outside at this instant; private ones are absent.

    For `releases` alone: it names counted organisations, whom no output may name.
    """
    return shown_in(session, actor, [round_id]).get(round_id, [])


def shown_in(session: Session, actor: Actor, rounds: Collection[UUID]) -> dict[UUID, list[Shown]]:
    """The same of many rounds in one question; a round in which nobody is shown is absent."""
    with guard.system(session, guard.System.RELEASE):
        # Columns, not entities: a hidden row must not stay in the session's identity map.
        rows = session.execute(select(*_SHOWN).where(Answer.round_id.in_(rounds))).all()
    followed = {row.previous_id for row in rows}
    public = [
        row
        for row in rows
        if row.id not in followed
        and row.kind in rules.ENDORSING
        and row.outside != rules.Outside.PRIVATE
    ]
    kinds = organisations.kinds(session, [row.organisation_id for row in public])
    found: dict[UUID, list[Shown]] = {}
    for row in public:
        found.setdefault(row.round_id, []).append(_shown(row, kinds[row.organisation_id]))
    return found


def _shown(row: Any, kind_of: str) -> Shown:
    return Shown(
        organisation_id=row.organisation_id,
        answer_id=row.id,
        outside=row.outside,
        kind_of=kind_of,
        shown_name=row.shown_name,
        logo=row.logo,
        note=row.note if row.printed else "",
        clause_ids=tuple(UUID(cid) for cid, _digest in row.clauses) if row.printed else (),
    )


_CHAIN = (Answer.id, Answer.round_id, Answer.organisation_id, Answer.previous_id)
_DIALS = (Answer.kind, Answer.outside, Answer.shown_name, Answer.logo)
_NOTED = (Answer.note, Answer.printed, Answer.clauses)
_SHOWN = (*_CHAIN, *_DIALS, *_NOTED)
