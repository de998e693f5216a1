"""What each step of the data files does: the same actions that pages call."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.adoptions import actions as adoptions
from advocacy.adoptions.rules import Deed
from advocacy.adoptions.rules import Kind as Outcome
from advocacy.adoptions.rules import Said as Decided
from advocacy.annexes import actions as annexing
from advocacy.annexes import queries as annexes
from advocacy.asks import actions as asks
from advocacy.asks import queries as ask_queries
from advocacy.asks.actions import NewAsk
from advocacy.asks.rules import AXIS_OF, Kind
from advocacy.asks.schema import Axis
from advocacy.deliveries import actions as deliveries
from advocacy.deliveries.rules import Delivered
from advocacy.demo import rules
from advocacy.demo.rows import Scene, Step
from advocacy.discussion import actions as discussion
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Insert, Replace
from advocacy.ground import clock
from advocacy.institutions import actions as institutions
from advocacy.links import actions as links
from advocacy.organisations import actions as organisations
from advocacy.positions import actions as positions
from advocacy.positions import queries as position_queries
from advocacy.positions.schema import Position, Stage
from advocacy.raisings import actions as raisings
from advocacy.recommendations import actions as recommendations
from advocacy.releases import actions as releases
from advocacy.reviews import actions as reviews
from advocacy.rounds import actions as rounds
from advocacy.rounds.rules import Terms
from advocacy.sharing import actions as areas
from advocacy.signoff import actions as signoff
from advocacy.signoff import queries as signoff_queries
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.rules import Blocks, Mode
from advocacy.text.anchor import anchor_to
from advocacy.text.hashes import Clause
from advocacy.threats import actions as threats
from advocacy.threats.rows import Sharing

Do = Callable[[Session, Actor, Scene, Step], None]

_AXES = dict.fromkeys(Kind, Axis.PROGRESS) | AXIS_OF


# --- threats -----------------------------------------------------------------------------------


def _report(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    made = threats.report(
        session,
        actor,
        workspace_id=scene.workspace_id,
        entry=rules.entry(scene, step.facts),
        sharing=rules.sharing(scene, step.facts),
    )
    scene.ids["threat", step.of] = made.id
    if asks := step.facts.get("asks"):
        lead_id = scene.organisations[asks["lead"]]
        wanted = Sharing("named", scene.groups(asks["named"]))
        areas.ask_lead(session, actor, made.id, lead_id=lead_id, sharing=wanted)


def _still_true(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    reviews.still_true(session, actor, scene.ids["threat", step.of])


# --- texts -------------------------------------------------------------------------------------


def _start(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    told = rules.position(step.of)
    kept = (
        "kind", "title", "purpose", "audience_words", "channel", "attribution", "sensitivity",
        "language",
    )  # fmt: skip
    made = positions.start(
        session,
        actor,
        workspace_id=scene.workspace_id,
        clauses=rules.clauses(told),
        **{name: told[name] for name in kept},
    )
    scene.ids["position", step.of] = made.id


def _position(session: Session, actor: Actor, scene: Scene, step: Step) -> Position:
    return position_queries.position(session, actor, scene.ids["position", step.of])


def _clauses(session: Session, actor: Actor, scene: Scene, step: Step) -> list[Clause]:
    document_id = _position(session, actor, scene, step).document_id
    return drafts.clauses(session, actor, document_id)


def _invite(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    for key in step.facts["who"]:
        organisation_id = scene.organisations[key]
        positions.invite(session, actor, scene.ids["position", step.of], organisation_id)


def _link(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    source = ("threat", scene.ids["threat", step.facts["threat"]])
    links.link(session, actor, source=source, target=("position", scene.ids["position", step.of]))


def _consult(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    positions.move(session, actor, scene.ids["position", step.of], to=Stage.CONSULTATION)


def _cancel(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    positions.move(session, actor, scene.ids["position", step.of], to=Stage.CANCELLED)


def _reopen(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    positions.reopen(session, actor, scene.ids["position", step.of])


def _freeze(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    of, text = _position(session, actor, scene, step), _clauses(session, actor, scene, step)
    basis = annexes.reading(session, actor, of.document_id, text)
    positions.freeze(session, actor, of.id, based_on=basis)


def _annex(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    of, sent = _position(session, actor, scene, step), rules.annex(step.facts)
    annexing.add(session, actor, of.document_id, title=step.facts["title"], sent=sent)


def _edit(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    clause = _clauses(session, actor, scene, step)[step.facts["clause"] - 1]
    edit = Replace(clause.cid, clause.heading, step.facts["text"])
    document_id = _position(session, actor, scene, step).document_id
    drafting.change(session, actor, document_id, [edit], based_on=clause.hash)


def _add(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    fact, text = step.facts, _clauses(session, actor, scene, step)
    after = text[fact["after"] - 1].cid
    edit = Insert(after, fact["kind"], fact["heading"], fact["text"])
    document_id = _position(session, actor, scene, step).document_id
    drafting.change(session, actor, document_id, [edit], based_on=drafts.order_hash(text))


# --- talk about a text -------------------------------------------------------------------------


def _thread(step: Step) -> tuple[str, str]:
    return "thread", f"{step.of}/{step.facts['number']}"


def _comment(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    found = _position(session, actor, scene, step)
    clause = _clauses(session, actor, scene, step)[step.facts["clause"] - 1]
    thread = discussion.say(
        session,
        actor,
        about_id=found.id,
        lead_id=found.organisation_id,
        audience_id=found.audience_id,
        text=step.facts["text"],
        anchor=anchor_to(clause, step.facts["quote"]),
    )
    scene.ids[_thread(step)] = thread.id


def _reply(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    discussion.reply(session, actor, scene.ids[_thread(step)], text=step.facts["text"])


def _resolve(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    discussion.resolve(session, actor, scene.ids[_thread(step)])


# --- sign-off ----------------------------------------------------------------------------------


def _ask_everybody(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    position_id = scene.ids["position", step.of]
    version = position_queries.latest(session, actor, position_id)
    day, at = rules.deadline(scene, step.facts["closes"])
    if version is not None:
        rounds.open_round(
            session,
            actor,
            position_id,
            version_id=version.id,
            roster=scene.groups(step.facts["who"]),
            closes_on=day,
            closes_time=at,
            zone=scene.zone,
            blocks=step.facts.get("blocks", Blocks.OWN_NAME),
            terms=Terms(mode=step.facts.get("mode", Mode.EXPLICIT)),
        )


def _round(session: Session, actor: Actor, scene: Scene, step: Step) -> RoundRow:
    found = signoff_queries.current_round(session, actor, scene.ids["position", step.of])
    if found is None:
        raise ValueError(f"{step.of} has no round")
    return found


def _answer(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    of = _round(session, actor, scene, step)
    version = position_queries.version(session, actor, of.version_id)
    said = rules.said(scene, step.facts, list(version.clauses), actor.must_organisation())
    before = signoff_queries.my_answer(session, actor, of.id)
    after = before.id if before else None
    signoff.answer(session, actor, of.id, said, seen_hash=of.content_hash, after=after)


def _abandon(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    of = _round(session, actor, scene, step)
    rounds.abandon(session, actor, of.id, reason=step.facts["reason"])


def _publish(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    """The harm check, then the text goes out: to everybody, or as the record of a delivery."""
    position_id, on = scene.ids["position", step.of], clock.day_in(actor.now, scene.zone)
    checked = rules.harm(step.facts["harm"], actor.person_name, on)
    releases.check_harm(session, actor, position_id, checked, after=None)
    out = releases.publish(
        session,
        actor,
        position_id,
        seen_hash=_round(session, actor, scene, step).content_hash,
        delivered_to=step.facts.get("delivered_to", ""),
    )
    scene.ids["release", step.of] = out.id


def _deliver(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    kept = ("to_name", "to_role", "how", "by_name")
    given = Delivered(**{name: step.facts[name] for name in kept}, given_at=actor.now)
    deliveries.record(session, actor, scene.ids["release", step.of], given)


def _withdraw(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    release_id = scene.ids["release", step.of]
    deliveries.withdraw(session, actor, release_id, reason=step.facts["reason"])


# --- adoption by a body ------------------------------------------------------------------------


def _body(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    """Found the body that will adopt the text, with its chair and its roster."""
    fact = step.facts
    made = organisations.found_body(
        session,
        actor,
        workspace_id=scene.workspace_id,
        name=fact["name"],
        purpose=fact["purpose"],
    )
    scene.ids["body", step.of] = made.id
    roster = scene.groups(fact["who"])
    adoptions.set_body(session, actor, made.id, chair=fact["chair"], roster=roster, after=None)


def _adopt(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    """Ask the body, and write down that it adopted the text as it stands."""
    position_id = scene.ids["position", step.of]
    version = position_queries.latest(session, actor, position_id)
    met_on = rules.day(scene, step.facts["met_days"])
    if version is None or met_on is None:
        raise ValueError(f"{step.of} was never frozen")
    body_id = scene.ids["body", step.of]
    asked = adoptions.plan(
        session, actor, position_id, body_id=body_id, deed=Deed.ADOPTS, after=version.id
    )
    said = Decided(Outcome.ADOPTED, met_on, step.facts["chair"], step.facts["minutes"])
    adoptions.record(session, actor, asked.id, said, after=None)


# --- what was asked, and what came of it -------------------------------------------------------


def _institution(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    fact = step.facts
    made = institutions.add(
        session,
        actor,
        workspace_id=scene.workspace_id,
        name=fact["name"],
        kind=fact["kind"],
        country=fact.get("country", ""),
        aliases=fact.get("aliases", ()),
        member_id=scene.organisations.get(fact.get("member", "")),
    )
    scene.ids["institution", step.of] = made.id


def _recommend(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    fact = step.facts
    position_id = scene.ids["position", fact["position"]]
    version = position_queries.latest(session, actor, position_id)
    lead, *others = [_new_ask(scene, to) for to in fact["asks"]]
    if version is None:
        raise ValueError(f"{fact['position']} was never frozen")
    made = recommendations.add_from_clause(
        session,
        actor,
        version_id=version.id,
        clause_id=version.clauses[fact["clause"] - 1].cid,
        title=fact["title"],
        to=lead,
    )
    for other in others:
        recommendations.add_ask(session, actor, recommendation_id=made.id, to=other)
    asked = ask_queries.asks_of(session, actor, [made.id])[made.id]
    by_institution = {ask.institution_id: ask.id for ask in asked}
    for to in fact["asks"]:
        found = by_institution[scene.ids["institution", to["to"]]]
        scene.ids["ask", f"{step.of}/{to['to']}"] = found


def _new_ask(scene: Scene, to: Mapping[str, Any]) -> NewAsk:
    return NewAsk(
        institution_id=scene.ids["institution", to["to"]],
        due_on=rules.day(scene, to.get("due")),
        due_precision=to.get("precision", "day"),
        delivered_on=rules.day(scene, to.get("delivered")),
        do_how=to.get("do_how", ""),
        do_words=to.get("do_words", ""),
        do_by=rules.day(scene, to.get("do_by")),
    )


def _act(session: Session, actor: Actor, scene: Scene, step: Step) -> None:
    ask_id = scene.ids["ask", f"{step.of}/{step.facts['ask']}"]
    kind = Kind(step.facts["kind"])
    last = ask_queries.head(session, actor, ask_id, _AXES[kind])
    if kind is Kind.RAISED:
        of = rules.raised(scene, step.facts)
        raisings.note(session, actor, ask_id=ask_id, of=of, after=last.id if last else None)
        return
    asks.act(
        session,
        actor,
        ask_id=ask_id,
        kind=kind,
        to=step.facts["to"],
        given=rules.given(scene, step.facts),
        after=last.id if last else None,
    )


DO: dict[str, Do] = {
    "report": _report,
    "still-true": _still_true,
    "start": _start,
    "invite": _invite,
    "link": _link,
    "consult": _consult,
    "cancel": _cancel,
    "reopen": _reopen,
    "freeze": _freeze,
    "annex": _annex,
    "edit": _edit,
    "add": _add,
    "comment": _comment,
    "reply": _reply,
    "resolve": _resolve,
    "round": _ask_everybody,
    "answer": _answer,
    "abandon": _abandon,
    "publish": _publish,
    "deliver": _deliver,
    "withdraw": _withdraw,
    "body": _body,
    "adopt": _adopt,
    "institution": _institution,
    "recommend": _recommend,
    "act": _act,
}
