"""Ask an organisation in, accept for one's own, take the question back."""

from datetime import datetime
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import bearer, policy
from advocacy.access.actor import Actor, Standing
from advocacy.accounts.queries import folded
from advocacy.admissions import queries, rules
from advocacy.admissions.schema import Admission
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import actions as organisations
from advocacy.organisations.queries import workspace_by_id
from advocacy.outbox.actions import enqueue


def ask(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    email: str,
    standing: str,
    language: str = "en",
) -> UUID:
    """Ask whoever holds an address to bring their organisation into a workspace.

    Raises: Denied for all but coordinators; Invalid.
    """
    policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))
    faults = [] if standing in set(Standing) else [Reason("form.choice", "standing")]
    try:
        validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError:
        faults.append(Reason("form.email", "email"))
    Invalid.unless_empty(faults)
    made = Admission(
        id=new_id(),
        workspace_id=workspace_id,
        workspace_name=workspace_by_id(session, actor, workspace_id).name,
        standing=standing,
        email=folded(email),
        language=language,
        asked_for=actor.must_organisation(),
        asked_by=actor.person_id,
        at=actor.now,
    )
    session.add(made)
    session.flush()
    enqueue(session, "admissions.ask", {"admission": str(made.id)}, due_at=actor.now)
    _record(session, actor, workspace_id, made.id, rules.Asked(standing=standing))
    return made.id


def issue(session: Session, admission_id: UUID, *, now: datetime) -> str:
    """The token for the mail. More than one does no harm: the first answers."""
    about = {"admission": str(admission_id)}
    return bearer.issue(session, rules.JOIN, about, now=now, until=now + rules.JOIN_LASTS)


def accept(session: Session, actor: Actor, *, token: str) -> UUID:
    """Bring one's own organisation in; returns the workspace.

    Raises: Denied for who does not speak for an organisation; Invalid for a spent link or one
    that went to another address; Conflict when the organisation is in already.
    """
    about = policy.About(organisation_id=actor.organisation_id)
    policy.require(actor, "organisation:join", about)
    found = queries.by_link(session, actor, token)
    if found is None:
        raise Invalid(Reason("admissions.link-spent"))
    bearer.redeem(session, rules.JOIN, token, now=actor.now)
    made = _locked(session, found.id)
    if made.accepted_at is not None or made.withdrawn_at is not None:
        raise Invalid(Reason("admissions.link-spent"))
    made.accepted_at = actor.now
    organisations.let_in(
        session,
        actor,
        workspace_id=found.workspace_id,
        organisation_id=actor.must_organisation(),
        standing=Standing(found.standing),
    )
    _record(session, actor, found.workspace_id, found.id, rules.Joined())
    return found.workspace_id


def take_back(session: Session, actor: Actor, *, admission_id: UUID) -> None:
    """Withdraw a question nobody has answered. Raises NotFound, also for who may not know of it."""
    found = session.get(Admission, admission_id)
    if found is None:
        raise NotFound
    here = policy.About(workspace_id=found.workspace_id)
    if not policy.allows(actor, "workspace:coordinate", here):
        raise NotFound
    known = queries.admissions(session, actor, workspace_id=found.workspace_id)
    if admission_id not in {row.id for row in known}:
        raise NotFound
    _locked(session, admission_id).withdrawn_at = actor.now
    _record(session, actor, found.workspace_id, found.id, rules.TakenBack())


def _locked(session: Session, admission_id: UUID) -> Admission:
    """The admission, held against a second one who answers at the same moment."""
    query = select(Admission).where(Admission.id == admission_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _record(session: Session, actor: Actor, space: UUID, about: UUID, event: Event) -> None:
    audit.record(session, actor, event, book=f"workspace:{space}", about=about)
