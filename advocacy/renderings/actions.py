"""Put a clause into another language, and check what another person wrote."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.drafting.rules import one_line
from advocacy.ground.acts import append, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.positions import queries as positions
from advocacy.renderings import queries, rules
from advocacy.renderings.rows import Side
from advocacy.renderings.schema import RenderingAct, What
from advocacy.text.canon import normalise
from advocacy.text.markdown import CLEANER_VERSION, render


def write(
    session: Session,
    actor: Actor,
    position_id: UUID,
    language: str,
    cid: UUID,
    *,
    heading: str,
    text: str,
    source_hash: str,
    based_on: UUID | None,
) -> UUID:
    """Write what a clause says in another language; it is a draft until somebody checks it.

    source_hash: of the clause as the translator read it. based_on: the last act, None = none yet.
    Raises: NotFound; Denied; Invalid; Conflict with today's `Side` when another translator or the
    source was faster.
    """
    of, now = _now(session, actor, position_id, language, cid)
    if now.rendering.head_id != based_on:
        raise Conflict(Reason("renderings.other-words"), current=now)
    if now.clause.hash != source_hash:
        raise Conflict(Reason("renderings.source-moved"), current=now)
    heading, text = one_line(heading), normalise(text)
    Invalid.unless_empty(rules.faults(now.clause, heading, text))
    words = {
        "heading": heading,
        "text": text,
        "html": render(text, language),
        "html_by": CLEANER_VERSION,
    }
    act = _append(session, actor, of, language, now, What.WRITTEN, words)
    event = rules.Written(clause=str(cid), language=language)
    audit.record(session, actor, event, book=f"position:{of.id}", about=of.id)
    return act.id


def check(
    session: Session,
    actor: Actor,
    position_id: UUID,
    language: str,
    cid: UUID,
    *,
    based_on: UUID | None,
) -> UUID:
    """Say that a draft says what the source says; never the person who wrote it.

    Raises: NotFound; Denied; Invalid; Conflict when the words are others by now.
    """
    of, now = _now(session, actor, position_id, language, cid)
    if now.rendering.head_id != based_on:
        raise Conflict(Reason("renderings.other-words"), current=now)
    Invalid.unless_empty(rules.check_faults(now.rendering, actor.person_id))
    words = {"heading": "", "text": "", "html": "", "html_by": ""}
    act = _append(session, actor, of, language, now, What.CHECKED, words)
    event = rules.Checked(clause=str(cid), language=language)
    audit.record(session, actor, event, book=f"position:{of.id}", about=of.id)
    return act.id


def _now(
    session: Session, actor: Actor, position_id: UUID, language: str, cid: UUID
) -> tuple[Any, Side]:
    of = positions.position(session, actor, position_id)
    mine = frozenset({actor.organisation_id} if actor.organisation_id else ())
    policy.require(actor, "clause:edit", positions.about(of, mine))
    return of, queries.side(session, actor, of, language, cid)


def _append(
    session: Session,
    actor: Actor,
    of: Any,
    language: str,
    now: Side,
    what: What,
    words: dict[str, str],
) -> RenderingAct:
    act = RenderingAct(
        id=new_id(),
        **stamp(actor),
        audience_id=of.audience_id,
        own_audience_id=of.own_audience_id,
        position_id=of.id,
        cid=now.clause.cid,
        language=language,
        what=what.value,
        source_hash=now.clause.hash,
        **words,
    )
    return append(session, act, after=now.rendering.head_id)
