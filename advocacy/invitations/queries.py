"""Open invitations: of one's own organisation, and by the link that somebody holds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from advocacy.access import bearer
from advocacy.access.actor import Actor, Seat
from advocacy.accounts.queries import by_id
from advocacy.accounts.rules import INVITE, INVITE_LASTS
from advocacy.ground.errors import NotFound
from advocacy.invitations.rows import InvitationRow, Voice
from advocacy.invitations.rules import CONFIRM, CONFIRM_LASTS, VOICE
from advocacy.invitations.schema import Invitation
from advocacy.organisations.queries import addresses, by_ids
from advocacy.organisations.schema import Organisation


def _standing() -> Select[Invitation, str]:
    return (
        select(Invitation, Organisation.name)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.withdrawn_at.is_(None))
        .order_by(Invitation.at.desc(), Invitation.id)
    )


def _open() -> Select[Invitation, str]:
    return _standing().where(Invitation.accepted_at.is_(None))


def _row(found: Row[Invitation, str]) -> InvitationRow:
    of, organisation = found
    return InvitationRow(
        id=of.id,
        organisation_id=of.organisation_id,
        organisation_name=organisation,
        seats=tuple(of.seats),
        email=of.email,
        name=of.name,
        note=of.note,
        invited_by=of.invited_by,
        at=of.at,
        confirmed_at=of.confirmed_at,
    )


def invitations(session: Session, actor: Actor) -> list[InvitationRow]:
    """Invitations of one's own organisation that can still be confirmed or accepted."""
    still = or_(
        Invitation.confirmed_at > actor.now - INVITE_LASTS,
        and_(Invitation.confirmed_at.is_(None), Invitation.at > actor.now - CONFIRM_LASTS),
    )
    mine = Invitation.organisation_id == actor.organisation_id
    return [_row(row) for row in session.execute(_open().where(mine, still))]


def invitation(session: Session, invitation_id: UUID) -> InvitationRow | None:
    """One open invitation; None once it was accepted or withdrawn."""
    found = session.execute(_open().where(Invitation.id == invitation_id)).first()
    return _row(found) if found else None


def confirmed(session: Session, invitation_id: UUID) -> InvitationRow | None:
    """An invitation whose link has gone, accepted or not, for the notice about it."""
    query = _standing().where(Invitation.id == invitation_id, Invitation.confirmed_at.is_not(None))
    found = session.execute(query).first()
    return _row(found) if found else None


def by_link(session: Session, token: str, *, now: datetime) -> InvitationRow | None:
    """What the link of an invitation says; None for a spent, withdrawn, old or unknown one.

    A link dies with the power of who sent it: the administrator who invited must still be one.
    """
    found = _held(session, INVITE, token, now=now)
    if found is None or found.invited_by is None:
        return found
    admins = addresses(session, found.organisation_id, seats=[Seat.ADMIN], now=now)
    return found if found.invited_by in {who.id for who in admins} else None


def asked_to_confirm(session: Session, token: str, *, now: datetime) -> InvitationRow | None:
    """What somebody is asked to confirm; None where it was answered, or they may not any more."""
    found = _held(session, CONFIRM, token, now=now)
    if found is None or found.confirmed_at is not None:
        return None
    person = bearer.look(session, CONFIRM, token, now=now).person_id
    may = {word.person_id for word in second_words(session, found, now=now)}
    return found if person in may else None


def _held(session: Session, purpose: str, token: str, *, now: datetime) -> InvitationRow | None:
    try:
        held = bearer.look(session, purpose, token, now=now)
    except NotFound:
        return None
    return invitation(session, UUID(str(held.about["invitation"])))


def second_words(session: Session, found: InvitationRow, *, now: datetime) -> list[Voice]:
    """Who may confirm an invitation to sign: other signatories, and the registered contact.

    Never who sent it, and never who is invited.
    """
    inviter = by_id(session, found.invited_by) if found.invited_by else None
    not_theirs = {found.email, inviter.email if inviter else ""}
    words = voices(session, found.organisation_id, now=now)
    return [word for word in words if word.email not in not_theirs]


def voices(session: Session, organisation_id: UUID, *, now: datetime) -> list[Voice]:
    """Who speaks for an organisation: its signatories, and the contact registered at joining."""
    holders = addresses(session, organisation_id, seats=VOICE, now=now)
    found = [Voice(who.email, who.language, who.id) for who in holders]
    of = by_ids(session, [organisation_id])[organisation_id]
    if of.registered_email and of.registered_email not in {voice.email for voice in found}:
        found.append(Voice(of.registered_email, of.language, None))
    return found
