"""Read outcomes, what happened to them and what is said of them, as far as the reader may."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor, Standing
from advocacy.access.schema import EVERYONE, AudiencePart, Group, GroupKind
from advocacy.ground import clock
from advocacy.ground.acts import Act, current
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import Task
from advocacy.outcomes import rules
from advocacy.outcomes.rows import (
    Event,
    EventRow,
    OutcomeRow,
    PublicOutcome,
    SaidRow,
    WordingRow,
)
from advocacy.outcomes.schema import (
    Outcome,
    OutcomeEvent,
    OutcomeNote,
    OutcomePart,
    OutcomeSecond,
    OutcomeWording,
)

MOST = 500
"""So many of the newest are listed and counted."""

A = TypeVar("A", bound=Act)
_o: Any = Outcome.__table__.c
_e: Any = OutcomeEvent.__table__.c
_s: Any = OutcomeSecond.__table__.c
_ROW = tuple(
    getattr(_o, name) for name in OutcomeRow.__dataclass_fields__ if name not in {"standing"}
)


def outcome(session: Session, actor: Actor, outcome_id: UUID) -> Outcome:
    """One outcome. Raises NotFound, also for donors: they have a page of released facts."""
    found = session.get(Outcome, outcome_id)
    if found is None or not works_here(actor, found.workspace_id):
        raise NotFound
    return found


def works_here(actor: Actor, workspace_id: UUID) -> bool:
    """False for donors and strangers."""
    return actor.stands_as(workspace_id, *({*Standing} - {Standing.DONOR}))


def today(session: Session, actor: Actor, workspace_id: UUID) -> date:
    """The calendar day in the workspace's zone: how an outcome stands is worked out by it."""
    space = organisations.workspace_by_id(session, actor, workspace_id)
    return clock.day_in(actor.now, space.zone)


def listed(session: Session, actor: Actor, *, workspace_id: UUID, on: date) -> list[OutcomeRow]:
    """Outcomes of a workspace that the reader sees, the newest first, with how each stands."""
    if not works_here(actor, workspace_id):
        raise NotFound
    return _rows(session, actor, (_o.workspace_id == workspace_id,), on=on)


def several(
    session: Session, actor: Actor, outcome_ids: Iterable[UUID], *, on: date
) -> list[OutcomeRow]:
    """Those of these outcomes that the reader sees and works with."""
    wanted = sorted(set(outcome_ids))
    if not wanted:
        return []
    rows = _rows(session, actor, (_o.id.in_(wanted),), on=on)
    return [row for row in rows if works_here(actor, row.workspace_id)]


def _rows(session: Session, actor: Actor, only: tuple[Any, ...], *, on: date) -> list[OutcomeRow]:
    query = (
        select(*_ROW)
        .where(*only, guard.sentence(_o.audience_id, actor))
        .order_by(_o.created_at.desc(), _o.id)
        .limit(MOST)
    )
    found = session.connection().execute(query).all()
    told = events(session, actor, [row.id for row in found])
    return [
        OutcomeRow(*row, standing=rules.state(told.get(row.id, ()), on=on))  # type: ignore[misc]  # by name
        for row in found
    ]


def events(
    session: Session, actor: Actor, outcome_ids: Sequence[UUID]
) -> dict[UUID, tuple[Event, ...]]:
    """The events of these outcomes, each chain in its own order."""
    if not outcome_ids:
        return {}
    query = select(
        _e.outcome_id,
        _e.previous_id,
        _e.id,
        _e.kind,
        _e.effective_on,
        _e.until_on,
        _e.takes_back_id,
    ).where(_e.outcome_id.in_(outcome_ids), guard.sentence(_e.audience_id, actor))
    next_of: dict[tuple[UUID, UUID | None], Event] = {}
    for row in session.connection().execute(query):
        next_of[row.outcome_id, row.previous_id] = Event(*row[2:])
    found: dict[UUID, tuple[Event, ...]] = {}
    for outcome_id in outcome_ids:
        chain: list[Event] = []
        while one := next_of.get((outcome_id, chain[-1].id if chain else None)):
            chain.append(one)
        found[outcome_id] = tuple(chain)
    return found


def history(session: Session, actor: Actor, outcome_id: UUID) -> list[EventRow]:
    """What happened, the newest day first, and what was said of each. Raises NotFound."""
    outcome(session, actor, outcome_id)
    query = select(OutcomeEvent).where(OutcomeEvent.outcome_id == outcome_id)
    rows = session.scalars(query).all()
    order = {one.id: n for n, one in enumerate(events(session, actor, [outcome_id])[outcome_id])}
    said = _notes(session, outcome_id)
    names = organisations.names(session, (row.organisation_id for row in rows))
    gone = {row.takes_back_id for row in rows}
    found = [
        EventRow(
            id=row.id,
            kind=row.kind,
            on=row.effective_on or row.recorded_at.date(),
            until_on=row.until_on,
            organisation=names.get(row.organisation_id, ""),
            text=said[row.id].text if row.id in said else "",
            source=said[row.id].source if row.id in said else "",
            is_taken_back=row.id in gone,
            recorded_at=row.recorded_at,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.on, order[one.id]), reverse=True)


def _notes(session: Session, outcome_id: UUID) -> dict[UUID, OutcomeNote]:
    query = select(OutcomeNote).where(OutcomeNote.outcome_id == outcome_id)
    return {note.about_id: note for note in session.scalars(query)}


def wording(session: Session, actor: Actor, outcome_id: UUID) -> WordingRow:
    """How it is put into words now. Raises NotFound."""
    query = select(OutcomeWording).where(OutcomeWording.outcome_id == outcome_id)
    found = current(session.scalars(query))
    if found is None:
        raise NotFound
    return WordingRow(
        **{name: getattr(found, name) for name in WordingRow.__dataclass_fields__},
    )


def latest(acts: Iterable[A]) -> list[A]:
    """The last act of each organisation."""
    by: dict[UUID, list[A]] = defaultdict(list)
    for act in acts:
        by[act.organisation_id].append(act)  # type: ignore[attr-defined]  # from Protected
    return [one for one in map(current, by.values()) if one is not None]


def parts(session: Session, actor: Actor, outcome_id: UUID) -> list[SaidRow]:
    """What organisations say they did, by name alone: no order of size, and no count.

    One that was taken back has no text; its id is there for its own organisation to write again.
    """
    query = select(OutcomePart).where(OutcomePart.outcome_id == outcome_id)
    last = latest(session.scalars(query))
    names = organisations.names(session, (act.organisation_id for act in last))
    found = [
        SaidRow(
            id=act.id,
            organisation_id=act.organisation_id,
            organisation=names.get(act.organisation_id, ""),
            text=act.text,
            is_hidden=act.is_hidden,
        )
        for act in last
    ]
    return sorted(found, key=lambda one: (one.organisation.casefold(), str(one.organisation_id)))


def seconds(session: Session, actor: Actor, outcome_id: UUID) -> list[SaidRow]:
    """Organisations that did not contribute and say that it is so, by name."""
    query = select(OutcomeSecond).where(OutcomeSecond.outcome_id == outcome_id)
    last = [act for act in latest(session.scalars(query)) if act.stands]
    said = _notes(session, outcome_id)
    names = organisations.names(session, (act.organisation_id for act in last))
    found = [
        SaidRow(
            id=act.id,
            organisation_id=act.organisation_id,
            organisation=names.get(act.organisation_id, ""),
            text=said[act.id].text if act.id in said else "",
            source=said[act.id].source if act.id in said else "",
            on=act.effective_on,
        )
        for act in last
    ]
    return sorted(found, key=lambda one: (one.organisation.casefold(), str(one.organisation_id)))


def my_second(session: Session, actor: Actor, outcome_id: UUID) -> OutcomeSecond | None:
    """The last thing that one's own organisation said as a second one, taken back or not."""
    query = select(OutcomeSecond).where(
        OutcomeSecond.outcome_id == outcome_id,
        OutcomeSecond.organisation_id == actor.organisation_id,
    )
    return current(session.scalars(query))


def about(session: Session, actor: Actor, of: Outcome) -> policy.About:
    """What the policy needs. Doers: who recorded it, and whoever the reader sees contributed."""
    did = {one.organisation_id for one in parts(session, actor, of.id) if one.text}
    return policy.About(
        of.organisation_id, of.workspace_id, doer_ids=frozenset(did | {of.organisation_id})
    )


def has_worked_on(session: Session, actor: Actor, of: Outcome) -> bool:
    """True when this person recorded or contributed to it, for whatever organisation."""
    tables: tuple[Any, ...] = (OutcomeWording, OutcomePart)
    return any(
        session.scalars(
            select(table.id).where(table.outcome_id == of.id, table.person_id == actor.person_id)
        ).first()
        for table in tables
    )


# --- what donors read ----------------------------------------------------------------------------


def _released(workspace_id: UUID, actor: Actor, *columns: Any) -> Select[Any]:
    """Outcomes that every donor of the workspace may read: no reader's own group counts here."""
    donors = select(Group.id).where(Group.kind == GroupKind.DONORS, Group.about_id == workspace_id)
    audiences = select(AudiencePart.audience_id).where(
        or_(AudiencePart.group_id == EVERYONE, AudiencePart.group_id.in_(donors)),
        AudiencePart.opens_at <= actor.now,
    )
    return (
        select(*columns)
        .where(_o.workspace_id == workspace_id, _o.audience_id.in_(audiences))
        .where(guard.sentence(_o.audience_id, actor))
        .order_by(_o.created_at.desc(), _o.id)
        .limit(MOST)
    )


_PUBLIC = ("id", "title", "language", "level", "direction", "is_intended")


def released(
    session: Session, actor: Actor, *, workspace_id: UUID, on: date
) -> list[PublicOutcome]:
    """What every donor of the workspace may read of its outcomes, what was undone among them."""
    query = _released(workspace_id, actor, *(getattr(_o, name) for name in _PUBLIC))
    found = session.connection().execute(query).all()
    ids = [row.id for row in found]
    told, seconded = events(session, actor, ids), _seconded(session, actor, ids)
    return [
        PublicOutcome(
            *row,
            standing=rules.state(told[row.id], on=on),
            events=tuple((one.on, one.kind) for one in rules.live(told[row.id]) if one.on <= on),
            is_seconded=row.id in seconded,
        )  # type: ignore[misc]  # in the order of _PUBLIC
        for row in found
        if any(one.on <= on for one in rules.live(told[row.id]))
    ]


def _seconded(session: Session, actor: Actor, outcome_ids: list[UUID]) -> set[UUID]:
    """Those that an organisation which did not contribute says are so; never which one."""
    if not outcome_ids:
        return set()
    query = select(_s.outcome_id, _s.id, _s.previous_id, _s.stands).where(
        _s.outcome_id.in_(outcome_ids), guard.sentence(_s.audience_id, actor)
    )
    rows = session.connection().execute(query).all()
    followed = {row.previous_id for row in rows}
    return {row.outcome_id for row in rows if row.stands and row.id not in followed}


# --- work ----------------------------------------------------------------------------------------


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Own outcomes that somebody must look at again: do they still hold?"""
    if not policy.allows(actor, "outcome:edit", policy.About(actor.organisation_id)):
        return []
    spaces = sorted(space for space, _ in actor.memberships if works_here(actor, space))
    only = (_o.workspace_id.in_(spaces), _o.organisation_id == actor.organisation_id)
    return [
        Task(
            kind="check",
            reason=Reason("outcomes.task-check"),
            title=row.title,
            endpoint="outcomes.detail",
            arguments={"outcome_id": row.id},
            organisation_id=actor.must_organisation(),
            due_on=row.standing.check_on,
        )
        for row in _rows(session, actor, only, on=actor.now.date())
        if row.standing.is_unconfirmed
    ]
