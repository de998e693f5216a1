"""Read proposals: who made one and who decides, nobody else."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.assessments.rules import hides_names
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
from advocacy.proposals import rules
from advocacy.proposals.rows import FieldRow, ProposalRow
from advocacy.proposals.rules import State
from advocacy.proposals.schema import Proposal, ProposalAct
from advocacy.threats import queries as threats
from advocacy.threats.schema import Threat


def values(session: Session, actor: Actor, threat_id: UUID) -> dict[str, Any]:
    """The fields that can be proposed, as they are. Raises NotFound, also without members part."""
    seen = threats.detail(session, actor, threat_id)
    if seen.members is None:
        raise NotFound
    safe, members = seen.safe, seen.members
    return {
        **{name: rules.plain(getattr(safe, name)) for name in rules.SAFE},
        **{name: rules.plain(getattr(members, name)) for name in rules.MEMBERS},
    }


def may_propose(actor: Actor, threat: Threat) -> bool:
    """Whether this reader may propose a change; of its own record it simply makes it."""
    about = policy.About(workspace_id=threat.workspace_id)
    is_ours = threat.organisation_id == actor.organisation_id
    return not is_ours and policy.allows(actor, "proposal:make", about)


def proposals(session: Session, actor: Actor, threat_id: UUID) -> list[ProposalRow]:
    """Those on a record that this reader made or decides, open ones first. Raises NotFound."""
    threat = threats.threat(session, actor, threat_id)
    query = select(Proposal).where(Proposal.threat_id == threat_id).order_by(Proposal.at.desc())
    found = list(session.scalars(query))
    if not found:
        return []
    rows = _rows(session, actor, threat, found)
    return sorted(rows, key=lambda row: row.state != State.OPEN)


def proposal(session: Session, actor: Actor, proposal_id: UUID) -> tuple[Proposal, ProposalRow]:
    """One of them. Raises NotFound."""
    found = session.get(Proposal, proposal_id)
    if found is None:
        raise NotFound
    threat = threats.threat(session, actor, found.threat_id)
    (row,) = _rows(session, actor, threat, [found])
    return found, row


def _rows(
    session: Session, actor: Actor, threat: Threat, found: list[Proposal]
) -> list[ProposalRow]:
    now = values(session, actor, threat.id)
    ids = [row.id for row in found]
    acts = session.scalars(select(ProposalAct).where(ProposalAct.proposal_id.in_(ids)))
    done = {act.proposal_id: act for act in acts}
    names = organisations.names(session, {row.organisation_id for row in found})
    if hides_names(threat):
        names = {i: name for i, name in names.items() if i == actor.organisation_id}
    return [_row(actor, one, now, done.get(one.id), names) for one in found]


def _row(
    actor: Actor,
    one: Proposal,
    now: dict[str, Any],
    act: ProposalAct | None,
    names: dict[UUID, str],
) -> ProposalRow:
    taken = set(act.taken) if act else set()
    fields = tuple(
        FieldRow(name, before, after, rules.mark(before, after, now[name]), name in taken)
        for name, (before, after) in one.patch.items()
    )
    return ProposalRow(
        id=one.id,
        threat_id=one.threat_id,
        name=names.get(one.organisation_id, ""),
        is_ours=one.organisation_id == actor.organisation_id,
        fields=fields,
        reason=one.reason,
        at=one.at,
        state=rules.state(act.deed if act else "", [field.mark for field in fields]),
        answer=act.reason if act else "",
    )


def open_on(session: Session, threat_id: UUID) -> list[Proposal]:
    """Proposals on a record that nothing was done with, as far as this reader sees them."""
    done = select(ProposalAct.proposal_id).where(ProposalAct.threat_id == threat_id)
    closed = set(session.scalars(done))
    query = select(Proposal).where(Proposal.threat_id == threat_id).order_by(Proposal.at)
    return [row for row in session.scalars(query) if row.id not in closed]


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Records of one's own that somebody would change."""
    owner = actor.organisation_id
    if owner is None or not policy.allows(actor, "threat:edit", policy.About(owner)):
        return []
    query = (
        select(Proposal.threat_id, Threat.title)
        .join(Threat, Threat.id == Proposal.threat_id)
        .where(Proposal.owner_id == owner)
        .where(Proposal.id.not_in(select(ProposalAct.proposal_id)))
        .distinct()
        .order_by(Threat.title, Proposal.threat_id)
    )
    return [_task(owner, threat_id, title) for threat_id, title in session.execute(query)]


def _task(owner: UUID, threat_id: UUID, title: str) -> Task:
    why, where = Reason("proposals.waits"), {"threat_id": threat_id}
    return Task("confirm", why, title, "proposals.proposals", where, owner)


def panel(session: Session, actor: Actor, threat: Threat) -> dict[str, Any]:
    """For the record's page: whether one may propose, and how many wait for us."""
    is_ours = threat.organisation_id == actor.organisation_id
    return {
        "may": may_propose(actor, threat),
        "waiting": len(open_on(session, threat.id)) if is_ours else 0,
        "has_any": bool(session.scalar(_ANY.where(Proposal.threat_id == threat.id))),
    }


_ANY = select(Proposal.id).limit(1)
