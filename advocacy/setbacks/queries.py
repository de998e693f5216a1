"""Outcomes that a record is linked to, and asks that still say done after a reversal."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.asks import queries as asks
from advocacy.asks.rows import AskRow
from advocacy.asks.schema import Progress
from advocacy.ground.reasons import Reason
from advocacy.links import queries as links
from advocacy.links.schema import End
from advocacy.organisations.rows import Task
from advocacy.outcomes import queries as outcomes
from advocacy.outcomes.rows import OutcomeRow
from advocacy.outcomes.schema import Happened


def of_record(
    session: Session, actor: Actor, kind: str, record_id: UUID, *, on: date
) -> list[OutcomeRow]:
    """Outcomes linked to a record that the reader sees, with how each stands; none for donors."""
    found = links.linked_to(session, actor, kind, [record_id], kinds=[End.OUTCOME])
    ids = [row.id for row in found.get(record_id, [])]
    return outcomes.several(session, actor, ids, on=on)


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Asks to report as reversed: for who recorded the outcome or leads the recommendation."""
    on, found = actor.now.date(), []
    spaces = [space for space, _ in actor.memberships if _may_report(actor, space)]
    rows = [
        row
        for space in sorted(spaces)
        for row in outcomes.listed(session, actor, workspace_id=space, on=on)
        if row.standing.word == Happened.REVERSED
    ]
    by = {row.id: row for row in rows}
    if not by:
        return []
    linked = links.linked_to(session, actor, End.OUTCOME, by, kinds=[End.RECOMMENDATION])
    to = {(outcome, one.id): one.title for outcome, ends in linked.items() for one in ends}
    standing = asks.asks_of(session, actor, {one for _outcome, one in to})
    for (outcome, recommendation), title in sorted(to.items(), key=lambda pair: pair[1]):
        still = [one for one in standing.get(recommendation, ()) if _says_done(one, by[outcome])]
        if still and actor.organisation_id in _whose(session, actor, by[outcome], still[0]):
            found.append(
                Task(
                    kind="check",
                    reason=Reason("outcomes.task-reversed"),
                    title=title,
                    endpoint="recommendations.detail",
                    arguments={"recommendation_id": recommendation},
                    organisation_id=actor.must_organisation(),
                )
            )
    return found


def _may_report(actor: Actor, workspace_id: UUID) -> bool:
    return policy.allows(actor, "ask:record", policy.About(workspace_id=workspace_id))


def _says_done(one: AskRow, of: OutcomeRow) -> bool:
    """True for an ask that is confirmed, and was so before the reversal."""
    is_older = one.progress_on is None or one.progress_on <= (of.standing.since or of.standing.on)
    return one.progress == Progress.IMPLEMENTED and is_older


def _whose(session: Session, actor: Actor, of: OutcomeRow, one: AskRow) -> set[UUID]:
    return {of.organisation_id, asks.ask(session, actor, one.id).organisation_id}
