"""A list as its readers get it at this instant, and the names that joined it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.carries import queries as carries
from advocacy.channels import queries as channels
from advocacy.channels.rules import Readers
from advocacy.lists import rules
from advocacy.lists.rows import Joined, Under
from advocacy.lists.rules import NAMED, Name, SignedBy, Standing
from advocacy.lists.schema import Joining
from advocacy.mandates import queries as mandates
from advocacy.organisations import queries as organisations
from advocacy.organisations.schema import NETWORKS
from advocacy.positions.schema import Channel
from advocacy.signoff import queries as signoff
from advocacy.signoff.rules import Outside

_JOINED = (
    Joining.release_id,
    Joining.organisation_id,
    Joining.joined_on,
    Joining.joined_at,
    Joining.kind_of,
    Joining.shown_name,
    Joining.logo,
    Joining.note,
    Joining.clause_ids,
)


def readers(
    actor: Actor, workspace_id: UUID, channel: str, *, is_handed_on: bool = False
) -> Readers | None:
    """As whom a text is read; one that went out in private is read by those it is for."""
    if channel == Channel.PRIVATE:
        return None
    return Readers.EVERYBODY if is_handed_on else channels.readers(actor, workspace_id)


def shown(session: Session, actor: Actor, round_id: UUID) -> list[Standing]:
    """What each endorsing organisation allows now, in no cell yet: to compile, nothing else."""
    return [
        Standing(
            organisation_id=s.organisation_id,
            outside=s.outside,
            cell="",
            kind_of=s.kind_of,
            shown_name=s.shown_name,
            logo=s.logo,
            note=s.note,
            clause_ids=tuple(str(cid) for cid in s.clause_ids),
        )
        for s in signoff.shown(session, actor, round_id)
    ]


def asked(session: Session, round_id: UUID) -> dict[UUID, str]:
    """Kind of each organisation ever on the roster: to compile a list, for nothing else."""
    with guard.system(session, guard.System.RELEASE):
        # With those taken off since: the smallest cell counts them still.
        return organisations.kinds(session, signoff.ever_asked(session, round_id))


def today(session: Session, actor: Actor, of: Under, entries: Iterable[Standing]) -> list[Standing]:
    """The list of a release less what was lowered since, and the names left out for its readers.

    Such a name is in no number of theirs: a number one higher than the names would say there is
    one more.
    """
    now = {s.organisation_id: s.outside for s in signoff.shown(session, actor, of.round_id)}
    quiet = channels.left_out(session, {of.position_id}, of.who)
    listed = rules.today(entries, now)
    return [
        s for s in listed if s.cell != NAMED or (of.position_id, s.organisation_id) not in quiet
    ]


def signed_by(
    session: Session,
    actor: Actor,
    of: Under,
    entries: Iterable[Standing],
    *,
    smallest: int,
    translated: bool,
) -> SignedBy:
    """The list as its readers get it now. translated: with names that may stand there alone."""
    listed = today(session, actor, of, entries)
    allowed = carries.in_translations(session, actor, of.round_id) if translated else None
    speak = for_members(session, of.round_id, until=of.listed_at)
    return rules.signed_by(listed, smallest=smallest, named=allowed, for_members=speak)


def for_members(session: Session, round_id: UUID, *, until: datetime) -> set[UUID]:
    """Networks that sign for their members by what stood recorded then, and still does."""
    since = mandates.since(session, [round_id])
    return {network for (_round, network), at in since.items() if at <= until}


def joined(
    session: Session, actor: Actor, of: Under, *, translated: bool = False
) -> tuple[Joined, ...]:
    """Who joined a release and lets its name stand there for these readers, in order of joining."""
    rows = _joined(session, actor, [of]).get(of.release_id, [])
    if translated and rows:
        allowed = carries.in_translations(session, actor, of.round_id)
        rows = [row for row in rows if row.organisation_id in allowed]
    since = mandates.since(session, [of.round_id]) if rows else {}
    return tuple(_row(row, since.get((of.round_id, row.organisation_id))) for row in rows)


def with_logo(
    session: Session,
    actor: Actor,
    of: Under,
    entries: Iterable[Standing],
    *,
    translated: bool = False,
) -> dict[UUID, str]:
    """Organisation -> its name, of those whose logo stands there for these readers, by alphabet.

    Named, with a yes of their own to the logo, neither lowered since.
    """
    listed = today(session, actor, of, entries)
    found = {s.organisation_id: s.shown_name for s in listed if s.cell == NAMED and s.logo}
    if translated and found:
        allowed = carries.in_translations(session, actor, of.round_id)
        found = {who: name for who, name in found.items() if who in allowed}
    later = joined(session, actor, of, translated=translated)
    found |= {one.organisation_id: one.name.name for one in later if one.name.logo}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def last_joined(session: Session, actor: Actor, of: Iterable[Under]) -> dict[UUID, datetime]:
    """Release -> when the last name that stands there for its readers joined."""
    found = _joined(session, actor, of)
    return {one: max(row.joined_at for row in rows) for one, rows in found.items() if rows}


def _joined(session: Session, actor: Actor, of: Iterable[Under]) -> dict[UUID, list[Any]]:
    unders = {one.release_id: one for one in of}
    query = select(*_JOINED).where(Joining.release_id.in_(unders)).order_by(Joining.number)
    with guard.system(session, guard.System.RELEASE):
        rows = session.execute(query).all()
    texts = [unders[release_id] for release_id in {row.release_id for row in rows}]
    shown = signoff.shown_in(session, actor, [one.round_id for one in texts]) if texts else {}
    allowed = {
        (one.release_id, s.organisation_id)
        for one in texts
        for s in shown.get(one.round_id, [])
        if s.outside == Outside.NAMED
    }
    quiet = {
        who: channels.left_out(session, {one.position_id for one in texts if one.who == who}, who)
        for who in {one.who for one in texts}
    }
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        under = unders[row.release_id]
        is_quiet = (under.position_id, row.organisation_id) in quiet[under.who]
        if (row.release_id, row.organisation_id) in allowed and not is_quiet:
            found.setdefault(row.release_id, []).append(row)
    return found


def _row(row: Any, speaks_since: datetime | None) -> Joined:
    network = row.kind_of in NETWORKS
    speaks = network and speaks_since is not None and speaks_since <= row.joined_at
    name = Name(row.shown_name, network, row.logo, row.note, tuple(row.clause_ids), speaks)
    return Joined(row.organisation_id, row.joined_on, row.joined_at, name)


def ever_joined(session: Session, releases: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Release -> all that were ever named as joining it: to compile a later list, nothing else."""
    query = select(Joining.release_id, Joining.organisation_id)
    found: dict[UUID, set[UUID]] = {}
    with guard.system(session, guard.System.RELEASE):
        for of, organisation in session.execute(query.where(Joining.release_id.in_(releases))):
            found.setdefault(of, set()).add(organisation)
    return found
