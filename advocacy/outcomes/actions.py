"""Record an outcome, tell what happened to it, say what one did, look as a second one, share it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event as Audited
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Denied, Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations.queries import group
from advocacy.outcomes import queries, rules
from advocacy.outcomes.rules import Told, Wording
from advocacy.outcomes.schema import (
    Happened,
    Outcome,
    OutcomeEvent,
    OutcomeNote,
    OutcomePart,
    OutcomeSecond,
    OutcomeWording,
    Reach,
)


def record(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    new: Wording,
    first: Told,
    reach: str = Reach.OWN,
) -> Outcome:
    """Record what changed, with the first thing that happened. Never read by donors at once.

    Raises: Denied; Invalid.
    """
    policy.require(actor, "outcome:record", policy.About(workspace_id=workspace_id))
    today = queries.today(session, actor, workspace_id)
    found = rules.wording_faults(new) + rules.told_faults(first, [], today=today)
    if reach not in {Reach.OWN, Reach.MEMBERS}:
        found.append(Reason("form.choice", "reach"))
    Invalid.unless_empty(found)
    who = _audience(session, actor.must_organisation(), workspace_id, reach)
    made = Outcome(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=who,
        own_audience_id=who,
        workspace_id=workspace_id,
        reach=reach,
        created_at=actor.now,
        **_kept(new),
    )
    session.add(made)
    session.flush()
    _word(session, actor, made, new, after=None)
    _happen(session, actor, made, first, after=None)
    _record(session, actor, made, rules.Recorded())
    return made


def word(
    session: Session, actor: Actor, *, outcome_id: UUID, new: Wording, after: UUID | None
) -> None:
    """Put it into other words. after: the wording it is based on.

    Raises: NotFound; Denied for all but the organisation that recorded it; Invalid; Conflict.
    """
    of = queries.outcome(session, actor, outcome_id)
    policy.require(actor, "outcome:edit", policy.About(of.organisation_id, of.workspace_id))
    Invalid.unless_empty(rules.wording_faults(new))
    _word(session, actor, of, new, after=after)
    for name, value in _kept(new).items():
        setattr(of, name, value)
    session.flush()
    _record(session, actor, of, rules.Worded())


def tell(
    session: Session, actor: Actor, *, outcome_id: UUID, told: Told, after: UUID | None
) -> OutcomeEvent:
    """Tell what happened to it, or take a mistake back. after: the last event the teller saw.

    Raises: NotFound; Denied; Invalid; Conflict when somebody told something meanwhile.
    """
    of = queries.outcome(session, actor, outcome_id)
    policy.require(actor, "outcome:record", policy.About(workspace_id=of.workspace_id))
    today = queries.today(session, actor, of.workspace_id)
    before = queries.events(session, actor, [of.id])[of.id]
    # What the form was made from comes first: an order that somebody else changed is no mistake.
    if after != before[-1].id:
        raise Conflict(Reason("acts.stale"))
    Invalid.unless_empty(rules.told_faults(told, before, today=today))
    made = _happen(session, actor, of, told, after=after)
    _record(session, actor, of, rules.WasTold(kind=made.kind))
    return made


def contribute(
    session: Session,
    actor: Actor,
    *,
    outcome_id: UUID,
    text: str,
    is_hidden: bool,
    after: UUID | None,
) -> OutcomePart:
    """Say what one's own organisation did; empty: it takes that back. Hidden: read by it alone.

    Raises: NotFound; Denied; Invalid; Conflict.
    """
    of = queries.outcome(session, actor, outcome_id)
    policy.require(actor, "outcome:record", policy.About(workspace_id=of.workspace_id))
    found = []
    if len(text) > rules.MOST_TEXT:
        found.append(Reason("form.too-long", "text", {"most": rules.MOST_TEXT}))
    looked = queries.my_second(session, actor, of.id)
    if text.strip() and looked is not None and looked.stands:
        found.append(Reason("outcomes.looked-already", "text"))
    Invalid.unless_empty(found)
    who = _part_audience(session, actor, of, actor.must_organisation(), is_hidden=is_hidden)
    made = OutcomePart(
        id=new_id(),
        **acts.stamp(actor),
        audience_id=who,
        own_audience_id=who,
        outcome_id=of.id,
        text=text.strip(),
        is_hidden=is_hidden,
    )
    acts.append(session, made, after=after)
    _rewrite_parts(session, of.id, actor.must_organisation(), who)
    _record(session, actor, of, rules.Contributed())
    return made


def second(
    session: Session,
    actor: Actor,
    *,
    outcome_id: UUID,
    stands: bool,
    text: str,
    source: str,
    after: UUID | None,
) -> OutcomeSecond:
    """Say as an organisation that did not contribute that it is so; or take that back.

    Raises: NotFound; Denied for who recorded or contributed; Invalid; Conflict.
    """
    of = queries.outcome(session, actor, outcome_id)
    policy.require(actor, "outcome:second", queries.about(session, actor, of))
    if queries.has_worked_on(session, actor, of):
        # A person who changed organisations does not confirm what they recorded themselves.
        raise Denied(Reason("outcomes.own-work"))
    found = [
        Reason("form.too-long", name, {"most": rules.MOST_TEXT})
        for name, value in (("text", text), ("source", source))
        if len(value) > rules.MOST_TEXT
    ]
    if stands and not text.strip():
        found.append(Reason("outcomes.no-how", "text"))
    Invalid.unless_empty(found)
    made = OutcomeSecond(
        id=new_id(),
        **acts.stamp(actor),
        effective_on=queries.today(session, actor, of.workspace_id),
        audience_id=of.audience_id,
        own_audience_id=of.audience_id,
        outcome_id=of.id,
        stands=stands,
    )
    acts.append(session, made, after=after)
    _note(session, actor, of, made.id, text, source)
    _record(session, actor, of, rules.Seconded())
    return made


def share(session: Session, actor: Actor, *, outcome_id: UUID, reach: str) -> Outcome:
    """Change who may read it, and with it all that hangs on it, at once.

    Raises: NotFound; Denied for all but who leads in the organisation that recorded it; Invalid.
    """
    of = queries.outcome(session, actor, outcome_id)
    policy.require(actor, "outcome:share", policy.About(of.organisation_id, of.workspace_id))
    if reach not in set(Reach):
        raise Invalid(Reason("form.choice", "reach"))
    of.reach = reach
    who = _audience(session, of.organisation_id, of.workspace_id, reach)
    of.audience_id = of.own_audience_id = who
    session.flush()
    _follow(session, actor, of)
    _record(session, actor, of, rules.Shared(reach=reach))
    return of


# --- rows ----------------------------------------------------------------------------------------

_SAFE = ("title", "language", "level", "direction", "is_intended")


def _kept(new: Wording) -> dict[str, Any]:
    return {name: getattr(new, name) for name in _SAFE} | {"title": new.title.strip()}


def _word(session: Session, actor: Actor, of: Outcome, new: Wording, *, after: UUID | None) -> None:
    inside = _inside(session, of)
    row = OutcomeWording(
        id=new_id(),
        **acts.stamp(actor),
        audience_id=inside,
        own_audience_id=inside,
        outcome_id=of.id,
        significance=new.significance.strip(),
        others=new.others.strip(),
        **_kept(new),
    )
    acts.append(session, row, after=after)


def _happen(
    session: Session, actor: Actor, of: Outcome, told: Told, *, after: UUID | None
) -> OutcomeEvent:
    made = OutcomeEvent(
        id=new_id(),
        **acts.stamp(actor),
        effective_on=told.on or queries.today(session, actor, of.workspace_id),
        audience_id=of.audience_id,
        own_audience_id=of.audience_id,
        outcome_id=of.id,
        kind=told.kind,
        until_on=told.until_on,
        takes_back_id=told.takes_back_id if told.kind == Happened.TAKEN_BACK else None,
    )
    acts.append(session, made, after=after)
    _note(session, actor, of, made.id, told.text, told.source)
    return made


def _note(
    session: Session, actor: Actor, of: Outcome, about_id: UUID, text: str, source: str
) -> None:
    if not text.strip() and not source.strip():
        return
    inside = _inside(session, of)
    session.add(
        OutcomeNote(
            id=new_id(),
            organisation_id=actor.must_organisation(),
            audience_id=inside,
            own_audience_id=inside,
            outcome_id=of.id,
            about_id=about_id,
            text=text.strip(),
            source=source.strip(),
        )
    )
    session.flush()


def _record(session: Session, actor: Actor, of: Outcome, event: Audited) -> None:
    audit.record(session, actor, event, book=f"outcome:{of.id}", about=of.id)


# --- who may read --------------------------------------------------------------------------------


def _audience(session: Session, owner: UUID, workspace_id: UUID, reach: str) -> UUID:
    groups = {owner}
    if reach != Reach.OWN:
        groups.add(group(session, workspace_id, GroupKind.MEMBERS))
    if reach == Reach.DONORS:
        groups.add(group(session, workspace_id, GroupKind.DONORS))
    return audience.intern(session, groups)


def _inside(session: Session, of: Outcome) -> UUID:
    """Those of its readers who work here: what donors never read."""
    narrow = Reach.OWN if of.reach == Reach.OWN else Reach.MEMBERS
    return _audience(session, of.organisation_id, of.workspace_id, narrow)


def _part_audience(
    session: Session, actor: Actor, of: Outcome, by: UUID, *, is_hidden: bool
) -> UUID:
    inside = _inside(session, of)
    if not is_hidden:
        return inside
    return audience.meet(session, inside, audience.intern(session, {by}), now=actor.now)


def _rewrite_parts(session: Session, outcome_id: UUID, by: UUID, who: UUID) -> None:
    """All that an organisation ever said it did is read as its latest words are."""
    table: Any = OutcomePart.__table__
    mine = (table.c.outcome_id == outcome_id, table.c.organisation_id == by)
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        session.execute(update(table).where(*mine).values(audience_id=who))


def _follow(session: Session, actor: Actor, of: Outcome) -> None:
    """Bring all that hangs on an outcome under its new audience."""
    outer: tuple[Any, ...] = (OutcomeEvent.__table__, OutcomeSecond.__table__)
    inner: tuple[Any, ...] = (OutcomeWording.__table__, OutcomeNote.__table__)
    inside = _inside(session, of)
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for tables, who in ((outer, of.audience_id), (inner, inside)):
            for table in tables:
                mine = table.c.outcome_id == of.id
                session.execute(update(table).where(mine).values(audience_id=who))
        said = session.scalars(select(OutcomePart).where(OutcomePart.outcome_id == of.id)).all()
        for last in queries.latest(said):
            own = _part_audience(session, actor, of, last.organisation_id, is_hidden=last.is_hidden)
            _rewrite_parts(session, of.id, last.organisation_id, own)
