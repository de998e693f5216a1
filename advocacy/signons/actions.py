"""Record on behalf, ask to confirm, open by link and code, answer there."""

from collections.abc import Iterable
from datetime import datetime
from secrets import randbelow
from typing import cast
from uuid import UUID

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, bearer, guard, policy
from advocacy.access.actor import Actor, Standing
from advocacy.accounts.rules import hash_password, is_password
from advocacy.annexes import actions as annexes
from advocacy.audit import actions as audit
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound, TooMany
from advocacy.ground.reasons import Reason
from advocacy.objections import actions as objections
from advocacy.objections.rules import Wanted
from advocacy.organisations import actions as directory
from advocacy.organisations import queries as organisations
from advocacy.organisations.schema import OrganisationKind
from advocacy.outbox import actions as outbox
from advocacy.positions.schema import Version, VersionClause
from advocacy.releases import actions as releases
from advocacy.rosters import actions as rosters
from advocacy.signoff import queries as signoff
from advocacy.signoff.actions import ANSWER_SEATS
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.rules import Said
from advocacy.signoff.schema import Answer
from advocacy.signons import queries, rules
from advocacy.signons.rules import Heard
from advocacy.signons.schema import Behalf, By, Code

_SIGNS = frozenset({Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER})


def note(session: Session, actor: Actor, round_id: UUID, heard: Heard) -> Behalf:
    """Write down what an organisation is said to answer, and ask it to confirm.

    It is nothing but that until the organisation answers itself. One that is not in the workspace
    is made known by its name and its address, and reads this version alone.
    Raises: NotFound; Denied for all but the lead; Conflict when the round is over; Invalid.
    """
    round_ = _led(session, actor, round_id)
    made = _write(session, actor, round_, heard)
    event = rules.Noted(round=str(round_id), how=heard.how)
    audit.record(session, actor, event, book=f"round:{round_id}", about=made.id)
    return made


def bring_in(
    session: Session, actor: Actor, round_id: UUID, heard: Iterable[Heard]
) -> list[Behalf]:
    """Write down a sheet that was looked at: each of its lines as `note` does, or none of them.

    Raises: as `note`; Invalid for a sheet of too many lines.
    """
    round_ = _led(session, actor, round_id)
    listed = list(heard)
    if len(listed) > rules.MOST_ROWS:
        raise Invalid(Reason("signons.too-many", facts={"most": rules.MOST_ROWS}))
    made = [_write(session, actor, round_, one) for one in listed]
    event = rules.Imported(round=str(round_id), rows=len(made))
    audit.record(session, actor, event, book=f"round:{round_id}", about=round_id)
    return made


def _led(session: Session, actor: Actor, round_id: UUID) -> RoundRow:
    round_ = signoff.round_of(session, actor, round_id)
    policy.require(actor, "round:open", policy.About(organisation_id=round_.lead_id))
    if not round_.is_open:
        raise Conflict(Reason(f"signoff.round-{round_.state}"))
    return round_


def _write(session: Session, actor: Actor, round_: RoundRow, heard: Heard) -> Behalf:
    heard = rules.tidy(heard)
    Invalid.unless_empty(rules.heard_faults(heard, allowed=round_.answers))
    organisation = _organisation(session, actor, round_, heard)
    if organisation not in signoff.invited(session, actor, round_.id):
        rosters.add_to_roster(session, actor, round_.id, organisation, outside=True)
        _let_read(session, round_, organisation)
    own = audience.intern(session, {round_.lead_id, organisation})
    row = Behalf(
        **acts.stamp(actor),
        round_id=round_.id,
        for_id=organisation,
        kind=heard.kind,
        shown_name=heard.shown_name,
        is_named=bool(heard.shown_name),
        logo=heard.logo,
        contact=heard.contact,
        how=heard.how,
        audience_id=own,
        own_audience_id=own,
    )
    made = acts.append(session, row, after=queries.head(session, round_.id, organisation))
    _ask(session, round_.id, organisation, now=actor.now)
    return made


def _let_read(session: Session, round_: RoundRow, organisation: UUID) -> None:
    """Let an organisation that signs on read this version, and nothing else of the position."""
    version, clauses = (cast(Table, table.__table__) for table in (Version, VersionClause))
    which = version.c.id == round_.version_id
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        now = session.scalars(select(version.c.audience_id).where(which)).one()
        who = audience.intern(session, [*audience.parts_of(session, now), organisation])
        session.execute(update(version).where(which).values(audience_id=who))
        its = clauses.c.version_id == round_.version_id
        session.execute(update(clauses).where(its).values(audience_id=who))
        annexes.let_read(session, round_.version_id, organisation)


def _organisation(session: Session, actor: Actor, round_: RoundRow, heard: Heard) -> UUID:
    """The organisation of this name: of the workspace, signed on before, or made known now.

    The address of one that is known is the one registered at joining: a sheet cannot change it.
    """
    name = heard.organisation.casefold()
    rows = organisations.organisations(session, actor, workspace_id=round_.workspace_id)
    found = next(
        (row for row in rows if name in {row.name.casefold(), row.short_name.casefold()}), None
    )
    if found is not None and found.standing not in _SIGNS:
        raise Invalid(Reason("signons.no-signatory", "organisation"))
    if found is not None:
        return found.id
    before = queries.signed_on(session, actor).get(name)
    if before is not None:
        return before
    if not heard.email:
        raise Invalid(Reason("signons.address", "email"))
    made = directory.found_organisation(
        session,
        actor,
        name=heard.organisation,
        kind=OrganisationKind(heard.of_kind),
        registered_email=heard.email,
    )
    return made.id


def _ask(session: Session, round_id: UUID, organisation: UUID, *, now: datetime) -> None:
    """One mail: to who may answer there, or to the registered address where nobody has a seat."""
    ids = {"round": str(round_id), "organisation": str(organisation)}
    people = organisations.addresses(session, organisation, seats=ANSWER_SEATS, now=now)
    for person in people:
        payload = {**ids, "person": str(person.id)}
        outbox.enqueue(session, "signons.confirm", payload, due_at=now)
    if not people:
        outbox.enqueue(session, "signons.link", ids, due_at=now)


# --- by link and code ----------------------------------------------------------------------------


def make_link(session: Session, round_id: UUID, organisation: UUID, *, now: datetime) -> str:
    """The token of a link for the mail that carries it. It opens a page that asks for a code."""
    about = {"round": str(round_id), "organisation": str(organisation)}
    return bearer.issue(session, rules.LINK, about, now=now, until=now + rules.LINK_LASTS)


def ask_code(session: Session, actor: Actor, *, token: str, language: str) -> None:
    """Send a code to the registered address, in the language of the page that asks for it.

    Raises: NotFound; TooMany after five in an hour.
    """
    of = queries.opened(session, token, now=actor.now)
    before = queries.codes(session, of.link_id)
    if not rules.may_ask([code.asked_at for code in before], now=actor.now):
        raise TooMany(Reason("signons.slow-down"))
    code = Code(id=new_id(), link_id=of.link_id, asked_at=actor.now)
    session.add(code)
    session.flush()
    ids = {"code": str(code.id), "organisation": str(of.organisation_id), "language": language}
    outbox.enqueue(session, "signons.code", ids, due_at=actor.now)


def make_code(session: Session, code_id: UUID, *, now: datetime) -> str | None:
    """The digits of a code for the mail that carries it; they end any earlier ones of that row."""
    row = session.get(Code, code_id)
    if row is None or row.used_at is not None:
        return None
    digits = f"{randbelow(10**rules.DIGITS):0{rules.DIGITS}d}"
    row.digest, row.until, row.tries = hash_password(digits), now + rules.CODE_LASTS, 0
    session.flush()
    return digits


def enter(session: Session, actor: Actor, *, token: str, digits: str) -> str | None:
    """A pass for half an hour when this is the code that was sent last; None, and counted, if not.

    Raises: NotFound for a link that opens nothing; TooMany once five were tried.
    """
    of = queries.opened(session, token, now=actor.now)
    code = next(iter(queries.codes(session, of.link_id)), None)
    if code is not None and code.tries >= rules.MOST_TRIES:
        raise TooMany(Reason("signons.code-dead"))
    alive = (
        code is not None
        and code.used_at is None
        and code.until is not None
        and actor.now < code.until
    )
    digest = code.digest if code is not None and alive else ""
    if code is None or not is_password(digest, "".join(digits.split())):
        if code is not None:
            code.tries += 1
            session.flush()
        return None
    code.used_at = actor.now
    session.flush()
    doer = Actor(now=actor.now, organisation_id=of.organisation_id)
    event = rules.Entered(round=str(of.round_id))
    audit.record(session, doer, event, book=f"organisation:{of.organisation_id}", about=of.link_id)
    about = {"round": str(of.round_id), "organisation": str(of.organisation_id)}
    until = actor.now + rules.PASS_LASTS
    return bearer.issue(session, rules.PASS, about, now=actor.now, until=until)


def answer(
    session: Session,
    actor: Actor,
    round_id: UUID,
    said: Said,
    *,
    wanted: Wanted,
    seen_hash: str,
    after: UUID | None,
    by: tuple[str, str],
) -> Answer:
    """Record an answer that came by link and code: the same way as any, with who typed it.

    by: name and role. Raises: as `objections.actions.answer`.
    """
    if actor.person_id is not None:
        raise NotFound
    name, role = (" ".join(words.split()) for words in by)
    Invalid.unless_empty(rules.by_faults(name, role))
    made = objections.answer(
        session, actor, round_id, said, wanted=wanted, seen_hash=seen_hash, after=after
    )
    effective, own = signoff.audiences(session, actor, made.id)
    row = By(
        id=new_id(),
        answer_id=made.id,
        organisation_id=made.organisation_id,
        audience_id=effective,
        own_audience_id=own,
        name=name,
        role=role,
    )
    session.add(row)
    session.flush()
    releases.join(session, actor, round_id)
    return made
