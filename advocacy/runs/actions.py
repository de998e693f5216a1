"""Take a run back, and tell nothing of what its importer does not see."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.asks import actions as asks
from advocacy.asks.schema import Ask, AskAct
from advocacy.audit import actions as audit
from advocacy.batches.rules import KINDS, MADE
from advocacy.ground.errors import Conflict
from advocacy.ground.reasons import Reason
from advocacy.importing import actions as importing
from advocacy.importing import queries as runs
from advocacy.importing.schema import ImportRow
from advocacy.institutions import actions as institutions
from advocacy.institutions.schema import Institution
from advocacy.recommendations import mapper as texts
from advocacy.recommendations.schema import WORDS, Recommendation
from advocacy.runs import queries, rules
from advocacy.subjects import mapper as subjects

_r: Any = Recommendation.__table__
_a: Any = Ask.__table__
_acts: Any = AskAct.__table__
_i: Any = Institution.__table__


def take_back(session: Session, actor: Actor, run_id: UUID) -> int:
    """Take a run back: what it brought is gone, what it changed is as before.

    Returns the number of its records. What others built on one of them unseen by the doer stays,
    for them alone: it changes neither the answer nor what the doer sees afterwards.
    Raises: NotFound; Denied; Conflict when it was taken back, or somebody did something with one
    of its records that the doer sees.
    """
    run = runs.run(session, actor, run_id)
    if run.kind not in KINDS or run.state != "applied":
        raise Conflict(Reason("intake.gone"))
    policy.require(
        actor, "recommendation:add", policy.About(actor.organisation_id, run.workspace_id)
    )
    rows = runs.rows(session, actor, run_id)
    records = [row for row in rows if not row.key.startswith(MADE)]
    seals = {row.target_id: row.fingerprint for row in records}
    brought = [row.target_id for row in records if row.before is None]
    added = [UUID(one) for row in records for one in (row.before or {}).get("asks", ())]
    found = _added(session, actor, records, added, run_id)
    if found or not subjects.are_as_imported(session, actor, seals, run_id, since=run.at):
        raise Conflict(*rules.since(found))
    importing.undoing(session, actor, run_id)
    kept = _hand_on(session, actor, brought, added, run_id)
    _remove(session, records, kept, run_id)
    made = [row.target_id for row in rows if row.key.startswith(MADE)]
    institutions.forget(session, actor, _known_to_all(session, actor, made))
    importing.undone(session, actor, run_id)
    event = rules.TakenBack(records=len(records))
    audit.record(session, actor, event, book=f"import:{run_id}", about=run_id)
    return len(records)


def _added(
    session: Session, actor: Actor, records: list[ImportRow], asks_added: list[UUID], run_id: UUID
) -> dict[str, set[str]]:
    """What the doer sees that was added since: table -> references of the records."""
    made = {r.target_id: r.parts for r in records if r.before is None}
    of_ask = {UUID(a): r.target_id for r in records for a in (r.before or {}).get("asks", ())}
    on_asks = queries.on_asks(session, asks_added, run_id, seen_by=actor)
    hung = [
        *queries.on_texts(session, list(made), run_id, seen_by=actor).items(),
        *((of_ask[ask], things) for ask, things in on_asks.items()),
        *queries.with_more_asks(
            session, actor, {of: parts for of, parts in made.items() if parts is not None}
        ).items(),
    ]
    refs = queries.refs(session, actor, [record for record, _things in hung])
    found: dict[str, set[str]] = {}
    for record, things in hung:
        for thing in things:
            found.setdefault(thing.table, set()).add(refs.get(record, ""))
    return found


def _remove(session: Session, records: list[ImportRow], kept: set[UUID], run_id: UUID) -> None:
    brought = [r.target_id for r in records if r.before is None and r.target_id not in kept]
    try:
        subjects.take_back(session, brought, run_id)
        for row in records:
            if row.before is not None:
                texts.put_back(session, row.target_id, row.before)
    except IntegrityError as error:  # something that no room says it hangs on one
        raise Conflict(Reason("batches.acted")) from error


def _hand_on(
    session: Session, actor: Actor, brought: list[UUID], added: list[UUID], run_id: UUID
) -> set[UUID]:
    """Leave what others built on to them alone; returns those records."""
    session.flush()
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        hung = queries.on_texts(session, brought, run_id, seen_by=None)
        for record, things in hung.items():
            owner, who = _theirs(session, things, taken=record)
            of = _r.c.id == record
            values = {"audience_id": who, "own_audience_id": who, "import_key": None}
            session.execute(update(_r).where(of).values(**values, **owner))
            session.execute(update(_a).where(_a.c.recommendation_id == record).values(**owner))
            session.expire_all()
            asks.follow(session, actor, recommendation_id=record, audience_id=who)
        if hung:
            WORDS.read_by_others(session, hung)
        for ask, things in queries.on_asks(session, added, run_id, seen_by=None).items():
            owner, who = _theirs(session, things)
            values = {"audience_id": who, "own_audience_id": who, **owner}
            session.execute(update(_a).where(_a.c.id == ask).values(**values))
            session.execute(update(_acts).where(_acts.c.ask_id == ask).values(audience_id=who))
            session.expire_all()
    return set(hung)


def _theirs(
    session: Session, things: Iterable[queries.Thing], *, taken: UUID | None = None
) -> tuple[Mapping[str, UUID], UUID]:
    """Who leads it from now on, as values of a row, and its readers: those of what hangs on it.

    taken: a recommendation whose reference nobody may lead twice.
    """
    found = sorted(things, key=str)
    parts = {part for one in found for part in audience.parts_of(session, one.audience_id)}
    able = [
        one.organisation_id
        for one in found
        if not taken or not queries.has_same_ref(session, taken, one.organisation_id)
    ]
    if not able:
        return {}, audience.intern(session, parts)
    return {"organisation_id": able[0]}, audience.intern(session, {*parts, able[0]})


def _known_to_all(session: Session, actor: Actor, made: list[UUID]) -> list[UUID]:
    """Those institutions that can go, or that the doer sees why they stay; others are theirs."""
    seen = queries.on_institutions(session, made, seen_by=actor)
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        hung = queries.on_institutions(session, made, seen_by=None)
        theirs = {one: things for one, things in hung.items() if one not in seen}
        for one, things in theirs.items():
            owner, who = _theirs(session, things)
            values = {"audience_id": who, "own_audience_id": who, **owner}
            session.execute(update(_i).where(_i.c.id == one).values(**values))
    session.expire_all()
    return [one for one in made if one not in theirs]
