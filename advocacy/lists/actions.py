"""Put a name under a release after its list was compiled."""

from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.ground.base import new_id
from advocacy.lists import queries, rules
from advocacy.lists.rows import Open
from advocacy.lists.rules import Name
from advocacy.lists.schema import Joining
from advocacy.organisations.schema import NETWORKS
from advocacy.signoff.rows import Shown
from advocacy.text.canon import canonical_json


def join(session: Session, actor: Actor, of: Open, shown: Shown) -> None:
    """Write the addendum: this name, its day, and the hash of the list or addendum before it.

    For `releases`, which asks whether the name may join; the round is held there. An organisation
    joins a release once: a second time changes nothing.
    """
    query = select(Joining.organisation_id, Joining.list_hash)
    query = query.where(Joining.release_id == of.release_id).order_by(Joining.number)
    with guard.system(session, guard.System.RELEASE):
        before = session.execute(query).all()
    if shown.organisation_id in {row.organisation_id for row in before}:
        return
    row = _row(session, actor, of, shown)
    row.number = len(before) + 1
    follows = before[-1].list_hash if before else of.follows
    speak = queries.for_members(session, of.round_id, until=actor.now)
    name = _name(shown, for_members=shown.organisation_id in speak)
    row.compiled = rules.addendum(name, of.joined_on, after=follows)
    row.list_hash = sha256(canonical_json(row.compiled)).hexdigest()
    with guard.system(session, guard.System.RELEASE):
        session.add(row)
        session.flush()
    event = rules.NameJoined(release=str(of.release_id), list_hash=row.list_hash)
    audit.record(session, actor, event, book=f"organisation:{row.organisation_id}", about=row.id)


def _name(shown: Shown, *, for_members: bool) -> Name:
    clause_ids = tuple(str(cid) for cid in shown.clause_ids)
    network = shown.kind_of in NETWORKS
    speaks = network and for_members
    return Name(shown.shown_name, network, shown.logo, shown.note, clause_ids, speaks)


def _row(session: Session, actor: Actor, of: Open, shown: Shown) -> Joining:
    own = audience.intern(session, {shown.organisation_id})
    return Joining(
        id=new_id(),
        organisation_id=shown.organisation_id,
        audience_id=own,
        own_audience_id=own,
        release_id=of.release_id,
        answer_id=shown.answer_id,
        joined_on=of.joined_on,
        joined_at=actor.now,
        kind_of=shown.kind_of,
        shown_name=shown.shown_name,
        logo=shown.logo,
        note=shown.note,
        clause_ids=[str(cid) for cid in shown.clause_ids],
    )
