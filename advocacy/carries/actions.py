"""Carry answers to a text that is the same, or differs in spelling only; take an answer out."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.carries import queries, rules
from advocacy.carries.schema import Carried, Choice, How, Spelling, What
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.positions import queries as positions
from advocacy.signoff import actions as signoff
from advocacy.signoff import queries as rounds
from advocacy.signoff.rows import AnswerRow, RoundRow, answer_row
from advocacy.signoff.rules import ENDORSING, VOID, Inside, Outside, Said, State, at_most
from advocacy.signoff.schema import Answer, Round

Of = tuple[Round, RoundRow]


def choose(
    session: Session, actor: Actor, answer_id: UUID, *, spelling: bool, translations: bool
) -> Choice:
    """Keep what one's own organisation ticked beside an answer it has just given.

    Raises: NotFound for another's answer; Denied.
    """
    row = rounds.receipt(session, actor, answer_id)
    policy.require(actor, "answer:lower", policy.About(organisation_id=row.organisation_id))
    endorses = row.kind in ENDORSING
    own = audience.intern(session, {row.organisation_id})
    made = Choice(
        id=new_id(),
        organisation_id=row.organisation_id,
        audience_id=own,
        own_audience_id=own,
        answer_id=answer_id,
        spelling=spelling and endorses,
        translations=translations and endorses,
    )
    session.add(made)
    session.flush()
    return made


def carry_same(
    session: Session, actor: Actor, row: Round, roster: Collection[UUID]
) -> frozenset[UUID]:
    """Carry to a round that opens what endorsed exactly this text with exactly these terms.

    Only where endorsing it was the last thing that the organisation did itself, other than showing
    itself less: it stands as it was lowered. Returns who is not asked again; for the one that
    sends the mails, and nobody else.
    """
    of = row, rounds.round_of(session, actor, row.id)
    with guard.system(session, guard.System.CARRY):
        earlier = rounds.last_before(session, row)
        same = [
            old
            for old in earlier.values()
            if old.organisation_id in roster
            and old.kind in ENDORSING
            and old.kind in row.answers
            and old.content_hash == row.content_hash
            and queries.is_own_act(session, old.id)
        ]
        # Here, not after: the lead may not read a row of who keeps its answer from it.
        whose = frozenset(old.organisation_id for old in same)
        for old in same:
            _carry(session, actor, of, old, How.SAME, recall_until=None)
    return whose


def _carry(
    session: Session,
    actor: Actor,
    of: Of,
    old: Answer,
    how: How,
    *,
    recall_until: datetime | None,
) -> None:
    """Let an answer stand in another round as it stood, ticks included. Under `guard.system`."""
    signer = replace(
        actor, person_id=old.person_id, seat_id=old.seat_id, organisation_id=old.organisation_id
    )
    before = answer_row(old)
    clauses = {anchor.clause_id: anchor.clause_hash for anchor in before.clauses}
    made = signoff.write(session, signer, of, before.said, None, clauses)
    own = audience.intern(session, {old.organisation_id})
    readers = {
        "organisation_id": old.organisation_id,
        "audience_id": own,
        "own_audience_id": own,
        "answer_id": made.id,
    }
    session.add(
        Carried(
            id=new_id(), **readers, from_answer_id=old.id, how=how.value, recall_until=recall_until
        )
    )
    tick = queries.ticks(session, old.round_id).get(old.organisation_id)
    if tick is not None:
        session.add(
            Choice(id=new_id(), **readers, spelling=tick.spelling, translations=tick.translations)
        )
    session.flush()
    # Nobody pressed a button for it, so nobody's name stands in the book.
    nobody = replace(signer, person_id=None, seat_id=None)
    event = rules.AnswerCarried(
        round=str(made.round_id), content_hash=made.content_hash, how=how.value
    )
    audit.record(session, nobody, event, book=f"round:{made.round_id}", about=made.id)


def propose(session: Session, actor: Actor, round_id: UUID) -> Spelling:
    """Say that a round's text differs from the one before in spelling only. One person of the lead.

    Raises: NotFound, Denied; Invalid where the machine finds more than spelling, or where fewer
    than 24 hours are left to recall it.
    """
    row, round_ = _led(session, actor, round_id)
    last = queries.spelling(session, actor, round_id)
    before = queries.before_round(session, actor, round_)
    now = positions.version(session, actor, row.version_id)
    Invalid.unless_empty(
        rules.proposal_faults(
            is_open=round_.is_open,
            is_spelling=before is not None and rules.is_only_spelling(before, now),
            closes_at=round_.closes_at,
            now=actor.now,
            last=last.what if last else None,
        )
    )
    return _say(session, actor, row, What.PROPOSED, after=None)


def confirm(session: Session, actor: Actor, round_id: UUID, *, after: UUID) -> Spelling:
    """Say so a second time, by another person of the lead: now it is carried.

    For each organisation that ticked it when it endorsed, and for which the machine finds only
    spelling between the version *it* signed and this one. Each is sent the difference and has 24
    hours to recall; the rest are asked as usual. after: the proposal on the page. Raises:
    NotFound, Denied; Invalid for who proposed it, or too late; Conflict.
    """
    row, round_ = _led(session, actor, round_id)
    last = queries.spelling(session, actor, round_id)
    if last is None or last.id != after:
        raise Conflict(Reason("acts.stale"))
    faults = rules.second_faults(last.what, is_same_person=last.person_id == actor.person_id)
    late = round_.closes_at - actor.now < rules.RECALL or round_.state != State.OPEN
    Invalid.unless_empty(faults or ([Reason("carries.too-late")] if late else []))
    made = _say(session, actor, row, What.CONFIRMED, after=last.id)
    with guard.system(session, guard.System.CARRY):
        _carry_spelling(session, actor, (row, round_))
    return made


def _carry_spelling(session: Session, actor: Actor, of: Of) -> None:
    row, _round = of
    now = positions.version(session, actor, row.version_id)
    # Who took back what it said is asked like the others: nothing is carried for it again.
    answered = {act.organisation_id for act in rounds.all_acts(session, row.id)}
    for old in rounds.last_before(session, row).values():
        if old.organisation_id in answered or old.kind not in ENDORSING & set(row.answers):
            continue
        tick = queries.ticks(session, old.round_id).get(old.organisation_id)
        signed = positions.version(session, actor, old.version_id)
        about = {UUID(cid) for cid, _digest in old.clauses}
        if (
            tick is not None
            and tick.spelling
            and rules.is_only_spelling(signed, now)
            and rules.carries_notes(signed, now, about)
        ):
            until = actor.now + rules.RECALL
            _carry(session, actor, of, old, How.SPELLING, recall_until=until)
            signoff.tell(session, "carries.carried", row, [old.organisation_id], now=actor.now)


def _led(session: Session, actor: Actor, round_id: UUID) -> tuple[Round, RoundRow]:
    row, round_ = rounds.hold(session, actor, round_id), rounds.round_of(session, actor, round_id)
    policy.require(actor, "round:open", policy.About(organisation_id=row.organisation_id))
    return row, round_


def _say(session: Session, actor: Actor, row: Round, what: What, *, after: UUID | None) -> Spelling:
    own = audience.intern(session, {row.organisation_id})
    act = Spelling(
        **acts.stamp(actor),
        round_id=row.id,
        what=what.value,
        audience_id=own,
        own_audience_id=own,
    )
    acts.append(session, act, after=after)
    event = rules.SpellingActed(what=what.value)
    audit.record(session, actor, event, book=f"round:{row.id}", about=row.id)
    return act


def lower(
    session: Session, actor: Actor, round_id: UUID, *, outside: str, inside: str
) -> AnswerRow:
    """Show the organisation's answer less: in this round, and where it was carried from it.

    Who takes its name off takes it off wherever it stands on that same word (practice B24); an
    answer that it gave anew in a later round is another word, and stays. Raises: as there.
    """
    made = signoff.lower(session, actor, round_id, outside=outside, inside=inside)
    for later in queries.standing_on(session, actor, made.id):
        mine = rounds.must_answer(session, actor, later)
        places, readers = at_most(mine.outside, mine.inside)
        less = {
            "outside": outside if outside in places else mine.outside,
            "inside": inside if inside in readers else mine.inside,
        }
        lower(session, actor, later, **less)
    return made


def recall(session: Session, actor: Actor, round_id: UUID) -> Answer:
    """Take one's own organisation out of what was carried for it.

    Within 24 hours, also when the round is over by then, and as long as the round is open: any
    organisation may hold for itself that it is more than spelling. It is asked like the others
    then. Raises: NotFound; Denied; Conflict when nothing is carried, or too late.
    """
    row, round_ = rounds.hold(session, actor, round_id), rounds.round_of(session, actor, round_id)
    mine = rounds.must_answer(session, actor, round_id)
    stands = queries.carried(session, actor, mine.id)
    policy.require(actor, "answer:lower", policy.About(organisation_id=mine.organisation_id))
    if stands is None:
        raise Conflict(Reason("carries.nothing-carried"), current=mine)
    in_time = stands.recall_until is not None and actor.now < stands.recall_until
    if not in_time and not round_.is_open:
        raise Conflict(Reason("carries.recall-over"), current=mine)
    return _void(session, actor, (row, round_), "")


def void(session: Session, actor: Actor, round_id: UUID, *, reason: str, after: UUID) -> Answer:
    """Take an answer out that was given without a mandate. The rows stay; every list is rid of it.

    after: the answer on the page. The organisation and the lead are told. Raises: NotFound,
    Denied; Conflict when another answer came meanwhile; Invalid without a reason.
    """
    row, round_ = rounds.hold(session, actor, round_id), rounds.round_of(session, actor, round_id)
    mine = rounds.must_answer(session, actor, round_id)
    policy.require(actor, "answer:void", policy.About(organisation_id=mine.organisation_id))
    if mine.id != after or mine.kind == VOID:
        raise Conflict(Reason("signoff.answered-meanwhile"), current=mine)
    words = reason.strip()
    Invalid.unless_empty(rules.reason_faults(words))
    made = _void(session, actor, (row, round_), words)
    told = [mine.organisation_id, row.organisation_id]
    signoff.tell(session, "carries.voided", row, told, now=actor.now)
    return made


def _void(session: Session, actor: Actor, of: Of, reason: str) -> Answer:
    before = rounds.must_answer(session, actor, of[0].id)
    said = Said(VOID, outside=Outside.PRIVATE, inside=Inside.NOBODY, note=reason)
    made = signoff.write(session, actor, of, said, before, {})
    event = rules.Voided(round=str(made.round_id))
    audit.record(session, actor, event, book=f"round:{made.round_id}", about=made.id)
    return made
