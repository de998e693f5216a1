"""Check for harm, and let a version out."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import EVERYONE, GroupKind
from advocacy.adoptions import queries as adoptions
from advocacy.audit import actions as audit
from advocacy.ground import acts, clock
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.lists import actions as lists
from advocacy.lists import queries as listings
from advocacy.lists import rules as listing
from advocacy.lists.rows import Open
from advocacy.lists.rules import Standing
from advocacy.organisations import queries as organisations
from advocacy.outbox import actions as outbox
from advocacy.positions import actions as moves
from advocacy.positions import queries as positions
from advocacy.positions.rows import VersionRow
from advocacy.positions.schema import Channel, Position, Stage
from advocacy.releases import queries, rules
from advocacy.releases.rules import Harm, Opening
from advocacy.releases.schema import (
    HarmCheck,
    Release,
    ReleaseEnd,
    ReleaseEntry,
    ReleaseOpening,
)
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.rules import Outside
from advocacy.text.canon import canonical_json


def check_harm(
    session: Session, actor: Actor, position_id: UUID, harm: Harm, *, after: UUID | None
) -> HarmCheck:
    """Record the harm check of the newest version. after: the check this one follows.

    Raises: NotFound, Denied, Invalid; Conflict when another check came meanwhile.
    """
    position = positions.position(session, actor, position_id)
    policy.require(actor, "harm:check", positions.about(position, frozenset()))
    version = positions.latest(session, actor, position_id)
    if version is None:
        raise Conflict(Reason("releases.no-version"))
    harm = harm.tidied()
    zone = organisations.workspace_by_id(session, actor, position.workspace_id).zone
    Invalid.unless_empty(rules.harm_faults(harm, today=clock.day_in(actor.now, zone)))
    row = HarmCheck(
        **acts.stamp(actor),
        position_id=position_id,
        version_id=version.id,
        by_speaking=harm.by_speaking,
        by_silence=harm.by_silence,
        mitigation=harm.mitigation,
        consent=harm.consent,
        checked_by=harm.checked_by,
        checked_on=harm.checked_on,
        audience_id=position.audience_id,
        own_audience_id=position.own_audience_id,
    )
    acts.append(session, row, after=after)
    event = rules.HarmChecked(version=str(version.id), consent=harm.consent)
    audit.record(session, actor, event, book=f"position:{position_id}", about=position_id)
    return row


def publish(
    session: Session,
    actor: Actor,
    position_id: UUID,
    *,
    seen_hash: str,
    delivered_to: str = "",
    embargo: Sequence[Opening] = (),
) -> Release:
    """Let the signed version out: to everybody, or as the record of a private delivery.

    seen_hash: content hash of the text on the lead's page. delivered_to: to whom and how, for the
    private channel. embargo: audiences that wait; it only ever delays what was signed, so it is
    nothing to sign again. The list is compiled from the answers at this instant, while the round
    is held; it is empty for what bodies adopted in a meeting (see `queries.way`). Raises:
    NotFound, Denied; Invalid with what is missing; Conflict for another text or stage.
    """
    position = positions.position(session, actor, position_id)
    policy.require(actor, "release:publish", positions.about(position, frozenset()))
    _hold(session, actor, position_id)
    round_, version, facts = queries.way(session, actor, position)
    Invalid.unless_empty(rules.gate_faults(facts))
    if version is None or version.content_hash != seen_hash:
        raise Conflict(Reason("signoff.text-changed"))
    if round_ is not None and position.stage != Stage.SIGNOFF:
        raise Conflict(Reason("positions.other-stage"))
    is_private = position.channel == Channel.PRIVATE
    if is_private and not delivered_to.strip():
        raise Invalid(Reason("releases.delivered-to-whom", "delivered_to"))
    Invalid.unless_empty(rules.opening_faults(embargo, is_private=is_private, now=actor.now))
    moves.move(session, actor, position_id, to=Stage.DELIVERED if is_private else Stage.PUBLISHED)
    before = queries.of_position(session, actor, position_id)
    readers = _readers(session, position, embargo)
    row = _write(session, actor, position, version, round_, delivered_to.strip(), readers)
    _say_openings(session, row, embargo)
    moves.let_out(session, actor, position_id, version_id=version.id, readers_id=readers)
    if before is not None:
        _replace(session, actor, before, row)
    event = rules.Released(
        release=str(row.id),
        version=str(version.id),
        channel=row.channel,
        content_hash=row.content_hash,
        list_hash=row.list_hash,
    )
    audit.record(session, actor, event, book=f"position:{position_id}", about=position_id)
    return row


def _hold(session: Session, actor: Actor, position_id: UUID) -> None:
    round_ = signoff.current_round(session, actor, position_id)
    if round_ is not None:
        signoff.hold(session, actor, round_.id)


def _write(
    session: Session,
    actor: Actor,
    position: Position,
    version: VersionRow,
    round_: RoundRow | None,
    delivered_to: str,
    who: UUID,
) -> Release:
    """Compile the list once, from the rows as they are, and keep it with its hash."""
    smallest = organisations.workspace_by_id(session, actor, position.workspace_id).smallest_cell
    standings = queries.standings(session, actor, round_, smallest) if round_ else []
    speak = listings.for_members(session, round_.id, until=actor.now) if round_ else set()
    listed = listing.as_json(listing.signed_by(standings, smallest=smallest, for_members=speak))
    # Beside the list and never in it: which bodies adopted the text.
    listed["adopted"] = adoptions.adopted_by(session, actor, version.id)
    row = Release(
        organisation_id=actor.must_organisation(),
        audience_id=who,
        own_audience_id=who,
        position_id=position.id,
        version_id=version.id,
        round_id=round_.id if round_ else None,
        workspace_id=position.workspace_id,
        channel=position.channel,
        delivered_to=delivered_to,
        title=version.title,
        language=version.language,
        number=version.number,
        attribution=version.terms.attribution,
        content_hash=version.content_hash,
        clauses=_clauses(version),
        compiled=listed,
        smallest_cell=smallest,
        list_hash=sha256(canonical_json(listed)).hexdigest(),
        released_at=actor.now,
        person_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    _keep(session, row, standings)
    return row


def _readers(session: Session, position: Position, embargo: Sequence[Opening]) -> UUID:
    """Everybody for a public text, each from its instant; those who took part for a private one."""
    if position.channel == Channel.PRIVATE:
        return position.audience_id
    groups: set[UUID | audience.Part] = {position.organisation_id, position.participants_id}
    kinds = {
        rules.Who.MEMBERS: GroupKind.MEMBERS,
        rules.Who.OBSERVERS: GroupKind.OBSERVERS,
        rules.Who.DONORS: GroupKind.DONORS,
    }
    at = {opening.who: opening.opens_at for opening in embargo if opening.opens_at}
    for who, kind in kinds.items():
        if who in at:
            groups.add((organisations.group(session, position.workspace_id, kind), at[who]))
    groups.add((EVERYONE, at[rules.Who.PUBLIC]) if rules.Who.PUBLIC in at else EVERYONE)
    return audience.intern(session, groups)


def _say_openings(session: Session, row: Release, embargo: Sequence[Opening]) -> None:
    for opening in embargo:
        session.add(
            ReleaseOpening(
                release_id=row.id,
                who=opening.who,
                opens_at=opening.opens_at,
                zone=opening.zone,
                organisation_id=row.organisation_id,
                audience_id=row.audience_id,
                own_audience_id=row.own_audience_id,
            )
        )
    session.flush()


def join(session: Session, actor: Actor, round_id: UUID) -> None:
    """Put the organisation's name under the text that went out, where it signed late (B20).

    For the doors, after an answer. The list of the release and its hash stay as they were; nothing
    happens where no name of it may be shown, or nothing is out, or it is in that list already.
    """
    mine = [s for s in signoff.shown(session, actor, round_id) if s.outside == Outside.NAMED]
    mine = [s for s in mine if s.organisation_id == actor.must_organisation()]
    open_ = _to_join(session, actor, round_id) if mine else None
    if open_ is not None:
        lists.join(session, actor, open_, mine[0])


def _to_join(session: Session, actor: Actor, round_id: UUID) -> Open | None:
    """The release of a round that the actor's organisation may join.

    None before there is one, once it does not stand, and for who is in its first list already.
    """
    columns = (Release.id, Release.list_hash)
    with guard.system(session, guard.System.RELEASE):
        row = session.execute(select(*columns).where(Release.round_id == round_id)).first()
        if row is None:
            return None
        ended = queries.end_of(session, actor, row.id)
        listed = select(ReleaseEntry.id).where(
            ReleaseEntry.release_id == row.id,
            ReleaseEntry.organisation_id == actor.must_organisation(),
        )
        if session.scalars(listed).first() is not None:
            return None
    if ended is not None and ended.kind != rules.End.CORRECTING:
        return None
    zone = signoff.round_of(session, actor, round_id).zone
    return Open(row.id, round_id, row.list_hash, clock.day_in(actor.now, zone))


def end(
    session: Session,
    actor: Actor,
    release_id: UUID,
    *,
    kind: str,
    reason: str,
    successor: Release | None = None,
) -> ReleaseEnd:
    """Say what became of a release, to everybody who reads it. For this room and `deliveries`.

    Raises: NotFound; Denied; Conflict when it was withdrawn or corrected already.
    """
    row = queries.must_release(session, actor, release_id)
    policy.require(actor, "release:end", policy.About(row.organisation_id, row.workspace_id))
    before = queries.end_of(session, actor, release_id)
    if before is not None and before.kind != rules.End.CORRECTING:
        raise Conflict(Reason("releases.ended-already"))
    made = ReleaseEnd(
        **acts.stamp(actor),
        release_id=release_id,
        kind=kind,
        reason=reason,
        successor_id=successor.id if successor else None,
        audience_id=row.audience_id,
        own_audience_id=row.own_audience_id,
    )
    acts.append(session, made, after=before.id if before else None)
    outbox.enqueue(session, "releases.ended", {"end": str(made.id)}, due_at=actor.now)
    event = rules.Ended(release=str(release_id), kind=kind)
    book = f"position:{row.position_id}"
    audit.record(session, actor, event, book=book, about=row.position_id)
    return made


def _replace(session: Session, actor: Actor, before_id: UUID, row: Release) -> None:
    """The release before this one leads here from now on."""
    ended = queries.end_of(session, actor, before_id)
    if ended is not None and ended.kind == rules.End.CORRECTING:
        kind, reason = rules.End.CORRECTED, ended.reason
        end(session, actor, before_id, kind=kind, reason=reason, successor=row)


def _clauses(version: VersionRow) -> list[dict[str, str]]:
    return [
        {
            "cid": str(clause.cid),
            "kind": clause.kind,
            "heading": clause.heading,
            "html": version.html[clause.cid],
            "language": clause.lang or version.language,
        }
        for clause in version.clauses
    ]


def _keep(session: Session, row: Release, standings: list[Standing]) -> None:
    """Who stood how: each row for its own organisation alone, not even for the lead."""
    with guard.system(session, guard.System.RELEASE):
        for standing in standings:
            own = audience.intern(session, {standing.organisation_id})
            session.add(
                ReleaseEntry(
                    release_id=row.id,
                    organisation_id=standing.organisation_id,
                    outside=standing.outside,
                    cell=standing.cell,
                    kind_of=standing.kind_of,
                    shown_name=standing.shown_name,
                    logo=standing.logo,
                    note=standing.note,
                    clause_ids=list(standing.clause_ids),
                    audience_id=own,
                    own_audience_id=own,
                )
            )
        session.flush()
