"""Who belongs where, who holds what, and the actor that follows from it."""

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard, kept, policy
from advocacy.access.actor import Actor, Seat, Standing
from advocacy.access.audience import group_for
from advocacy.access.bearer import hashed
from advocacy.access.schema import Bearer, GroupKind
from advocacy.accounts import queries as accounts
from advocacy.accounts.rules import SESSION
from advocacy.accounts.schema import Person
from advocacy.ground.errors import NotFound
from advocacy.organisations.rows import (
    ORDER,
    Acting,
    OrganisationRow,
    SeatHolder,
    SignedIn,
    WorkspaceRow,
    has_ended,
    reader,
)
from advocacy.organisations.schema import (
    Body,
    Holding,
    Membership,
    Organisation,
    SeatRow,
    Workspace,
)

T = TypeVar("T")
_Held = Row[UUID, UUID, str, UUID, str]


def _stands(row: Any, now: Any) -> ColumnElement[bool]:
    """Whether a membership or a holding (or the columns of its table) holds at an instant."""
    return and_(row.from_at <= now, or_(row.until_at.is_(None), row.until_at > now))


def _held(session: Session, person_id: UUID, now: datetime) -> list[_Held]:
    rows = session.execute(
        select(Holding.id, SeatRow.id, SeatRow.kind, Organisation.id, Organisation.name)
        .join(SeatRow, SeatRow.id == Holding.seat_id)
        .join(Organisation, Organisation.id == SeatRow.organisation_id)
        .where(Holding.person_id == person_id, _stands(Holding, now))
        .order_by(Organisation.name, Holding.from_at, Holding.id)
    ).all()
    return sorted(rows, key=lambda row: (row[4], ORDER.get(row[2], 9)))


def actor_for(
    session: Session,
    *,
    person_id: UUID,
    name: str,
    holding_id: UUID | None,
    now: datetime,
) -> tuple[Actor, list[Acting]]:
    """The actor a person is now, and the ways they could act.

    The chosen holding decides for which organisation; where it has ended, the first that stands.
    All seats of that organisation count. No holding at all: a person with no power.
    """
    held = _held(session, person_id, now)
    if not held:
        return Actor(now=now, person_id=person_id, person_name=name), []
    chosen = next((row for row in held if row[0] == holding_id), held[0])
    organisation_id = chosen[3]
    mine = [row for row in held if row[3] == organisation_id]
    with guard.system(session, guard.System.SIGN_IN):
        standings = session.execute(
            select(Membership.workspace_id, Membership.standing).where(
                Membership.member_id == organisation_id, _stands(Membership, now)
            )
        ).all()
    actor = Actor(
        now=now,
        person_id=person_id,
        person_name=name,
        organisation_id=organisation_id,
        organisation_name=chosen[4],
        holding_id=mine[0][0],
        seat_id=mine[0][1],
        seats=tuple((row[2], row[1]) for row in mine),
        memberships=frozenset((workspace, standing) for workspace, standing in standings),
    )
    return actor, _ways(held)


_bearer, _person, _holding = Bearer.__table__, Person.__table__, Holding.__table__
_seat, _organisation = SeatRow.__table__, Organisation.__table__
_membership, _space = Membership.__table__, Workspace.__table__
_COLUMNS = (
    *(_holding.c.id.label("holding_id"), _seat.c.id.label("seat_id"), _seat.c.kind),
    *(_organisation.c.id.label("organisation_id"), _organisation.c.name.label("organisation")),
    *(_space.c.id.label("space_id"), _space.c.slug, _space.c.name.label("space")),
    *(_space.c.zone.label("space_zone"), _space.c.is_sample, _membership.c.standing),
    *(_bearer.c.id.label("bearer_id"), _bearer.c.about, _bearer.c.seen_at),
    *(_bearer.c.until.label("ends_at"), _bearer.c.token_hash),
    *(_holding.c.from_at.label("held_from"), _holding.c.until_at.label("held_until")),
    *(_membership.c.from_at.label("in_from"), _membership.c.until_at.label("in_until")),
    *(_person.c.id.label("person_id"), _person.c.name.label("person")),
    *(_person.c.language, _person.c.zone),
)


def _statement(which: ColumnElement[bool]) -> Select[Any]:
    """One question for the whole of a signed-in reader: it is asked on every page.

    It names no instant, so that its answer may be kept; what holds at an instant is told apart
    in `signed_in`.
    """
    tables = (
        _bearer.join(_person, _person.c.id == _bearer.c.person_id)
        .outerjoin(_holding, _holding.c.person_id == _person.c.id)
        .outerjoin(_seat, _seat.c.id == _holding.c.seat_id)
        .outerjoin(_organisation, _organisation.c.id == _seat.c.organisation_id)
        .outerjoin(_membership, _membership.c.member_id == _organisation.c.id)
        .outerjoin(_space, _space.c.id == _membership.c.workspace_id)
    )
    return (
        select(*_COLUMNS)
        .select_from(tables)
        .where(
            _bearer.c.purpose == SESSION,
            which,
            _bearer.c.revoked_at.is_(None),
            _person.c.is_active,
        )
        .order_by(_organisation.c.name, _holding.c.from_at, _holding.c.id, _space.c.name)
    )


_hash = _bearer.c.token_hash
_SIGNED_IN = _statement(_hash == bindparam("token"))
_ALL_SIGNED_IN = _statement(_hash.in_(bindparam("tokens", expanding=True)))


def signed_in(session: Session, token: str, *, now: datetime) -> SignedIn:
    """Who a session's token belongs to, and as whom they act. Raises NotFound when it has ended."""
    asks = {"token": hashed(token)}
    question = _SIGNED_IN, asks["token"]
    found = kept.once(session, question, lambda: _found(session, _SIGNED_IN, asks))
    return reader(found, now)


def actors_signed_in(session: Session, tokens: Collection[str], now: datetime) -> dict[str, Actor]:
    """Who acts with each of these tokens; without those whose session has ended."""
    by, rows = {hashed(token): token for token in tokens}, dict[str, list[Any]]()
    for row in _found(session, _ALL_SIGNED_IN, {"tokens": list(by)}):
        rows.setdefault(by[row.token_hash], []).append(row)
    return {t: reader(r, now).actor for t, r in rows.items() if not has_ended(r, now)}


def _found(session: Session, query: Select[Any], asks: dict[str, Any]) -> guard.Rows:
    with guard.system(session, guard.System.SIGN_IN):
        return guard.Rows(session.connection().execute(query, asks))


def ways(session: Session, *, person_id: UUID, now: datetime) -> list[Acting]:
    """The organisations a person can act for, for the page of a sign-in link."""
    return _ways(_held(session, person_id, now))


def seats_of(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """(organisation, seat) of every seat the person holds now, in any organisation."""
    held = _held(session, actor.person_id, actor.now) if actor.person_id else []
    return [(name, kind) for _holding, _seat, kind, _organisation, name in held]


def _ways(held: Iterable[_Held]) -> list[Acting]:
    ways: dict[UUID, Acting] = {}
    for holding, _seat, _kind, organisation, name in held:
        ways.setdefault(organisation, Acting(holding, organisation, name))
    return list(ways.values())


def workspaces(session: Session, actor: Actor) -> list[WorkspaceRow]:
    """Workspaces the actor's organisation is in, by name."""
    standings = dict(actor.memberships)
    rows = session.execute(select(*_KEPT).where(_space.c.id.in_(standings)).order_by(_space.c.name))
    return [WorkspaceRow(**row._mapping, standing=standings[row.id]) for row in rows]


_KEPT = [_space.c[f.name] for f in fields(WorkspaceRow) if f.name != "standing"]
_BY_SLUG = select(*_KEPT).where(_space.c.slug == bindparam("slug"))
# The id of the workspace of a "slug", for a room to ask with its own rows.
WITH_SLUG = select(_space.c.id).where(_space.c.slug == bindparam("slug"))
_BY_ID = select(*_KEPT).where(_space.c.id == bindparam("id"))


def workspace(session: Session, actor: Actor, slug: str) -> WorkspaceRow:
    """One workspace by its slug. Raises NotFound for those who are not in it."""
    return _only_if_in(actor, guard.look(session, _BY_SLUG, slug=slug).first())


def workspace_by_id(session: Session, actor: Actor, workspace_id: UUID) -> WorkspaceRow:
    """One workspace by id. Raises NotFound for those who are not in it."""
    return _only_if_in(actor, guard.look(session, _BY_ID, id=workspace_id).first())


def is_sample(session: Session, workspace_id: UUID) -> bool:
    """Whether the content of a workspace is invented. No secret: it is said to whoever reads."""
    return bool(session.scalar(select(_space.c.is_sample).where(_space.c.id == workspace_id)))


def _only_if_in(actor: Actor, row: Any) -> WorkspaceRow:
    about = policy.About(workspace_id=row.id if row else None)
    if row is None or not policy.allows(actor, "workspace:read", about):
        raise NotFound
    return WorkspaceRow(**row._mapping, standing=dict(actor.memberships)[row.id])


def organisations(session: Session, actor: Actor, *, workspace_id: UUID) -> list[OrganisationRow]:
    """Organisations of a workspace that this reader may know of, by name."""
    rows = session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.short_name,
            Organisation.kind,
            Membership.standing,
            Membership.id,
        )
        .join(Membership, Membership.member_id == Organisation.id)
        .where(Membership.workspace_id == workspace_id, _stands(Membership, actor.now))
        .order_by(Organisation.name)
    )
    return [OrganisationRow(*row) for row in rows]


def membership(session: Session, actor: Actor, membership_id: UUID) -> tuple[WorkspaceRow, str]:
    """The workspace of a membership that stands, and the member's name. Raises NotFound."""
    found = session.get(Membership, membership_id)
    if found is None or (found.until_at and found.until_at <= actor.now):
        raise NotFound
    of = workspace_by_id(session, actor, found.workspace_id)
    return of, names(session, [found.member_id])[found.member_id]


def names(session: Session, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of organisations met on records that the reader may see."""
    return _words(session, _NAMES, ids)


def kinds(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Kind of each of these organisations (a network counts apart)."""
    return _words(session, _KINDS, ids)


_THESE = _organisation.c.id.in_(bindparam("ids", expanding=True))
_NAMES = select(_organisation.c.id, _organisation.c.name).where(_THESE)
_KINDS = select(_organisation.c.id, _organisation.c.kind).where(_THESE)


def _words(session: Session, query: Select[Any], ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = sorted({i for i in ids if i})
    return {row[0]: row[1] for row in guard.look(session, query, ids=wanted)} if wanted else {}


def by_ids(session: Session, ids: Iterable[UUID]) -> dict[UUID, Organisation]:
    """These organisations: the language and the registered contact, for mails."""
    query = select(Organisation).where(Organisation.id.in_(set(ids)))
    return {row.id: row for row in session.scalars(query)}


def seats_held(
    session: Session, person_id: UUID, organisation_id: UUID, *, now: datetime
) -> set[str]:
    """The seats a person holds in an organisation now."""
    return {row[2] for row in _held(session, person_id, now) if row[3] == organisation_id}


def organisation(session: Session, actor: Actor) -> Organisation:
    """The actor's own organisation. Raises NotFound when it acts for none."""
    us = actor.organisation_id
    return _must(session.get(Organisation, us) if us else None)


def seat_holders(session: Session, actor: Actor) -> list[SeatHolder]:
    """Seats of one's own organisation, and who holds them: now, or from a coming instant on."""
    who, time = (Person.id, Person.name, Person.email), (Holding.from_at, Holding.until_at)
    rows = session.execute(
        select(Holding.id, SeatRow.kind, *who, *time)
        .join(SeatRow, SeatRow.id == Holding.seat_id)
        .join(Person, Person.id == Holding.person_id)
        .where(
            SeatRow.organisation_id == actor.organisation_id,
            SeatRow.kind.in_(list(Seat)),
            or_(Holding.until_at.is_(None), Holding.until_at > actor.now),
        )
        .order_by(SeatRow.kind, Person.name, Holding.from_at)
    )
    return [SeatHolder(*row) for row in rows]


def seat_holder(session: Session, actor: Actor, holding_id: UUID) -> SeatHolder:
    """One holding of one's own organisation. Raises NotFound for others' and ended ones."""
    found = {row.holding_id: row for row in seat_holders(session, actor)}
    if holding_id not in found:
        raise NotFound
    return found[holding_id]


def holders(
    session: Session, ids: Iterable[UUID], *, seats: Iterable[str], now: datetime
) -> dict[UUID, set[UUID]]:
    """People who hold one of these seats now, by organisation; without those that have none."""
    found: dict[UUID, set[UUID]] = {}
    its = SeatRow.organisation_id.in_(list(ids)), SeatRow.kind.in_([str(kind) for kind in seats])
    query = select(SeatRow.organisation_id, Holding.person_id).where(*its, _stands(Holding, now))
    for organisation, person in session.execute(query.join(Holding, Holding.seat_id == SeatRow.id)):
        found.setdefault(organisation, set()).add(person)
    return found


def addresses(
    session: Session, organisation_id: UUID, *, seats: Iterable[str], now: datetime
) -> list[Person]:
    """People who hold one of these seats of an organisation now: whom a mail goes to."""
    its = holders(session, [organisation_id], seats=seats, now=now)
    return accounts.people(session, its.get(organisation_id, set()))


def addressee(
    session: Session, organisation_id: UUID, person_id: UUID, *, seats: Iterable[str], now: datetime
) -> Person | None:
    """One of those people; None who holds no such seat any more: nothing is sent to them."""
    people = addresses(session, organisation_id, seats=seats, now=now)
    return next((person for person in people if person.id == person_id), None)


def group(session: Session, workspace_id: UUID, kind: GroupKind) -> UUID:
    """The group of a workspace's members, observers or donors. Raises NotFound."""
    return _must(group_for(session, kind, workspace_id))


def _must(found: T | None) -> T:
    """What was asked for. Raises NotFound where there is none."""
    if found is None:
        raise NotFound
    return found


def bodies(session: Session, actor: Actor, *, workspace_id: UUID) -> list[Body]:
    """Bodies of a workspace that the reader may see, by name."""
    query = select(Body).where(Body.workspace_id == workspace_id).order_by(Body.name)
    return list(session.scalars(query))


def body(session: Session, body_id: UUID) -> Body:
    """One body. Raises NotFound for those who may not know of it."""
    return _must(session.scalars(select(Body).where(Body.id == body_id)).first())


def console_actor(
    session: Session, slug: str, *, now: datetime, founder: UUID
) -> tuple[Actor, UUID]:
    """Who the console acts as in a workspace: its coordinator, or `founder` while it has none.

    For the command line only, under `guard.system`. Returns the actor and the workspace's id.
    Raises NotFound for an unknown workspace.
    """
    space = _must(session.scalars(select(Workspace).where(Workspace.slug == slug)).first())
    coordinator = session.scalars(
        select(Membership.member_id).where(
            Membership.workspace_id == space.id,
            Membership.standing == Standing.COORDINATOR,
            Membership.until_at.is_(None),
        )
    ).first()
    actor = Actor(
        now=now,
        organisation_id=coordinator or founder,
        seats=((Seat.COORDINATOR, space.id),),
        memberships=frozenset({(space.id, Standing.COORDINATOR)}),
    )
    return actor, space.id
