"""Read amendments with what became of them and what today's text makes of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.amendments import rules
from advocacy.amendments.rows import (
    ActRow,
    AmendmentRow,
    Asked,
    Origin,
    State,
    SupportRow,
)
from advocacy.amendments.schema import Amendment, AmendmentAct, Deed, Kind, Source, Support
from advocacy.drafting import queries as drafts
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
from advocacy.positions import queries as positions
from advocacy.positions.rules import ENDED
from advocacy.positions.schema import Position
from advocacy.text.bounded import Budget
from advocacy.text.hashes import Clause

_amendment, _act, _support = Amendment.__table__, AmendmentAct.__table__, Support.__table__
_later, _position = _act.alias("later"), Position.__table__

_DEEDS = {state: [d.value for d, s in rules.STATE_AFTER.items() if s is state] for state in State}
_FOR_LEAD = _DEEDS[State.OPEN] + _DEEDS[State.AGREED]
_WAITING_DEEDS = [deed for state in rules.UNDECIDED for deed in _DEEDS[state]]


@dataclass(frozen=True)
class Choice:
    """Which amendments of a text are wanted; empty = all."""

    state: str = ""
    cid: UUID | None = None
    is_ours: bool = False
    is_open: bool = False


def _with_head(*columns: Any) -> Select[Any]:
    """Amendments with the act that is the last of each."""
    followed = (
        select(_later.c.id)
        .where(_later.c.previous_id == _act.c.id, guard.readers(_later.c.audience_id))
        .exists()
    )
    return (
        select(*columns)
        .select_from(_amendment.join(_act, _act.c.amendment_id == _amendment.c.id))
        .where(
            ~followed, guard.readers(_amendment.c.audience_id), guard.readers(_act.c.audience_id)
        )
    )


_COLUMNS = [column for column in _amendment.c if column.name != "own_audience_id"]
_HEADS = (_act.c.id.label("head_id"), _act.c.deed.label("head_deed"))
_OF_POSITION = (
    _with_head(*_COLUMNS, *_HEADS)
    .where(_amendment.c.position_id == bindparam("position"))
    .order_by(_amendment.c.proposed_at, _amendment.c.id)
)
_ONE = _with_head(*_COLUMNS, *_HEADS).where(_amendment.c.id == bindparam("amendment"))


def amendments(
    session: Session,
    actor: Actor,
    position_id: UUID,
    choice: Choice | None = None,
    *,
    after: UUID | None = None,
    most: int | None = None,
) -> list[AmendmentRow]:
    """Amendments of a text, oldest first, each with its currency. Raises NotFound.

    after: the last row of the page before; most: how many are wanted.
    """
    of = positions.position(session, actor, position_id)
    chosen = choice or Choice()
    found = [
        row
        for row in guard.ask(session, actor, _OF_POSITION, position=position_id)
        if _is_chosen(row, chosen, actor)
    ]
    first = next((at for at, row in enumerate(found, 1) if row.id == after), 0)
    return _rows(session, actor, of, found[first:][:most])


def _is_chosen(row: Any, choice: Choice, actor: Actor) -> bool:
    state = rules.STATE_AFTER[Deed(row.head_deed)]
    return (
        (not choice.state or state.value == choice.state)
        and (choice.cid is None or choice.cid in (row.cid, _insertion_place(row)))
        and (not choice.is_ours or row.organisation_id == actor.organisation_id)
        and (not choice.is_open or state in rules.UNDECIDED)
    )


def _insertion_place(row: Any) -> UUID | None:
    return row.after if row.kind == Kind.INSERTION else None


def open_ones(session: Session, actor: Actor, position_id: UUID) -> list[AmendmentRow]:
    """Amendments that wait for a decision or an answer, oldest first. Raises NotFound."""
    return amendments(session, actor, position_id, Choice(is_open=True))


def amendment(session: Session, actor: Actor, amendment_id: UUID) -> AmendmentRow:
    """One amendment. Raises NotFound for those outside the circle of its text."""
    row = guard.ask(session, actor, _ONE, amendment=amendment_id).first()
    if row is None:
        raise NotFound
    of = positions.position(session, actor, row.position_id)
    return _rows(session, actor, of, [row])[0]


def _rows(session: Session, actor: Actor, of: Position, rows: Sequence[Any]) -> list[AmendmentRow]:
    if not rows:
        return []
    clauses = drafts.clauses(session, actor, of.document_id)
    names = organisations.names(session, (row.organisation_id for row in rows))
    left = Budget()
    return [_row(row, names, clauses, left) for row in rows]


def _row(row: Any, names: dict[UUID, str], clauses: Sequence[Clause], left: Budget) -> AmendmentRow:
    state = rules.STATE_AFTER[Deed(row.head_deed)]
    made = rules.outcome(row, clauses, left) if state in rules.UNDECIDED else None
    return AmendmentRow(
        id=row.id,
        position_id=row.position_id,
        cid=row.cid,
        after=row.after,
        kind=Kind(row.kind),
        source=Source(row.source),
        clause_kind=row.clause_kind,
        heading=row.heading,
        wording=row.wording,
        reason=row.reason,
        base_heading=row.base_heading,
        base_text=row.base_text,
        base_hash=row.base_hash,
        organisation_id=row.organisation_id,
        organisation_name=names[row.organisation_id],
        at=row.proposed_at,
        made_from=row.made_from,
        head_id=row.head_id,
        state=state,
        currency=made.currency if made else None,
        outcome=made,
    )


_ACTS = (
    select(_act)
    .where(_act.c.amendment_id == bindparam("amendment"), guard.readers(_act.c.audience_id))
    .order_by(_act.c.recorded_at)
)


def history(session: Session, actor: Actor, amendment_id: UUID) -> list[ActRow]:
    """What was done with an amendment, first to last."""
    after = {r.previous_id: r for r in guard.ask(session, actor, _ACTS, amendment=amendment_id)}
    names = organisations.names(session, (row.organisation_id for row in after.values()))
    found: list[ActRow] = []
    row = after.get(None)
    while row is not None:
        found.append(_act_row(row, names))
        row = after.get(row.id)
    return found


def _act_row(row: Any, names: dict[UUID, str]) -> ActRow:
    return ActRow(
        id=row.id,
        deed=row.deed,
        organisation_id=row.organisation_id,
        organisation_name=names[row.organisation_id],
        at=row.recorded_at,
        reason=row.reason,
        heading=row.heading,
        wording=row.wording,
        base_hash=row.base_hash,
        base_heading=row.base_heading,
        base_text=row.base_text,
        cid=row.cid,
    )


def offer(session: Session, actor: Actor, of: AmendmentRow) -> rules.Plan | None:
    """The wording that the lead offered, while it counts, ready to be placed."""
    if of.state not in (State.OFFERED, State.AGREED):
        return None
    acts = history(session, actor, of.id)
    return offered(of, next(act for act in reversed(acts) if act.deed == Deed.OFFERED))


def offered(of: rules.Wanted, act: Any) -> rules.Plan:
    """An amendment with the words, and on the base, of an offer made for it."""
    return rules.Plan(
        kind=of.kind,
        cid=of.cid,
        after=of.after,
        clause_kind=of.clause_kind,
        base_hash=act.base_hash,
        base_heading=act.base_heading,
        base_text=act.base_text,
        heading=act.heading,
        wording=act.wording,
    )


_SUPPORTS = select(_support).where(
    _support.c.amendment_id.in_(bindparam("amendments", expanding=True)),
    guard.readers(_support.c.audience_id),
)


def supporters(
    session: Session, actor: Actor, amendment_ids: Iterable[UUID]
) -> dict[UUID, list[SupportRow]]:
    """Organisations that stand behind each of these now, the first to do so first."""
    wanted = list(amendment_ids)
    if not wanted:
        return {}
    rows = guard.ask(session, actor, _SUPPORTS, amendments=wanted).all()
    followed = {row.previous_id for row in rows}
    heads = [row for row in rows if row.id not in followed and row.stands]
    names = organisations.names(session, (row.organisation_id for row in heads))
    found: dict[UUID, list[SupportRow]] = {}
    for row in sorted(heads, key=lambda r: (r.recorded_at, names[r.organisation_id])):
        line = SupportRow(
            row.organisation_id, names[row.organisation_id], row.effective_on, row.recorded_at
        )
        found.setdefault(row.amendment_id, []).append(line)
    return found


_COUNTS = (
    _with_head(
        func.coalesce(_amendment.c.cid, _amendment.c.after).label("place"),
        func.count().label("number"),
    )
    .where(_amendment.c.position_id == bindparam("position"), _act.c.deed.in_(_WAITING_DEEDS))
    .group_by(func.coalesce(_amendment.c.cid, _amendment.c.after))
)


def counts(session: Session, actor: Actor, position_id: UUID) -> dict[UUID | None, int]:
    """Per clause of a text: how many proposals wait (None = at its beginning)."""
    rows = guard.ask(session, actor, _COUNTS, position=position_id)
    return {row.place: row.number for row in rows}


def asked(session: Session, actor: Actor, position_id: UUID) -> Asked:
    """What the actor's organisation proposed for a text, and what became of it, in numbers."""
    ours = Choice(is_ours=True)
    found = guard.ask(session, actor, _OF_POSITION, position=position_id)
    rows = [row for row in found if _is_chosen(row, ours, actor)]
    states = [rules.STATE_AFTER[Deed(row.head_deed)] for row in rows]
    return Asked(
        total=len(rows),
        taken=sum(state in rules.TAKEN for state in states),
        refused=states.count(State.REJECTED),
        waiting=sum(state in rules.UNDECIDED for state in states),
        cids=frozenset(row.cid for row in rows if row.cid),
    )


_ORIGINS = (
    _with_head(
        _amendment.c.id,
        _amendment.c.organisation_id,
        _act.c.cid,
        _amendment.c.lead_id.label("by"),
        _act.c.recorded_at,
    )
    .where(
        _amendment.c.position_id == bindparam("position"),
        _act.c.deed.in_([deed for state in rules.TAKEN for deed in _DEEDS[state]]),
    )
    .order_by(_act.c.recorded_at, _amendment.c.id)
)


def origins(session: Session, actor: Actor, position_id: UUID) -> dict[UUID, list[Origin]]:
    """Per clause: whose proposals were taken up in it, and by whom, the first first."""
    rows = guard.ask(session, actor, _ORIGINS, position=position_id).all()
    names = organisations.names(
        session, {row.organisation_id for row in rows} | {row.by for row in rows}
    )
    found: dict[UUID, list[Origin]] = {}
    for row in rows:
        told = Origin(row.id, names[row.organisation_id], names[row.by], row.recorded_at)
        found.setdefault(row.cid, []).append(told)
    return found


def _tasks() -> Select[Any]:
    mine = bindparam(guard.READER, type_=_amendment.c.organisation_id.type)
    to_decide = and_(_amendment.c.lead_id == mine, _act.c.deed.in_(_FOR_LEAD))
    to_answer = and_(_amendment.c.organisation_id == mine, _act.c.deed.in_(_DEEDS[State.OFFERED]))
    return (
        _with_head(
            _amendment.c.id,
            _amendment.c.position_id,
            _amendment.c.organisation_id,
            _amendment.c.lead_id,
            _act.c.deed,
            _position.c.title,
        )
        .join(_position, _position.c.id == _amendment.c.position_id)
        .where(
            or_(to_decide, to_answer),
            _position.c.stage.not_in([stage.value for stage in ENDED]),
            guard.readers(_position.c.audience_id),
        )
        .order_by(_amendment.c.proposed_at, _amendment.c.id)
    )


_TASKS = _tasks()


def tasks(session: Session, actor: Actor) -> list[Task]:
    """For a lead: texts with proposals to decide. For a proposer: offers to answer."""
    if actor.organisation_id is None:
        return []
    rows = guard.ask(session, actor, _TASKS).all()
    offers = [row for row in rows if row.deed == Deed.OFFERED]
    by_text: dict[UUID, list[Any]] = {}
    for row in rows:
        if row.deed != Deed.OFFERED:
            by_text.setdefault(row.position_id, []).append(row)
    return [*map(_offer_task, offers), *map(_text_task, by_text.values())]


def _offer_task(row: Any) -> Task:
    return Task(
        kind="reply",
        reason=Reason("amendments.offer-waits"),
        title=row.title,
        endpoint="decisions.amendment",
        arguments={"amendment_id": row.id},
        organisation_id=row.lead_id,
    )


def _text_task(rows: Sequence[Any]) -> Task:
    return Task(
        kind="reply",
        reason=Reason("amendments.to-decide", facts={"number": len(rows)}),
        title=rows[0].title,
        endpoint="amendments.amendments",
        arguments={"position_id": rows[0].position_id},
        organisation_id=rows[0].organisation_id,
    )
