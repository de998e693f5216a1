"""Answer with what would settle it, talk about a request, clear it, endorse as was said."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor, Seat
from advocacy.audit import actions as audit
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.objections import queries, rules
from advocacy.objections.rows import RequestRow
from advocacy.objections.rules import Deed, State, Wanted
from advocacy.objections.schema import Talk, Wish
from advocacy.organisations import queries as organisations
from advocacy.outbox import actions as outbox
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionRow
from advocacy.signoff import actions as signoff
from advocacy.signoff import queries as rounds
from advocacy.signoff.actions import ANSWER_SEATS
from advocacy.signoff.rules import Inside, Kind, Outside, Said
from advocacy.signoff.schema import Answer

LEAD_SEATS = (Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.COORDINATOR)


def answer(
    session: Session,
    actor: Actor,
    round_id: UUID,
    said: Said,
    *,
    wanted: Wanted,
    seen_hash: str,
    after: UUID | None,
) -> Answer:
    """Record an answer, and with one that asks for a change what would settle it.

    Raises: as `signoff.actions.answer`; Invalid when nothing is said that would settle it.
    """
    round_ = rounds.round_of(session, actor, round_id)
    version = positions.version(session, actor, round_.version_id)
    given, wanted = wanted.wording, rules.tidy(wanted)
    faults = rules.wanted_faults(said.kind, wanted, version.clauses, given)
    made = signoff.answer(session, actor, round_id, said, seen_hash=seen_hash, after=after)
    Invalid.unless_empty(faults)
    if made.kind == Kind.CHANGE:
        _keep(session, made, said, wanted, version)
        if made.inside != Inside.NOBODY and made.organisation_id != round_.lead_id:
            _tell(session, "objections.asked", made.id, round_.lead_id, now=actor.now)
    return made


def _keep(session: Session, made: Answer, said: Said, wanted: Wanted, version: VersionRow) -> None:
    clause = next((c for c in version.clauses if c.cid == wanted.clause_id), None)
    row = Wish(
        id=new_id(),
        answer_id=made.id,
        organisation_id=made.organisation_id,
        audience_id=made.audience_id,
        own_audience_id=made.own_audience_id,
        fix=wanted.fix,
        clause_id=wanted.clause_id,
        wording=wanted.wording,
        clause_hash=rules.hash_with(clause, wanted.wording) if clause else "",
        # The dials of an answer that does not endorse fall away; these are for the day it does.
        outside=said.outside if clause else "",
        shown_name=said.shown_name.strip() if clause else "",
        logo=said.logo and said.outside == Outside.NAMED and clause is not None,
    )
    session.add(row)
    session.flush()


def say(session: Session, actor: Actor, answer_id: UUID, *, text: str, after: UUID | None) -> Talk:
    """Reply about a request: its owner, or the lead.

    after: the last thing said on the page. Raises: NotFound; Denied; Invalid; Conflict when
    somebody spoke meanwhile or the request was cleared.
    """
    found = queries.request(session, actor, answer_id)
    about = policy.About(
        organisation_id=found.organisation_id, party_ids=frozenset({found.round.lead_id})
    )
    policy.require(actor, "objection:say", about)
    _stands(found, after)
    words = text.strip()
    Invalid.unless_empty(rules.text_faults(words))
    made = _append(session, actor, found, Deed.SAID, words)
    event = rules.Said(answer=str(found.answer.id))
    audit.record(session, actor, event, book=f"round:{found.round.id}", about=found.answer.id)
    is_ours = actor.organisation_id == found.organisation_id
    other = found.round.lead_id if is_ours else found.organisation_id
    if found.round.lead_id != found.organisation_id:
        _tell(session, "objections.replied", found.answer.id, other, now=actor.now)
    return made


def clear(session: Session, actor: Actor, answer_id: UUID, *, after: UUID | None) -> Talk:
    """Say that the request is settled: nobody but the organisation that made it can.

    Its answer stays what it was until it gives another; it holds nothing back any more.
    Raises: NotFound; Denied; Conflict when somebody spoke meanwhile or it was cleared.
    """
    found = queries.request(session, actor, answer_id)
    about = policy.About(organisation_id=found.organisation_id)
    policy.require(actor, "objection:clear", about)
    _stands(found, after)
    made = _append(session, actor, found, Deed.CLEARED, "")
    event = rules.Cleared(answer=str(found.answer.id))
    audit.record(session, actor, event, book=f"round:{found.round.id}", about=found.answer.id)
    return made


def _stands(found: RequestRow, after: UUID | None) -> None:
    if found.state is State.CLEARED:
        raise Conflict(Reason("objections.cleared"), current=found)
    if found.last_id != after:
        raise Conflict(Reason("objections.spoken-meanwhile"), current=found)


def _append(session: Session, actor: Actor, found: RequestRow, kind: Deed, text: str) -> Talk:
    effective, own = rounds.audiences(session, actor, found.answer.id)
    made = Talk(
        **acts.stamp(actor),
        answer_id=found.answer.id,
        round_id=found.round.id,
        kind=kind,
        text=text,
        audience_id=effective,
        own_audience_id=own,
    )
    return acts.append(session, made, after=found.last_id)


def endorse_as_said(
    session: Session, actor: Actor, round_id: UUID, *, of: UUID, seen_hash: str
) -> Answer:
    """Endorse now that the clause reads as the organisation asked, shown as it said then.

    of: the answer that set the condition. Raises: NotFound when it is not met; Conflict when the
    round is over or another answer came since; as `signoff.actions.answer`.
    """
    round_ = rounds.round_of(session, actor, round_id)
    version = positions.version(session, actor, round_.version_id)
    found = queries.offer(session, actor, round_, version)
    if found is None or found.answer.id != of:
        raise _why_not(session, actor, round_id)
    wish = found.wish
    said = Said(
        Kind.ENDORSE,
        outside=wish.outside or Outside.PRIVATE,
        inside=found.answer.inside,
        shown_name=wish.shown_name,
        logo=wish.logo,
    )
    said = (
        said
        if said.shown_name or said.outside != Outside.NAMED
        else replace(said, shown_name=actor.organisation_name)
    )
    return signoff.answer(session, actor, round_id, said, seen_hash=seen_hash, after=None)


def _why_not(session: Session, actor: Actor, round_id: UUID) -> Exception:
    """What the page that was pressed on did not know yet."""
    round_ = rounds.round_of(session, actor, round_id)
    mine = rounds.my_answer(session, actor, round_id)
    if not round_.is_open:
        return Conflict(Reason(f"signoff.round-{round_.state}"), current=mine)
    if mine is not None:
        return Conflict(Reason("signoff.answered-meanwhile"), current=mine)
    return NotFound()


def _tell(
    session: Session, kind: str, answer_id: UUID, organisation_id: UUID, *, now: datetime
) -> None:
    seats = {*ANSWER_SEATS, *LEAD_SEATS}
    for person in organisations.addresses(session, organisation_id, seats=seats, now=now):
        ids = {"answer": answer_id, "organisation": organisation_id, "person": person.id}
        payload = {name: str(value) for name, value in ids.items()}
        outbox.enqueue(session, kind, payload, due_at=now)
