"""Put the rooms' tasks together, the soonest first."""

from datetime import UTC, datetime, time

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.amendments import queries as amendments
from advocacy.objections import queries as objections
from advocacy.organisations.rows import Task
from advocacy.positions import queries as positions
from advocacy.recommendations import queries as recommendations
from advocacy.steps import queries as steps
from advocacy.tallies import queries as tallies
from advocacy.threats import queries as threats

_NEVER = datetime.max.replace(tzinfo=UTC)


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Everything that needs the organisation acted for, the soonest first."""
    rooms = (tallies, objections, positions, amendments, recommendations, steps, threats)
    found = [task for room in rooms for task in room.tasks(session, actor)]
    return sorted(found, key=_due)


def _due(task: Task) -> datetime:
    if task.due_at is not None:
        return task.due_at
    return datetime.combine(task.due_on, time(23, 59), UTC) if task.due_on else _NEVER
