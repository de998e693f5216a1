"""Start a position, fill its circle, freeze versions, move it through its stages."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor, Standing
from advocacy.access.schema import GroupKind
from advocacy.annexes import actions as annexing
from advocacy.annexes import queries as annexes
from advocacy.audit import actions as audit
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import NewClause
from advocacy.ground.acts import append, current, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rules import GROUP_OF
from advocacy.outbox.actions import enqueue
from advocacy.positions import queries, rules
from advocacy.positions.rules import Details
from advocacy.positions.schema import Outlet, Position, Stage, StageAct, Version, VersionClause
from advocacy.text.hashes import Clause, content_hash, plain_digest
from advocacy.text.markdown import CLEANER_VERSION, render


def start(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    kind: str,
    title: str,
    purpose: str,
    audience_words: str,
    channel: str,
    attribution: str,
    sensitivity: int,
    language: str,
    clauses: Sequence[NewClause] | None = None,
) -> Position:
    """Begin a position, led by the actor's organisation, seen by nobody else yet.

    clauses: None = the skeleton of its kind. Raises: Denied; Invalid.
    """
    policy.require(actor, "position:start", policy.About(workspace_id=workspace_id))
    details = Details(title, purpose, audience_words, channel, attribution, sensitivity).tidied()
    Invalid.unless_empty(rules.detail_faults(details) + rules.start_faults(kind, language, channel))
    begun = rules.skeleton(kind, language) if clauses is None else clauses
    position_id = new_id()
    # Within the members: who leaves the workspace leaves its circles.
    members = organisations.group(session, workspace_id, GroupKind.MEMBERS)
    circle = audience.make_group(session, GroupKind.PARTICIPANTS, about=position_id, within=members)
    who = audience.intern(session, {actor.must_organisation(), circle.id})
    made = Position(
        id=position_id,
        **_read_by(actor, who, who),
        workspace_id=workspace_id,
        kind=kind,
        **asdict(details),
        language=language,
        document_id=_text(session, actor, who, language, begun),
        participants_id=circle.id,
        stage=Stage.DRAFTING.value,
        created_at=actor.now,
    )
    session.add(made)
    _step(session, actor, made, Stage.DRAFTING)
    event = rules.Started(kind, channel, sensitivity)
    audit.record(session, actor, event, book=_book(made), about=made.id)
    return made


def _text(
    session: Session, actor: Actor, who: UUID, language: str, clauses: Sequence[NewClause]
) -> UUID:
    return drafting.open_document(
        session, actor, audience_id=who, language=language, clauses=clauses
    )


def describe(
    session: Session, actor: Actor, position_id: UUID, *, details: Details, based_on: str
) -> Position:
    """Change title, purpose or release terms while the text is open.

    based_on: the hash of the details as read. Raises: NotFound; Denied; Invalid; Conflict with
    today's details when they changed, or when the text is frozen.
    """
    found = _led(session, actor, position_id)
    now = queries.details(found)
    if Stage(found.stage) not in rules.WRITABLE:
        raise Conflict(Reason("positions.frozen"), current=now)
    if now.hash != based_on:
        raise Conflict(Reason("acts.stale"), current=now)
    wanted = details.tidied()
    faults = rules.detail_faults(wanted)
    Invalid.unless_empty(faults + rules.channel_faults(found.kind, wanted.channel))
    for name, value in asdict(wanted).items():
        setattr(found, name, value)
    session.flush()
    event = rules.Described(channel=wanted.channel, sensitivity=wanted.sensitivity)
    audit.record(session, actor, event, book=_book(found), about=found.id)
    return found


def invite(session: Session, actor: Actor, position_id: UUID, organisation_id: UUID) -> None:
    """Let an organisation of the workspace into the circle: it reads and writes from now on.

    Raises: NotFound; Denied; Invalid for who is in already, an observer, a donor, or a stranger.
    """
    found = _led(session, actor, position_id)
    if Stage(found.stage) is Stage.CANCELLED:
        raise Conflict(Reason("positions.other-stage"))
    rows = organisations.organisations(session, actor, workspace_id=found.workspace_id)
    members = [r.id for r in rows if GROUP_OF[Standing(r.standing)] is GroupKind.MEMBERS]
    circle = queries.participants(session, actor, found)
    Invalid.unless_empty(rules.invite_faults(organisation_id, members=members, circle=circle))
    audience.join(session, found.participants_id, organisation_id, now=actor.now)
    event = rules.Invited(organisation=str(organisation_id))
    audit.record(session, actor, event, book=_book(found), about=found.id)
    ids = {"position": str(found.id), "organisation": str(organisation_id)}
    told = organisations.addresses(session, organisation_id, seats=rules.TOLD, now=actor.now)
    for person in told:
        payload = {**ids, "person": str(person.id)}
        enqueue(session, "positions.invited", payload, due_at=actor.now)


def uninvite(session: Session, actor: Actor, position_id: UUID, organisation_id: UUID) -> None:
    """Take an organisation out of the circle, at once. What it wrote stays in the text.

    Raises: NotFound; Denied; Invalid when it is not in the circle, or leads.
    """
    found = _led(session, actor, position_id)
    circle = queries.participants(session, actor, found)
    if organisation_id not in circle - {found.organisation_id}:
        raise Invalid(Reason("positions.not-invited", "organisation"))
    audience.leave(session, found.participants_id, organisation_id, now=actor.now)
    event = rules.Uninvited(organisation=str(organisation_id))
    audit.record(session, actor, event, book=_book(found), about=found.id)


def freeze(session: Session, actor: Actor, position_id: UUID, *, based_on: str) -> Version:
    """Make the draft a version that never changes, and close the draft.

    based_on: `annexes.queries.reading` of the draft as read: words, order and annexes.
    Raises: NotFound; Denied; Invalid with what is missing; Conflict with today's clauses.
    """
    found = _led(session, actor, position_id)
    if Stage(found.stage) not in rules.WRITABLE:
        raise Conflict(Reason("positions.frozen"))
    drafting.close(session, actor, found.document_id)
    clauses = drafts.clauses(session, actor, found.document_id)
    if annexes.reading(session, actor, found.document_id, clauses) != based_on:
        raise Conflict(Reason("positions.draft-moved"), current=clauses)
    details = queries.details(found)
    Invalid.unless_empty(rules.freeze_faults(details, clauses))
    made = _write_version(session, actor, found, details, clauses)
    _step(session, actor, found, Stage.FROZEN)
    event = rules.Froze(version=str(made.id), number=made.number, content_hash=made.content_hash)
    audit.record(session, actor, event, book=_book(found), about=found.id)
    return made


def reopen(session: Session, actor: Actor, position_id: UUID) -> None:
    """Open the draft again for a next version; the frozen ones stay as they are.

    A round must be ended first. Raises: NotFound; Denied; Conflict.
    """
    found = _led(session, actor, position_id)
    if Stage(found.stage) is Stage.SIGNOFF:
        raise Conflict(Reason("positions.round-first"))
    if Stage(found.stage) is not Stage.FROZEN:
        raise Conflict(Reason("positions.other-stage"))
    move(session, actor, position_id, to=Stage.DRAFTING)


def step(session: Session, actor: Actor, position_id: UUID, *, to: Stage) -> None:
    """What a lead's buttons do: move among draft and comment, open again, stop.

    Raises: NotFound; Denied; Conflict as `move` and `reopen` do, and for stages that only a
    freeze, a round or a release leads to.
    """
    found = _led(session, actor, position_id)
    if to in rules.WRITABLE and Stage(found.stage) not in rules.WRITABLE:
        reopen(session, actor, position_id)
    elif to in rules.WRITABLE or to is Stage.CANCELLED:
        move(session, actor, position_id, to=to)
    else:
        raise Conflict(Reason("positions.other-stage"))


def move(
    session: Session, actor: Actor, position_id: UUID, *, to: Stage, after: UUID | None = None
) -> None:
    """Move a position along the table of stages; the draft opens and closes with it.

    after: the stage act this follows (None = the one that is current now).
    Raises: NotFound; Denied; Conflict when the table has no such step, or it has moved already.
    """
    found = _led(session, actor, position_id)
    before = Stage(found.stage)
    faults = rules.move_faults(before, to)
    if faults:
        raise Conflict(*faults)
    if to in rules.WRITABLE:
        drafting.reopen(session, actor, found.document_id)
    if to in rules.ENDED:
        drafting.close(session, actor, found.document_id)
    _step(session, actor, found, to, after=after)
    event = rules.Moved(before=before.value, stage=to.value)
    audit.record(session, actor, event, book=_book(found), about=found.id)


def let_out(
    session: Session, actor: Actor, position_id: UUID, *, version_id: UUID, readers_id: UUID
) -> None:
    """Note who reads a version that goes out, and from when. For `releases`."""
    of = _led(session, actor, position_id)
    shared = _read_by(actor, of.audience_id, of.own_audience_id)
    session.add(Outlet(id=new_id(), **shared, version_id=version_id, readers_id=readers_id))
    session.flush()


def _led(session: Session, actor: Actor, position_id: UUID) -> Position:
    """The position, locked, which the actor leads. Raises NotFound, Denied."""
    query = select(Position).where(Position.id == position_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound
    policy.require(actor, "position:lead", queries.about(found, frozenset()))
    return found


def _step(
    session: Session, actor: Actor, of: Position, to: Stage, *, after: UUID | None = None
) -> None:
    session.flush()
    acts = list(session.scalars(select(StageAct).where(StageAct.position_id == of.id)))
    last = current(acts)
    act = StageAct(
        id=new_id(),
        **stamp(actor),
        audience_id=of.audience_id,
        own_audience_id=of.own_audience_id,
        position_id=of.id,
        stage=to.value,
    )
    append(session, act, after=after or (last.id if last else None))
    of.stage = to.value
    session.flush()


def _read_by(actor: Actor, audience_id: UUID, own_audience_id: UUID) -> dict[str, UUID]:
    """Whose a new row is, and who reads it."""
    return {
        "organisation_id": actor.must_organisation(),
        "audience_id": audience_id,
        "own_audience_id": own_audience_id,
    }


def _write_version(
    session: Session, actor: Actor, of: Position, details: Details, clauses: Sequence[Clause]
) -> Version:
    before = queries.versions(session, actor, of.id)
    shared = _read_by(actor, of.audience_id, of.own_audience_id)
    annexed = annexes.lines(session, actor, of.document_id)
    words = "\n\n".join([of.title, *(f"{c.heading}\n{c.text}" for c in clauses)])
    made = Version(
        **shared,
        position_id=of.id,
        number=before[0].number + 1 if before else 1,
        title=of.title,
        language=of.language,
        terms=asdict(details.terms),
        content_hash=content_hash(of.title, of.language, clauses, details.terms, annexed),
        plain_digest=plain_digest(words),
        frozen_at=actor.now,
        person_id=actor.person_id,
    )
    session.add(made)
    session.flush()
    session.add_all(
        VersionClause(
            **shared,
            version_id=made.id,
            cid=clause.cid,
            number=number,
            kind=clause.kind,
            heading=clause.heading,
            text=clause.text,
            html=render(clause.text, clause.lang or of.language),
            html_by=CLEANER_VERSION,
            language=clause.lang,
            hash=clause.hash,
        )
        for number, clause in enumerate(clauses, 1)
    )
    annexing.freeze(session, actor, of.document_id, version_id=made.id)
    return made


def _book(of: Position) -> str:
    return f"position:{of.id}"
