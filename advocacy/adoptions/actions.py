"""Ask a body to adopt a version, write down what it decided; its roster and its chair."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor, Standing
from advocacy.access.schema import GroupKind
from advocacy.adoptions import queries, rules
from advocacy.adoptions.rows import StepRow
from advocacy.adoptions.rules import Deed, Said, State
from advocacy.adoptions.schema import Chair, Outcome, Step
from advocacy.audit import actions as audit
from advocacy.ground import acts, clock
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.positions.schema import Position, Stage

_AFTER_FREEZING = frozenset({Stage.FROZEN, Stage.SIGNOFF})
_IN_BODIES = frozenset({Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER})


def plan(
    session: Session,
    actor: Actor,
    position_id: UUID,
    *,
    body_id: UUID,
    deed: str,
    after: UUID | None,
) -> Step:
    """Ask one more body to adopt the newest version, after those asked already.

    after: the last step that the page showed; the version where there was none. Raises: NotFound,
    Denied; Conflict when another step or version came meanwhile; Invalid before the text is frozen,
    once it is out, for a body twice, and for a body or a deed that there is not.
    """
    position = _of(session, actor, position_id)
    if Stage(position.stage) not in _AFTER_FREEZING:
        raise Invalid(Reason("adoptions.not-frozen"))
    version = positions.latest(session, actor, position_id)
    if version is None:
        raise Invalid(Reason("adoptions.not-frozen"))
    earlier = queries.steps(session, actor, version.id)
    if after != (earlier[-1].id if earlier else version.id):
        raise Conflict(Reason("acts.stale"), current=earlier)
    body_name = _asked(session, actor, position, body_id, deed, earlier)
    row = Step(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=position.audience_id,
        own_audience_id=position.own_audience_id,
        position_id=position_id,
        version_id=version.id,
        number=len(earlier) + 1,
        body_id=body_id,
        body_name=body_name,
        deed=deed,
        recorded_at=actor.now,
        person_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    event = rules.Planned(version=str(version.id), body=str(body_id), deed=deed)
    audit.record(session, actor, event, book=f"position:{position_id}", about=position_id)
    return row


def _asked(
    session: Session,
    actor: Actor,
    position: Position,
    body_id: UUID,
    deed: str,
    earlier: Collection[StepRow],
) -> str:
    """The name of the body that is asked. Raises Invalid where it cannot be."""
    bodies = organisations.bodies(session, actor, workspace_id=position.workspace_id)
    body = next((row for row in bodies if row.id == body_id), None)
    if body is None:
        raise Invalid(Reason("adoptions.choose-body", "body_id"))
    if any(row.body_id == body_id for row in earlier):
        raise Invalid(Reason("adoptions.asked-already", "body_id"))
    if deed not in set(Deed):
        raise Invalid(Reason("form.choice", "deed"))
    return body.name


def record(
    session: Session, actor: Actor, step_id: UUID, said: Said, *, after: UUID | None
) -> Outcome:
    """Write down what a body decided, or correct it. after: the outcome the page showed.

    Raises: NotFound, Denied; Conflict when another outcome came meanwhile, the step waits for the
    one before it, or the text is out; Invalid with what is missing.
    """
    step = queries.step(session, actor, step_id)
    position = _of(session, actor, step.position_id)
    if step.state is State.WAITING:
        raise Conflict(Reason("adoptions.waits"))
    if Stage(position.stage) not in _AFTER_FREEZING:
        raise Conflict(Reason("adoptions.is-out"))
    said = said.tidied()
    zone = organisations.workspace_by_id(session, actor, position.workspace_id).zone
    Invalid.unless_empty(rules.outcome_faults(said, today=clock.day_in(actor.now, zone)))
    group = organisations.body(session, step.body_id).group_id
    row = Outcome(
        **acts.stamp(actor),
        step_id=step_id,
        kind=said.kind,
        met_on=said.met_on,
        chair=said.chair,
        minutes=said.minutes,
        minutes_url=said.link,
        words=said.words,
        roster=sorted(str(who) for who in audience.members(session, group, now=actor.now)),
        audience_id=position.audience_id,
        own_audience_id=position.own_audience_id,
    )
    acts.append(session, row, after=after)
    event = rules.Recorded(step=str(step_id), kind=said.kind, met_on=said.met_on.isoformat())
    audit.record(session, actor, event, book=f"position:{position.id}", about=position.id)
    return row


def _of(session: Session, actor: Actor, position_id: UUID) -> Position:
    position = positions.position(session, actor, position_id)
    policy.require(actor, "adoption:record", positions.about(position, frozenset()))
    return position


def set_body(
    session: Session,
    actor: Actor,
    body_id: UUID,
    *,
    chair: str,
    roster: Collection[UUID],
    after: UUID | None,
) -> None:
    """Say who chairs a body and which organisations are in it, from now on.

    after: the chair the page showed. Raises: NotFound, Denied; Conflict when changed meanwhile;
    Invalid for an organisation that is no member of the workspace, and for a name of a chair that
    is too long.
    """
    body = queries.body(session, actor, body_id)
    about = policy.About(workspace_id=body.workspace_id)
    policy.require(actor, "workspace:coordinate", about)
    found = organisations.organisations(session, actor, workspace_id=body.workspace_id)
    members = {row.id for row in found if row.standing in _IN_BODIES}
    chair = " ".join(chair.split())
    if not set(roster) <= members:
        raise Invalid(Reason("adoptions.not-a-member", "roster"))
    if len(chair) > rules.LONGEST_LINE:
        raise Invalid(Reason("form.too-long", "chair", {"most": rules.LONGEST_LINE}))
    members_group = organisations.group(session, body.workspace_id, GroupKind.MEMBERS)
    who = audience.intern(session, {actor.must_organisation(), members_group})
    row = Chair(
        **acts.stamp(actor), body_id=body_id, chair=chair, audience_id=who, own_audience_id=who
    )
    acts.append(session, row, after=after)
    group, now = organisations.body(session, body_id).group_id, {who for who, _name in body.roster}
    for organisation in sorted(set(roster) - now):
        audience.join(session, group, organisation, now=actor.now)
    for organisation in sorted(now - set(roster)):
        audience.leave(session, group, organisation, now=actor.now)
    event = rules.BodyChanged(body=str(body_id))
    audit.record(session, actor, event, book=f"workspace:{body.workspace_id}", about=body_id)
