"""Open a round, answer, lower how an answer is shown, end a round."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table, and_, select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import MANDATED, Actor
from advocacy.audit import actions as audit
from advocacy.delegations import queries as delegations
from advocacy.delegations.rules import SIGNING
from advocacy.ground import acts
from advocacy.ground.errors import Conflict, Invalid
from advocacy.organisations import queries as organisations
from advocacy.outbox import actions as outbox
from advocacy.positions import queries as positions
from advocacy.signoff import queries, rules
from advocacy.signoff.rows import AnswerRow, RoundRow, answer_row
from advocacy.signoff.rules import Said
from advocacy.signoff.schema import Answer, OfAnswer, Round

ANSWER_SEATS = (*MANDATED, *SIGNING)


def tell(
    session: Session, kind: str, row: Round, organisation_ids: Collection[UUID], *, now: datetime
) -> None:
    """One mail per person who may answer, each tried on its own."""
    for organisation in sorted(set(organisation_ids)):
        people = organisations.addresses(session, organisation, seats=ANSWER_SEATS, now=now)
        for person in people:
            ids = {"round": row.id, "organisation": organisation, "person": person.id}
            payload = {name: str(value) for name, value in ids.items()}
            outbox.enqueue(session, kind, payload, due_at=now)


def answer(
    session: Session,
    actor: Actor,
    round_id: UUID,
    said: Said,
    *,
    seen_hash: str,
    after: UUID | None,
) -> Answer:
    """Record what the actor's organisation answers to the exact text its signer was shown.

    seen_hash: content hash on the signer's page. after: the organisation's answer that page was
    based on. Raises: NotFound, Denied; Conflict (nothing recorded) when the round is over, the
    text is another, or another answer of the organisation came meanwhile; Invalid.
    """
    row, round_ = _locked(session, actor, round_id)
    party = queries.is_invited(session, actor, round_id)
    actor = delegations.signing(session, actor)
    mine = frozenset({actor.must_organisation()} if party else ())
    policy.require(actor, "answer:give", policy.About(party_ids=mine))
    before = queries.my_answer(session, actor, round_id)
    version = positions.version(session, actor, row.version_id)
    takes = rules.takes(round_.state, before.kind if before else None, is_late=round_.is_late)
    stale = rules.stale(
        rules.State.OPEN if takes else round_.state,
        # Recomputed, not trusted: what is signed is what the rows say now.
        is_text_same=seen_hash == row.content_hash == version.rehashed,
        is_answer_same=(before.id if before else None) == after,
    )
    if stale:
        raise Conflict(stale, current=before)
    said = rules.tidy(said)
    known = {clause.cid: clause.hash for clause in version.clauses}
    by = before.person_id if before else None
    Invalid.unless_empty(
        rules.answer_faults(said, allowed=round_.answers, clauses=set(known))
        + delegations.answer_faults(session, actor, outside=said.outside, answered_by=by)
    )
    made = write(session, actor, (row, round_), said, before, {c: known[c] for c in said.clauses})
    _tell_answered(session, actor, (row, round_), made)
    return made


def _tell_answered(
    session: Session, actor: Actor, of: tuple[Round, RoundRow], made: Answer
) -> None:
    row, round_ = of
    event = rules.Answered(
        round=str(row.id),
        content_hash=row.content_hash,
        kind=made.kind,
        outside=made.outside,
        inside=made.inside,
    )
    audit.record(session, actor, event, book=f"round:{row.id}", about=made.id)
    if round_.is_silence and made.kind in rules.HOLDING:  # all are told at once (I8)
        outbox.enqueue(session, "rounds.held", {"round": str(row.id)}, due_at=actor.now)
    if made.outside == rules.Outside.NAMED:  # a receipt of any other is fetched, never mailed (A3)
        tell(session, "rounds.answered", row, [made.organisation_id], now=actor.now)


def _locked(session: Session, actor: Actor, round_id: UUID) -> tuple[Round, RoundRow]:
    return queries.hold(session, actor, round_id), queries.round_of(session, actor, round_id)


def write(
    session: Session,
    actor: Actor,
    of: tuple[Round, RoundRow],
    said: Said,
    before: AnswerRow | None,
    clauses: Mapping[UUID, str],
) -> Answer:
    """Append to the organisation's chain, and never leave an earlier row wider than this one.

    What may be written was asked before: by `answer` and `lower`, or where an answer is carried.
    """
    row, round_ = of
    readers = rules.readers(
        said.inside,
        own=actor.must_organisation(),
        lead=row.organisation_id,
        participants=row.participants_id,
        closes_at=round_.closes_at,
        answered=round_.answered_id,
    )
    if round_.answered_id is not None:
        audience.join(session, round_.answered_id, actor.must_organisation(), now=actor.now)
    own = audience.intern(session, readers)
    made = Answer(
        **acts.stamp(actor),
        round_id=row.id,
        version_id=row.version_id,
        content_hash=row.content_hash,
        kind=said.kind,
        outside=said.outside,
        inside=said.inside,
        shown_name=said.shown_name,
        logo=said.logo and round_.logos,  # also where it is carried from a round that had them
        note=said.note,
        printed=said.printed,
        clauses=[[str(cid), digest] for cid, digest in clauses.items()],
        audience_id=audience.meet(session, row.audience_id, own, now=actor.now),
        own_audience_id=own,
    )
    acts.append(session, made, after=before.id if before else None)
    if before is not None and rules.is_narrower_inside(said.inside, before.inside):
        _narrow_earlier(session, made)
    return made


def _narrow_earlier(session: Session, made: Answer) -> None:
    """A lowered dial leaves no trace: the rows before it go to the same few readers (A2).

    So does what hangs on them, whoever wrote it.
    """
    table = cast(Table, Answer.__table__)
    earlier = (
        table.c.round_id == made.round_id,
        table.c.organisation_id == made.organisation_id,
        table.c.id != made.id,
    )
    hanging = [(t, t.c.answer_id.in_(select(table.c.id).where(*earlier))) for t in _of_answers()]
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for of, which in [(table, and_(*earlier)), *hanging]:
            session.execute(update(of).where(which).values(audience_id=made.audience_id))


def _of_answers() -> list[Table]:
    return [cast(Table, cls.__table__) for cls in OfAnswer.__subclasses__()]  # type: ignore[attr-defined]  # mapped


def lower(
    session: Session, actor: Actor, round_id: UUID, *, outside: str, inside: str
) -> AnswerRow:
    """Show the organisation's answer less, at once in every output, at any time.

    Works on the answer as it stands now: lowering never waits for a fresh page, and doing it
    twice changes nothing. Raises: NotFound without an answer; Invalid when a dial would go up.
    """
    row, round_ = _locked(session, actor, round_id)
    before = queries.must_answer(session, actor, round_id)
    actor = delegations.signing(session, actor)
    policy.require(actor, "answer:lower", policy.About(organisation_id=before.organisation_id))
    dials = (before.outside, before.inside)
    Invalid.unless_empty(rules.dial_faults(outside, inside, before=dials))
    if dials == (outside, inside):
        return before
    said = replace(before.said, outside=outside, inside=inside)
    clauses = {anchor.clause_id: anchor.clause_hash for anchor in before.clauses}
    made = write(session, actor, (row, round_), rules.tidy(said), before, clauses)
    event = rules.Lowered(round=str(row.id), outside=outside, inside=inside)
    audit.record(session, actor, event, book=f"round:{row.id}", about=made.id)
    return answer_row(made)
