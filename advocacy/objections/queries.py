"""Read requests for change: as widely as the answers that make them, and no wider."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.objections import rules
from advocacy.objections.rows import Held, Offer, RequestRow, TalkRow, WishRow
from advocacy.objections.rules import State
from advocacy.objections.schema import Talk, Wish
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
from advocacy.positions.rows import VersionRow
from advocacy.positions.schema import Position, Stage
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import AnswerRow, RoundRow, heads
from advocacy.signoff.rules import HOLDING, Kind
from advocacy.signoff.schema import Answer, Round

_answer, _round, _talk = Answer.__table__, Round.__table__, Talk.__table__
_position = Position.__table__
_again, _anew, _later = _answer.alias("again"), _round.alias("anew"), _talk.alias("later")


def request(session: Session, actor: Actor, answer_id: UUID) -> RequestRow:
    """The request that an answer belongs to. Raises NotFound for those who do not read it."""
    one = signoff.one(session, actor, answer_id)
    if one.kind not in HOLDING:
        raise NotFound
    round_ = signoff.round_of(session, actor, one.round_id)
    return _requests(session, actor, round_)[one.organisation_id]


def of_round(session: Session, actor: Actor, round_: RoundRow) -> list[RequestRow]:
    """The requests of a round that this reader sees and that are not cleared, by name."""
    found = _requests(session, actor, round_).values()
    waiting = [row for row in found if row.state is not State.CLEARED]
    return sorted(waiting, key=lambda row: row.organisation.casefold())


def _requests(session: Session, actor: Actor, round_: RoundRow) -> dict[UUID, RequestRow]:
    """Requests by organisation, of the answers that the reader sees."""
    asking = signoff.acts_of(session, actor, round_.id, ever=HOLDING)
    if not asking:
        return {}
    ids = [row.id for rows in asking.values() for row in rows if row.kind in HOLDING]
    wishes = {w.answer_id: wish_row(w) for w in _of(session, Wish, ids)}
    talk: dict[UUID, list[Talk]] = defaultdict(list)
    for said in _of(session, Talk, ids):
        talk[said.answer_id].append(said)
    whose = {t.organisation_id for said in talk.values() for t in said}
    names = organisations.names(session, [*asking, *whose])
    return {o: _row(round_, o, rows, wishes, talk, names) for o, rows in asking.items()}


def _of(session: Session, table: Any, answer_ids: Iterable[UUID]) -> list[Any]:
    return list(session.scalars(select(table).where(table.answer_id.in_(list(answer_ids)))))


def wish_row(row: Wish) -> WishRow:
    """What would settle a request, as a frozen row."""
    return WishRow(
        fix=row.fix,
        clause_id=row.clause_id,
        wording=row.wording,
        clause_hash=row.clause_hash,
        outside=row.outside,
        shown_name=row.shown_name,
        logo=row.logo,
    )


def _row(
    round_: RoundRow,
    owner: UUID,
    chain: list[AnswerRow],
    wishes: dict[UUID, WishRow],
    talk: dict[UUID, list[Talk]],
    names: dict[UUID, str],
) -> RequestRow:
    asked = [row for row in _in_order(chain) if row.kind in HOLDING]
    said = [t for row in asked for t in _in_order(talk[row.id])]
    newest = [t for t in said if t.answer_id == asked[-1].id]
    followed = {row.previous_id for row in chain}
    now = next((row for row in chain if row.id not in followed), None)
    deeds = [(t.kind, t.organisation_id == owner) for t in newest]
    return RequestRow(
        round=round_,
        organisation_id=owner,
        organisation=names[owner],
        asked=tuple((row, wishes.get(row.id)) for row in asked),
        talk=tuple(_talk_row(t, owner, names) for t in said),
        state=rules.state(now.kind if now else "", deeds),
        last_id=newest[-1].id if newest else None,
    )


def _in_order(chain: list[Any]) -> list[Any]:
    """The acts of one chain from its first to its last; what follows nothing here comes first."""
    after = {row.previous_id: row for row in chain}
    here = {row.id for row in chain}
    row = next((r for r in chain if r.previous_id not in here), None)
    found = []
    while row is not None:
        found.append(row)
        row = after.get(row.id)
    return found


def _talk_row(said: Talk, owner: UUID, names: dict[UUID, str]) -> TalkRow:
    return TalkRow(
        id=said.id,
        answer_id=said.answer_id,
        organisation=names[said.organisation_id],
        by_owner=said.organisation_id == owner,
        kind=said.kind,
        text=said.text,
        at=said.recorded_at,
    )


def holding(session: Session, actor: Actor, rounds: Iterable[RoundRow]) -> list[Held]:
    """What holds back a whole text: the last word of each organisation, unless it cleared it.

    rounds: of one position, newest first, those given up too: ending a round settles nothing.
    Counts what the lead may not read, so it is for the release gate alone, after the close.
    Source: practice B14, and B15 where a round says that a change blocks all.
    """
    last: dict[UUID, Held] = {}
    with guard.system(session, guard.System.RELEASE):
        for round_ in rounds:
            query = select(*_WORD).where(Answer.round_id == round_.id)
            for owner, row in heads(session.execute(query)).items():
                last.setdefault(owner, _held(round_, row))
        blocking = [held for held in last.values() if rules.holds_all(held.kind, held.blocks)]
        ids = [held.answer_id for held in blocking]
        settled = select(Talk.answer_id).where(
            Talk.answer_id.in_(ids), Talk.kind == rules.Deed.CLEARED
        )
        cleared = set(session.scalars(settled))
    return [held for held in blocking if held.answer_id not in cleared]


_WORD = (Answer.id, Answer.organisation_id, Answer.previous_id, Answer.kind, Answer.clauses)


def _held(round_: RoundRow, row: Any) -> Held:
    named = {UUID(cid): digest for cid, digest in row.clauses}
    return Held(
        answer_id=row.id,
        organisation_id=row.organisation_id,
        kind=row.kind,
        blocks=round_.blocks,
        content_hash=round_.content_hash,
        clauses=named,
    )


def offer(session: Session, actor: Actor, round_: RoundRow, version: VersionRow) -> Offer | None:
    """The endorsement that the actor's organisation said it would give, if its clause reads so.

    Only while it has not answered this round, and only when asking for that wording was its latest
    act on this position.
    """
    if not round_.is_open or signoff.my_answer(session, actor, round_.id) is not None:
        return None
    before = signoff.answer_before(session, actor, round_)
    if before is None or before.kind != Kind.CHANGE:
        return None
    row = session.scalars(select(Wish).where(Wish.answer_id == before.id)).first()
    if row is None or not rules.is_met(row.clause_id, row.clause_hash, version.clauses):
        return None
    return Offer(before, wish_row(row))


# --- what needs somebody today -------------------------------------------------------------------


def _waiting() -> Select[Any]:
    """Requests that stand in rounds that are not given up, with who spoke last."""
    us = bindparam(guard.READER, type_=_answer.c.organisation_id.type)
    last = ~_follows(_later, _talk)
    talk = and_(_talk.c.answer_id == _answer.c.id, last, guard.readers(_talk.c.audience_id))
    tables = _answer.join(_round, _round.c.id == _answer.c.round_id)
    tables = tables.join(_position, _position.c.id == _round.c.position_id)
    return (
        select(
            _answer.c.id,
            _answer.c.organisation_id,
            _round.c.organisation_id.label("lead_id"),
            _position.c.title,
            _talk.c.kind,
            _talk.c.organisation_id.label("spoke_id"),
        )
        .select_from(tables.outerjoin(_talk, talk))
        .where(
            or_(_answer.c.organisation_id == us, _round.c.organisation_id == us),
            _answer.c.kind.in_([kind.value for kind in HOLDING]),
            _position.c.stage == Stage.SIGNOFF.value,
            ~_follows(_again, _answer),
            ~_follows(_anew, _round),
        )
        .where(*(guard.readers(t.c.audience_id) for t in (_answer, _round, _position)))
        .order_by(_answer.c.recorded_at, _answer.c.id)
    )


def _follows(later: Any, row: Any) -> Any:
    """That another act follows this one."""
    those = select(later.c.id).where(
        later.c.previous_id == row.c.id, guard.readers(later.c.audience_id)
    )
    return those.exists()


_WAITING = _waiting()


def tasks(session: Session, actor: Actor) -> list[Task]:
    """For a lead: requests that wait for its reply. For an owner: replies to settle or answer."""
    if actor.organisation_id is None:
        return []
    found = (_task(actor, row) for row in guard.ask(session, actor, _WAITING))
    return [task for task in found if task is not None]


def _task(actor: Actor, row: Any) -> Task | None:
    deeds = [(row.kind, row.spoke_id == row.organisation_id)] if row.kind else []
    state = rules.state(Kind.CHANGE, deeds)
    is_ours = row.organisation_id == actor.organisation_id
    waits = State.ANSWERED if is_ours else State.OPEN
    parties = frozenset({row.lead_id})
    about = policy.About(organisation_id=row.organisation_id, party_ids=parties)
    if state is not waits or not policy.allows(actor, "objection:say", about):
        return None
    return Task(
        kind="reply",
        reason=Reason("objections.wait" if is_ours else "objections.open"),
        title=row.title,
        endpoint="objections.request",
        arguments={"answer_id": row.id},
        organisation_id=actor.must_organisation(),
    )
