"""Invite, confirm, accept, withdraw; ask a new organisation in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import bearer, policy
from advocacy.access.actor import Actor, Seat, Standing
from advocacy.accounts import actions as accounts
from advocacy.accounts.queries import folded, person_by_email
from advocacy.accounts.rules import INVITE, INVITE_LASTS, password_faults
from advocacy.accounts.schema import Person
from advocacy.audit import actions as audit
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.invitations import queries, rules
from advocacy.invitations.rows import InvitationRow
from advocacy.invitations.schema import Invitation
from advocacy.organisations import actions as organisations
from advocacy.organisations.queries import organisations as directory
from advocacy.organisations.queries import seat_holder, seats_held
from advocacy.outbox.actions import enqueue


def invite(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    kind: Seat,
    note: str = "",
    replaces: UUID | None = None,
) -> UUID:
    """Invite someone to a seat of one's own organisation, by a one-use link for 72 hours.

    replaces: a holding of that seat which ends when theirs begins (handing over). The signatory
    seat waits for a second word before the link goes. Raises: Denied; NotFound for a holding of
    others; Invalid for an address that cannot be one, or when nobody could give the second word.
    """
    about = policy.About(organisation_id=actor.organisation_id)
    policy.require(actor, "organisation:administer", about)
    Invalid.unless_empty(rules.faults(email=email, name=name))
    now_in_seat = seat_holder(session, actor, replaces) if replaces else None
    if now_in_seat and now_in_seat.seat != kind:
        raise NotFound
    if now_in_seat and now_in_seat.email == folded(email):
        raise Invalid(Reason("organisations.holds-already", "email"))
    made = _keep(session, actor, actor.must_organisation(), [kind], email=email, name=name)
    made.note, made.replaces_id, made.invited_by = note.strip(), replaces, actor.person_id
    session.flush()
    if rules.needs_second_word([kind]):
        _ask(session, made, now=actor.now)
    else:
        _let_go(session, made, now=actor.now)
    return made.id


def _keep(
    session: Session,
    actor: Actor,
    organisation_id: UUID,
    seats: Sequence[Seat],
    *,
    email: str,
    name: str,
) -> Invitation:
    made = Invitation(
        id=new_id(),
        organisation_id=organisation_id,
        seats=[seat.value for seat in seats],
        email=folded(email),
        name=name.strip(),
        at=actor.now,
    )
    session.add(made)
    session.flush()
    event = rules.Invited(seats=made.seats)
    audit.record(session, actor, event, book=f"organisation:{organisation_id}", about=made.id)
    return made


def _row(session: Session, made: Invitation) -> InvitationRow:
    found = queries.invitation(session, made.id)
    if found is None:
        raise NotFound
    return found


def _ask(session: Session, made: Invitation, *, now: datetime) -> None:
    """Ask everybody who may give the second word."""
    words = queries.second_words(session, _row(session, made), now=now)
    if not words:
        raise Invalid(Reason("organisations.nobody-confirms"))
    for word in words:
        payload = {"invitation": str(made.id), "person": str(word.person_id or "")}
        enqueue(session, "invitations.confirm", payload, due_at=now)


def _let_go(session: Session, made: Invitation, *, now: datetime) -> None:
    made.confirmed_at = now
    session.flush()
    enqueue(session, "invitations.invite", {"invitation": str(made.id)}, due_at=now)


def confirm(session: Session, actor: Actor, *, token: str) -> None:
    """Give the second word: the link goes, and all holders of the seat are told.

    Raises: Invalid where it was answered or withdrawn, or the link is too old.
    """
    found = queries.asked_to_confirm(session, token, now=actor.now)
    if found is None:
        raise Invalid(Reason("organisations.confirm-spent"))
    held = bearer.redeem(session, rules.CONFIRM, token, now=actor.now)
    made = _locked(session, found.id)
    _let_go(session, made, now=actor.now)
    doer = Actor(now=actor.now, person_id=held.person_id, organisation_id=found.organisation_id)
    event = rules.Confirmed(by="signatory" if held.person_id else "contact")
    book = f"organisation:{found.organisation_id}"
    audit.record(session, doer, event, book=book, about=made.id)
    for voice in queries.voices(session, found.organisation_id, now=actor.now):
        payload = {"invitation": str(made.id), "person": str(voice.person_id or "")}
        enqueue(session, "invitations.notice", payload, due_at=actor.now)


def _locked(session: Session, invitation_id: UUID) -> Invitation:
    """The invitation, held against a second one who answers at the same moment."""
    query = select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def issue(session: Session, purpose: str, invitation_id: UUID, *, now: datetime,
          person: UUID | None = None) -> str:  # fmt: skip
    """The token for a mail about an invitation. More than one does no harm: the first answers."""
    until = now + (INVITE_LASTS if purpose == INVITE else rules.CONFIRM_LASTS)
    about = {"invitation": str(invitation_id)}
    return bearer.issue(session, purpose, about, now=now, until=until, person=person)


def accept(
    session: Session, actor: Actor, *, token: str, name: str, password: str, language: str
) -> str:
    """Take the seats one was invited to; returns the token of a new session.

    Someone who has an account must be signed in as the person invited; all of their earlier
    sessions end. Raises: Invalid for a spent link and a weak password; Conflict where the one
    signed in is not the one invited.
    """
    found = queries.by_link(session, token, now=actor.now)
    if found is None:
        raise Invalid(Reason("organisations.link-spent"))
    who = _person(session, actor, found, name=name, password=password, language=language)
    bearer.redeem(session, INVITE, token, now=actor.now)
    made = _locked(session, found.id)
    if made.accepted_at is not None or made.confirmed_at is None:
        raise Invalid(Reason("organisations.link-spent"))
    made.accepted_at = actor.now
    doer = Actor(now=actor.now, person_id=who.id, organisation_id=found.organisation_id)
    event, book = rules.Accepted(), f"organisation:{found.organisation_id}"
    audit.record(session, doer, event, book=book, about=made.id)
    holding = _take(session, doer, made, who)
    accounts.end_all_sessions(session, doer, person_id=who.id)
    about = {"holding": str(holding)} if holding else {}
    return accounts.begin(session, person=who.id, now=actor.now, about=about)


def _person(
    session: Session,
    actor: Actor,
    found: InvitationRow,
    *,
    name: str,
    password: str,
    language: str,
) -> Person:
    who = person_by_email(session, found.email)
    if who is not None and actor.person_id != who.id:
        code = "not-for-you" if actor.is_signed_in else "sign-in-first"
        raise Conflict(Reason(f"organisations.{code}"))
    if who is not None:
        return who
    if actor.is_signed_in:
        raise Conflict(Reason("organisations.not-for-you"))
    Invalid.unless_empty(password_faults(password, words=[name, found.email]))
    return accounts.add_person(
        session, actor, name=name, email=found.email, password=password, language=language
    )


def _take(session: Session, doer: Actor, made: Invitation, who: Person) -> UUID | None:
    """Begin the holdings, and end the one they replace at the same instant."""
    starts = rules.begins_at(made.seats, confirmed_at=made.confirmed_at or doer.now, now=doer.now)
    held = seats_held(session, who.id, made.organisation_id, now=doer.now)
    first = None
    for kind in made.seats:
        if kind in held:
            continue
        holding = organisations.seat_person(
            session,
            doer,
            organisation_id=made.organisation_id,
            person_id=who.id,
            kind=Seat(kind),
            note=made.note,
            from_at=starts,
        )
        first = first or holding.id
    if made.replaces_id is not None:
        organisations.end_at(session, doer, holding_id=made.replaces_id, at=starts)
    return first


def withdraw(session: Session, actor: Actor, *, invitation_id: UUID) -> None:
    """Take an invitation of one's own organisation back; its links open nothing any more."""
    about = policy.About(organisation_id=actor.organisation_id)
    policy.require(actor, "organisation:administer", about)
    if invitation_id not in {row.id for row in queries.invitations(session, actor)}:
        raise NotFound
    _locked(session, invitation_id).withdrawn_at = actor.now
    session.flush()
    book = f"organisation:{actor.organisation_id}"
    audit.record(session, actor, rules.Withdrawn(), book=book, about=invitation_id)


def welcome(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    organisation: str,
    kind: str,
    standing: Standing,
    name: str,
    email: str,
    language: str,
) -> UUID:
    """Ask a new organisation into a workspace; its contact becomes its first administrator.

    The address is kept as the one registered at joining. Raises: Denied for all but
    coordinators; Invalid.
    """
    policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))
    faults = rules.faults(email=email, name=name)
    if not organisation.strip():
        faults.append(Reason("form.required", "organisation"))
    taken = {row.name.casefold() for row in directory(session, actor, workspace_id=workspace_id)}
    if organisation.strip().casefold() in taken:
        faults.append(Reason("organisations.member-already", "organisation"))
    Invalid.unless_empty(faults)
    made = organisations.found_organisation(
        session, actor, name=organisation, kind=kind, registered_email=email, language=language
    )
    organisations.admit(
        session, actor, workspace_id=workspace_id, organisation_id=made.id, standing=standing
    )
    asked = _keep(session, actor, made.id, rules.FIRST_SEATS, email=email, name=name)
    _let_go(session, asked, now=actor.now)
    return made.id
