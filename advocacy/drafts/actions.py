"""Begin a draft, open it to its readers, put it aside."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.drafts import queries, rules
from advocacy.drafts.schema import Deed, DraftAct
from advocacy.ground import acts
from advocacy.ground.errors import Conflict
from advocacy.ground.reasons import Reason
from advocacy.organisations.rows import WorkspaceRow
from advocacy.sharing import queries as sharing_queries
from advocacy.sharing import rules as sharing_rules
from advocacy.threats import actions as threats
from advocacy.threats import mapper
from advocacy.threats import queries as register
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.rules import Shared, changes
from advocacy.threats.schema import FieldClass, Status, Threat, What


def begin(
    session: Session, actor: Actor, *, workspace_id: UUID, entry: Entry, sharing: Sharing
) -> Threat:
    """Write down a record that one's own organisation alone reads until it is opened.

    sharing: whom it is meant for; it is asked about when the draft is opened. Raises: NotFound;
    Denied; Invalid.
    """
    threat = threats.report(
        session, actor, workspace_id=workspace_id, entry=entry, sharing=Sharing()
    )
    threat.status = Status.DRAFT
    _say(session, actor, threat, Deed.BEGUN, sharing)
    threats.note(session, actor, threat, rules.Begun(), threat.id)
    return threat


def open_to(
    session: Session, actor: Actor, threat_id: UUID, sharing: Sharing, *, based_on: int
) -> Threat:
    """Open one's own draft: from this instant on its readers have it, as a record reported now.

    based_on: the version that was read. Raises: NotFound; Denied (wider than one's own
    organisation needs a lead's seat); Invalid; Conflict when it changed since, or is open already.
    """
    threat, space = _held(session, actor, threat_id)
    if threat.edition != based_on:
        raise Conflict(Reason("acts.stale"), current=threat.edition)
    if sharing != Sharing():
        about = policy.About(threat.organisation_id, threat.workspace_id)
        policy.require(actor, "threat:share", about)
    entry = register.entry(session, actor, threat_id)
    agreed = sharing_queries.is_agreed(session, threat, sharing)
    mapper.check_sharing(session, actor, space, entry, sharing, is_agreed=agreed)
    who = mapper.audiences(session, actor, space, sharing, of=entry)
    entry, safe = mapper.prepared(session, actor, space, entry, kept_review=entry.next_review)
    _say(session, actor, threat, Deed.OPENED, sharing)
    # Nothing of the time before is told: not when it was begun, and not that it was a draft.
    threat.status = Status.ACTIVE
    threat.created_at = threat.checked_at = actor.now
    threats.keep(session, actor, threat, who)
    told = {**mapper.fields(entry, safe), "status": Status.ACTIVE.value}
    threats.write(session, actor, threat, What.REPORTED, changes(None, told))
    threats.note(session, actor, threat, rules.Opened(level=sharing.level), threat.id)
    threats.note(session, actor, threat, Shared(level=sharing.level), threat.id)
    return threat


def put_aside(session: Session, actor: Actor, threat_id: UUID, *, based_on: int) -> None:
    """Put one's own draft aside: it is in no list and on no page any more.

    Raises: NotFound; Denied; Conflict when it changed since version `based_on`, or is open.
    """
    threat, _space = _held(session, actor, threat_id)
    if threat.edition != based_on:
        raise Conflict(Reason("acts.stale"), current=threat.edition)
    _say(session, actor, threat, Deed.PUT_ASIDE, queries.chosen(session, threat_id))
    changed = {FieldClass.SAFE: {"status": [Status.DRAFT.value, Status.DROPPED.value]}}
    threat.status = Status.DROPPED
    threats.write(session, actor, threat, What.CHANGED, changed)
    threats.note(session, actor, threat, rules.PutAside(), threat.id)


def _held(session: Session, actor: Actor, threat_id: UUID) -> tuple[Threat, WorkspaceRow]:
    found = threats.held(session, actor, threat_id)
    queries.draft(session, actor, threat_id)
    return found


def _say(session: Session, actor: Actor, threat: Threat, what: Deed, sharing: Sharing) -> None:
    own = audience.intern(session, {threat.organisation_id})
    head = queries.last(session, threat.id)
    row = DraftAct(
        **acts.stamp(actor),
        threat_id=threat.id,
        what=what,
        choice=sharing_rules.choice(sharing),
        audience_id=own,
        own_audience_id=own,
    )
    acts.append(session, row, after=head.id if head else None)
