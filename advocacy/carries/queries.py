"""What is carried, what is asked again and why, and what organisations ticked."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.carries import rules
from advocacy.carries.schema import Carried, Choice, How, Spelling, What
from advocacy.ground import acts
from advocacy.ground.reasons import Reason
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionRow
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import AnswerRow, RoundRow
from advocacy.signoff.rules import is_raised


@dataclass(frozen=True)
class Since:
    """What one's own organisation signed, and what is put to it now. carried: if it stands."""

    signed: VersionRow | None
    answer: AnswerRow | None
    why: tuple[Reason, ...]
    carried: Carried | None
    is_only_spelling: bool


def carried(session: Session, actor: Actor, answer_id: UUID) -> Carried | None:
    """That an answer of one's own organisation was carried, and from which; None if given anew.

    One that was only shown less since is still the carried one, and can be recalled.
    """
    return _carried(session, answer_id)


def _carried(session: Session, answer_id: UUID) -> Carried | None:
    first = _as_given(session, answer_id)
    return session.scalars(select(Carried).where(Carried.answer_id == first)).first()


def _as_given(session: Session, answer_id: UUID) -> UUID:
    """The row that an answer was given or carried by, before it was only lowered."""
    rows = signoff.beside(session, answer_id)
    ticked = select(Choice.answer_id).where(Choice.answer_id.in_(list(rows)))
    anew = set(session.scalars(ticked))  # lowering ticks nothing
    at = rows[answer_id]
    while at.id not in anew and at.previous_id in rows:
        before = rows[at.previous_id]
        dials = (before.outside, before.inside), (at.outside, at.inside)
        if before.kind != at.kind or is_raised(*dials):
            break
        at = before
    return UUID(str(at.id))


def standing_on(session: Session, actor: Actor, answer_id: UUID) -> list[UUID]:
    """The rounds where an answer that was carried from this one's round still stands."""
    acts_here = list(signoff.beside(session, answer_id))
    query = select(Carried.answer_id).where(
        Carried.from_answer_id.in_(acts_here), Carried.organisation_id == actor.organisation_id
    )
    found = []
    for carried_id in session.scalars(query):
        later = signoff.receipt(session, actor, carried_id).round_id
        mine = signoff.must_answer(session, actor, later)
        stands = _carried(session, mine.id)
        if stands is not None and stands.answer_id == carried_id:
            found.append(later)
    return found


def is_own_act(session: Session, answer_id: UUID) -> bool:
    """Whether an organisation itself said this of exactly this text. Under `guard.system` only.

    What was carried as a spelling was not: nobody of it has seen the corrected words for sure, so
    it is no ground to carry it on without its 24 hours (practice B18).
    """
    of = _carried(session, answer_id)
    return of is None or (of.how == How.SAME and is_own_act(session, of.from_answer_id))


def since(session: Session, actor: Actor, round_: RoundRow) -> Since:
    """What differs from the version that one's own organisation answered last."""
    mine = signoff.my_answer(session, actor, round_.id)
    stands = carried(session, actor, mine.id) if mine else None
    before = (
        signoff.receipt(session, actor, stands.from_answer_id)
        if stands
        else signoff.answer_before(session, actor, round_)
    )
    if before is None:
        return Since(None, None, (), stands, is_only_spelling=False)
    signed = positions.version(session, actor, before.version_id)
    now = positions.version(session, actor, round_.version_id)
    return Since(
        signed=signed,
        answer=before,
        why=tuple(rules.differences(signed, now)),
        carried=stands,
        is_only_spelling=rules.is_only_spelling(signed, now),
    )


def spelling(session: Session, actor: Actor, round_id: UUID) -> Spelling | None:
    """The last that was said about spelling in a round; for its lead."""
    query = select(Spelling).where(Spelling.round_id == round_id)
    return acts.current(session.scalars(query))


def recalls_over(session: Session, actor: Actor, round_id: UUID) -> bool:
    """Whether the time in which organisations recall a spelling is over; for the lead's gate.

    Counted from the second person's word, whether or not anybody was carried by it: the wait tells
    nothing of who ticked it.
    """
    last = spelling(session, actor, round_id)
    if last is None or last.what != What.CONFIRMED:
        return True
    return actor.now >= last.recorded_at + rules.RECALL


def before_round(session: Session, actor: Actor, round_: RoundRow) -> VersionRow | None:
    """The version of the round before this one, for its lead; None for a first round."""
    rounds = signoff.rounds(session, actor, round_.position_id)
    earlier = [r for r in rounds if r.opened_at < round_.opened_at]
    return positions.version(session, actor, earlier[0].version_id) if earlier else None


def in_translations(session: Session, actor: Actor, round_id: UUID) -> frozenset[UUID]:
    """Organisations that let their name stand under translations (practice B23), by their answer
    as it stands. For what compiles the list of a translation, and nothing else."""
    with guard.system(session, guard.System.RELEASE):
        ticked = ticks(session, round_id)
        return frozenset(o for o, tick in ticked.items() if tick.translations)


def ticks(session: Session, round_id: UUID) -> dict[UUID, Choice]:
    """What each organisation ticked beside its answer in a round. Under `guard.system` only.

    Lowering an answer keeps what was ticked beside it; a new answer is ticked anew.
    """
    rows = {row.id: row for row in signoff.all_acts(session, round_id)}
    made = session.scalars(select(Choice).where(Choice.answer_id.in_(list(rows))))
    beside = {row.answer_id: row for row in made}
    followed = {row.previous_id for row in rows.values()}
    found: dict[UUID, Choice] = {}
    for row in rows.values():
        at = row if row.id not in followed else None
        while at is not None and at.id not in beside:
            at = rows.get(at.previous_id)
        if at is not None:
            found[at.organisation_id] = beside[at.id]
    return found
