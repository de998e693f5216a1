"""Set the weekend and zone, and the days on which nothing counts."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.audit import actions as audit
from advocacy.calendars import queries, rules
from advocacy.calendars.schema import CalendarDay, CalendarTerms
from advocacy.ground import acts
from advocacy.ground.errors import Invalid
from advocacy.organisations import queries as organisations


def set_terms(
    session: Session,
    actor: Actor,
    workspace_id: UUID,
    *,
    zone: str,
    weekend: Collection[int],
    after: UUID | None,
) -> CalendarTerms:
    """Say in which zone days are counted and which weekdays are off.

    after: the act the page was based on. Raises: Denied; Invalid; Conflict when changed meanwhile.
    """
    policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))
    off = frozenset(weekend)
    Invalid.unless_empty(rules.faults(zone=zone, weekend=off))
    who = _readers(session, actor, workspace_id)
    row = CalendarTerms(
        **acts.stamp(actor),
        workspace_id=workspace_id,
        zone=zone,
        weekend=",".join(str(day) for day in sorted(off)),
        audience_id=who,
        own_audience_id=who,
    )
    acts.append(session, row, after=after)
    event = rules.CalendarChanged(zone=zone, weekend=row.weekend)
    audit.record(session, actor, event, book=f"workspace:{workspace_id}", about=row.id)
    return row


def set_days(
    session: Session,
    actor: Actor,
    workspace_id: UUID,
    *,
    first: date,
    last: date,
    kind: str,
    name: str = "",
) -> list[CalendarDay]:
    """Make days holidays, blackout days, or working days again.

    What the days were before does not matter, so this needs no page to be based on: two people
    who say the same say it twice. Raises: Denied; Invalid; Conflict where both say it in the same
    instant.
    """
    policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))
    name = " ".join(name.split())
    Invalid.unless_empty(rules.day_faults(first, last, kind=kind, name=name))
    before = queries.day_acts(session, actor, workspace_id)
    who = _readers(session, actor, workspace_id)
    made = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        row = CalendarDay(
            **acts.stamp(actor),
            workspace_id=workspace_id,
            falls_on=day,
            kind=kind,
            name=name,
            audience_id=who,
            own_audience_id=who,
        )
        made.append(acts.append(session, row, after=before.get(day)))
    event = rules.DaysChanged(first=first.isoformat(), last=last.isoformat(), kind=kind)
    audit.record(session, actor, event, book=f"workspace:{workspace_id}", about=workspace_id)
    return made


def _readers(session: Session, actor: Actor, workspace_id: UUID) -> UUID:
    """Everybody whose time it is: members and observers; donors are asked for nothing."""
    kinds = (GroupKind.MEMBERS, GroupKind.OBSERVERS)
    groups = {organisations.group(session, workspace_id, kind) for kind in kinds}
    return audience.intern(session, {actor.must_organisation(), *groups})
