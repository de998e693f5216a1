"""Read what waits, who coordinates an area, and one's own record through another's eyes."""

from contextlib import closing
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import MANDATED, Actor, Seat
from advocacy.access.schema import Group, GroupKind
from advocacy.ground import acts, unit
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
from advocacy.protocols import queries as protocols
from advocacy.rings import queries as rings
from advocacy.sharing import rules
from advocacy.sharing.rows import Panel, Waiting, Word
from advocacy.sharing.schema import AreaLead, AreaWord, Widening
from advocacy.threats import queries as threats
from advocacy.threats import rules as limits
from advocacy.threats.rows import Seen
from advocacy.threats.schema import Threat

SECOND = frozenset({*MANDATED, Seat.COORDINATOR})
"""Seats whose holder may be the second person."""


def waiting(session: Session, actor: Actor, threat_id: UUID) -> Waiting | None:
    """The widening of one's own record that waits; None when there is none or its time is over."""
    rows = acts.heads(session.scalars(select(Widening).where(Widening.threat_id == threat_id)))
    asked = [row for row in rows if row.what == rules.ASKED and row.until > actor.now]
    last = _last_of_all(session, threat_id) if asked else None
    head = next((row for row in asked if row.id == last), None)
    if head is None:
        return None
    return Waiting(
        head.id,
        rules.chosen(head.choice),
        head.on_audience,
        head.person_id,
        head.recorded_at,
        head.until,
        head.alone_from,
        rules.may_confirm(
            person=actor.person_id,
            asked_by=head.person_id,
            alone_from=head.alone_from,
            now=actor.now,
        )
        and actor.holds(*SECOND),
    )


def _last_of_all(session: Session, threat_id: UUID) -> UUID | None:
    """The last act on who sees a record, also of another who kept it in between."""
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        return last_widening(session, threat_id)


def last_widening(session: Session, threat_id: UUID) -> UUID | None:
    """The act that the next one about a record's audience follows."""
    head = acts.current(session.scalars(select(Widening).where(Widening.threat_id == threat_id)))
    return head.id if head else None


def others_who_confirm(session: Session, actor: Actor) -> list[str]:
    """Colleagues who may be the second person, by name."""
    us = actor.must_organisation()
    found = organisations.addresses(session, us, seats=SECOND, now=actor.now)
    return sorted(person.name for person in found if person.id != actor.person_id)


def leads(session: Session, workspace_id: UUID) -> dict[str, AreaLead]:
    """The last word on who coordinates each area."""
    rows = list(session.scalars(select(AreaLead).where(AreaLead.workspace_id == workspace_id)))
    followed = {row.previous_id for row in rows}
    return {row.area: row for row in rows if row.id not in followed}


def leads_of(session: Session, threat: Threat) -> list[UUID]:
    """Organisations whose word a record of children or survivors needs; one of them is enough."""
    areas, known = rules.areas_of(threat.risk_code), leads(session, threat.workspace_id)
    return sorted({row.lead_id for a, row in known.items() if a in areas and row.lead_id})


def words(session: Session, threat_id: UUID) -> list[Word]:
    """What was last said between the owner of a record and each coordinator it asked."""
    rows = list(session.scalars(select(AreaWord).where(AreaWord.threat_id == threat_id)))
    return _heads(rows)


def asked_of_us(session: Session, actor: Actor) -> list[Word]:
    """What waits for the word of one's own organisation, oldest first.

    Nothing of an area that it coordinates no longer.
    """
    us = actor.organisation_id
    query = select(AreaWord).where(AreaWord.lead_id == us)
    found = [word for word in _heads(list(session.scalars(query))) if word.what == rules.ASKED]
    ours = {space: _areas_of(session, space, us) for space in {w.workspace_id for w in found}}
    found = [w for w in found if rules.areas_of(w.told["risk_code"]) & ours[w.workspace_id]]
    return sorted(found, key=lambda word: word.at)


def _areas_of(session: Session, workspace_id: UUID, lead_id: UUID | None) -> frozenset[str]:
    known = leads(session, workspace_id)
    return frozenset(area for area, row in known.items() if row.lead_id == lead_id)


def must_be_member(actor: Actor, workspace_id: UUID) -> None:
    """Raises NotFound for observers, donors and strangers: who coordinates an area is members'."""
    if not actor.stands_as(workspace_id, *limits.MEMBERS):
        raise NotFound


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Records whose sharing waits for the word of one's own organisation as coordinator."""
    us = actor.organisation_id
    if us is None or not policy.allows(actor, "area:agree", policy.About(organisation_id=us)):
        return []
    why = Reason("sharing.area-asked")
    return [
        Task("confirm", why, one.told["title"], "sharing.area_word", {"word_id": one.id}, us)
        for one in asked_of_us(session, actor)
    ]


def needs_word(threat: Threat) -> bool:
    """Whether it stays with its owner until an area's coordinator agrees (practice A6)."""
    return threat.is_survivor_record or threat.risk_code in limits.SURVIVOR_RISKS


def panel(session: Session, actor: Actor, threat: Threat) -> Panel | None:
    """For the record's own page; None for others than its owner."""
    if threat.organisation_id != actor.organisation_id:
        return None
    needs = needs_word(threat)
    said = sorted(words(session, threat.id), key=lambda one: one.at) if needs else []
    last = said[-1].what if said else ""
    return Panel(waiting(session, actor, threat.id), needs, last)


def _heads(rows: list[AreaWord]) -> list[Word]:
    followed = {row.previous_id for row in rows}
    owners = {(r.threat_id, r.lead_id): r.organisation_id for r in rows if r.what == rules.ASKED}
    return [
        Word(
            r.id,
            r.threat_id,
            owners[r.threat_id, r.lead_id],
            r.lead_id,
            r.what,
            rules.chosen(r.choice),
            r.told,
            r.recorded_at,
            r.workspace_id,
            r.reason,
        )
        for r in rows
        if r.id not in followed
    ]


def word(session: Session, actor: Actor, word_id: UUID) -> Word:
    """What one's own organisation was asked. Raises NotFound."""
    found = next((one for one in asked_of_us(session, actor) if one.id == word_id), None)
    if found is None:
        raise NotFound
    return found


def told_of(threat: Threat) -> dict[str, Any]:
    """The safe part of a record as a coordinator is asked about it."""
    return {name: getattr(threat, name) for name in rules.TOLD}


def is_agreed(session: Session, threat: Threat, sharing: Any) -> bool:
    """Whether a coordinator agreed to exactly this choice, about what the record says today.

    Who coordinates today counts: a word of who no longer does opens nothing more.
    """
    today, asked = set(leads_of(session, threat)), rules.choice(sharing)
    return any(
        one.what == rules.AGREED
        and one.lead_id in today
        and rules.choice(one.sharing) == asked
        and one.told == told_of(threat)
        for one in words(session, threat.id)
    )


def preview(session: Session, actor: Actor, threat_id: UUID, organisation_id: UUID) -> Seen | None:
    """One's own record as another organisation of the workspace reads it; None = it does not.

    The guard itself answers, in a session of that reader that asks for this record alone. Raises
    NotFound; Denied for records of others.
    """
    found = threats.own(session, actor, threat_id)
    rows = organisations.organisations(session, actor, workspace_id=found.workspace_id)
    if organisation_id not in {row.id for row in rows}:
        raise NotFound
    reader = Actor(now=actor.now, organisation_id=organisation_id)
    try:
        with closing(unit.beside(session, reader)) as theirs:
            seen = threats.as_read(theirs, threat_id)
    finally:
        guard.tell_again(session)
    is_over = seen is not None and protocols.is_over(session, actor, found)
    return replace(seen, narrative=None) if seen and is_over else seen


def has_hidden_circle(
    session: Session, actor: Actor, workspace_id: UUID, groups: frozenset[UUID] | set[UUID]
) -> bool:
    """Whether these readers take in a circle whose list one may not know."""
    known = rings.rings(session, actor, workspace_id)
    ours = {row.id for row in known if row.is_ours or not row.hides_roster}
    kinds = session.execute(select(Group.id, Group.kind).where(Group.id.in_(groups)))
    return any(kind == GroupKind.CIRCLE and group not in ours for group, kind in kinds)
