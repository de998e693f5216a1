"""Read asks, what was done about them, and the evidence, as far as the reader may."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor, Standing
from advocacy.asks.rows import ActRow, AskRow
from advocacy.asks.rules import DISPUTES, Kind, Role, leads_to, roles
from advocacy.asks.schema import Ask, AskAct, Axis, Progress
from advocacy.disputes import rules as disputes
from advocacy.disputes.rules import Dispute
from advocacy.evidence.queries import pieces
from advocacy.evidence.rows import EvidenceRow
from advocacy.ground import clock
from advocacy.ground.acts import chain, current
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations

_a: Any = Ask.__table__.c
_ASKED = tuple(getattr(_a, one.name) for one in fields(AskRow))
_COORDINATORS = (Standing.COORDINATOR, Standing.CO_COORDINATOR)
_MEMBERS = (*_COORDINATORS, Standing.MEMBER)


def today(session: Session, actor: Actor, workspace_id: UUID) -> date:
    """The calendar day in the workspace's zone: late and stale are counted by it."""
    space = organisations.workspace_by_id(session, actor, workspace_id)
    return clock.day_in(actor.now, space.zone)


def must_work_here(actor: Actor, workspace_id: UUID) -> None:
    """Raises NotFound for donors and strangers: they have pages of published facts alone."""
    working = {*Standing} - {Standing.DONOR}
    if not actor.stands_as(workspace_id, *working):
        raise NotFound


def ask(session: Session, actor: Actor, ask_id: UUID) -> Ask:
    """One ask. Raises NotFound."""
    found = session.get(Ask, ask_id)
    if found is None:
        raise NotFound
    return found


def roles_of(actor: Actor, of: Ask) -> frozenset[Role]:
    """How the actor's organisation stands to an ask."""
    is_member = actor.stands_as(of.workspace_id, *_MEMBERS)
    coordinates = actor.stands_as(of.workspace_id, *_COORDINATORS)
    return roles(of, actor.organisation_id, is_member=is_member, coordinates=coordinates)


def open_steps(
    actor: Actor, of: Ask, *, on: date, dispute: Dispute | None
) -> dict[Kind, frozenset[str]]:
    """What this actor's organisation may do about an ask on a day, and where each step leads.

    dispute: the one that is open on it.
    """
    found = _leads(actor, of, on, dispute)
    return {kind: to for kind, to in found.items() if to and may_take(actor, of, kind)}


def leads(session: Session, actor: Actor, of: Ask, *, on: date) -> dict[Kind, frozenset[str]]:
    """Where each step leads for this organisation, whatever seat its actor holds."""
    return _leads(actor, of, on, disputed(session, actor, [of.id]).get(of.id))


def _leads(actor: Actor, of: Ask, on: date, dispute: Dispute | None) -> dict[Kind, frozenset[str]]:
    stands = roles_of(actor, of)
    says = disputes.steps(
        dispute,
        actor.organisation_id,
        is_member=Role.MEMBER in stands,
        coordinates=Role.COORDINATOR in stands,
    )
    found = {kind: leads_to(kind, of, stands, on=on) for kind in Kind}
    return found | {kind: frozenset({kind.value} & says) for kind in DISPUTES}


def may_take(actor: Actor, of: Ask, kind: Kind) -> bool:
    """False for steps towards an end, where this actor's seat does not allow them."""
    needed = {
        Kind.PROPOSE_CLOSE: "ask:close",
        Kind.CLOSE: "ask:close",
        Kind.REOPEN: "ask:reopen",
    }.get(kind)
    about = policy.About(of.organisation_id, of.workspace_id)
    return needed is None or policy.allows(actor, needed, about)


def replacements(session: Session, actor: Actor, recommendation_id: UUID) -> list[UUID]:
    """Newer recommendations that the asks of this one gave way to, as far as one may see."""
    query = (
        select(AskAct.facts)
        .join(Ask, Ask.id == AskAct.ask_id)
        .where(Ask.recommendation_id == recommendation_id)
        .where(Ask.progress == Progress.SUPERSEDED, AskAct.kind == Kind.CLOSE)
        .where(AskAct.value == Progress.SUPERSEDED)
    )
    return [UUID(facts["newer"]) for facts in session.scalars(query) if facts.get("newer")]


def disputed(session: Session, actor: Actor, ask_ids: Iterable[UUID]) -> dict[UUID, Dispute]:
    """The disputes that are open on these asks, as far as this reader may know."""
    query = select(AskAct).where(AskAct.ask_id.in_(list(ask_ids)), AskAct.axis == Axis.DISPUTE)
    said: dict[UUID, list[AskAct]] = {}
    for act in session.scalars(query):
        said.setdefault(act.ask_id, []).append(act)
    found = {ask_id: disputes.standing(chain(steps)) for ask_id, steps in said.items()}
    return {ask_id: one for ask_id, one in found.items() if one is not None}


_MOST_STEPS = 50


def newer_faults(session: Session, actor: Actor, ask: Ask, newer: UUID | None) -> list[Reason]:
    """The newer recommendation is one of this workspace, and does not lead back here."""
    asked = [newer] if newer else []
    for one in asked:
        if one == ask.recommendation_id or len(asked) > _MOST_STEPS:
            return [Reason("asks.newer-circle", "newer")]
        asked += [n for n in replacements(session, actor, one) if n not in asked]
    here = select(Ask.workspace_id).where(Ask.recommendation_id.in_(asked[:1])).limit(1)
    is_here = session.scalars(here).first() == ask.workspace_id
    return [] if is_here or not asked else [Reason("asks.no-newer", "newer")]


def asks_of(
    session: Session, actor: Actor, recommendation_ids: Iterable[UUID]
) -> dict[UUID, tuple[AskRow, ...]]:
    """The asks of these recommendations that this reader sees, the lead's first."""
    wanted = list(recommendation_ids)
    if not wanted:
        return {}
    query = (
        select(*_ASKED)
        .where(_a.recommendation_id.in_(wanted), guard.sentence(_a.audience_id, actor))
        .order_by(_a.role.desc(), _a.addressee, _a.id)
    )
    found: dict[UUID, list[AskRow]] = {}
    for row in session.execute(query):
        found.setdefault(row[1], []).append(AskRow(*row))
    return {key: tuple(rows) for key, rows in found.items()}


def acts(session: Session, actor: Actor, ask_ids: Iterable[UUID]) -> list[ActRow]:
    """What was done about these asks, as far as this reader may know, newest first."""
    wanted = list(ask_ids)
    found = session.scalars(
        select(AskAct).where(AskAct.ask_id.in_(wanted)).order_by(AskAct.recorded_at.desc())
    ).all()
    names = organisations.names(session, (act.organisation_id for act in found))
    given: dict[UUID, list[EvidenceRow]] = {}
    for piece in evidence(session, actor, wanted):
        given.setdefault(piece.act_id, []).append(piece)
    return [
        ActRow(
            id=act.id,
            ask_id=act.ask_id,
            axis=act.axis,
            kind=act.kind,
            value=act.value,
            text=act.text,
            organisation=names.get(act.organisation_id, ""),
            on_behalf_of=act.on_behalf_of is not None,
            effective_on=act.effective_on,
            recorded_at=act.recorded_at,
            facts=dict(act.facts),
            evidence=tuple(given.get(act.id, ())),
        )
        for act in found
    ]


def evidence(session: Session, actor: Actor, ask_ids: Iterable[UUID]) -> list[EvidenceRow]:
    """Evidence of these asks that this reader may see, withdrawn pieces included."""
    wanted = list(ask_ids)
    taken_back = select(AskAct.facts).where(
        AskAct.ask_id.in_(wanted), AskAct.kind == Kind.WITHDRAW_EVIDENCE
    )
    withdrawn = {str(facts.get("evidence")) for facts in session.scalars(taken_back)}
    return pieces(session, wanted, withdrawn=withdrawn)


def head(session: Session, actor: Actor, ask_id: UUID, axis: Axis) -> AskAct | None:
    """The last act on an axis that this reader sees: what a new one must follow."""
    query = select(AskAct).where(AskAct.ask_id == ask_id, AskAct.axis == axis.value)
    return current(session.scalars(query))
