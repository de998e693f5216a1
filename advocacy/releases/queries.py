"""The gate before a release, and releases as they may be shown at this instant."""

from collections.abc import Mapping, Set
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import desc, func, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.adoptions import queries as adoptions
from advocacy.annexes import queries as annexes
from advocacy.carries import queries as carries
from advocacy.counterparts import queries as counterparts
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.lists import queries as lists
from advocacy.lists import rules as listing
from advocacy.lists.rows import Joined, Under
from advocacy.lists.rules import SignedBy, Standing
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionRow
from advocacy.positions.schema import Position, Stage
from advocacy.releases import rules
from advocacy.releases.rows import (
    ClauseOut,
    Ending,
    EndRow,
    Footnote,
    HarmRow,
    Listed,
    OpeningRow,
    Out,
    ReleaseRow,
)
from advocacy.releases.schema import (
    HarmCheck,
    Release,
    ReleaseEnd,
    ReleaseEntry,
    ReleaseOpening,
)
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.rules import Outside, State
from advocacy.tallies import queries as tallies


def harm_check(session: Session, actor: Actor, version_id: UUID) -> HarmRow | None:
    """The current harm check of a version, if there is one."""
    row = acts.current(session.scalars(select(HarmCheck).where(HarmCheck.version_id == version_id)))
    if row is None:
        return None
    return HarmRow(**{field.name: getattr(row, field.name) for field in fields(HarmRow)})


def facts(session: Session, actor: Actor, round_: RoundRow | None) -> dict[str, bool]:
    """What must be in order before a release, and whether it is."""
    if round_ is None:
        return dict.fromkeys(rules.GATE, False) | {"recalls-over": True}
    over = round_.state == State.CLOSED
    version = positions.version(session, actor, round_.version_id)
    return {
        "round-over": over,
        "recalls-over": carries.recalls_over(session, actor, round_.id),
        # Before the close the lead must not learn from the gate what organisations keep from it.
        "someone-endorses": over and tallies.is_carried(session, actor, round_),
        "adopted": adoptions.is_in_order(session, actor, round_.version_id),
        "nothing-blocks": over and not tallies.is_blocked(session, actor, version),
        "harm-checked": harm_check(session, actor, round_.version_id) is not None,
    }


def way(
    session: Session, actor: Actor, position: Position
) -> tuple[RoundRow | None, VersionRow | None, dict[str, bool]]:
    """How a position goes out: by which round, as which version, and what must be in order.

    A version that is put to no round and that a body was asked about goes out as adopted by
    bodies: then there is no round, and nobody is named or counted. No version: nothing can go out.
    """
    found = signoff.rounds(session, actor, position.id)
    round_ = next((row for row in found if row.state != State.ABANDONED), None)
    version = positions.latest(session, actor, position.id)
    if version is None or not _is_for_bodies(session, actor, position, round_, version.id):
        of = positions.version(session, actor, round_.version_id) if round_ else None
        return round_, of, facts(session, actor, round_)
    done = {
        "adopted-by-body": adoptions.is_in_order(session, actor, version.id),
        # A body's name that may not be used is not to be had by ending the round, nor by freezing
        # another version that nobody is asked about.
        "nothing-blocks": not tallies.is_blocked(session, actor, version),
        "harm-checked": harm_check(session, actor, version.id) is not None,
    }
    return None, version, done


def _is_for_bodies(
    session: Session, actor: Actor, of: Position, round_: RoundRow | None, version_id: UUID
) -> bool:
    is_put_to_round = round_ is not None and round_.version_id == version_id
    if is_put_to_round or of.stage not in {Stage.FROZEN, Stage.PUBLISHED, Stage.DELIVERED}:
        return False
    return adoptions.is_asked(session, actor, version_id)


def gate(session: Session, actor: Actor, position_id: UUID) -> list[Reason]:
    """What still stands between a position and its release; empty = it may go out."""
    position = positions.position(session, actor, position_id)
    return rules.gate_faults(way(session, actor, position)[2])


def of_position(session: Session, actor: Actor, position_id: UUID) -> UUID | None:
    """The id of the newest release of a position that this reader may see."""
    query = select(Release.id).where(Release.position_id == position_id)
    return session.scalars(query.order_by(Release.released_at.desc())).first()


def all_of(session: Session, actor: Actor, position_id: UUID) -> list[UUID]:
    """Every release of a position that this reader may read, ended ones too."""
    return list(session.scalars(select(Release.id).where(Release.position_id == position_id)))


def went_out(session: Session, actor: Actor, position_id: UUID) -> list[Out]:
    """Every release of a position that this reader may read, newest first."""
    query = select(Release.id, Release.number, Release.channel, Release.released_at)
    query = query.where(Release.position_id == position_id)
    return [Out(*row) for row in session.execute(query.order_by(Release.released_at.desc()))]


def earlier(session: Session, actor: Actor, position_id: UUID) -> list[list[Standing]]:
    """The lists that went out for a text and its other edition, whole: to compile the next one."""
    texts = counterparts.both(session, position_id)
    found: dict[UUID, list[Standing]] = {}
    query = select(ReleaseEntry.release_id, *_STANDING).join(
        Release, Release.id == ReleaseEntry.release_id
    )
    with guard.system(session, guard.System.RELEASE):
        for row in session.execute(query.where(Release.position_id.in_(texts))):
            found.setdefault(row.release_id, []).append(_standing(row))
        released = session.scalars(select(Release.id).where(Release.position_id.in_(texts))).all()
    # Who joined a list by name stood in it as one who was named from the first.
    for of, names in lists.ever_joined(session, released).items():
        kept = found.setdefault(of, [])
        kept += [Standing(o, Outside.NAMED, listing.NAMED, "") for o in names]
    return list(found.values())


_STANDING = (
    ReleaseEntry.organisation_id,
    ReleaseEntry.outside,
    ReleaseEntry.cell,
    ReleaseEntry.kind_of,
    ReleaseEntry.shown_name,
    ReleaseEntry.logo,
    ReleaseEntry.note,
    ReleaseEntry.clause_ids,
)


def _standing(row: Any) -> Standing:
    said = {column.key: getattr(row, column.key) for column in _STANDING}
    return Standing(**{**said, "clause_ids": tuple(row.clause_ids)})


MOST = 100


def listed(session: Session, actor: Actor, slug: str) -> list[Listed]:
    """The newest releases of a workspace that this session reads, without those replaced since."""
    here = Release.workspace_id.in_(organisations.WITH_SLUG)
    opens = select(ReleaseOpening.opens_at).where(
        ReleaseOpening.release_id == Release.id, ReleaseOpening.who == rules.Who.PUBLIC
    )
    kinds = select(ReleaseEnd.release_id, ReleaseEnd.kind).where(
        ReleaseEnd.release_id.in_(select(Release.id).where(here))
    )
    ends: dict[UUID, set[str]] = {}
    for release_id, kind in session.execute(kinds, {"slug": slug}):
        ends.setdefault(release_id, set()).add(kind)
    columns = (Release.id, Release.title, Release.language, Release.attribution, Release.channel)
    at = func.coalesce(opens.scalar_subquery(), Release.released_at).label("at")
    its = (Release.round_id, Release.position_id, Release.workspace_id, Release.released_at)
    query = select(*columns, at, *its).where(here)
    query = query.order_by(desc("at"), Release.id).limit(MOST)
    rows = session.execute(query, {"slug": slug}).all()
    signed = [_under(actor, row) for row in rows if row.round_id]
    later = lists.last_joined(session, actor, signed)
    found = [_in_list(row, ends.get(row.id, set()), later) for row in rows]
    return [row for row in found if rules.End.CORRECTED not in ends.get(row.id, set())]


def _in_list(row: Any, ends: Set[str], later: Mapping[UUID, datetime]) -> Listed:
    gone = rules.End.WITHDRAWN in ends
    joined = None if gone else later.get(row.id)
    facts = (row.id, row.title, row.language, row.attribution, row.channel, row.at)
    return Listed(*facts, gone, joined)


def must_release(session: Session, actor: Actor, release_id: UUID) -> Release:
    """A release as it was kept. Raises NotFound."""
    row = session.scalars(select(Release).where(Release.id == release_id)).first()
    if row is None:
        raise NotFound
    return row


def end_of(session: Session, actor: Actor, release_id: UUID) -> EndRow | None:
    """What became of a release; None while it stands and nothing is said of it."""
    query = select(ReleaseEnd).where(ReleaseEnd.release_id == release_id)
    row = acts.current(session.scalars(query))
    if row is None:
        return None
    return EndRow(row.id, row.kind, row.reason, row.recorded_at, row.successor_id)


def ending(session: Session, end_id: UUID) -> Ending:
    """One act that ended a release, by whoever is at work. For the mails about it alone."""
    columns = (ReleaseEnd.id, ReleaseEnd.kind, Release.id, Release.round_id)
    query = (
        select(*columns, Release.organisation_id, Release.position_id)
        .join(Release, Release.id == ReleaseEnd.release_id)
        .where(ReleaseEnd.id == end_id)
    )
    with guard.system(session, guard.System.WORKER):
        return Ending(*session.execute(query).one())


def standing(
    session: Session, actor: Actor, release_id: UUID, *, translated: bool = False
) -> ReleaseRow:
    """A release as a file that may be handed on: with the names that everybody may read.

    Raises NotFound also once it is withdrawn or replaced.
    """
    row = release(session, actor, release_id, translated=translated, is_handed_on=True)
    if not row.stands:
        raise NotFound
    return row


def release(
    session: Session,
    actor: Actor,
    release_id: UUID,
    *,
    translated: bool = False,
    is_handed_on: bool = False,
) -> ReleaseRow:
    """A release, less everything that was lowered since. Raises NotFound.

    translated: with the names and the notes that may stand under a translation alone.
    is_handed_on: it leaves this reader's hands, so it says what everybody may read.
    """
    row = must_release(session, actor, release_id)
    ended = end_of(session, actor, release_id)
    of = _under(actor, row, is_handed_on=is_handed_on)
    signed, joined = _names(session, actor, row, of, ended, translated=translated)
    openings = _openings(session, release_id)
    is_gone = ended is not None and ended.kind == rules.End.WITHDRAWN
    noted = rules.noted([*signed.names, *(one.name for one in joined)], row.clauses)
    notes = [Footnote(n, s.name, s.note) for n, s in enumerate(noted, 1)]
    return ReleaseRow(
        **{name: getattr(row, name) for name in _AS_KEPT},
        out_at=max((o.opens_at for o in openings), default=row.released_at),
        lead_id=row.organisation_id,
        embargo=tuple(o for o in openings if o.opens_at > actor.now),
        end=ended,
        clauses=() if is_gone else _clauses(row, noted),
        annexes=() if is_gone else annexes.gone_out(session, actor, row.version_id),
        footnotes=tuple(notes),
        signed_by=signed,
        joined=joined,
        adopted=adoptions.of_release(row.compiled),
    )


_AS_KEPT = (
    *("id", "position_id", "workspace_id", "round_id", "channel", "delivered_to", "title"),
    *("language", "number", "attribution", "content_hash", "released_at"),
)


def _clauses(row: Release, noted: list[listing.Name]) -> tuple[ClauseOut, ...]:
    """The clauses as they went out, with the numbers of the notes about each."""
    called: dict[str, list[int]] = {}
    for number, name in enumerate(noted, 1):
        for cid in name.clause_ids:
            called.setdefault(cid, []).append(number)
    return tuple(
        ClauseOut(
            clause["kind"],
            clause["heading"],
            clause["html"],
            clause["language"],
            tuple(called.get(clause["cid"], ())),
        )
        for clause in row.clauses
    )


def must_part(session: Session, actor: Actor, of: ReleaseRow) -> None:
    """Raises NotFound for all but those whom the round of a release asked, and the lead.

    Where there was no round: for all who do not take part in the text.
    """
    if of.round_id is None:
        positions.position(session, actor, of.position_id)
    else:
        signoff.round_of(session, actor, of.round_id)


def is_part(session: Session, actor: Actor, of: ReleaseRow) -> bool:
    """The same as an answer."""
    try:
        must_part(session, actor, of)
    except NotFound:
        return False
    return True


def of_version(session: Session, actor: Actor, version_id: UUID) -> UUID | None:
    """The release of a version."""
    return session.scalars(select(Release.id).where(Release.version_id == version_id)).first()


def is_readable(session: Session, actor: Actor, release_id: UUID) -> bool:
    """Whether this reader may read a release now."""
    return session.scalars(select(Release.id).where(Release.id == release_id)).first() is not None


def may_end(actor: Actor, row: ReleaseRow) -> bool:
    """Whether this reader may correct or withdraw it."""
    return policy.allows(actor, "release:end", policy.About(row.lead_id, row.workspace_id))


_NOBODY = SignedBy((), (), 0, 0)


def _openings(session: Session, release_id: UUID) -> list[OpeningRow]:
    columns = (ReleaseOpening.who, ReleaseOpening.opens_at, ReleaseOpening.zone)
    query = select(*columns).where(ReleaseOpening.release_id == release_id)
    return [OpeningRow(*row) for row in session.execute(query.order_by(ReleaseOpening.opens_at))]


def preview(session: Session, actor: Actor, round_: RoundRow) -> SignedBy:
    """The list as it would go out now. For the lead, after the close."""
    smallest = organisations.workspace_by_id(session, actor, round_.workspace_id).smallest_cell
    entries = standings(session, actor, round_, smallest)
    speak = lists.for_members(session, round_.id, until=actor.now)
    return listing.signed_by(entries, smallest=smallest, for_members=speak)


def standings(session: Session, actor: Actor, round_: RoundRow, smallest: int) -> list[Standing]:
    """How each endorsing organisation would stand in a list of this instant: to compile it."""
    return listing.compiled(
        lists.shown(session, actor, round_.id),
        smallest=smallest,
        earlier=earlier(session, actor, round_.position_id),
        asked=lists.asked(session, round_.id),
    )


def takes_part(session: Session, actor: Actor, position_id: UUID) -> bool:
    """True when this reader sees the position behind a release."""
    return bool(positions.versions(session, actor, position_id))


def with_logo(
    session: Session,
    actor: Actor,
    release_id: UUID,
    *,
    is_handed_on: bool = False,
    translated: bool = False,
) -> dict[UUID, str]:
    """Organisation -> its name, of those whose logo stands under a release; see `release`.

    None once it does not stand. Raises NotFound.
    """
    row = must_release(session, actor, release_id)
    if _has_nobody(row, end_of(session, actor, release_id)):
        return {}
    of = _under(actor, row, is_handed_on=is_handed_on)
    return lists.with_logo(session, actor, of, _entries(session, release_id), translated=translated)


def _has_nobody(row: Release, ended: EndRow | None) -> bool:
    """Nobody is said to stand behind what was withdrawn or replaced, or what bodies adopted."""
    return row.round_id is None or (ended is not None and ended.is_over)


def _under(actor: Actor, row: Any, *, is_handed_on: bool = False) -> Under:
    who = lists.readers(actor, row.workspace_id, row.channel, is_handed_on=is_handed_on)
    return Under(row.id, row.round_id, row.position_id, who, row.released_at)


def _entries(session: Session, release_id: UUID) -> list[Standing]:
    """The list as it was compiled."""
    query = select(*_STANDING).where(ReleaseEntry.release_id == release_id)
    with guard.system(session, guard.System.RELEASE):
        return [_standing(entry) for entry in session.execute(query)]


def _names(
    session: Session,
    actor: Actor,
    row: Release,
    of: Under,
    ended: EndRow | None,
    *,
    translated: bool,
) -> tuple[SignedBy, tuple[Joined, ...]]:
    """Who stands under a text for these readers, and who joined it."""
    if _has_nobody(row, ended):
        return _NOBODY, ()
    entries, smallest = _entries(session, row.id), row.smallest_cell
    signed = lists.signed_by(session, actor, of, entries, smallest=smallest, translated=translated)
    return signed, lists.joined(session, actor, of, translated=translated)
