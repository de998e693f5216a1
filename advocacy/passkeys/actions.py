"""Second steps: set one up, take one, take it away; a signature by a passkey."""

from dataclasses import dataclass
from secrets import token_hex
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from advocacy.access import bearer
from advocacy.access.actor import Actor
from advocacy.accounts import actions as accounts
from advocacy.accounts import queries as people
from advocacy.accounts.queries import Checked
from advocacy.accounts.rules import SESSION
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.passkeys import queries, rules
from advocacy.passkeys.rules import Site
from advocacy.passkeys.schema import CodeApp, Passkey, RecoverySheet


@dataclass(frozen=True)
class Begun:
    """What a right password leads to: a session, or half of the way to one."""

    token: str
    is_half: bool


def _note(session: Session, actor: Actor, person_id: UUID, event: Event) -> None:
    doer = actor if actor.person_id else Actor(now=actor.now, person_id=person_id)
    audit.record(session, doer, event, book=f"person:{person_id}", about=person_id)


# --- signing in ----------------------------------------------------------------------------------


def open_session(
    session: Session, actor: Actor, *, checked: Checked, instead_of: UUID | None = None
) -> Begun | None:
    """After a password: a session, or the second step where there is one. None for a wrong one."""
    if checked.person_id is None or not queries.ways(session, checked.person_id).is_any:
        token = accounts.open_session(session, actor, checked=checked, instead_of=instead_of)
        return Begun(token, is_half=False) if token else None
    if instead_of is not None:
        bearer.revoke(session, now=actor.now, bearer=instead_of)
    return _half(session, actor, checked.person_id)


def _half(session: Session, actor: Actor, person_id: UUID) -> Begun:
    until = actor.now + rules.HALF_WAY_LASTS
    token = bearer.issue(session, rules.HALF_WAY, {}, now=actor.now, until=until, person=person_id)
    return Begun(token, is_half=True)


def reset_password(session: Session, actor: Actor, *, token: str, password: str) -> Begun:
    """A new password by a mailed link. The mail does not stand for the second step.

    Raises: as `accounts.actions.reset_password`.
    """
    who = people.of_reset(session, token, now=actor.now)
    made = accounts.reset_password(session, actor, token=token, password=password)
    if who is None or not queries.ways(session, who.id).is_any:
        return Begun(made, is_half=False)
    bearer.revoke(session, now=actor.now, person=who.id, purpose=SESSION)
    return _half(session, actor, who.id)


def answer_by_passkey(session: Session, actor: Actor, *, half: str, answer: str, site: Site) -> str:
    """The session's token after the second step by a passkey. Raises NotFound, Invalid."""
    who = queries.half_way(session, half, now=actor.now)
    check(session, actor, who, answer, site=site, asked=rules.challenge("sign-in", half))
    return _arrive(session, actor, half, who, "password and passkey")


def answer_by_code(
    session: Session, actor: Actor, *, half: str, code: str, secret: str, keys: tuple[str, ...]
) -> str | None:
    """The session's token after a code of the app or of the sheet; None, and counted, if wrong.

    secret: the server's. keys: what a wrong code is counted under. Raises NotFound.
    """
    who = queries.half_way(session, half, now=actor.now)
    if _takes_app(session, actor, who, code, secret):
        return _arrive(session, actor, half, who, "password and code")
    if _takes_sheet(session, actor, who, code, secret):
        return _arrive(session, actor, half, who, "password and recovery code")
    accounts.count(session, keys, now=actor.now)
    return None


def _arrive(session: Session, actor: Actor, half: str, who: UUID, auth: str) -> str:
    bearer.redeem(session, rules.HALF_WAY, half, now=actor.now)
    return accounts.begin(session, person=who, now=actor.now, about={"auth": auth})


def _takes_app(session: Session, actor: Actor, who: UUID, code: str, secret: str) -> bool:
    """Whether this is the app's code; it is used up by that."""
    row = session.scalars(select(CodeApp).where(CodeApp.person_id == who).with_for_update()).first()
    if row is None or row.confirmed_at is None:
        return False
    its = rules.app_secret(secret, who, row.salt)
    step = rules.step_of(its, code, now=actor.now, after=row.last_step)
    if step is None:
        return False
    row.last_step = step
    session.flush()
    return True


def _takes_sheet(session: Session, actor: Actor, who: UUID, code: str, secret: str) -> bool:
    row = session.scalars(
        select(RecoverySheet).where(RecoverySheet.person_id == who).with_for_update()
    ).first()
    if row is None:
        return False
    number = rules.number_on_sheet(rules.sheet(secret, who, row.salt), code, row.used)
    if number is None:
        return False
    row.used = [*row.used, number]
    session.flush()
    _note(session, actor, who, rules.SheetUsed(number))
    return True


# --- passkeys ------------------------------------------------------------------------------------


def check(
    session: Session, actor: Actor, who: UUID, answer: str, *, site: Site, asked: bytes
) -> tuple[UUID, dict[str, str]]:
    """Check what a passkey of a person answered: its id, and the signature whole.

    asked: the 32 bytes it had to sign. Raises Invalid for anything but a right answer.
    """
    row = session.scalars(
        select(Passkey)
        .where(Passkey.credential == rules.credential_in(answer), Passkey.person_id == who)
        .with_for_update()
    ).first()
    if row is None:
        raise Invalid(Reason("passkeys.not-answered"))
    row.sign_count = rules.sign_count(
        answer, site, asked=asked, public_key=row.public_key, count=row.sign_count
    )
    row.used_at = actor.now
    session.flush()
    return row.id, rules.signature(answer, row.public_key)


def enrol(
    session: Session, actor: Actor, *, answer: str, site: Site, asked: bytes, name: str
) -> Passkey:
    """Add a passkey that a device of the actor has made; with the first, ten codes on paper.

    Raises: NotFound, Invalid.
    """
    who, name = queries.person(actor), name.strip()
    before = queries.mine(session, actor)
    Invalid.unless_empty(rules.name_faults(name, number=len(before.keys)))
    made = rules.enrolled(answer, site, asked=asked)
    known = select(Passkey.id).where(Passkey.credential == made.credential)
    if session.scalar(known) is not None:
        raise Invalid(Reason("passkeys.not-made"))
    row = Passkey(
        id=new_id(),
        person_id=who,
        credential=made.credential,
        public_key=made.public_key,
        sign_count=made.sign_count,
        name=name,
        added_at=actor.now,
    )
    session.add(row)
    session.flush()
    _note(session, actor, who, rules.KeyAdded(str(row.id)))
    if not before.is_any:
        make_sheet(session, actor)
    return row


def remove(session: Session, actor: Actor, passkey_id: UUID) -> None:
    """Take one of one's own passkeys away: lost, sold, broken. Raises NotFound."""
    who = queries.person(actor)
    row = session.get(Passkey, passkey_id)
    if row is None or row.person_id != who:
        raise NotFound
    session.delete(row)
    session.flush()
    _note(session, actor, who, rules.KeyRemoved(str(passkey_id)))


# --- code app and sheet --------------------------------------------------------------------------


def begin_app(session: Session, actor: Actor) -> None:
    """A fresh secret for a code app; it counts once a first code was given. Raises NotFound.

    The app before it is gone by that, and where it counted this is written down.
    """
    who = queries.person(actor)
    if queries.mine(session, actor).has_app:
        remove_app(session, actor)
    session.execute(delete(CodeApp).where(CodeApp.person_id == who))
    session.add(CodeApp(person_id=who, salt=token_hex(16), last_step=0))
    session.flush()


def confirm_app(session: Session, actor: Actor, *, code: str, secret: str) -> None:
    """The first code of a code app. Raises NotFound; Invalid for a wrong one."""
    who, row = queries.person(actor), queries.app(session, actor)
    if row is None or row.confirmed_at is not None:
        raise NotFound
    had_any = queries.mine(session, actor).is_any
    its = rules.app_secret(secret, who, row.salt)
    step = rules.step_of(its, code, now=actor.now, after=row.last_step)
    if step is None:
        raise Invalid(Reason("passkeys.wrong-code", "code"))
    row.confirmed_at, row.last_step = actor.now, step
    session.flush()
    _note(session, actor, who, rules.CodeAppSet(on=True))
    if not had_any:
        make_sheet(session, actor)


def remove_app(session: Session, actor: Actor) -> None:
    """Take the code app away. Doing it twice changes nothing."""
    who = queries.person(actor)
    row = queries.app(session, actor)
    if row is None:
        return
    session.delete(row)
    session.flush()
    _note(session, actor, who, rules.CodeAppSet(on=False))


def make_sheet(session: Session, actor: Actor) -> None:
    """Ten fresh codes on paper; those of an earlier sheet are good no more."""
    who = queries.person(actor)
    session.execute(delete(RecoverySheet).where(RecoverySheet.person_id == who))
    session.add(RecoverySheet(person_id=who, salt=token_hex(16), made_at=actor.now, used=[]))
    session.flush()
    _note(session, actor, who, rules.SheetMade())


def forget_all(session: Session, actor: Actor, person_id: UUID) -> None:
    """Take every second step of a person away, and end their sessions. For the console: somebody
    lost all of them and was recognised in another way."""
    for table in (Passkey, CodeApp, RecoverySheet):
        session.execute(delete(table).where(table.person_id == person_id))
    accounts.end_all_sessions(session, actor, person_id=person_id)
    _note(session, actor, person_id, rules.AllForgotten())
