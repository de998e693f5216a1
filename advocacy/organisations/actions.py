"""Found workspaces and organisations; fill, hand over and empty seats."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor, Seat, Standing
from advocacy.access.schema import EVERYONE, Group, GroupKind
from advocacy.accounts import actions as accounts
from advocacy.accounts.queries import folded
from advocacy.audit import actions as audit
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import rules
from advocacy.organisations.queries import group, organisations, seat_holder, seat_holders
from advocacy.organisations.schema import (
    Body,
    Holding,
    Membership,
    Organisation,
    SeatRow,
    Workspace,
)

_COORDINATE = frozenset({Standing.COORDINATOR, Standing.CO_COORDINATOR})


def found_organisation(
    session: Session,
    actor: Actor,
    *,
    name: str,
    kind: str,
    short_name: str = "",
    registered_email: str = "",
    language: str = "en",
) -> Organisation:
    """Make an organisation with its own group and its seats, all empty (command line, demo)."""
    made = Organisation(
        id=new_id(),
        name=name.strip(),
        short_name=short_name,
        kind=kind,
        registered_email=folded(registered_email),
        language=language,
        created_at=actor.now,
    )
    session.add(made)
    session.flush()
    audience.make_group(session, GroupKind.ORGANISATION, about=made.id, group_id=made.id)
    session.add_all(SeatRow(id=new_id(), organisation_id=made.id, kind=kind) for kind in Seat)
    session.flush()
    return made


def found_workspace(
    session: Session,
    actor: Actor,
    *,
    name: str,
    slug: str,
    zone: str,
    country: str = "",
    weekend: str = "5,6",
    is_sample: bool = False,
) -> Workspace:
    """Make a workspace with its groups of members, observers and donors (command line, demo)."""
    Invalid.unless_empty(rules.workspace_faults(name=name, slug=slug, zone=zone))
    if session.scalars(select(Workspace.id).where(Workspace.slug == slug)).first():
        raise Invalid(Reason("organisations.slug-taken", "slug"))
    made = Workspace(
        id=new_id(),
        name=name,
        slug=slug,
        zone=zone,
        country=country,
        weekend=weekend,
        is_sample=is_sample,
        created_at=actor.now,
    )
    session.add(made)
    session.flush()
    if session.get(Group, EVERYONE) is None:
        audience.make_group(session, GroupKind.EVERYONE, group_id=EVERYONE)
    for kind in (GroupKind.MEMBERS, GroupKind.OBSERVERS, GroupKind.DONORS):
        audience.make_group(session, kind, about=made.id)
    return made


def admit(
    session: Session, actor: Actor, *, workspace_id: UUID, organisation_id: UUID, standing: Standing
) -> Membership:
    """Let an organisation into a workspace. Who may know of it depends on its standing.

    The first organisation of a workspace founds it as its coordinator; after that only a
    coordinator may. Raises: Denied; Conflict when it is in already.
    """
    _require_coordinator(session, actor, workspace_id)
    return let_in(
        session,
        actor,
        workspace_id=workspace_id,
        organisation_id=organisation_id,
        standing=standing,
    )


def let_in(
    session: Session, actor: Actor, *, workspace_id: UUID, organisation_id: UUID, standing: Standing
) -> Membership:
    """Let an organisation in whose admission was decided: by a coordinator, or with its link.

    Raises: Conflict when it is in already.
    """
    if _is_in(session, workspace_id, organisation_id, now=actor.now):
        raise Conflict(Reason("organisations.member-already"))
    kind = rules.GROUP_OF[standing]
    members = group(session, workspace_id, GroupKind.MEMBERS)
    known_to = {organisation_id, members, actor.must_organisation()}
    if kind is GroupKind.MEMBERS:
        known_to.add(group(session, workspace_id, GroupKind.OBSERVERS))
    who = audience.intern(session, known_to)
    made = Membership(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=who,
        own_audience_id=who,
        workspace_id=workspace_id,
        member_id=organisation_id,
        standing=standing,
        from_at=actor.now,
    )
    session.add(made)
    session.flush()
    audience.join(session, group(session, workspace_id, kind), organisation_id, now=actor.now)
    event = rules.Admitted(organisation=str(organisation_id), standing=standing)
    audit.record(session, actor, event, book=f"workspace:{workspace_id}", about=made.id)
    return made


def remove(session: Session, actor: Actor, *, membership_id: UUID) -> None:
    """End a membership, and its part in circles and bodies; its next question has lost the power.

    What it answered in a round stays with it: it may still take its name off.
    Raises: NotFound; Denied; Invalid for the last organisation that coordinates.
    """
    found = session.get(Membership, membership_id)
    if found is None or (found.until_at and found.until_at <= actor.now):
        raise NotFound
    _require_coordinator(session, actor, found.workspace_id)
    if found.standing in _COORDINATE:
        around = organisations(session, actor, workspace_id=found.workspace_id)
        if sum(row.standing in _COORDINATE for row in around) == 1:
            raise Invalid(Reason("organisations.last-coordinator"))
    stay(session, actor, membership_id=membership_id, until=actor.now)
    event = rules.Removed(organisation=str(found.member_id))
    audit.record(session, actor, event, book=f"workspace:{found.workspace_id}", about=found.id)


def stay(session: Session, actor: Actor, *, membership_id: UUID, until: datetime | None) -> None:
    """Let a membership that stands last until an instant, or without an end.

    Whether it may be is asked, and written down, by `remove` and by `grants`.
    """
    found = session.get_one(Membership, membership_id)
    found.until_at = until
    kind = rules.GROUP_OF[Standing(found.standing)]
    in_group = group(session, found.workspace_id, kind)
    audience.stay(session, in_group, found.member_id, now=actor.now, until=until)


def _require_coordinator(session: Session, actor: Actor, workspace_id: UUID) -> None:
    anybody = session.execute(
        select(Group.id).where(Group.about_id == workspace_id, Group.kind == GroupKind.MEMBERS)
    ).scalar_one()
    if audience.members(session, anybody, now=actor.now):
        policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))


def _is_in(session: Session, workspace_id: UUID, organisation_id: UUID, *, now: datetime) -> bool:
    """Whether it stands in the workspace in any group. Groups, since memberships are hidden."""
    return any(
        organisation_id in audience.members(session, group(session, workspace_id, kind), now=now)
        for kind in (GroupKind.MEMBERS, GroupKind.OBSERVERS, GroupKind.DONORS)
    )


def found_body(
    session: Session, actor: Actor, *, workspace_id: UUID, name: str, purpose: str = ""
) -> Body:
    """Make a body of a workspace: a cluster, an advisory group. Members may know of it."""
    policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))
    members = group(session, workspace_id, GroupKind.MEMBERS)
    made = audience.make_group(session, GroupKind.BODY, about=workspace_id, within=members)
    who = audience.intern(session, {actor.must_organisation(), members})
    body = Body(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=who,
        own_audience_id=who,
        workspace_id=workspace_id,
        name=name,
        purpose=purpose,
        group_id=made.id,
    )
    session.add(body)
    session.flush()
    return body


def seat_person(
    session: Session,
    actor: Actor,
    *,
    organisation_id: UUID,
    person_id: UUID,
    kind: Seat,
    note: str = "",
    from_at: datetime | None = None,
) -> Holding:
    """Put a person into a seat, from now on or from `from_at`. People come in by invitation."""
    begins = from_at or actor.now
    made = _hold(session, actor, organisation_id, kind, person_id, from_at=begins, note=note)
    event = rules.SeatTaken(seat=kind, person=str(person_id))
    audit.record(session, actor, event, book=f"organisation:{organisation_id}", about=made.id)
    return made


def lend(
    session: Session,
    actor: Actor,
    *,
    kind: str,
    person_id: UUID,
    from_at: datetime,
    until_at: datetime,
) -> Holding:
    """Put a person into a seat of lent powers of one's own organisation, made when first needed.

    Whether it may be is asked, and written down, by `delegations`.
    """
    us = actor.must_organisation()
    return _hold(session, actor, us, kind, person_id, from_at=from_at, until_at=until_at)


def _hold(
    session: Session, actor: Actor, organisation_id: UUID, kind: str, person_id: UUID, **about: Any
) -> Holding:
    query = select(SeatRow.id).where(SeatRow.organisation_id == organisation_id)
    seat_id = session.scalars(query.where(SeatRow.kind == kind)).first()
    if seat_id is None:
        seat_id = new_id()
        session.add(SeatRow(id=seat_id, organisation_id=organisation_id, kind=kind))
        session.flush()
    who = {"person_id": person_id, "appointed_by": actor.person_id}
    made = Holding(id=new_id(), seat_id=seat_id, **who, **about)
    session.add(made)
    session.flush()
    return made


def end_holding(session: Session, actor: Actor, *, holding_id: UUID) -> None:
    """End a holding of one's own organisation: power is gone at the person's next request.

    A holding that has not begun ends without ever giving power.
    Raises: NotFound for another organisation's; Denied; Invalid for the last signatory or admin.
    """
    found = seat_holder(session, actor, holding_id)
    policy.require(actor, "seat:hand-over", policy.About(organisation_id=actor.organisation_id))
    today = [row for row in seat_holders(session, actor) if row.from_at <= actor.now]
    alone = found in today and sum(row.seat == found.seat for row in today) == 1
    if alone and found.seat in rules.NEVER_EMPTY:
        raise Invalid(Reason("organisations.last-of-seat", facts={"seat": found.seat}))
    end_at(session, actor, holding_id=holding_id, at=actor.now)


def end_at(session: Session, actor: Actor, *, holding_id: UUID, at: datetime) -> None:
    """End a holding at an instant, unless it ends before.

    Whether it may be was asked before: by `end_holding`, or when a successor was invited.
    """
    holding = session.get_one(Holding, holding_id)
    if holding.until_at is not None and holding.until_at <= at:
        return
    holding.until_at = at
    seat = session.get_one(SeatRow, holding.seat_id)
    event = rules.SeatLeft(seat=seat.kind, person=str(holding.person_id))
    book = f"organisation:{seat.organisation_id}"
    audit.record(session, actor, event, book=book, about=holding.id)
    if at <= actor.now:
        accounts.end_all_sessions(session, actor, person_id=holding.person_id)


def change_acting(session: Session, actor: Actor, *, bearer_id: UUID, holding_id: UUID) -> None:
    """Act for another organisation from the next page on. Raises NotFound for others' holdings."""
    holding = session.get(Holding, holding_id)
    if holding is None or holding.person_id != actor.person_id:
        raise NotFound
    accounts.act_as(session, actor, bearer_id=bearer_id, holding_id=holding_id)
