"""Read the steps of a version and what came of them; bodies with their roster and chair."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience
from advocacy.access.actor import Actor
from advocacy.adoptions import rules
from advocacy.adoptions.rows import Adoption, BodyRow, OutcomeRow, StepRow
from advocacy.adoptions.schema import Chair, Outcome, Step
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations


def steps(session: Session, actor: Actor, version_id: UUID) -> list[StepRow]:
    """The steps of a version in their order, each with its state; none for those outside."""
    found = session.scalars(
        select(Step).where(Step.version_id == version_id).order_by(Step.number)
    ).all()
    kept: dict[UUID, list[Outcome]] = {}
    for row in session.scalars(
        select(Outcome).where(Outcome.step_id.in_([step.id for step in found]))
    ):
        kept.setdefault(row.step_id, []).append(row)
    last = [acts.current(kept.get(step.id, [])) for step in found]
    states = rules.states([row.kind if row else None for row in last])
    return [_row(*parts) for parts in zip(found, last, states, strict=True)]


def _row(step: Step, last: Outcome | None, state: rules.State) -> StepRow:
    return StepRow(
        id=step.id,
        position_id=step.position_id,
        version_id=step.version_id,
        number=step.number,
        body_id=step.body_id,
        body=step.body_name,
        deed=step.deed,
        state=state,
        outcome=_outcome(last) if last else None,
    )


def _outcome(row: Outcome) -> OutcomeRow:
    return OutcomeRow(
        id=row.id,
        kind=row.kind,
        met_on=row.met_on,
        chair=row.chair,
        minutes=row.minutes,
        link=row.minutes_url,
        words=row.words,
        roster=tuple(UUID(organisation) for organisation in row.roster),
    )


def step(session: Session, actor: Actor, step_id: UUID) -> StepRow:
    """One step. Raises NotFound for those outside its text."""
    found = session.scalars(select(Step.version_id).where(Step.id == step_id)).first()
    if found is None:
        raise NotFound
    return next(row for row in steps(session, actor, found) if row.id == step_id)


def is_asked(session: Session, actor: Actor, version_id: UUID) -> bool:
    """True when a body was asked about a version."""
    return session.scalars(select(Step.id).where(Step.version_id == version_id)).first() is not None


def is_in_order(session: Session, actor: Actor, version_id: UUID) -> bool:
    """True when every body that was asked about a version has adopted it as it is, or none was."""
    return rules.is_adopted(row.state for row in steps(session, actor, version_id))


def adopted_by(session: Session, actor: Actor, version_id: UUID) -> list[dict[str, Any]]:
    """The lines of adoption, for a release: which body, what it did, when. Never of signatories.

    Empty until all steps are done: a text half way through is adopted by nobody.
    """
    found = steps(session, actor, version_id)
    if not rules.is_adopted(row.state for row in found):
        return []
    return [
        {"body": row.body, "deed": row.deed, "met_on": row.outcome.met_on.isoformat()}
        for row in found
        if row.outcome
    ]


def body(session: Session, actor: Actor, body_id: UUID) -> BodyRow:
    """A body with its roster and chair. Raises NotFound for those who may not know of it."""
    found = organisations.body(session, body_id)
    chair = acts.current(session.scalars(select(Chair).where(Chair.body_id == body_id)))
    members = audience.members(session, found.group_id, now=actor.now)
    names = organisations.names(session, members)
    return BodyRow(
        id=found.id,
        workspace_id=found.workspace_id,
        name=found.name,
        purpose=found.purpose,
        chair=chair.chair if chair else "",
        chair_id=chair.id if chair else None,
        roster=tuple(sorted(names.items(), key=lambda pair: pair[1].casefold())),
    )


def of_release(compiled: dict[str, Any]) -> tuple[Adoption, ...]:
    """The bodies that a release keeps beside its list."""
    return tuple(Adoption(**line) for line in compiled.get("adopted", []))
