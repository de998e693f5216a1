"""Add and withdraw evidence; let it follow what it belongs to."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.assessments import actions as assessments
from advocacy.assessments import queries as views
from advocacy.assessments.rules import hides_names
from advocacy.exhibits import queries, rules
from advocacy.exhibits.rows import Piece, Sent
from advocacy.exhibits.schema import Exhibit, ExhibitAct, ExhibitFile, Reach, Why
from advocacy.ground import clock
from advocacy.ground.acts import append, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Denied, Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.protocols import queries as protocols
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.schema import FieldClass, Status, Threat


def add(
    session: Session,
    actor: Actor,
    threat_id: UUID,
    piece: Piece,
    *,
    to: str,
    sent: Sent | None = None,
) -> Exhibit:
    """Put evidence to one's own record or to one's own view of a threat.

    to: "record" or "view". sent: the file, looked into; None where it is held.
    Raises: NotFound; Denied; Invalid; Conflict once the time of the full account is over.
    """
    threat = _open(session, actor, threat_id, to)
    space = organisations.workspace_by_id(session, actor, threat.workspace_id)
    piece = rules.tidy(piece)
    today = clock.day_in(actor.now, space.zone)
    found = rules.faults(piece, sent, today=today, takes_files=not hides_names(threat))
    if to == "record" and piece.reach == Reach.OWNER:
        found.append(Reason("form.choice", "reach"))
    used = queries.room(session, actor, threat.workspace_id).used
    count = queries.pieces_of_ours(session, actor, threat_id)
    Invalid.unless_empty([*found, *rules.room_faults(sent, used=used, pieces=count)])
    period = views.mine(session, actor, threat_id).period if to == "view" else ""
    own = _own(session, actor, threat, piece.reach, period)
    owned = threats.under(session, actor, threat, FieldClass.MEMBERS, own=own)
    row = Exhibit(
        id=new_id(),
        threat_id=threat_id,
        period=period,
        added_at=actor.now,
        withdrawn_why="",
        **vars(piece),
        **owned,
    )
    session.add(row)
    session.flush()
    if sent is not None:
        session.add(_file(actor, row, sent, owned))
        session.flush()
    _act(session, actor, threat, row.id, "added")
    threats.note(session, actor, threat, rules.Added(is_held=piece.is_held), row.id)
    return row


def withdraw(
    session: Session,
    actor: Actor,
    threat_id: UUID,
    exhibit_id: UUID,
    *,
    why: str,
    after: UUID | None,
) -> None:
    """Withdraw evidence of one's own: its file is erased in this instant, its words stay.

    after: the piece's last act as read. Raises: NotFound; Denied; Invalid; Conflict when a
    colleague was faster, or when it was withdrawn.
    """
    threat = records.threat(session, actor, threat_id)
    now = queries.exhibit(session, actor, threat_id, exhibit_id)
    row = session.get_one(Exhibit, exhibit_id)
    policy.require(actor, "exhibit:withdraw", policy.About(row.organisation_id))
    if now.withdrawn_at is not None or queries.last_act(session, exhibit_id) != after:
        raise Conflict(Reason("acts.stale"), current=now)
    if why not in set(Why):
        raise Invalid(Reason("form.choice", "why"))
    _act(session, actor, threat, exhibit_id, "withdrawn", why=why, after=after)
    row.withdrawn_at, row.withdrawn_why = actor.now, why
    for kept in session.scalars(select(ExhibitFile).where(ExhibitFile.exhibit_id == exhibit_id)):
        session.delete(kept)
    session.flush()
    threats.note(session, actor, threat, rules.Withdrawn(why=why), exhibit_id)


def carry(session: Session, threat_id: UUID, *, old: UUID, us: UUID) -> None:
    """A record has a new owner: what was shared of its evidence goes with it.

    What the old owner only held, or kept to itself, stays with it, and is read by nobody else. For
    `handovers`, in its transaction and inside `guard.system`.
    """
    own = audience.intern(session, {old})
    of_record = select(_t(Exhibit).c.id).where(
        _t(Exhibit).c.threat_id == threat_id,
        _t(Exhibit).c.organisation_id == old,
        _t(Exhibit).c.period == "",
    )
    goes = of_record.where(_t(Exhibit).c.reach == Reach.ALL)
    shared = select(_t(ExhibitFile).c.exhibit_id).where(_t(ExhibitFile).c.exhibit_id.in_(goes))
    ids = session.scalars(shared).all()
    kept = [i for i in session.scalars(of_record).all() if i not in set(ids)]
    alone = {"own_audience_id": own, "audience_id": own}
    for table, key in _both():
        session.execute(update(table).where(key.in_(ids)).values(organisation_id=us))
        session.execute(update(table).where(key.in_(kept)).values(**alone))


def _both() -> tuple[tuple[Any, Any], ...]:
    """Pieces and their files, each with the column that says which piece."""
    return (_t(Exhibit), _t(Exhibit).c.id), (_t(ExhibitFile), _t(ExhibitFile).c.exhibit_id)


def _t(of: Any) -> Any:
    return of.__table__


def _open(session: Session, actor: Actor, threat_id: UUID, to: str) -> Threat:
    threat = records.threat(session, actor, threat_id)
    about = policy.About(threat.organisation_id, threat.workspace_id)
    policy.require(actor, "exhibit:add", about)
    if protocols.is_over(session, actor, threat):
        raise Conflict(Reason("retention.over"))
    if threat.status in {Status.MERGED, Status.DROPPED}:
        raise Conflict(Reason("duplicates.merged"))
    if to not in queries.places(session, actor, threat):
        raise Denied(Reason("access.denied", facts={"permission": "exhibit:add"}))
    return threat


def _own(session: Session, actor: Actor, threat: Threat, reach: str, period: str) -> UUID:
    """Whom a piece is for: no more than who reads what it belongs to, and the choice."""
    of = records.ends(session, threat)[FieldClass.RESTRICTED]
    if period:
        of = views.asked_for(session, actor, threat.id, period)
    asked = assessments.reach_of(session, actor, threat, reach)
    return of if asked is None else audience.meet(session, of, asked, now=actor.now)


def _file(actor: Actor, row: Exhibit, sent: Sent, owned: dict[str, Any]) -> ExhibitFile:
    return ExhibitFile(
        threat_id=row.threat_id,
        exhibit_id=row.id,
        sha256=sha256(sent.file.data).hexdigest(),
        media=sent.file.media,
        size=len(sent.file.data),
        tells=list(sent.file.tells),
        scanned_at=actor.now if sent.scanned_by else None,
        scanned_by=sent.scanned_by,
        data=sent.file.data,
        **owned,
    )


def _act(
    session: Session,
    actor: Actor,
    threat: Threat,
    exhibit_id: UUID,
    what: str,
    *,
    why: str = "",
    after: UUID | None = None,
) -> None:
    own = audience.intern(session, {actor.must_organisation()})
    owned = threats.under(session, actor, threat, FieldClass.MEMBERS, own=own)
    values = {**stamp(actor), **owned, "threat_id": threat.id}
    act = ExhibitAct(**values, exhibit_id=exhibit_id, what=what, why=why)
    append(session, act, after=after)


def follow_view(
    session: Session, actor: Actor, threat: Threat, period: str, own: UUID | None
) -> None:
    """Evidence of one's own view is read as far as that now goes. own: None = it was taken back."""
    which = (Exhibit.threat_id == threat.id, Exhibit.period == period)
    mine = Exhibit.organisation_id == actor.must_organisation()
    for row in session.scalars(select(Exhibit).where(*which, mine)):
        asked = assessments.reach_of(session, actor, threat, row.reach if own else Reach.OWN)
        who = asked or own
        if asked and own:
            who = audience.meet(session, own, asked, now=actor.now)
        values = threats.under(session, actor, threat, FieldClass.MEMBERS, own=who)
        files = select(ExhibitFile).where(ExhibitFile.exhibit_id == row.id)
        for one in (row, *session.scalars(files)):
            one.own_audience_id, one.audience_id = values["own_audience_id"], values["audience_id"]
    session.flush()


def follow_account(session: Session, actor: Actor, threat: Threat) -> None:
    """Evidence of the record itself is read by who reads its full account now."""
    ends = records.ends(session, threat)
    told = ends[FieldClass.RESTRICTED]
    now = audience.meet(session, ends[FieldClass.MEMBERS], told, now=actor.now)
    of_record = (
        _t(Exhibit).c.threat_id == threat.id,
        _t(Exhibit).c.organisation_id == threat.organisation_id,
        _t(Exhibit).c.period == "",
        _t(Exhibit).c.reach == Reach.ALL,
    )
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        ids = session.scalars(select(_t(Exhibit).c.id).where(*of_record)).all()
        for table, key in _both():
            change = update(table).where(key.in_(ids))
            session.execute(change.values(own_audience_id=told, audience_id=now))


assessments.FOLLOWERS.append(follow_view)
threats.FOLLOWERS.append(follow_account)
