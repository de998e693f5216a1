"""Ask, answer, report, confirm. Each step is an act; the ask's folds are written with it."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import ALWAYS
from advocacy.asks import queries, rules
from advocacy.asks.rules import Given, Kind, State
from advocacy.asks.schema import Ask, AskAct, Axis, Progress, Response
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.bodies import queries as bodies
from advocacy.evidence import actions as evidence
from advocacy.evidence.queries import inside as working
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Denied, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.institutions import queries as institutions
from advocacy.institutions.rules import is_duty_bearer
from advocacy.minders import queries as minders

_acts: Any = AskAct.__table__
_FOLDS = tuple(one.name for one in fields(State))


@dataclass(frozen=True)
class NewAsk:
    """To whom, and by when. delivered_on: the day it was put to the addressee itself."""

    institution_id: UUID
    due_on: date | None = None
    due_precision: str = "day"
    delivered_on: date | None = None
    do_how: str = ""
    do_words: str = ""
    do_by: date | None = None


@dataclass(frozen=True)
class Recommended:
    """What an ask needs to know of its recommendation."""

    id: UUID
    workspace_id: UUID
    audience_id: UUID
    issued_on: date | None


def put(session: Session, actor: Actor, of: Recommended, to: NewAsk, *, role: str) -> Ask:
    """Put a recommendation of one's own to an institution. role: lead or contributing.

    The room of recommendations has asked the policy. Raises: NotFound; Invalid.
    """
    who = institutions.institution(session, actor, to.institution_id)
    today = queries.today(session, actor, of.workspace_id)
    Invalid.unless_empty(_ask_faults(to, today=today))
    own = own_audience(
        session,
        of.workspace_id,
        of.audience_id,
        is_sensitive=who.is_sensitive,
        delivered_to=who.member_id if to.delivered_on else None,
    )
    who_reads = audience.meet(session, of.audience_id, own, now=actor.now)
    made = Ask(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=who_reads,
        own_audience_id=own,
        workspace_id=of.workspace_id,
        recommendation_id=of.id,
        institution_id=who.id,
        addressee=who.name,
        is_duty_bearer=is_duty_bearer(who.kind),
        is_sensitive=who.is_sensitive,
        addressed_id=who.member_id,
        minder_id=minders.of_new(session, actor, who, audience_id=who_reads),
        role=role,
        issued_on=of.issued_on,
        delivered_on=to.delivered_on,
        do_how=to.do_how,
        do_words=to.do_words.strip(),
        do_by=to.do_by,
        asked_on=today,
        touched_on=today,
    )
    session.add(made)
    session.flush()
    if to.due_on:
        given = Given(due_on=to.due_on, due_precision=to.due_precision)
        _append(session, actor, made, Kind.DATE_CHANGE, Kind.DATE_CHANGE, given, None)
    return made


def _ask_faults(to: NewAsk, *, today: date) -> list[Reason]:
    found = rules.too_long(do_words=to.do_words)
    if to.delivered_on and to.delivered_on > today:
        found.append(Reason("asks.in-future", "delivered_on"))
    if to.due_precision not in rules.PRECISIONS:
        found.append(Reason("form.choice", "due_precision"))
    if to.do_how and to.do_how not in rules.HOW:
        found.append(Reason("form.choice", "do_how"))
    return found


def act(
    session: Session,
    actor: Actor,
    *,
    ask_id: UUID,
    kind: Kind,
    to: str,
    given: Given,
    after: UUID | None,
) -> AskAct:
    """Answer, report, confirm, refuse, reverse, move the date: one step, as the rules allow.

    after: the last act on that axis that the doer saw.
    Raises: NotFound; Denied; Invalid; Conflict when the ask has moved on.
    """
    ask = queries.ask(session, actor, ask_id)
    _require(session, actor, ask, kind, to)
    today = queries.today(session, actor, ask.workspace_id)
    allowed = queries.leads(session, actor, ask, on=today)[kind]
    if not allowed:
        raise Denied(Reason("asks.not-yours"))
    must = rules.needs(kind) | _more_needs(actor, ask, kind, to)
    since = ask.progress_on if kind is Kind.REOPEN else ask.issued_on
    found = [] if to in allowed else [Reason("form.choice", "to")]
    found += rules.faults(kind, to, given, today=today, issued_on=since, must=must)
    found += queries.newer_faults(session, actor, ask, given.newer_id) if "newer" in must else []
    rests_on = {Kind.VERIFY: Kind.CLAIM, Kind.CONFIRM_REVERSE: Kind.REVERSE}.get(kind)
    if rests_on and not _has_live_evidence(session, actor, ask, rests_on):
        found.append(Reason("asks.nothing-to-open"))
    Invalid.unless_empty(found)
    if kind is Kind.WITHDRAW_EVIDENCE:
        to = _after_withdrawal(session, actor, ask, given.evidence_id)
    return _append(session, actor, ask, kind, to, given, after)


def _more_needs(actor: Actor, ask: Ask, kind: Kind, to: str) -> frozenset[str]:
    """What an act must carry besides: a source when one answers for another, a reason to move."""
    if kind is Kind.RESPONSE and ask.addressed_id != actor.organisation_id:
        return frozenset() if to in rules.NEEDS_NO_SOURCE else frozenset({"source"})
    coordinates = rules.Role.COORDINATOR in queries.roles_of(actor, ask)
    more = {
        "why": kind is Kind.DATE_CHANGE and ask.due_on is not None,
        "evidence": (kind is Kind.PROPOSE_CLOSE and to == Progress.OVERTAKEN)
        or (kind is Kind.REOPEN and not coordinates),
        "newer": kind is Kind.CLOSE and to == Progress.SUPERSEDED,
    }
    return frozenset(name for name, holds in more.items() if holds)


def _require(session: Session, actor: Actor, ask: Ask, kind: Kind, to: str) -> None:
    if kind is Kind.RESPONSE and to == Response.NO_REPLY_EXPECTED:
        policy.require(actor, "workspace:coordinate", _about(ask))
    if kind is Kind.RESPONSE and ask.addressed_id == actor.organisation_id is not None:
        policy.require(
            actor, "ask:reply", _about(ask, party_ids=frozenset({actor.organisation_id}))
        )
        return
    if kind is Kind.PROPOSE_CLOSE or kind is Kind.CLOSE:
        policy.require(actor, "ask:close", _about(ask))
    elif kind is Kind.REOPEN:
        policy.require(actor, "ask:reopen", _about(ask))
    elif kind in _SECOND:
        _require_another(session, actor, ask, kind)
    else:
        policy.require(actor, "ask:record", _about(ask))


# Steps that judge what another organisation said, and the step they judge.
_SECOND = {
    Kind.VERIFY: Kind.CLAIM,
    Kind.REFUSE_VERIFY: Kind.CLAIM,
    Kind.CONFIRM_REVERSE: Kind.REVERSE,
}


def _require_another(session: Session, actor: Actor, ask: Ask, kind: Kind) -> None:
    said = frozenset({ask.alleged_by} if ask.alleged_by else ())
    doers = said if kind is Kind.CONFIRM_REVERSE else rules.doers(ask)
    if _SECOND[kind] is Kind.CLAIM:  # a part of a body was asked too: it confirms none of it
        doers |= bodies.of_actor(session, actor, ask.institution_id)
    policy.require(actor, "ask:confirm", _about(ask, doer_ids=doers))
    report = session.scalars(_latest(ask, _SECOND[kind])).first()
    if report is not None and report.person_id == actor.person_id:
        # A person who changed organisations does not confirm what they reported themselves.
        raise Denied(Reason("asks.own-report"))


def _latest(ask: Ask, kind: Kind) -> Select[Any]:
    query = select(AskAct).where(AskAct.ask_id == ask.id, AskAct.kind == kind.value)
    return query.order_by(AskAct.recorded_at.desc()).limit(1)


def _has_live_evidence(
    session: Session, actor: Actor, ask: Ask, kind: Kind, *, but: UUID | None = None
) -> bool:
    """True while the latest step of this kind has evidence that was not withdrawn."""
    latest = session.scalars(_latest(ask, kind)).first()
    return any(
        piece.is_live and latest and piece.act_id == latest.id and piece.id != but
        for piece in queries.evidence(session, actor, [ask.id])
    )


def _after_withdrawal(session: Session, actor: Actor, ask: Ask, evidence_id: UUID | None) -> str:
    """What progress says without this evidence: what rested on it alone falls.

    Raises: NotFound, also for evidence that was withdrawn before; Denied for another's.
    """
    pieces = queries.evidence(session, actor, [ask.id])
    piece = next((one for one in pieces if one.id == evidence_id and one.is_live), None)
    if piece is None:
        raise NotFound
    policy.require(actor, "recommendation:edit", policy.About(piece.organisation_id))
    is_alleged = ask.progress == Progress.REGRESSED and ask.alleged_by is not None
    if is_alleged or ask.progress == Progress.IMPLEMENTED:
        of = Kind.REVERSE if is_alleged else Kind.CLAIM
        stands = _has_live_evidence(session, actor, ask, of, but=piece.id)
        return ask.progress if stands else Progress.CLAIMED
    return ask.progress


def _append(
    session: Session,
    actor: Actor,
    ask: Ask,
    kind: Kind,
    to: str,
    given: Given,
    after: UUID | None,
) -> AskAct:
    """The act, its evidence, the folds it changes and its audit event: one fact."""
    axis, value = rules.AXIS_OF.get(kind, Axis.PROGRESS), rules.value_of(kind, to, given)
    who = _act_audience(session, actor, ask, axis)
    stands_for = kind is Kind.RESPONSE and ask.addressed_id != actor.organisation_id
    made = AskAct(
        id=new_id(),
        **acts.stamp(actor),
        on_behalf_of=ask.institution_id if stands_for else None,
        effective_on=given.effective_on,
        audience_id=who,
        own_audience_id=who,
        ask_id=ask.id,
        axis=axis.value,
        kind=kind.value,
        value=value,
        text=given.text.strip(),
        facts=rules.facts_of(kind, given, before=ask.due_on),
    )
    acts.append(session, made, after=after)
    if given.piece.is_there:
        inside = _act_audience(session, actor, ask, Axis.PROGRESS)
        evidence.keep(
            session, actor, given.piece, ask_id=ask.id, act_id=made.id, audience_id=inside
        )
    today = queries.today(session, actor, ask.workspace_id)
    keep(ask, rules.after(kept(ask), made, today))
    session.flush()
    _record(session, actor, ask, rules.Acted(ask=str(ask.id), kind=kind.value, value=value))
    return made


def kept(ask: Ask) -> State:
    """The folds of an ask as its columns keep them."""
    return State(**{name: getattr(ask, name) for name in _FOLDS})


def keep(ask: Ask, state: State) -> None:
    """Write the folds into the columns."""
    for name in _FOLDS:
        if getattr(ask, name) != getattr(state, name):
            setattr(ask, name, getattr(state, name))


# --- who may read -------------------------------------------------------------------------------


def _act_audience(
    session: Session, actor: Actor, ask: Ask, axis: Axis, *, by: UUID | None = None
) -> UUID:
    """Who may read an act: an answer as widely as the ask, all else by those who work here."""
    if axis is Axis.RESPONSE:
        return ask.audience_id
    parts = working(session, ask.workspace_id, audience.parts_of(session, ask.audience_id))
    own = audience.intern(session, parts | {(by or actor.must_organisation(), ALWAYS)})
    return audience.meet(session, ask.audience_id, own, now=actor.now)


def own_audience(
    session: Session,
    workspace_id: UUID,
    audience_id: UUID,
    *,
    is_sensitive: bool = False,
    delivered_to: UUID | None = None,
) -> UUID:
    """The audience an ask has by itself: not a donor's where its addressee is sensitive (A8)."""
    parts = set(audience.parts_of(session, audience_id))
    if is_sensitive:
        parts = working(session, workspace_id, parts)
    if delivered_to is not None:
        parts.add((delivered_to, ALWAYS))
    return audience.intern(session, parts)


def publish(session: Session, actor: Actor, *, ask_id: UUID, widest: UUID) -> None:
    """Let an ask to a sensitive institution be read as widely as its recommendation (A8).

    widest: the audience of the recommendation.
    Raises: NotFound; Denied for all but the organisation that leads it.
    """
    ask = queries.ask(session, actor, ask_id)
    policy.require(actor, "recommendation:edit", _about(ask))
    ask.is_published = True
    ask.own_audience_id = widest
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        _rewrite(session, actor, ask, widest)
    _record(session, actor, ask, rules.Acted(ask=str(ask.id), kind="publish", value=""))


def follow(session: Session, actor: Actor, *, recommendation_id: UUID, audience_id: UUID) -> None:
    """Bring asks, acts and evidence under the new audience of their recommendation, at once."""
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        query = select(Ask).where(Ask.recommendation_id == recommendation_id)
        for ask in session.scalars(query).all():
            hidden = ask.is_sensitive and not ask.is_published
            own = own_audience(
                session,
                ask.workspace_id,
                audience_id,
                is_sensitive=hidden,
                delivered_to=ask.addressed_id if ask.delivered_on else None,
            )
            ask.own_audience_id = own
            who = audience.meet(session, audience_id, own, now=actor.now)
            _rewrite(session, actor, ask, who)


def _rewrite(session: Session, actor: Actor, ask: Ask, who: UUID) -> None:
    """Give an ask its audience, and its acts and evidence theirs. Inside `guard.system`."""
    ask.audience_id = who
    session.flush()
    acted = _acts.c
    authors = select(AskAct.organisation_id).where(AskAct.ask_id == ask.id).distinct()
    for author in session.scalars(authors).all():
        inside = _act_audience(session, actor, ask, Axis.PROGRESS, by=author)
        mine = (acted.ask_id == ask.id, acted.organisation_id == author)
        session.execute(update(_acts).where(*mine).values(audience_id=inside))
        evidence.follow(session, ask_id=ask.id, organisation_id=author, audience_id=inside)
    answers = (acted.ask_id == ask.id, acted.axis == Axis.RESPONSE.value)
    session.execute(update(_acts).where(*answers).values(audience_id=who))


def _about(of: Ask, **more: Any) -> policy.About:
    return policy.About(of.organisation_id, of.workspace_id, **more)


def _record(session: Session, actor: Actor, of: Ask, event: Event) -> None:
    book = f"recommendation:{of.recommendation_id}"
    audit.record(session, actor, event, book=book, about=of.recommendation_id)
