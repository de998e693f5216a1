"""Make an institution known."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.audit import actions as audit
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.institutions import rules
from advocacy.institutions.queries import held, named, row, successors
from advocacy.institutions.rows import InstitutionRow
from advocacy.institutions.schema import Institution, Succession
from advocacy.organisations.queries import group


def add(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    name: str,
    kind: str,
    country: str = "",
    aliases: Iterable[str] = (),
    member_id: UUID | None = None,
    is_sensitive: bool = False,
    known_to: Iterable[UUID] | None = None,
) -> InstitutionRow:
    """Add an institution. known_to: groups that may know of it; None = members of the workspace.

    Raises: Denied; Invalid, also when this reader knows one of that name already.
    """
    policy.require(actor, "recommendation:add", policy.About(workspace_id=workspace_id))
    others = list(aliases)
    Invalid.unless_empty(rules.faults(name=name, kind=kind, country=country, aliases=others))
    if named(session, actor, workspace_id=workspace_id, name=name):
        raise Invalid(Reason("institutions.known", "name"))
    readers = {group(session, workspace_id, GroupKind.MEMBERS)} if known_to is None else known_to
    who = audience.intern(session, {actor.must_organisation(), *readers})
    made = Institution(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=who,
        own_audience_id=who,
        workspace_id=workspace_id,
        name=name.strip(),
        folded=rules.compared(name),
        kind=kind,
        country=country,
        aliases=others,
        member_id=member_id,
        is_sensitive=is_sensitive or kind in rules.SENSITIVE_BY_NATURE,
        created_at=actor.now,
    )
    session.add(made)
    session.flush()
    book = f"institution:{made.id}"
    audit.record(session, actor, rules.Added(kind=kind), book=book, about=made.id)
    return row(made)


def succeed(
    session: Session,
    actor: Actor,
    *,
    institution_id: UUID,
    into_id: UUID | None,
    note: str,
    after: UUID | None,
) -> Succession:
    """Say what an institution became, or (into_id None) take that back.

    Asks are not touched: one step for any number of them, and one takes it back. after: the last
    thing said of it that the doer saw.
    Raises: NotFound; Denied for all but who added it and coordinators; Invalid; Conflict.
    """
    one = held(session, institution_id)
    about = policy.About(one.organisation_id, one.workspace_id)
    if not policy.allows(actor, "workspace:coordinate", about):
        policy.require(actor, "recommendation:edit", about)
    other = held(session, into_id) if into_id else one
    became = successors(session, actor, workspace_id=one.workspace_id)
    found = rules.succession_faults(one.id, into_id, note, became)
    if other.workspace_id != one.workspace_id:
        found.append(Reason("form.choice", "into"))
    elif audience.reaches_more(session, one.audience_id, other.audience_id, now=actor.now):
        # Who knows of the one would learn that there is another one.
        found.append(Reason("institutions.narrower", "into"))
    Invalid.unless_empty(found)
    made = Succession(
        **acts.stamp(actor),
        audience_id=one.audience_id,
        own_audience_id=one.audience_id,
        institution_id=one.id,
        into_id=into_id,
        note=note.strip(),
    )
    acts.append(session, made, after=after)
    event = rules.Succeeded(undone=into_id is None)
    audit.record(session, actor, event, book=f"institution:{one.id}", about=one.id)
    return made


def learn(session: Session, actor: Actor, *, institution_id: UUID, name: str) -> None:
    """Let one of one's own be known by another name too; a name that is known changes nothing."""
    one = held(session, institution_id)
    names = {rules.compared(said) for said in (one.name, *one.aliases)}
    is_long = sum(map(len, one.aliases)) + len(name) > rules.MOST_ALIASES
    is_new = rules.compared(name) not in names and not is_long
    if is_new and one.organisation_id == actor.organisation_id:
        one.aliases = [*one.aliases, name.strip()]
        session.flush()


def forget(session: Session, actor: Actor, ids: Iterable[UUID]) -> None:
    """Remove those of one's own that an import made and that nothing hangs on any more."""
    for one in ids:
        own = Institution.id == one, Institution.organisation_id == actor.organisation_id
        try:
            with session.begin_nested():
                session.execute(delete(Institution).where(*own))
        except IntegrityError:
            continue  # others have put something to it since
