"""Propose wording, stand behind it, decide about it, answer an offer."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.amendments import queries, rules
from advocacy.amendments.rows import Currency, Outcome, State
from advocacy.amendments.rules import Plan, Wanted
from advocacy.amendments.schema import Amendment, AmendmentAct, Deed, Kind, Source, Support
from advocacy.audit import actions as audit
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.schema import ClauseKind
from advocacy.ground.acts import append, current, stamp
from advocacy.ground.base import new_id
from advocacy.ground.clock import day_in
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.positions.rules import ENDED
from advocacy.positions.schema import Position, Stage
from advocacy.text.canon import normalise
from advocacy.text.hashes import Clause


def propose(
    session: Session,
    actor: Actor,
    position_id: UUID,
    *,
    cid: UUID | None,
    after: UUID | None,
    kind: Kind,
    heading: str,
    wording: str,
    reason: str,
    base_hash: str,
    made_from: UUID | None = None,
    clause_kind: str = "",
) -> Amendment:
    """Propose exact wording, or a place, for a clause of a text one takes part in.

    cid: the clause; None for an insertion, which stands after `after` (None = first), as a move
    does. base_hash: the clause's as it was read; made_from: the version it was read in, None for
    the draft. clause_kind: of an insertion; empty = a paragraph, or a heading without text.
    Raises: NotFound; Denied; Invalid; Conflict with today's clauses when the draft reads
    otherwise than `base_hash`, or when the text went out.
    """
    of = _open_to_proposals(session, actor, position_id)
    clauses = _read(session, actor, of, made_from)
    base = _base(clauses, kind, cid=cid, after=after, base_hash=base_hash)
    words = rules.tidied(Kind(kind), heading, wording)
    new = Plan(
        kind=Kind(kind).value,
        cid=cid if kind != Kind.INSERTION else None,
        after=after if kind in (Kind.INSERTION, Kind.MOVE) else None,
        clause_kind=base.kind if base else clause_kind or _kind_of_words(*words),
        base_hash=base.hash if base else "",
        base_heading=normalise(base.heading) if base else "",
        base_text=normalise(base.text) if base else "",
        heading=words[0],
        wording=words[1],
    )
    count = queries.asked(session, actor, position_id).waiting
    Invalid.unless_empty(rules.proposal_faults(new, reason=reason, base=base, open_count=count))
    return _add(session, actor, of, new, reason=normalise(reason), made_from=made_from)


def _open_to_proposals(session: Session, actor: Actor, position_id: UUID) -> Position:
    of = positions.position(session, actor, position_id)
    _require(actor, "amendment:propose", of.organisation_id)
    if Stage(of.stage) in ENDED:
        raise Conflict(Reason("amendments.text-is-out"))
    return of


def _read(session: Session, actor: Actor, of: Position, made_from: UUID | None) -> list[Clause]:
    """The clauses that a proposal was written on. Raises NotFound for another text's version."""
    if made_from is None:
        return drafts.clauses(session, actor, of.document_id)
    version = positions.version(session, actor, made_from)
    if version.position_id != of.id:
        raise NotFound
    return list(version.clauses)


def _base(
    clauses: list[Clause], kind: Kind, *, cid: UUID | None, after: UUID | None, base_hash: str
) -> Clause | None:
    there = {clause.cid: clause for clause in clauses}
    if kind in (Kind.INSERTION, Kind.MOVE) and after is not None and after not in there:
        raise Conflict(Reason("drafting.clause-gone"), current=clauses)
    if kind == Kind.INSERTION:
        return None
    base = there.get(cid) if cid else None
    if base is None:
        raise Conflict(Reason("drafting.clause-gone"), current=clauses)
    if base.hash != base_hash:
        raise Conflict(Reason("acts.stale"), current=clauses)
    return base


def _kind_of_words(heading: str, wording: str) -> str:
    return (ClauseKind.HEADING if heading and not wording else ClauseKind.PARAGRAPH).value


def _add(
    session: Session,
    actor: Actor,
    of: Position,
    new: Plan,
    *,
    reason: str,
    made_from: UUID | None,
) -> Amendment:
    mine = actor.must_organisation()
    is_lead = mine == of.organisation_id
    made = Amendment(
        id=new_id(),
        organisation_id=mine,
        audience_id=of.audience_id,
        own_audience_id=of.own_audience_id,
        position_id=of.id,
        document_id=of.document_id,
        lead_id=of.organisation_id,
        source=(Source.PENHOLDER if is_lead else Source.ORGANISATION).value,
        reason=reason,
        made_from=made_from,
        proposed_at=actor.now,
        **new.__dict__,
    )
    session.add(made)
    session.flush()
    _act(session, actor, made, Deed.PROPOSED, after=None)
    return made


def support(session: Session, actor: Actor, amendment_id: UUID, *, on: date | None = None) -> None:
    """Stand behind an amendment in the organisation's name, from its own decision's day on.

    on: that day; None = today. Raises: NotFound; Denied; Invalid for one's own amendment or a
    day to come; Conflict when it is decided, or supported already.
    """
    _stand(session, actor, amendment_id, stands=True, on=on)


def unsupport(session: Session, actor: Actor, amendment_id: UUID) -> None:
    """Stand behind it no longer. Raises: NotFound; Denied; Conflict as `support`."""
    _stand(session, actor, amendment_id, stands=False, on=None)


def _stand(
    session: Session, actor: Actor, amendment_id: UUID, *, stands: bool, on: date | None
) -> None:
    found = _locked(session, actor, amendment_id)
    today = _today(session, actor, found)
    _require(actor, "amendment:propose", found.lead_id)
    if found.organisation_id == actor.organisation_id:
        raise Invalid(Reason("amendments.own"))
    if on and on > today:
        raise Invalid(Reason("amendments.day-to-come", "on"))
    if _state(session, found)[0] not in rules.UNDECIDED:
        raise Conflict(Reason("amendments.decided"))
    mine = select(Support).where(
        Support.amendment_id == amendment_id, Support.organisation_id == actor.organisation_id
    )
    last = current(session.scalars(mine))
    if (last.stands if last else False) is stands:
        raise Conflict(Reason("acts.stale"))
    row = Support(
        id=new_id(),
        **stamp(actor),
        audience_id=found.audience_id,
        own_audience_id=found.own_audience_id,
        amendment_id=found.id,
        stands=stands,
        effective_on=on or today,
    )
    append(session, row, after=last.id if last else None)
    _tell(session, actor, found, "supported" if stands else "unsupported")


def accept(session: Session, actor: Actor, amendment_id: UUID, *, after: UUID, seen: str) -> UUID:
    """Take an amendment into the text, or the wording that was agreed. Returns the clause's id.

    after: its last act as it was read; seen: `rules.basis` of the text as it was read.
    Raises: NotFound; Denied; Conflict with today's clauses when either moved on, when the words
    do not fit the text any more, or when the text is closed.
    """
    found, deed = _held(session, actor, amendment_id, Deed.ACCEPTED, after=after)
    row = queries.amendment(session, actor, amendment_id)
    plan = queries.offer(session, actor, row) if deed is Deed.APPLIED else None
    return _apply(session, actor, found, plan or found, deed, after=after, seen=seen)


def _apply(
    session: Session,
    actor: Actor,
    found: Amendment,
    plan: Wanted,
    deed: Deed,
    *,
    after: UUID,
    seen: str,
) -> UUID:
    clauses = drafts.clauses(session, actor, found.document_id)
    made = rules.outcome(plan, clauses)
    _must_fit(made, clauses)
    edit = rules.edit_of(plan, made)
    # An edit of the live text like any other: closed or changed meanwhile, it says so itself.
    (cid,) = drafting.change(session, actor, found.document_id, [edit], based_on=seen)
    _act(session, actor, found, deed, after=after, cid=cid)
    return cid


def _must_fit(made: Outcome, clauses: Sequence[Clause]) -> None:
    if made.currency in (Currency.CONFLICT, Currency.ORPHANED):
        raise Conflict(Reason(f"amendments.{made.currency.value}"), current=list(clauses))


def offer(
    session: Session,
    actor: Actor,
    amendment_id: UUID,
    *,
    after: UUID,
    seen: str,
    heading: str,
    wording: str,
    reason: str,
) -> None:
    """Accept with changes: other wording, back to the proposer, who agrees or does not.

    seen: the clause's hash as it was read (empty for an insertion).
    Raises: NotFound; Denied; Invalid; Conflict with today's clauses.
    """
    found, _deed = _held(session, actor, amendment_id, Deed.OFFERED, after=after)
    clauses = drafts.clauses(session, actor, found.document_id)
    base = next((clause for clause in clauses if clause.cid == found.cid), None)
    if found.kind == Kind.REPLACEMENT and (base is None or base.hash != seen):
        gone = "drafting.clause-gone" if base is None else "acts.stale"
        raise Conflict(Reason(gone), current=clauses)
    words = rules.tidied(Kind(found.kind), heading, wording)
    read = {
        "heading": words[0],
        "wording": words[1],
        "base_hash": base.hash if base else "",
        "base_heading": normalise(base.heading) if base else "",
        "base_text": normalise(base.text) if base else "",
    }
    plan = queries.offered(found, Plan(found.kind, None, None, found.clause_kind, **read))
    Invalid.unless_empty(rules.proposal_faults(plan, reason=reason, base=base))
    _act(session, actor, found, Deed.OFFERED, after=after, reason=normalise(reason), **read)


def agree(session: Session, actor: Actor, amendment_id: UUID, *, after: UUID, seen: str) -> None:
    """Agree to the wording that the lead offered, for the organisation that proposed.

    It goes into the text at once where it fits and the actor may write there; else the lead puts
    it in. Raises: NotFound; Denied; Conflict with today's clauses.
    """
    found, _deed = _held(session, actor, amendment_id, Deed.AGREED, after=after)
    plan = queries.offer(session, actor, queries.amendment(session, actor, amendment_id))
    clauses = drafts.clauses(session, actor, found.document_id)
    if plan is None or rules.basis(plan, clauses) != seen:
        raise Conflict(Reason("acts.stale"), current=clauses)
    agreed = _act(session, actor, found, Deed.AGREED, after=after)
    of = positions.position(session, actor, found.position_id)
    draft = drafts.document(session, actor, found.document_id)
    fits = rules.outcome(plan, clauses).currency in rules.PLACED
    if fits and draft.closed_at is None and positions.may(actor, "clause:edit", of):
        _apply(session, actor, found, plan, Deed.APPLIED, after=agreed.id, seen=seen)


def refuse(
    session: Session, actor: Actor, amendment_id: UUID, *, after: UUID, reason: str = ""
) -> None:
    """Do not agree to the wording offered; the amendment waits again as it was proposed.

    Raises: NotFound; Denied; Invalid; Conflict.
    """
    _end(session, actor, amendment_id, Deed.REFUSED, after=after, reason=reason)


def reject(session: Session, actor: Actor, amendment_id: UUID, *, after: UUID, reason: str) -> None:
    """Do not take an amendment, with the reason that the circle reads.

    Raises: NotFound; Denied; Invalid without a reason; Conflict.
    """
    _end(session, actor, amendment_id, Deed.REJECTED, after=after, reason=reason)


def withdraw(
    session: Session, actor: Actor, amendment_id: UUID, *, after: UUID, reason: str = ""
) -> None:
    """Take one's own amendment back. Raises: NotFound; Denied; Invalid; Conflict."""
    _end(session, actor, amendment_id, Deed.WITHDRAWN, after=after, reason=reason)


def _end(
    session: Session, actor: Actor, amendment_id: UUID, deed: Deed, *, after: UUID, reason: str
) -> None:
    found, _deed = _held(session, actor, amendment_id, deed, after=after)
    Invalid.unless_empty(rules.reason_faults(reason, must=deed is Deed.REJECTED))
    _act(session, actor, found, deed, after=after, reason=normalise(reason))


def _held(
    session: Session, actor: Actor, amendment_id: UUID, deed: Deed, *, after: UUID
) -> tuple[Amendment, Deed]:
    """The amendment, locked, and the deed as its state makes it: what was agreed is applied.

    Raises: NotFound; Denied; Conflict when it moved on since `after`, or is decided.
    """
    found = _locked(session, actor, amendment_id)
    is_proposer = found.organisation_id == actor.organisation_id
    if deed in rules.OF_LEAD:
        _require(actor, "amendment:decide", found.lead_id)
    else:
        _require(actor, "amendment:propose", found.lead_id)
        if not is_proposer:
            raise Denied(Reason("access.denied", facts={"permission": "amendment:propose"}))
    state, head = _state(session, found)
    if deed is Deed.ACCEPTED and state is State.AGREED:
        deed = Deed.APPLIED
    is_lead = found.lead_id == actor.organisation_id
    may = rules.deeds(state, is_lead=is_lead, is_proposer=is_proposer, kind=found.kind)
    if head != after or deed not in may:
        said = "acts.stale" if head != after else "amendments.not-now"
        decided = state not in rules.UNDECIDED
        raise Conflict(Reason("amendments.decided" if decided else said))
    return found, deed


def _state(session: Session, found: Amendment) -> tuple[State, UUID]:
    acts = session.scalars(select(AmendmentAct).where(AmendmentAct.amendment_id == found.id))
    head = current(acts)
    if head is None:
        raise NotFound
    return rules.STATE_AFTER[Deed(head.deed)], head.id


def _locked(session: Session, actor: Actor, amendment_id: UUID) -> Amendment:
    """The amendment; others who act on it wait until this transaction ends. Raises NotFound."""
    query = select(Amendment).where(Amendment.id == amendment_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound
    positions.position(session, actor, found.position_id)
    return found


def _today(session: Session, actor: Actor, found: Amendment) -> date:
    # The workspace's day: east of Greenwich it has begun before that of UTC.
    of = positions.position(session, actor, found.position_id)
    return day_in(actor.now, organisations.workspace_by_id(session, actor, of.workspace_id).zone)


def _require(actor: Actor, permission: str, lead_id: UUID) -> None:
    # Whoever sees the text takes part in it: its audience is its circle.
    parties = frozenset({actor.organisation_id} if actor.organisation_id else ())
    policy.require(actor, permission, policy.About(organisation_id=lead_id, party_ids=parties))


def _act(
    session: Session, actor: Actor, of: Amendment, deed: Deed, *, after: UUID | None, **more: Any
) -> AmendmentAct:
    act = AmendmentAct(
        id=new_id(),
        **stamp(actor),
        audience_id=of.audience_id,
        own_audience_id=of.own_audience_id,
        amendment_id=of.id,
        deed=deed.value,
        **more,
    )
    append(session, act, after=after)
    _tell(session, actor, of, deed.value, act.cid)
    return act


def _tell(
    session: Session, actor: Actor, of: Amendment, what: str, cid: UUID | None = None
) -> None:
    event = rules.Acted(
        amendment=str(of.id),
        what=what,
        kind=of.kind,
        clause=str(cid or of.cid or ""),
        proposer=str(of.organisation_id),
    )
    audit.record(session, actor, event, book=f"position:{of.position_id}", about=of.position_id)
