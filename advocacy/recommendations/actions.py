"""Record what was asked, and who may read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import EVERYONE, GroupKind
from advocacy.asks import actions as asks
from advocacy.asks.actions import NewAsk
from advocacy.asks.queries import ask as ask_of
from advocacy.asks.queries import asks_of, today
from advocacy.asks.rules import too_long
from advocacy.asks.schema import Ask
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.institutions import queries as institutions
from advocacy.organisations.queries import group
from advocacy.positions import queries as positions
from advocacy.positions.schema import Channel, Position, Stage
from advocacy.recommendations import queries, rules
from advocacy.recommendations.schema import WORDS, Recommendation, RecommendationTag

Group = UUID | audience.Part


@dataclass(frozen=True)
class NewText:
    """A recommendation written by hand."""

    title: str
    text: str
    language: str = "en"
    ref: str = ""
    issuers: Sequence[str] = ()
    issued_on: date | None = None
    source: str = ""
    specificity: int | None = None
    tags: Sequence[str] = field(default_factory=tuple)


def add(
    session: Session, actor: Actor, *, workspace_id: UUID, new: NewText, to: NewAsk, reach: str
) -> Recommendation:
    """Record a recommendation by hand, with the ask to its lead. reach: one of REACHES.

    Raises: Denied; Invalid.
    """
    about = policy.About(organisation_id=actor.organisation_id, workspace_id=workspace_id)
    policy.require(actor, "recommendation:add", about)
    Invalid.unless_empty(_text_faults(session, actor, workspace_id, new, reach))
    groups = _groups(session, actor, workspace_id, reach)
    row = _row(actor, workspace_id, new, {})
    return _add(session, actor, row, to, groups, source="hand")


def add_from_clause(
    session: Session, actor: Actor, *, version_id: UUID, clause_id: UUID, title: str, to: NewAsk
) -> Recommendation:
    """Follow up a recommendation clause of a text that was published or delivered.

    Its readers are those of the text: everyone where it was published, else its circle.
    Raises: NotFound; Denied for all but the lead; Invalid while the text is not out.
    """
    version = positions.version(session, actor, version_id)
    position = positions.position(session, actor, version.position_id)
    about = policy.About(position.organisation_id, position.workspace_id)
    policy.require(actor, "recommendation:add", about)
    policy.require(actor, "recommendation:edit", about)
    clause = next((c for c in version.clauses if c.cid == clause_id), None)
    latest = positions.latest(session, actor, position.id)
    if clause is None or clause.kind != "recommendation":
        raise NotFound
    if position.stage not in {Stage.PUBLISHED, Stage.DELIVERED} or latest != version:
        raise Invalid(Reason("recommendations.not-out"))
    new = NewText(
        title=title,
        text=clause.text,
        language=version.language,
        issued_on=today(session, actor, position.workspace_id),
    )
    Invalid.unless_empty(_text_faults(session, actor, position.workspace_id, new, "own"))
    source = {
        "position_id": position.id,
        "version_id": version.id,
        "clause_id": clause_id,
    }
    row = _row(actor, position.workspace_id, new, source)
    groups = _readers(session, actor, position, version.id) | {actor.must_organisation()}
    return _add(session, actor, row, to, groups, source="position")


def _readers(session: Session, actor: Actor, position: Position, version_id: UUID) -> set[Group]:
    """Those of the text: an embargo holds what follows from it as long as the text itself."""
    if position.channel != Channel.PUBLIC:
        return {position.participants_id}
    readers = positions.outlet(session, actor, version_id)
    return set(audience.parts_of(session, readers)) if readers else {EVERYONE}


def _text_faults(
    session: Session, actor: Actor, workspace_id: UUID, new: NewText, reach: str
) -> list[Reason]:
    found = [
        Reason("form.required", name)
        for name in ("title", "text")
        if not getattr(new, name).strip()
    ]
    found += too_long(title=new.title) + too_long(words=new.text)
    if reach not in rules.REACHES:
        found.append(Reason("form.choice", "reach"))
    taken = select(Recommendation.id).where(
        Recommendation.workspace_id == workspace_id, Recommendation.ref == new.ref.strip()
    )
    if new.ref.strip() and session.scalars(taken).first():
        found.append(Reason("recommendations.ref-taken", "ref"))
    if new.issued_on and new.issued_on > today(session, actor, workspace_id):
        found.append(Reason("asks.in-future", "issued_on"))
    return found


def _row(actor: Actor, workspace_id: UUID, new: NewText, source: dict[str, UUID]) -> Recommendation:
    row_id = new_id()
    return Recommendation(
        id=row_id,
        organisation_id=actor.must_organisation(),
        workspace_id=workspace_id,
        ref=new.ref.strip() or f"R-{row_id.hex[:8]}",
        title=new.title.strip(),
        text=new.text.strip(),
        language=new.language,
        issuers=[name.strip() for name in new.issuers if name.strip()],
        issued_on=new.issued_on,
        source=new.source.strip(),
        specificity=new.specificity,
        tags=sorted({tag.strip() for tag in new.tags if tag.strip()}),
        created_at=actor.now,
        **source,
    )


def _add(
    session: Session,
    actor: Actor,
    row: Recommendation,
    to: NewAsk,
    groups: set[Group],
    source: str,
) -> Recommendation:
    addressed = institutions.institution(session, actor, to.institution_id).member_id
    if to.delivered_on and addressed:
        groups = groups | {addressed}
    row.audience_id = row.own_audience_id = audience.intern(session, groups)
    session.add(row)
    session.flush()
    _index(session, row)
    asks.put(session, actor, _recommended(row), to, role="lead")
    _record(session, actor, row.id, rules.Added(source=source))
    return row


def _recommended(row: Recommendation) -> asks.Recommended:
    return asks.Recommended(row.id, row.workspace_id, row.audience_id, row.issued_on)


def _index(session: Session, row: Recommendation) -> None:
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        WORDS.put(session, {row.id: rules.searched(vars(row))})
    session.add_all(
        RecommendationTag(recommendation_id=row.id, folded=tag) for tag in rules.themes(row.tags)
    )
    session.flush()


def _record(session: Session, actor: Actor, recommendation_id: UUID, event: Event) -> None:
    book = f"recommendation:{recommendation_id}"
    audit.record(session, actor, event, book=book, about=recommendation_id)


def add_ask(session: Session, actor: Actor, *, recommendation_id: UUID, to: NewAsk) -> Ask:
    """Address a recommendation to one more institution, beside the lead one.

    Raises: NotFound; Denied for all but the organisation that leads it; Invalid when it is asked.
    """
    of = queries.recommendation(session, actor, recommendation_id)
    policy.require(actor, "recommendation:edit", _about(of))
    known = asks_of(session, actor, [of.id]).get(of.id, ())
    if to.institution_id in {one.institution_id for one in known}:
        raise Invalid(Reason("recommendations.asked-already", "institution_id"))
    return asks.put(session, actor, _recommended(of), to, role="contributing")


def add_part(
    session: Session, actor: Actor, *, whole: Recommendation, new: NewText, to: NewAsk
) -> Recommendation:
    """Record a part of a recommendation beside it, for the same readers.

    Raises: Denied for all but the organisation that leads the whole; Invalid.
    """
    policy.require(actor, "recommendation:edit", _about(whole))
    Invalid.unless_empty(_text_faults(session, actor, whole.workspace_id, new, "own"))
    kept = {name: getattr(whole, name) for name in ("position_id", "version_id", "clause_id")}
    groups: set[Group] = set(audience.parts_of(session, whole.audience_id))
    row = _row(actor, whole.workspace_id, new, kept)
    return _add(session, actor, row, to, groups, source="part")


def _about(of: Recommendation) -> policy.About:
    return policy.About(of.organisation_id, of.workspace_id)


def _groups(session: Session, actor: Actor, workspace_id: UUID, reach: str) -> set[Group]:
    own: set[Group] = {actor.must_organisation()}
    if reach == "own":
        return own
    own.add(group(session, workspace_id, GroupKind.MEMBERS))
    if reach == "donors":
        own.add(group(session, workspace_id, GroupKind.DONORS))
    return {actor.must_organisation(), EVERYONE} if reach == "public" else own


def share(session: Session, actor: Actor, *, recommendation_id: UUID, reach: str) -> None:
    """Change who may read a recommendation of one's own, and with it all that hangs on it.

    Raises: NotFound; Denied; Invalid, also for one that follows a text: its readers are those of
    the text, and it can only be taken back to one's own organisation.
    """
    of = queries.recommendation(session, actor, recommendation_id)
    policy.require(actor, "recommendation:edit", _about(of))
    if reach not in rules.REACHES or (of.position_id is not None and reach != "own"):
        raise Invalid(Reason("form.choice", "reach"))
    groups = _groups(session, actor, of.workspace_id, reach)
    of.audience_id = of.own_audience_id = audience.intern(session, groups)
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        WORDS.read_by_others(session, [of.id])
    asks.follow(session, actor, recommendation_id=of.id, audience_id=of.audience_id)
    _record(session, actor, of.id, rules.Shared(reach=reach))


def publish_ask(session: Session, actor: Actor, *, ask_id: UUID) -> None:
    """Let an ask to a sensitive institution be read as widely as its recommendation (A8).

    Raises: NotFound; Denied for all but the organisation that leads it.
    """
    of = queries.recommendation(session, actor, ask_of(session, actor, ask_id).recommendation_id)
    asks.publish(session, actor, ask_id=ask_id, widest=of.audience_id)
