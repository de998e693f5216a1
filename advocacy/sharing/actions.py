"""Ask for a wider audience, confirm it, take it back; say who coordinates an area; agree."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor, Standing
from advocacy.access.schema import GroupKind
from advocacy.audit import actions as audit
from advocacy.ground import acts
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.outbox import actions as outbox
from advocacy.rings import queries as rings
from advocacy.sharing import queries, rules
from advocacy.sharing.schema import AreaLead, AreaWord, Widening
from advocacy.text.canon import normalise
from advocacy.threats import actions as threats
from advocacy.threats import mapper
from advocacy.threats import queries as register
from advocacy.threats import rules as limits
from advocacy.threats.rows import Sharing
from advocacy.threats.schema import FieldClass, Level, Status, Threat, What


def share(session: Session, actor: Actor, threat_id: UUID, sharing: Sharing) -> Widening | None:
    """Set who may see one's own record: narrower at once, wider once a second person confirms.

    Of a choice that is both, what drops readers holds at once and only what adds some waits.
    Returns the widening that waits, None when the choice holds already. A narrower choice takes
    back what was waiting. Raises: NotFound; Denied; Invalid.
    """
    threat, space = _opened(session, actor, threat_id)
    entry = register.entry(session, actor, threat_id)
    agreed = queries.is_agreed(session, threat, sharing)
    mapper.check_sharing(session, actor, space, entry, sharing, is_agreed=agreed)
    who = mapper.audiences(session, actor, space, sharing, of=entry)
    if not threats.widens(session, actor, threat, who):
        _end(session, actor, threat, rules.TAKEN_BACK)
        threats.share(session, actor, threat_id, sharing, is_agreed=agreed)
        return None
    about = policy.About(threat.organisation_id, threat.workspace_id)
    policy.require(actor, "threat:share", about)
    _drop(session, actor, threat, who)
    return _ask(session, actor, threat, sharing)


def _opened(session: Session, actor: Actor, threat_id: UUID) -> tuple[Threat, WorkspaceRow]:
    """One's own record, locked. Raises also Conflict: a draft is shared by opening it."""
    threat, space = threats.held(session, actor, threat_id)
    if threat.status == Status.DRAFT:
        raise Conflict(Reason("drafts.open-first"))
    return threat, space


def _drop(session: Session, actor: Actor, threat: Threat, who: Mapping[FieldClass, UUID]) -> None:
    """Leave a record with those of its readers whom a wider choice keeps, if that drops any."""
    before = register.ends(session, threat)
    kept = {of: audience.meet(session, end, who[of], now=actor.now) for of, end in before.items()}
    if not any(
        audience.reaches_more(session, before[of], kept[of], now=actor.now) for of in before
    ):
        return
    was = register.sharing_level(session, threat.audience_id)
    threats.keep(session, actor, threat, kept)
    level = register.sharing_level(session, threat.audience_id)
    changed = {FieldClass.SHARING: {"level": [str(was), str(level)]}}
    threats.write(session, actor, threat, What.SHARED, changed)
    threats.note(session, actor, threat, limits.Shared(level=level), threat.id)


def _ask(session: Session, actor: Actor, threat: Threat, sharing: Sharing) -> Widening:
    us = actor.must_organisation()
    held = organisations.holders(session, [us], seats=queries.SECOND, now=actor.now)
    alone = rules.alone_from(actor.person_id, held.get(us, set()), actor.now)
    own = audience.intern(session, {us})
    row = Widening(
        **acts.stamp(actor),
        threat_id=threat.id,
        what=rules.ASKED,
        choice=rules.choice(sharing),
        on_audience=threat.own_audience_id,
        until=actor.now + rules.LASTS,
        alone_from=alone,
        audience_id=own,
        own_audience_id=own,
    )
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        # The one before may be of who kept this record then; it goes on, and is not read.
        acts.append(session, row, after=queries.last_widening(session, threat.id))
    threats.note(session, actor, threat, rules.WideningAsked(), row.id)
    if alone is not None:
        payload = {"organisation_id": str(us)}
        outbox.enqueue(session, "sharing.alone", payload, due_at=actor.now)
    return row


def confirm(session: Session, actor: Actor, threat_id: UUID, *, widening_id: UUID) -> None:
    """Be the second person: from this instant on the record is seen by more.

    Raises: NotFound; Denied for the same person; Conflict when it was taken back, is too old, or
    somebody else changed who sees the record meanwhile.
    """
    # Locked before anything is written: somebody may narrow it at the same time.
    threat, _space = threats.held(session, actor, threat_id, "threat:confirm")
    waiting = queries.waiting(session, actor, threat_id)
    if (
        waiting is None
        or waiting.id != widening_id
        or waiting.on_audience != threat.own_audience_id
    ):
        raise Conflict(Reason("acts.stale"))
    if not waiting.may_confirm:
        raise Invalid(Reason("sharing.same-person"))
    agreed = queries.is_agreed(session, threat, waiting.sharing)
    _end(session, actor, threat, rules.CONFIRMED)
    threats.share(session, actor, threat_id, waiting.sharing, is_agreed=agreed, is_second=True)


def take_back(session: Session, actor: Actor, threat_id: UUID) -> None:
    """Take a widening back before it holds. Raises: NotFound; Denied; Conflict when none waits."""
    threat, _space = threats.held(session, actor, threat_id)
    if queries.waiting(session, actor, threat_id) is None:
        raise Conflict(Reason("acts.stale"))
    _end(session, actor, threat, rules.TAKEN_BACK)


def leave(session: Session, actor: Actor, threat_id: UUID, old: UUID) -> None:
    """What waited ends when a record goes to another owner; nobody but who kept it reads that.

    Else it would wait again, and could be confirmed, once the record comes back. For `handovers`,
    in its transaction and inside `guard.system`.
    """
    rows = session.scalars(select(Widening).where(Widening.threat_id == threat_id))
    head = acts.current(rows)
    if head is not None and head.what == rules.ASKED:
        own = audience.intern(session, {old})
        acts.append(session, _ending(actor, head, rules.TAKEN_BACK, own), after=head.id)


def _end(session: Session, actor: Actor, threat: Threat, what: str) -> None:
    waiting = queries.waiting(session, actor, threat.id)
    if waiting is None:
        return
    own = audience.intern(session, {actor.must_organisation()})
    row = _ending(actor, session.get_one(Widening, waiting.id), what, own)
    acts.append(session, row, after=waiting.id)
    threats.note(session, actor, threat, rules.WideningEnded(what=what), row.id)


def _ending(actor: Actor, head: Widening, what: str, own: UUID) -> Widening:
    return Widening(
        **acts.stamp(actor),
        threat_id=head.threat_id,
        what=what,
        choice=head.choice,
        on_audience=head.on_audience,
        until=head.until,
        alone_from=head.alone_from,
        audience_id=own,
        own_audience_id=own,
    )


def put_lead(
    session: Session,
    actor: Actor,
    workspace_id: UUID,
    *,
    area: str,
    lead_id: UUID | None,
    after: UUID | None,
) -> AreaLead:
    """Say which organisation coordinates an area from now on; it gets nothing of the old one's.

    Raises: Denied; Invalid; Conflict when stale.
    """
    policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))
    known = organisations.organisations(session, actor, workspace_id=workspace_id)
    inside = {row.id for row in known if row.standing in limits.MEMBERS}
    if area not in rules.AREAS or (lead_id is not None and lead_id not in inside):
        raise Invalid(Reason("form.choice", "lead"))
    group = organisations.group(session, workspace_id, GroupKind.MEMBERS)
    who = audience.intern(session, {actor.must_organisation(), group})
    row = AreaLead(
        **acts.stamp(actor),
        workspace_id=workspace_id,
        area=area,
        lead_id=lead_id,
        audience_id=who,
        own_audience_id=who,
    )
    acts.append(session, row, after=after)
    event = rules.AreaPut(area=area)
    audit.record(session, actor, event, book=f"workspace:{workspace_id}", about=row.id)
    return row


def ask_lead(
    session: Session, actor: Actor, threat_id: UUID, *, lead_id: UUID, sharing: Sharing
) -> AreaWord:
    """Ask an area's coordinator to agree that a record is shared so. It reads the safe part only.

    Raises: NotFound; Denied; Invalid.
    """
    threat, space = _opened(session, actor, threat_id)
    about = policy.About(threat.organisation_id, threat.workspace_id)
    policy.require(actor, "threat:share", about)
    entry = register.entry(session, actor, threat_id)
    if lead_id not in queries.leads_of(session, threat) or not limits.stays_own(entry):
        raise Invalid(Reason("sharing.no-lead", "lead"))
    if sharing.level == Level.OWN:
        raise Invalid(Reason("form.choice", "level"))
    mapper.check_sharing(session, actor, space, entry, sharing, is_agreed=True)
    words = select(AreaWord).where(AreaWord.threat_id == threat_id, AreaWord.lead_id == lead_id)
    head = acts.current(session.scalars(words))
    row = AreaWord(
        **acts.stamp(actor),
        threat_id=threat_id,
        workspace_id=threat.workspace_id,
        lead_id=lead_id,
        what=rules.ASKED,
        choice=rules.choice(sharing),
        told=queries.told_of(threat),
        reason="",
    )
    # Who was asked reads it while in the workspace; the record's owner, also afterwards.
    asked = rings.named(session, space.id, {lead_id: Standing.MEMBER})
    return _say(session, actor, row, set(asked.values()), after=head.id if head else None)


def share_as_agreed(
    session: Session, actor: Actor, threat_id: UUID, *, word_id: UUID
) -> Widening | None:
    """Share one's own record with those whom the area's coordinator agreed to, as `share` does.

    Raises: NotFound; Denied; Invalid; Conflict when another word was said since.
    """
    register.own(session, actor, threat_id)
    said = next((w for w in queries.words(session, threat_id) if w.id == word_id), None)
    if said is None or said.what != rules.AGREED:
        raise Conflict(Reason("acts.stale"))
    return share(session, actor, threat_id, said.sharing)


def answer(
    session: Session, actor: Actor, word_id: UUID, *, agrees: bool, reason: str = ""
) -> AreaWord:
    """Agree to what one's own organisation was asked as coordinator of an area, or say why not.

    Raises: NotFound, also for who coordinates it no longer; Denied; Invalid; Conflict.
    """
    one = queries.word(session, actor, word_id)
    policy.require(actor, "area:agree", policy.About(organisation_id=one.lead_id))
    why = normalise(reason).strip()
    if not agrees and not why:
        raise Invalid(Reason("sharing.say-why", "reason"))
    if len(why) > rules.LONGEST_REASON:
        raise Invalid(Reason("form.too-long", "reason", {"most": rules.LONGEST_REASON}))
    row = AreaWord(
        **acts.stamp(actor),
        threat_id=one.threat_id,
        workspace_id=one.workspace_id,
        lead_id=one.lead_id,
        what=rules.AGREED if agrees else rules.REFUSED,
        choice=rules.choice(one.sharing),
        told=one.told,
        reason="" if agrees else why,
    )
    return _say(session, actor, row, {one.owner_id}, after=one.id)


def _say(
    session: Session, actor: Actor, row: AreaWord, to: set[UUID], *, after: UUID | None
) -> AreaWord:
    us = actor.must_organisation()
    row.audience_id = row.own_audience_id = audience.intern(session, {us, *to})
    acts.append(session, row, after=after)
    event = rules.AreaSaid(what=row.what)
    audit.record(session, actor, event, book=f"organisation:{us}", about=row.id)
    return row
