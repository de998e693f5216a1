"""Propose a change, accept it, all or in part, decline it, take it back."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.analysis import actions as analysis
from advocacy.ground.acts import append, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Denied, Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.proposals import queries, rules
from advocacy.proposals.rules import Mark
from advocacy.proposals.schema import Deed, Proposal, ProposalAct
from advocacy.text.canon import normalise
from advocacy.threats import actions as threats
from advocacy.threats import mapper
from advocacy.threats import queries as records
from advocacy.threats.rows import Entry
from advocacy.threats.schema import FieldClass, Threat


def propose(
    session: Session,
    actor: Actor,
    threat_id: UUID,
    wanted: Mapping[str, Any],
    *,
    reason: str,
    based_on: str,
) -> Proposal:
    """Propose other values for fields of somebody else's record.

    wanted: plain values by field, of `rules.FIELDS`; based_on: `rules.digest` of the record as
    read. Raises: NotFound; Denied; Invalid, also for no change; Conflict with today's values.
    """
    threat = records.threat(session, actor, threat_id)
    if not queries.may_propose(actor, threat):
        raise Denied(Reason("access.denied", facts={"permission": "proposal:make"}))
    now = queries.values(session, actor, threat_id)
    if rules.digest(now) != based_on:
        raise Conflict(Reason("acts.stale"), current=now)
    reason = normalise(reason).strip()
    Invalid.unless_empty(rules.reason_faults(reason))
    patch = rules.patch(now, _checked(session, actor, threat, {**now, **wanted}))
    if not patch:
        raise Invalid(Reason("proposals.nothing"))
    both = audience.intern(session, {actor.must_organisation(), threat.organisation_id})
    made = Proposal(
        id=new_id(),
        threat_id=threat_id,
        owner_id=threat.organisation_id,
        patch=patch,
        reason=reason,
        person_id=actor.person_id,
        at=actor.now,
        **threats.under(session, actor, threat, FieldClass.MEMBERS, own=both),
    )
    session.add(made)
    session.flush()
    threats.note(session, actor, threat, rules.Proposed(), made.id)
    return made


def _checked(
    session: Session, actor: Actor, threat: Threat, wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """The values as the record would keep them. Raises Invalid, as an edit would."""
    known = {f.name: getattr(threat, f.name) for f in fields(Entry) if hasattr(threat, f.name)}
    known |= {name: rules.typed(name, value) for name, value in wanted.items()}
    # Not what is proposed: a day to look again that has passed is the owner's to mend.
    entry = replace(Entry(**known), next_review=None)
    space = organisations.workspace_by_id(session, actor, threat.workspace_id)
    entry, _safe = mapper.prepared(session, actor, space, entry)
    return {name: rules.plain(getattr(entry, name)) for name in rules.FIELDS}


def accept(
    session: Session, actor: Actor, proposal_id: UUID, *, taken: frozenset[str], reason: str
) -> ProposalAct:
    """Make the change, or part of it, in one's own record; the same ones of others close with it.

    taken: fields of the proposal. Raises: NotFound; Denied; Invalid for none; Conflict when it is
    closed, or one of these fields changed since.
    """
    found, threat = _mine(session, actor, proposal_id)
    _row, now = queries.proposal(session, actor, proposal_id)
    fresh = {field.name for field in now.fields if field.mark == Mark.FRESH}
    if not taken:
        raise Invalid(Reason("proposals.choose", "taken"))
    if not taken <= fresh:
        raise Conflict(Reason("proposals.moved"), current=now)
    current = records.current(session, actor, threat.id)
    entry = replace(
        current.entry, **{name: rules.typed(name, found.patch[name][1]) for name in taken}
    )
    threats.edit(session, actor, threat.id, entry, based_on=current.edition)
    analysis.follow(session, actor, threat.id)
    deed = Deed.ACCEPTED if taken == set(found.patch) else Deed.PARTLY
    act = _close(session, actor, threat, found, deed, taken=taken, reason=reason)
    for other in queries.open_on(session, threat.id):
        if rules.is_within(found.patch, other.patch, taken):
            same = frozenset(other.patch)
            _close(session, actor, threat, other, Deed.ACCEPTED, taken=same, reason=reason)
    return act


def decline(session: Session, actor: Actor, proposal_id: UUID, *, reason: str) -> ProposalAct:
    """Leave one's own record as it is, and say why; the same proposals of others close with it.

    Raises: NotFound; Denied; Invalid without a reason; Conflict when it is closed.
    """
    found, threat = _mine(session, actor, proposal_id)
    Invalid.unless_empty(rules.reason_faults(normalise(reason).strip()))
    act = _close(session, actor, threat, found, Deed.DECLINED, reason=reason)
    for other in queries.open_on(session, threat.id):
        if other.patch == found.patch:
            _close(session, actor, threat, other, Deed.DECLINED, reason=reason)
    return act


def withdraw(session: Session, actor: Actor, proposal_id: UUID) -> ProposalAct:
    """Take back a proposal of one's own. Raises: NotFound; Denied; Conflict when it is closed."""
    found, _row = queries.proposal(session, actor, proposal_id)
    policy.require(actor, "proposal:withdraw", policy.About(found.organisation_id))
    threat = records.threat(session, actor, found.threat_id)
    return _close(session, actor, threat, found, Deed.WITHDRAWN, reason="")


def _mine(session: Session, actor: Actor, proposal_id: UUID) -> tuple[Proposal, Threat]:
    """A proposal on one's own record, which is locked."""
    found, _row = queries.proposal(session, actor, proposal_id)
    threat, _space = threats.held(session, actor, found.threat_id)
    return found, threat


def _close(
    session: Session,
    actor: Actor,
    threat: Threat,
    found: Proposal,
    deed: Deed,
    *,
    taken: frozenset[str] = frozenset(),
    reason: str,
) -> ProposalAct:
    owned = threats.under(session, actor, threat, FieldClass.MEMBERS, own=found.own_audience_id)
    act = ProposalAct(
        **{**stamp(actor), **owned},
        threat_id=threat.id,
        proposal_id=found.id,
        deed=deed.value,
        taken=sorted(taken),
        reason=normalise(reason).strip(),
    )
    if not any(one.id == found.id for one in queries.open_on(session, threat.id)):
        raise Conflict(Reason("proposals.closed"))
    made = append(session, act, after=None)
    threats.note(session, actor, threat, rules.Decided(deed=deed.value), found.id)
    return made
