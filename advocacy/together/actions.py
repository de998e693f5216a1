"""Do one thing with many asks: an act for each, all or none."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.asks import actions as asks
from advocacy.asks.queries import must_work_here, today
from advocacy.asks.rules import Given
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.ids import based_on
from advocacy.ground.reasons import Reason
from advocacy.raisings import actions as raisings
from advocacy.raisings.rules import Raised
from advocacy.recommendations import mapper as texts
from advocacy.subjects import actions as subjects
from advocacy.subjects.queries import said as subjects_said
from advocacy.subjects.rules import Said as About
from advocacy.taxonomies.rules import Axis
from advocacy.together import queries, rules
from advocacy.together.rows import Line
from advocacy.together.rules import Deed, Said


def do(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    deed: Deed,
    chosen: Mapping[UUID, str],
    said: Said,
) -> int:
    """Do it with each of these asks; returns with how many.

    chosen: ask -> what the doer saw it based on. Raises: NotFound, also where one of them cannot
    be seen or is not the doer's to change; Denied; Invalid: nothing is done; Conflict when some
    moved meanwhile: nothing is done, and `current` names them.
    """
    must_work_here(actor, workspace_id)
    policy.require(actor, "ask:record", policy.About(workspace_id=workspace_id))
    Invalid.unless_empty(rules.faults(deed, chosen, said))
    on = today(session, actor, workspace_id)
    lines = queries.lines_of(
        session, actor, list(chosen), workspace_id=workspace_id, deed=deed, on=on
    )
    if {line.ask_id for line in lines} != set(chosen):
        raise NotFound
    moved = frozenset(line.ask_id for line in lines if line.base != chosen[line.ask_id])
    if moved:
        raise Conflict(Reason("together.moved", facts={"count": len(moved)}), current=moved)
    for line in lines:
        _do(session, actor, line, deed, said)
    return len(lines)


def _do(session: Session, actor: Actor, line: Line, deed: Deed, said: Said) -> None:
    if deed not in rules.KIND_OF:
        _retag(session, actor, line, deed, said.theme)
        return
    after = based_on(line.base)
    if deed is Deed.RAISED:
        raisings.note(session, actor, ask_id=line.ask_id, of=said.raised or Raised(), after=after)
        return
    kind = rules.KIND_OF[deed]
    given = Given(text=said.text, due_on=said.due_on, due_precision=said.due_precision)
    asks.act(session, actor, ask_id=line.ask_id, kind=kind, to=kind, given=given, after=after)


def _retag(session: Session, actor: Actor, line: Line, deed: Deed, theme: str) -> None:
    """Say the themes of a recommendation anew: that they are as seen was asked already."""
    after = rules.retagged(deed, line.tags, theme)
    if after == list(line.tags):
        return
    of = line.recommendation_id
    chain = subjects_said(session, actor, of).get(Axis.THEMES)
    seen = {Axis.THEMES: chain[-1].id if chain else None}
    about = About({Axis.THEMES: after})
    subjects.say(session, actor, recommendation_id=of, said=about, seen=seen)
    # A later file of its list then brings its own themes back.
    texts.change(session, of, {"fingerprint": ""})
