"""Begin and end sessions; change what is the person's own."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from advocacy.access import bearer
from advocacy.access.actor import Actor
from advocacy.access.schema import Bearer
from advocacy.accounts.queries import (
    Checked,
    folded,
    of_link,
    of_reset,
    person,
    person_by_email,
)
from advocacy.accounts.rules import (
    LINK_LASTS,
    LONGEST,
    RESET,
    RESET_LASTS,
    SESSION,
    SIGN_IN_LINK,
    hash_password,
    is_password,
    password_faults,
)
from advocacy.accounts.schema import Attempt, Person
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.ground import clock
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.outbox.actions import enqueue

_LANGUAGES = {"en", "fr", "es", "ar"}


class SignedIn(Event):
    NAME = "accounts.signed-in"


class PasswordChanged(Event):
    NAME = "accounts.password-changed"


class SessionsEnded(Event):
    NAME = "accounts.sessions-ended"


def _book(person_id: UUID) -> str:
    return f"person:{person_id}"


def add_person(
    session: Session,
    actor: Actor,
    *,
    name: str,
    email: str,
    password: str = "",
    language: str = "en",
    zone: str = "UTC",
) -> Person:
    """Make a person. Raises Invalid when the address is taken or the password too weak."""
    address = folded(email)
    if person_by_email(session, address) is not None:
        raise Invalid(Reason("accounts.email-taken", "email"))
    if password:
        Invalid.unless_empty(password_faults(password, words=[name, address]))
    made = Person(
        id=new_id(),
        name=name.strip(),
        email=address,
        password_hash=hash_password(password) if password else "",
        language=language if language in _LANGUAGES else "en",
        zone=zone,
        created_at=actor.now,
    )
    session.add(made)
    session.flush()
    return made


def open_session(
    session: Session, actor: Actor, *, checked: Checked, instead_of: UUID | None = None
) -> str | None:
    """A new session's token after a right password; None, and the failure counted, otherwise.

    instead_of: the session this device had until now; it ends.
    """
    if checked.person_id is None:
        count(session, checked.keys, now=actor.now)
        return None
    session.execute(delete(Attempt).where(Attempt.about == checked.keys[0]))
    if instead_of is not None:
        bearer.revoke(session, now=actor.now, bearer=instead_of)
    about = {"auth": "password"}
    return begin(session, person=checked.person_id, now=actor.now, about=about)


def count(session: Session, keys: tuple[str, ...], *, now: datetime) -> None:
    """Count an attempt; those that slow nothing down any more are forgotten."""
    session.execute(delete(Attempt).where(Attempt.at < now - timedelta(hours=1)))
    session.add_all(Attempt(id=new_id(), about=key, at=now) for key in keys)
    session.flush()


def begin(
    session: Session, *, person: UUID, now: datetime, about: dict[str, Any] | None = None
) -> str:
    """Issue a session for a person and write it down."""
    doer = Actor(now=now, person_id=person)
    audit.record(session, doer, SignedIn(), book=_book(person), about=person)
    return bearer.issue(session, SESSION, about or {}, now=now, until=now + LONGEST, person=person)


def issue_link(session: Session, *, person: UUID, now: datetime) -> str:
    """A one-use sign-in link's token, good for a day (demo, or an operator at the console)."""
    until = now + LINK_LASTS
    return bearer.issue(session, SIGN_IN_LINK, {}, now=now, until=until, person=person)


def use_link(session: Session, actor: Actor, *, token: str) -> str:
    """Turn a sign-in link into a session. Raises Invalid when it is spent, old or unknown."""
    who = of_link(session, token, now=actor.now)
    if who is None:
        raise Invalid(Reason("accounts.link-spent"))
    bearer.redeem(session, SIGN_IN_LINK, token, now=actor.now)
    return begin(session, person=who.id, now=actor.now, about={"auth": "sign-in link"})


def sign_out(session: Session, actor: Actor, *, bearer_id: UUID) -> None:
    """End one session."""
    bearer.revoke(session, now=actor.now, person=actor.person_id, bearer=bearer_id)


def end_all_sessions(session: Session, actor: Actor, *, person_id: UUID) -> None:
    """End every session of a person: their own wish, or because a seat changed hands.

    Links that would open a new one without a password end too.
    """
    bearer.revoke(session, now=actor.now, person=person_id, purpose=SIGN_IN_LINK)
    bearer.revoke(session, now=actor.now, person=person_id, purpose=SESSION)
    audit.record(session, actor, SessionsEnded(), book=_book(person_id), about=person_id)


def act_as(session: Session, actor: Actor, *, bearer_id: UUID, holding_id: UUID) -> None:
    """Remember for which of their holdings the person acts in this session."""
    row = session.get_one(Bearer, bearer_id)
    row.about = {**row.about, "holding": str(holding_id)}
    session.flush()


def ask_for_reset(
    session: Session, actor: Actor, *, email: str, keys: tuple[str, ...] = ()
) -> None:
    """Queue a mail with a reset link where the address is known; the same answer where not.

    keys: what the asking is counted under, so that nobody's mailbox is filled with our mails.
    """
    who = person_by_email(session, email)
    count(session, keys, now=actor.now)
    payload = {"person": str(who.id) if who and who.is_active else ""}
    enqueue(session, "accounts.reset", payload, due_at=actor.now)


def issue_reset(session: Session, *, person: UUID, now: datetime) -> str:
    """The token that goes into the reset mail; an earlier one ends."""
    bearer.revoke(session, now=now, person=person, purpose=RESET)
    until = now + RESET_LASTS
    return bearer.issue(session, RESET, {}, now=now, until=until, person=person)


def reset_password(session: Session, actor: Actor, *, token: str, password: str) -> str:
    """Set a new password by a reset token; ends all sessions and begins a new one.

    Raises: Invalid for a spent token and for a weak password.
    """
    who = of_reset(session, token, now=actor.now)
    if who is None:
        raise Invalid(Reason("accounts.link-spent"))
    Invalid.unless_empty(password_faults(password, words=[who.name, who.email]))
    bearer.redeem(session, RESET, token, now=actor.now)
    return _set_password(session, who, password, now=actor.now)


def change_password(session: Session, actor: Actor, *, old: str, new: str) -> str:
    """Change one's own password; every other session ends. Returns the new session's token."""
    who = person(session, actor)
    if not is_password(who.password_hash, old):
        raise Invalid(Reason("accounts.password-wrong", "old"))
    Invalid.unless_empty(password_faults(new, words=[who.name, who.email], about="new"))
    return _set_password(session, who, new, now=actor.now)


def _set_password(session: Session, who: Person, password: str, *, now: datetime) -> str:
    who.password_hash = hash_password(password)
    doer = Actor(now=now, person_id=who.id)
    audit.record(session, doer, PasswordChanged(), book=_book(who.id), about=who.id)
    end_all_sessions(session, doer, person_id=who.id)
    return begin(session, person=who.id, now=now, about={"auth": "password"})


def settle(session: Session, actor: Actor, *, name: str, language: str, zone: str) -> None:
    """One's name, the language of pages and mails, and one's time zone ("UTC" = the workspace's).

    Raises: Invalid for an empty name, a language we do not speak, a zone there is none of.
    """
    faults = [] if name.strip() else [Reason("accounts.name-empty", "name")]
    faults += [] if language in _LANGUAGES else [Reason("accounts.language-unknown", "language")]
    faults += [] if clock.zone(zone) else [Reason("form.zone", "zone")]
    Invalid.unless_empty(faults)
    who = person(session, actor)
    who.name, who.language, who.zone = name.strip(), language, zone
    session.flush()
