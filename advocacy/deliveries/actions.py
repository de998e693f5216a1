"""Write down a delivery and what followed; correct or withdraw a text that went out."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.deliveries import queries, rules
from advocacy.deliveries.rules import Delivered
from advocacy.deliveries.schema import Delivery, DeliveryAct, DeliveryAddress
from advocacy.ground import acts, clock
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.positions import actions as moves
from advocacy.positions import queries as positions
from advocacy.positions.schema import Position, Stage
from advocacy.releases import actions as releases
from advocacy.releases import queries as read_releases
from advocacy.releases.rules import End
from advocacy.releases.schema import Release, ReleaseEnd
from advocacy.signoff import queries as signoff
from advocacy.signoff.schema import Round


def record(session: Session, actor: Actor, release_id: UUID, given: Delivered) -> Delivery:
    """Write down that a copy was given to somebody: to whom, by whom, when and how.

    Read by those whom the round asked, so that each knows where copies with its name are; where
    there was none, by those who take part in the text.
    Raises: NotFound; Denied; Invalid.
    """
    release = read_releases.must_release(session, actor, release_id)
    policy.require(actor, "delivery:record", _about(release))
    given = given.tidied()
    Invalid.unless_empty(rules.delivery_faults(given, now=actor.now))
    asked = _asked(session, actor, release)
    row = Delivery(
        release_id=release_id,
        to_name=given.to_name,
        to_role=given.to_role,
        how=given.how,
        by_name=given.by_name,
        given_at=given.given_at,
        note=given.note,
        recorded_at=actor.now,
        person_id=actor.person_id,
        organisation_id=actor.must_organisation(),
        audience_id=asked.audience_id,
        own_audience_id=asked.own_audience_id,
    )
    session.add(row)
    session.flush()
    if given.address:
        own = audience.intern(session, {actor.must_organisation()})
        session.add(
            DeliveryAddress(
                delivery_id=row.id,
                address=given.address,
                language=given.language,
                organisation_id=actor.must_organisation(),
                audience_id=own,
                own_audience_id=own,
            )
        )
        session.flush()
    event = rules.Given(delivery=str(row.id), how=row.how)
    book = f"position:{release.position_id}"
    audit.record(session, actor, event, book=book, about=release.position_id)
    return row


def _asked(session: Session, actor: Actor, release: Release) -> Round | Position:
    """What those who read of its copies read already."""
    if release.round_id is None:
        return positions.position(session, actor, release.position_id)
    return signoff.hold(session, actor, release.round_id)


def _about(release: Release) -> policy.About:
    return policy.About(release.organisation_id, release.workspace_id)


def reply(
    session: Session,
    actor: Actor,
    delivery_id: UUID,
    *,
    words: str,
    on: date | None,
    after: UUID | None,
) -> DeliveryAct:
    """Write down what they answered, and on which day. after: the last act on the page.

    Raises: NotFound; Denied; Invalid; Conflict when something was written meanwhile.
    """
    row = queries.delivery(session, actor, delivery_id)
    release = read_releases.must_release(session, actor, row.release_id)
    policy.require(actor, "delivery:record", _about(release))
    zone = organisations.workspace_by_id(session, actor, release.workspace_id).zone
    words = words.strip()
    Invalid.unless_empty(
        rules.reply_faults(
            words,
            on,
            given_on=clock.day_in(row.given_at, zone),
            today=clock.day_in(actor.now, zone),
        )
    )
    return _follow(session, actor, row, rules.Kind.REPLY, words, on, after)


def tell(session: Session, actor: Actor, delivery_id: UUID, *, after: UUID | None) -> DeliveryAct:
    """Note that somebody was told, by a person, that the text is corrected or withdrawn.

    Raises: NotFound; Denied; Conflict while there is nothing to tell, or when something was
    written meanwhile.
    """
    row = queries.delivery(session, actor, delivery_id)
    release = read_releases.must_release(session, actor, row.release_id)
    policy.require(actor, "delivery:record", _about(release))
    if read_releases.end_of(session, actor, row.release_id) is None:
        raise Conflict(Reason("deliveries.nothing-to-tell"))
    return _follow(session, actor, row, rules.Kind.TOLD, "", None, after)


def _follow(
    session: Session,
    actor: Actor,
    row: Delivery,
    kind: rules.Kind,
    words: str,
    on: date | None,
    after: UUID | None,
) -> DeliveryAct:
    made = DeliveryAct(
        **acts.stamp(actor),
        delivery_id=row.id,
        kind=kind.value,
        words=words,
        audience_id=row.audience_id,
        own_audience_id=row.own_audience_id,
    )
    made.effective_on = on
    acts.append(session, made, after=after)
    release = read_releases.must_release(session, actor, row.release_id)
    event = rules.Followed(delivery=str(row.id), kind=kind.value)
    book = f"position:{release.position_id}"
    audit.record(session, actor, event, book=book, about=release.position_id)
    return made


def correct(session: Session, actor: Actor, release_id: UUID, *, reason: str) -> ReleaseEnd:
    """Begin to correct a text that went out: its draft opens again, and its page says so and why.

    The corrected text is a new version with a round of its own; when it goes out the page of this
    one leads to it. Raises: NotFound; Denied; Invalid without a reason; Conflict when it is being
    corrected, was replaced or withdrawn already.
    """
    release = read_releases.must_release(session, actor, release_id)
    policy.require(actor, "release:end", _about(release))
    words = reason.strip()
    Invalid.unless_empty(rules.words_faults(words, "reason"))
    if read_releases.end_of(session, actor, release_id) is not None:
        raise Conflict(Reason("releases.ended-already"))
    made = releases.end(session, actor, release_id, kind=End.CORRECTING, reason=words)
    moves.move(session, actor, release.position_id, to=Stage.DRAFTING)
    return made


def withdraw(session: Session, actor: Actor, release_id: UUID, *, reason: str) -> ReleaseEnd:
    """Withdraw a text that went out: text, files and list are gone, the page says when and why.

    Raises: NotFound; Denied; Invalid without a reason; Conflict when it was replaced or withdrawn
    already.
    """
    release = read_releases.must_release(session, actor, release_id)
    policy.require(actor, "release:end", _about(release))
    words = reason.strip()
    Invalid.unless_empty(rules.words_faults(words, "reason"))
    made = releases.end(session, actor, release_id, kind=End.WITHDRAWN, reason=words)
    of = positions.position(session, actor, release.position_id)
    # While it is being corrected its next version goes its own way.
    if of.stage in {Stage.PUBLISHED, Stage.DELIVERED}:
        moves.move(session, actor, of.id, to=Stage.WITHDRAWN)
    return made
